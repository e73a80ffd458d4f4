"""A college that was set aside can be concerned after all; a letter can go by post."""

from django.db import migrations, models
from django.db.models import Q

# As in 0010; only who was set aside last, does not keep a datalek open.
IS_DONE = """
CREATE OR REPLACE FUNCTION nvsi_breach_is_done(of_breach bigint) RETURNS boolean
LANGUAGE sql STABLE AS $$
    SELECT count(*) > 0 AND bool_and(
        EXISTS (SELECT FROM contracts_breachentry e WHERE e.college_id = c.id
            AND e.kind = 'told' AND e.outcome <> 'spoken')
        AND EXISTS (SELECT FROM contracts_breachentry e WHERE e.college_id = c.id
            AND e.kind = 'authority'))
    FROM contracts_breachcollege c WHERE c.breach_id = of_breach AND NOT {is_out}
$$;
"""
WAS_EVER = """EXISTS (
        SELECT FROM contracts_breachentry e
        WHERE e.college_id = c.id AND e.kind = 'not_concerned')"""
IS_LAST = """coalesce((
        SELECT e.kind = 'not_concerned' FROM contracts_breachentry e
        WHERE e.college_id = c.id AND e.kind IN ('not_concerned', 'concerned')
        ORDER BY e.id DESC LIMIT 1), false)"""
KINDS = [
    ("told", "college geïnformeerd"),
    ("authority", "melding aan de AP"),
    ("people", "bericht aan de betrokkenen"),
    ("not_concerned", "blijkt niet betrokken"),
    ("concerned", "blijkt toch betrokken"),
    ("measure", "maatregel"),
    ("closing", "afsluiten voorgesteld"),
    ("kept_open", "blijft open"),
    ("closed", "afgesloten"),
    ("reopened", "heropend"),
]
OUTCOMES = [
    ("written", "met een brief"),
    ("posted", "met een brief per post"),
    ("spoken", "mondeling"),
    ("own", "meldde het zelf"),
    ("reported", "gemeld aan de AP"),
    ("not_reported", "niet gemeld aan de AP"),
    ("left", "overgelaten aan het college"),
    ("people_told", "betrokkenen geïnformeerd"),
    ("people_not_told", "betrokkenen niet geïnformeerd"),
    ("handled", "afgehandeld"),
    ("no_breach", "blijkt geen datalek"),
]
OF_A_COLLEGE = ["told", "authority", "people", "not_concerned", "concerned"]
WITH_WORDS = [
    *("not_concerned", "concerned", "measure", "closing", "kept_open", "reopened"),
]
FITS = (
    Q(outcome="") & ~Q(kind__in=["told", "authority", "people", "closing"])
    | Q(kind="told", outcome__in=["written", "posted", "spoken", "own"])
    | Q(kind="authority", outcome__in=["reported", "not_reported", "left"])
    | Q(kind="people", outcome__in=["people_told", "people_not_told"])
    | Q(kind="closing", outcome__in=["handled", "no_breach"])
)
CONSTRAINTS = [
    models.CheckConstraint(
        condition=Q(college__isnull=False) & Q(kind__in=OF_A_COLLEGE)
        | Q(college__isnull=True) & ~Q(kind__in=OF_A_COLLEGE),
        name="an_entry_about_a_college_names_it",
    ),
    models.CheckConstraint(condition=FITS, name="an_outcome_of_a_breach_fits_its_kind"),
    models.CheckConstraint(
        condition=~Q(words="")
        | ~Q(kind__in=WITH_WORDS) & ~Q(outcome__in=["not_reported", "people_not_told"]),
        name="who_decides_in_a_breach_says_why",
        violation_error_message="Schrijf waarom.",
    ),
]


class Migration(migrations.Migration):
    dependencies = [("contracts", "0019_letters_to_adapt")]
    operations = [
        migrations.AlterField(
            "breachentry",
            "kind",
            models.CharField(choices=KINDS, max_length=20, verbose_name="wat"),
        ),
        migrations.AlterField(
            "breachentry",
            "outcome",
            models.CharField(
                blank=True, choices=OUTCOMES, max_length=20, verbose_name="uitkomst"
            ),
        ),
        *(migrations.RemoveConstraint("breachentry", one.name) for one in CONSTRAINTS),
        *(migrations.AddConstraint("breachentry", one) for one in CONSTRAINTS),
        migrations.RunSQL(
            IS_DONE.format(is_out=IS_LAST), IS_DONE.format(is_out=WAS_EVER)
        ),
    ]
