"""Keep a filter of a list under a name, and remove it again."""

from django.core.exceptions import ValidationError
from django.db import transaction

from membership import history
from membership.models import Person, SavedFilter
from nvsi.errors import NotAllowed


@transaction.atomic
def keep(
    list_label: str, *, name: str, query: str, shared: bool, by: Person
) -> SavedFilter:
    """Keep what was chosen. Raises NotAllowed with what is wrong, such as a name that
    this person already has for this list."""
    saved = SavedFilter(
        person=by,
        list_label=list_label,
        name=" ".join(name.split()),
        query=query,
        shared=shared,
    )
    try:
        saved.full_clean()
    except ValidationError as error:
        raise NotAllowed(_first(error)) from None
    saved.save()
    history.record(saved, "kept", by, list=list_label, shared=shared)
    return saved


@transaction.atomic
def remove(saved: SavedFilter, *, by: Person) -> None:
    """Raises NotAllowed for a filter of somebody else."""
    if saved.person != by:
        raise NotAllowed(f"Dit filter is van {saved.person}; die kan het weghalen.")
    history.record(saved, "removed", by, list=saved.list_label)
    saved.delete()


def _first(error: ValidationError) -> str:
    """The constraints speak for themselves; a field that is too long or empty not."""
    if "query" in error.message_dict:
        return "Kies eerst een filter, of zoek iets; niet meer dan 1000 tekens."
    if "name" in error.message_dict:
        return "Geef het filter een naam van ten hoogste 60 tekens."
    return str(error.messages[0])
