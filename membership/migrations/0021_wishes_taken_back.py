"""A wens or bedenking that was written down by mistake is taken back, for good."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

GUARD = """
CREATE FUNCTION wish_stays_taken_back() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'Deze wens of bedenking is teruggenomen, en blijft zo.'
        USING ERRCODE = 'integrity_constraint_violation';
END $$;
CREATE TRIGGER a_wish_that_was_taken_back_stays_so BEFORE UPDATE ON membership_wish
    FOR EACH ROW WHEN (OLD.taken_back_at IS NOT NULL)
    EXECUTE FUNCTION wish_stays_taken_back();
"""


class Migration(migrations.Migration):
    dependencies = [("membership", "0020_retention")]

    operations = [
        migrations.AddField(
            model_name="wish",
            name="taken_back_at",
            field=models.DateTimeField(
                blank=True, null=True, verbose_name="teruggenomen op"
            ),
        ),
        migrations.AddField(
            model_name="wish",
            name="taken_back_by",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
                verbose_name="teruggenomen door",
            ),
        ),
        migrations.AddConstraint(
            model_name="wish",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("taken_back_at__isnull", True),
                        ("taken_back_by__isnull", True),
                    ),
                    models.Q(
                        ("taken_back_at__isnull", False),
                        ("taken_back_by__isnull", False),
                    ),
                    _connector="OR",
                ),
                name="a_wish_that_was_taken_back_says_by_whom",
            ),
        ),
        migrations.RunSQL(GUARD, migrations.RunSQL.noop),
    ]
