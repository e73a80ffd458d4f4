"""The wensen en bedenkingen of the raad: written down, mended and answered.

Source: Gemeentewet art. 160 lid 2; domain 5.6 (the list of them is kept).
"""

from django.db import transaction

from membership import history
from membership.admission.recording import lock, not_now, require_open, require_worker
from membership.admission.steps import Step
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
    same = dossier.wishes.filter(kind=kind, by_whom=by_whom, words=words)
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
    wish.kind, wish.by_whom, wish.words = kind, by_whom, words
    wish.full_clean(exclude=["dossier"])
    wish.save(update_fields=["kind", "by_whom", "words"])
    history.record(wish.dossier, "wish changed", by, wish=wish.pk)
    return wish


@transaction.atomic
def answer_wish(wish: Wish, *, answer: str, by: Person) -> Wish:
    """What the college answers; until the bureau checked it, the answer can change."""
    dossier = lock(wish.dossier)
    require_worker(dossier, Step.ANSWERED, by)
    if dossier.position.is_checked:
        raise NotAllowed(not_now(dossier, Step.ANSWERED))
    if wish.answer == answer:
        return wish
    wish.answer = answer
    wish.full_clean(exclude=["dossier"])
    wish.save(update_fields=["answer"])
    history.record(dossier, "wish answered", by, wish=wish.pk)
    return wish
