"""On what a gemeente that gives no tender may rely: activity, and control.

What somebody recorded never changes: it is set aside with a reason, and recorded again.
Source: domain 7 and rules 36-37; Aanbestedingswet 2012 art. 2.24a lid 4-5 and 2.24b.
"""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from contracts.models.recorded_facts import RecordedFact, set_aside_says_why
from instruments.models import Instrument
from membership.identifiers import validate_without_bsn
from membership.models import AlvBesluit, Organisation
from membership.models.periods import ends_after_it_starts

FIRST_YEAR, LAST_YEAR = 2000, 2099
OUTSIDE = "buiten een instrument"


class Measure(models.TextChoices):
    """In what activity is told, in euros (art. 2.24a lid 4: omzet, or a suitable
    measure of activity such as costs)."""

    TURNOVER = "turnover", "omzet"
    COSTS = "costs", "kosten"


class Activity(RecordedFact):
    """What was done in a year, for the members that control and for all together.

    Of an instrument, or of what the association does outside of any. For a year that is
    settled in the portal it is not needed; where there is one, it goes before that.
    """

    instrument = models.ForeignKey(
        Instrument,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="activities",
        verbose_name="instrument",
        help_text="Leeg: wat de vereniging buiten een instrument doet.",
    )
    year = models.PositiveSmallIntegerField("jaar")
    measure = models.CharField(
        "maatstaf", max_length=10, choices=Measure.choices, default=Measure.TURNOVER
    )
    controlling = models.DecimalField(
        "voor leden met zeggenschap",
        max_digits=14,
        decimal_places=2,
        help_text="Leden die aanbestedende dienst zijn: gemeenten, "
        "samenwerkingsverbanden en andere publieke organisaties.",
    )
    total = models.DecimalField(
        "in totaal",
        max_digits=14,
        decimal_places=2,
        help_text="Alles, ook voor participanten en voor wie geen lid is. Vul 0 in "
        "voor een jaar zonder activiteit.",
    )
    source = models.CharField(
        "bron",
        max_length=300,
        validators=[validate_without_bsn],
        help_text="Waar het getal uit komt, bijvoorbeeld de jaarrekening.",
    )

    class Meta:
        verbose_name = "activiteit in een jaar"
        verbose_name_plural = "activiteiten per jaar"
        ordering = ["-year", "instrument", "-id"]
        constraints = [
            set_aside_says_why("an_activity_that_is_set_aside_says_why"),
            models.UniqueConstraint(
                fields=["instrument", "year"],
                condition=Q(set_aside_at__isnull=True),
                nulls_distinct=False,
                name="a_year_of_an_instrument_has_one_activity",
                violation_error_message="Over dit jaar staat er al een activiteit. Leg "
                "die eerst opzij.",
            ),
            models.CheckConstraint(
                condition=Q(controlling__gte=0, total__gte=F("controlling")),
                name="an_activity_is_a_part_of_the_whole",
                violation_error_message="Voor de leden kan niet meer zijn dan in "
                "totaal, en niet minder dan nul.",
            ),
            models.CheckConstraint(
                condition=Q(year__range=(FIRST_YEAR, LAST_YEAR)),
                name="an_activity_is_of_a_year_that_can_be",
                violation_error_message="Dit is geen jaar waarover dit kan.",
            ),
            models.CheckConstraint(
                condition=~Q(source=""),
                name="an_activity_says_where_it_comes_from",
                violation_error_message="Noem de bron van het getal.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_measure_display()} {self.year}, {self.instrument or OUTSIDE}"


class Forecast(RecordedFact):
    """What is expected of the three years from that of the award on; only for what did
    not exist for three years. Source: art. 2.24a lid 5."""

    instrument = models.ForeignKey(
        Instrument,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="forecasts",
        verbose_name="instrument",
        help_text="Leeg: de vereniging als geheel.",
    )
    award_year = models.PositiveSmallIntegerField(
        "voor gunningen in", help_text="De verwachting telt vanaf dit jaar, drie jaar."
    )
    measure = models.CharField(
        "maatstaf", max_length=10, choices=Measure.choices, default=Measure.TURNOVER
    )
    controlling = models.DecimalField(
        "verwacht voor leden met zeggenschap", max_digits=14, decimal_places=2
    )
    total = models.DecimalField("verwacht in totaal", max_digits=14, decimal_places=2)
    reasoning = models.TextField(
        "onderbouwing",
        validators=[validate_without_bsn],
        help_text="Waarom de verwachting aannemelijk is; dit komt in het dossier.",
    )

    class Meta:
        verbose_name = "prognose van activiteiten"
        verbose_name_plural = "prognoses van activiteiten"
        ordering = ["-award_year", "instrument", "-id"]
        constraints = [
            set_aside_says_why("a_forecast_that_is_set_aside_says_why"),
            models.UniqueConstraint(
                fields=["instrument", "award_year"],
                condition=Q(set_aside_at__isnull=True),
                nulls_distinct=False,
                name="awards_of_a_year_have_one_forecast",
                violation_error_message="Voor dit jaar staat er al een prognose. Leg "
                "die eerst opzij.",
            ),
            models.CheckConstraint(
                condition=Q(controlling__gte=0, total__gt=0)
                & Q(total__gte=F("controlling")),
                name="a_forecast_is_a_part_of_the_whole",
                violation_error_message="Voor de leden kan niet meer zijn dan in "
                "totaal, en het totaal ligt boven nul.",
            ),
            models.CheckConstraint(
                condition=Q(award_year__range=(FIRST_YEAR, LAST_YEAR)),
                name="a_forecast_is_for_a_year_that_can_be",
                violation_error_message="Dit is geen jaar waarvoor dit kan.",
            ),
            models.CheckConstraint(
                condition=~Q(reasoning=""),
                name="a_forecast_is_reasoned",
                violation_error_message="Onderbouw de prognose.",
            ),
        ]

    def __str__(self) -> str:
        return f"prognose {self.award_year}, {self.instrument or 'de vereniging'}"


class ControlFact(RecordedFact):
    """A fact about who decides in the association, with the paper that shows it.

    Of one organisation only where its capital was checked. is_met tells what was found:
    a fact that says no, counts as a no. Source: art. 2.24b lid 1-2, domain rule 37.
    """

    class Kind(models.TextChoices):
        REPRESENTATION = "representation", "vertegenwoordiging van de leden"
        INFLUENCE = "influence", "gezamenlijke beslissende invloed"
        VOTE = "vote", "stemming in de ALV"
        INTERESTS = "interests", "geen belangen tegen de leden in"
        CAPITAL = "capital", "geen privékapitaal in de NVSI"
        CAPITAL_CHECK = "capital_check", "controle van één lid op privékapitaal"

    # What must be there on the day of an award; the rest supports it.
    NEEDED: ClassVar[tuple[str, ...]] = (
        *("representation", "influence", "interests", "capital"),
    )

    kind = models.CharField("soort", max_length=20, choices=Kind.choices)
    summary = models.TextField(
        "wat er is vastgesteld", validators=[validate_without_bsn]
    )
    is_met = models.BooleanField("er is aan voldaan", default=True)
    starts_on = models.DateField("vanaf")
    ends_on = models.DateField("tot en met", null=True, blank=True)
    covers_all = models.BooleanField(
        "voor alle leden",
        default=True,
        help_text="Bij een vertegenwoordiging: alle leden, of alleen wie u hieronder "
        "kiest. Eén persoon mag meer leden vertegenwoordigen.",
    )
    organisation = models.ForeignKey(
        Organisation,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="gecontroleerd lid",
        help_text="Alleen bij de controle van één lid op privékapitaal.",
    )
    besluit = models.ForeignKey(
        AlvBesluit,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="ALV-besluit",
    )
    goes_along = models.BooleanField(
        "stuk mee in het bewijsdossier",
        default=True,
        help_text="Zet uit voor een stuk dat niet voor alle leden is. Het feit zelf "
        "staat altijd in het dossier.",
    )

    class Meta:
        verbose_name = "feit over zeggenschap"
        verbose_name_plural = "feiten over zeggenschap"
        ordering = ["kind", "-starts_on", "-id"]
        constraints = [
            set_aside_says_why("a_fact_of_control_that_is_set_aside_says_why"),
            ends_after_it_starts("a_fact_of_control_ends_after_it_starts"),
            models.CheckConstraint(
                condition=Q(paper__isnull=False) & ~Q(summary=""),
                name="a_fact_of_control_is_shown_by_a_paper",
                violation_error_message="Zeg wat er is vastgesteld, en voeg het stuk "
                "toe waaruit dat blijkt.",
            ),
            models.CheckConstraint(
                condition=Q(kind="capital_check", organisation__isnull=False)
                | ~Q(kind="capital_check") & Q(organisation__isnull=True),
                name="a_check_of_capital_is_of_one_member",
                violation_error_message="Kies het lid bij een controle op "
                "privékapitaal, en alleen daar.",
            ),
            models.CheckConstraint(
                condition=Q(covers_all=True) | Q(kind="representation"),
                name="only_a_representation_is_of_some_members",
                violation_error_message="Alleen een vertegenwoordiging kan voor "
                "sommige leden gelden.",
            ),
        ]

    def __str__(self) -> str:
        of = f" ({self.organisation})" if self.organisation else ""
        return f"{self.get_kind_display()}{of} vanaf {self.starts_on:%d-%m-%Y}"


class Represented(models.Model):
    """A member for whom a representation holds, where it is not for all of them."""

    fact = models.ForeignKey(
        ControlFact, models.PROTECT, related_name="represented", verbose_name="feit"
    )
    organisation = models.ForeignKey(
        Organisation, models.PROTECT, related_name="+", verbose_name="lid"
    )

    class Meta:
        verbose_name = "vertegenwoordigd lid"
        verbose_name_plural = "vertegenwoordigde leden"
        ordering = ["fact", "organisation__name"]
        constraints = [
            models.UniqueConstraint(
                fields=["fact", "organisation"],
                name="a_member_is_represented_once_by_a_fact",
            )
        ]

    def __str__(self) -> str:
        return str(self.organisation)
