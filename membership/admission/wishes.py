"""The wensen en bedenkingen of the raad: written down, mended, taken back, answered.

Source: Gemeentewet art. 160 lid 2; domain 5.6 (the list of them is kept).
"""

from django.db import transaction
from django.utils import timezone

from membership import history
from membership.admission.recording import (
    lock,
    not_now,
    require_open,
    require_worker,
    set_aside,
)
from membership.admission.steps import Outcome, Step
from membership.models import Dossier, Person, Wish
from nvsi.errors import NotAllowed


@transaction.atomic
def add_wish(
    dossier: Dossier, *, kind: str, by_whom: str, words: str, by: Person
) -> Wish:
    """Write down a wens or bedenking of the raad, while that step is open.

    The same words of the same people are one.
    """
    dossier = require_open(dossier, Step.HEARD, by)
    same = dossier.wishes.standing().filter(kind=kind, by_whom=by_whom, words=words)
    if known := same.first():
        return known
    wish = Wish(dossier=dossier, kind=kind, by_whom=by_whom, words=words, by=by)
    wish.full_clean(exclude=["dossier"])
    wish.save()
    history.record(dossier, "wish added", by, wish=wish.pk)
    return wish


@transaction.atomic
def change_wish(wish: Wish, *, kind: str, by_whom: str, words: str, by: Person) -> Wish:
    """Mend what was written down of a wens or bedenking, while that step is open."""
    require_open(wish.dossier, Step.HEARD, by)
    _require_standing(wish)
    wish.kind, wish.by_whom, wish.words = kind, by_whom, words
    wish.full_clean(exclude=["dossier"])
    wish.save(update_fields=["kind", "by_whom", "words"])
    history.record(wish.dossier, "wish changed", by, wish=wish.pk)
    return wish


@transaction.atomic
def take_back_wish(wish: Wish, *, by: Person) -> Wish:
    """It was written down by mistake: it counts no more, and stays as history.

    When the raad was said to have given some and this was the last, what the raad let
    know is asked again. Twice is once.
    """
    dossier = require_open(wish.dossier, Step.HEARD, by)
    row = dossier.wishes.get(pk=wish.pk)
    if row.taken_back_at is not None:
        return row
    row.taken_back_at, row.taken_back_by = timezone.now(), by
    row.save(update_fields=["taken_back_at", "taken_back_by"])
    history.record(dossier, "wish taken back", by, wish=row.pk)
    heard = dossier.standing_step(Step.HEARD)
    was_given = heard is not None and heard.outcome == Outcome.GIVEN
    if was_given and not dossier.wishes.standing().exists():
        set_aside(dossier, [Step.HEARD, Step.ANSWERED], by=by)
    return row


@transaction.atomic
def answer_wish(wish: Wish, *, answer: str, by: Person) -> Wish:
    """What the college answers; until the bureau checked it, the answer can change."""
    dossier = lock(wish.dossier)
    require_worker(dossier, Step.ANSWERED, by)
    if dossier.position.is_checked:
        raise NotAllowed(not_now(dossier, Step.ANSWERED))
    _require_standing(wish)
    if wish.answer == answer:
        return wish
    wish.answer = answer
    wish.full_clean(exclude=["dossier"])
    wish.save(update_fields=["answer"])
    history.record(dossier, "wish answered", by, wish=wish.pk)
    return wish


def _require_standing(wish: Wish) -> None:
    if Wish.objects.filter(pk=wish.pk).standing().exists():
        return
    raise NotAllowed("Deze wens of bedenking is intussen teruggenomen.")
