"""Who was invited to a meeting of a body says whether he comes."""

import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("membership", "0029_initiatives_of_members"),
    ]

    operations = [
        migrations.CreateModel(
            name="BodyMeetingAnswer",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True,
                        primary_key=True,
                        serialize=False,
                        verbose_name="ID",
                    ),
                ),
                (
                    "answer",
                    models.CharField(
                        choices=[
                            ("yes", "komt"),
                            ("no", "komt niet"),
                            ("vervanger", "vervanger komt"),
                        ],
                        max_length=10,
                        verbose_name="antwoord",
                    ),
                ),
                (
                    "answered_at",
                    models.DateTimeField(
                        default=django.utils.timezone.now, verbose_name="beantwoord op"
                    ),
                ),
                (
                    "meeting",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="answers",
                        to="membership.bodymeeting",
                        verbose_name="vergadering",
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="wie",
                    ),
                ),
                (
                    "vervanger",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="vervanger",
                    ),
                ),
            ],
            options={
                "verbose_name": "antwoord op een uitnodiging",
                "verbose_name_plural": "antwoorden op uitnodigingen",
                "ordering": ["meeting", "id"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("meeting", "person"),
                        name="somebody_answers_an_invitation_once",
                        violation_error_message="U hebt al geantwoord.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("answer__in", ["yes", "no"]),
                                ("vervanger__isnull", True),
                            ),
                            models.Q(
                                ("answer", "vervanger"),
                                ("vervanger__isnull", False),
                                models.Q(
                                    ("vervanger", models.F("person")), _negated=True
                                ),
                            ),
                            _connector="OR",
                        ),
                        name="a_vervanger_is_somebody_else",
                        violation_error_message="Kies wie in uw plaats komt.",
                    ),
                ],
            },
        ),
    ]
