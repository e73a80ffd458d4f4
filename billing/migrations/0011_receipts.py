"""What holders pay to the NVSI, and what the uitvoerder gets for an order."""

import django.db.models.deletion
from django.db import migrations, models
from django.db.models import Q


class Migration(migrations.Migration):
    dependencies = [("billing", "0010_innovatiekas_guards")]

    operations = [
        migrations.AddField(
            model_name="payment",
            name="movement",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="payments",
                to="billing.kasmovement",
                verbose_name="uit de innovatiekas",
            ),
        ),
        migrations.AlterField(
            model_name="payment",
            name="settlement",
            field=models.ForeignKey(
                blank=True,
                help_text="Leeg voor wat de uitvoerder krijgt.",
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="payments",
                to="billing.settlement",
                verbose_name="afrekening",
            ),
        ),
        migrations.AddConstraint(
            model_name="payment",
            constraint=models.CheckConstraint(
                condition=Q(settlement__isnull=True) | Q(movement__isnull=True),
                name="a_payment_is_for_one_thing",
            ),
        ),
        migrations.AlterField(
            model_name="match",
            name="payment",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="matches",
                to="billing.payment",
                verbose_name="betaling",
            ),
        ),
        migrations.AddField(
            model_name="match",
            name="settlement",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="receipts",
                to="billing.settlement",
                verbose_name="ontvangen voor",
            ),
        ),
        migrations.AddField(
            model_name="match",
            name="undoes",
            field=models.OneToOneField(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="undone_by",
                to="billing.match",
                verbose_name="maakt ongedaan",
            ),
        ),
        migrations.AddConstraint(
            model_name="match",
            constraint=models.CheckConstraint(
                condition=Q(
                    payment__isnull=False,
                    settlement__isnull=True,
                    undoes__isnull=True,
                )
                | Q(
                    payment__isnull=True,
                    settlement__isnull=False,
                    undoes__isnull=True,
                    amount__lt=0,
                )
                | Q(
                    payment__isnull=True,
                    settlement__isnull=False,
                    undoes__isnull=False,
                    amount__gt=0,
                ),
                name="a_match_is_of_a_payment_or_a_receipt",
            ),
        ),
    ]
