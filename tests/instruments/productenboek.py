"""The productenboek as the bureau fills it: a factsheet, a milestone, and interest."""

from django.utils import timezone

from instruments.models import Factsheet, Instrument, Interest, Milestone
from instruments.models.factsheets import ANSWERS
from membership.models import Organisation, Person
from tests.conftest import make_gemeente


def make_factsheet(instrument: Instrument, **facts: object) -> Factsheet:
    """A draft that answers everything; the number follows the last one."""
    answers = {name: f"Antwoord op {name}." for name in ANSWERS}
    usual = {"phase": "in_gebruik", "binding": "vrij", "note": "Eerste versie."}
    return Factsheet.objects.create(
        instrument=instrument,
        **{**usual, "number": instrument.factsheets.count() + 1, **answers, **facts},
    )


def make_example(slug: str = "govroam") -> Instrument:
    example, _ = Instrument.objects.get_or_create(
        slug=slug, defaults={"name": slug.capitalize()}
    )
    Instrument.objects.filter(pk=example.pk).update(is_example=True)
    example.refresh_from_db()
    return example


def keep_productenboek(
    instrument: Instrument, organisation: Organisation, *, by: Person
) -> dict[str, int]:
    """One row of every table, and a version that was published beside a draft."""
    published = make_factsheet(
        instrument, written_by=by, published_by=by, published_at=timezone.now()
    )
    draft = make_factsheet(instrument, note="Tweede versie.", written_by=by)
    milestone = Milestone.objects.create(
        instrument=instrument, kind="available", title="Koppeling", year=2027, quarter=2
    )
    interest = Interest.objects.create(
        instrument=instrument, organisation=organisation, shown_by=by
    )
    return {
        "factsheet": published.pk,
        "factsheet_draft": draft.pk,
        "milestone": milestone.pk,
        "interest": interest.pk,
        "example": make_example("voorbeeld").pk,
    }


def make_productenboek(instrument: Instrument, by: Person) -> dict[str, int]:
    """The same, with the interest of a gemeente that does not use it yet."""
    gemeente = make_gemeente("GM9067", "Nieuwsgierig")
    return keep_productenboek(instrument, gemeente, by=by)
