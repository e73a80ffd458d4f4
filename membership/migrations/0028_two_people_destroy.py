"""To destroy takes two people; and terms of what agreements and datalekken leave."""

import django.db.models.deletion
from django.conf import settings
from django.contrib.postgres.operations import AddConstraintNotValid
from django.db import migrations, models
from django.db.models import F, Q

SEVEN_YEARS = (
    "BW artikel 2:10 lid 3 en AWR artikel 52 lid 4: de administratie blijft zeven jaar"
)
# Proposals for the bureau to change; agreements and datalekken have a least.
TERMS = [
    ("offer", 2, "years", "Voorstel; stel vast naar de selectielijst (Archiefwet)"),
    ("agreement", 7, "years", SEVEN_YEARS),
    ("scan", 1, "years", "AVG artikel 5 lid 1 onder e: niet langer dan nodig"),
    ("model", 1, "years", "AVG artikel 5 lid 1 onder e: niet langer dan nodig"),
    ("clearing", 7, "years", "Voorstel: als verantwoording, AVG artikel 5 lid 2"),
    ("breach", 7, "years", "Voorstel; BIO2 5.28.01 vraagt ten minste drie jaar"),
]
FILL = [
    (
        "INSERT INTO membership_retentionterm (kind, amount, unit, ground) "
        "VALUES (%s, %s, %s, %s)",
        list(term),
    )
    for term in TERMS
]
TAKE_OUT = (
    "DELETE FROM membership_retentionterm WHERE kind IN "
    "('offer', 'agreement', 'scan', 'model', 'clearing', 'breach')"
)
KINDS = [
    ("application", "aanvragen waarover is besloten"),
    ("dossier", "stukken van dossiers die niet tot lidmaatschap leidden"),
    ("former", "stukken van dossiers van wie niet meer bij ons hoort"),
    ("person", "mensen zonder rol"),
    ("email", "verzonden e-mails"),
    ("export", "lijsten die als bestand zijn meegenomen"),
    ("notice", "brieven waarmee een lidmaatschap is opgezegd"),
    ("proposal", "voordrachten waarover is besloten"),
    ("contact", "wie aanspreekpunt van een regio was"),
    ("offer", "aanbiedingen die geen overeenkomst werden"),
    ("agreement", "stukken en handtekeningen van geëindigde overeenkomsten"),
    ("scan", "exemplaren op papier die zijn teruggestuurd"),
    ("model", "eigen modellen die zijn teruggestuurd"),
    ("clearing", "verklaringen over gegevens na afloop"),
    ("breach", "namen bij afgesloten datalekken"),
]


def _kind(**options: bool) -> models.CharField:
    return models.CharField(
        choices=KINDS, max_length=20, verbose_name="soort", **options
    )


class Migration(migrations.Migration):
    dependencies = [("membership", "0027_voorstel_amounts")]
    operations = [
        migrations.AddField(
            "destructionline",
            "proposed_by",
            models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
                verbose_name="vernietigen voorgesteld door",
            ),
        ),
        migrations.AlterField("retentionterm", "kind", _kind(unique=True)),
        migrations.AlterField("retentiontermevent", "kind", _kind()),
        migrations.AlterField("destructionline", "kind", _kind()),
        # What one person decided before this stays as it is.
        AddConstraintNotValid(
            "destructionline",
            models.CheckConstraint(
                condition=~Q(decision="destroy")
                | Q(proposed_by__isnull=False) & ~Q(proposed_by=F("decided_by")),
                name="two_people_destroy",
                violation_error_message="Wie voorstelt om te vernietigen, besluit daar "
                "niet zelf over.",
            ),
        ),
        migrations.RunSQL(FILL, TAKE_OUT),
        migrations.AddConstraint(
            "retentionterm",
            models.CheckConstraint(
                condition=(~Q(kind="agreement") | Q(unit="years", amount__gte=7))
                & (~Q(kind="breach") | Q(unit="years", amount__gte=3)),
                name="a_term_is_as_long_as_the_law_asks",
                violation_error_message="Stukken van overeenkomsten blijven ten minste "
                "7 jaar, en een datalek ten minste 3 jaar.",
            ),
        ),
    ]
