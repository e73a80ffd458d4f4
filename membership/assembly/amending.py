"""Ask for another text of a beslispunt, take that over, or put it to the vote.

A lid does so in the portal until the moment that stands in the convocation; in the ALV
itself it says so, and the bureau records it.
"""

import datetime

from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.text import capfirst

from membership import history
from membership.assembly import origins
from membership.assembly.drafting import PREPARES, require_no_vote
from membership.assembly.entitling import present_at
from membership.assembly.telling import tell
from membership.consultation.running import entitled
from membership.models import (
    Amendement,
    Assembly,
    Beslispunt,
    Organisation,
    Person,
    Role,
)
from nvsi.errors import NotAllowed

SPEAKS = (Role.Name.CONTACTPERSOON, Role.Name.ONDERTEKENAAR)
Status = Amendement.Status


def may_amend(person: Person, organisation: Organisation, on: datetime.date) -> bool:
    """A contactpersoon or ondertekenaar of a lid that has a vote."""
    speaks = organisation.pk in person.organisations_as(*SPEAKS)
    return speaks and organisation in entitled(on)


def may_take_over(amendement: Amendement, person: Person) -> bool:
    """Who handed in the voorstel: the bestuur, for a body too what it decided, or the
    member itself."""
    voorstel = amendement.beslispunt.voorstel
    if voorstel.of_member_id:
        return voorstel.of_member_id in person.organisations_as(*SPEAKS)
    return person.has_role(Role.Name.BESTUUR)


@transaction.atomic
def hand_in(
    beslispunt: Beslispunt,
    organisation: Organisation,
    *,
    new_text: str,
    explanation: str,
    now: datetime.datetime,
    by: Person,
) -> Amendement:
    """An amendement of a lid. Raises NotAllowed after the moment for it, for who does
    not speak for a lid with a vote, and for a text that was asked already or on which
    nobody could act (field new_text)."""
    point = _locked(beslispunt)
    assembly = point.voorstel.assembly
    if not may_amend(by, organisation, timezone.localdate(now)):
        raise NotAllowed("Een amendement dient een lid in dat mag stemmen.")
    if point.voorstel.is_withdrawn or not assembly.takes_amendements_at(now):
        raise NotAllowed(
            "Een amendement indienen kan nu niet meer in het portaal. U kunt het nog "
            "in de vergadering doen."
        )
    words = (new_text, explanation)
    amendement = _ask(point, organisation, words, speaker=by, now=now)
    history.record(amendement, "handed in", by, organisation=str(organisation))
    what = f"{capfirst(organisation.formal_name)} diende een amendement in op {point}."
    tell("assembly_changed", f"amendement|{amendement.pk}", assembly, what=what)
    return amendement


@transaction.atomic
def record_from_floor(
    beslispunt: Beslispunt,
    organisation: Organisation,
    *,
    new_text: str,
    explanation: str,
    now: datetime.datetime,
    by: Person,
) -> Amendement:
    """An amendement that a lid makes in the ALV itself, on behalf of which speaks who
    came for it. The bureau records it; then it goes the road of the others.

    Raises NotAllowed for anybody else, outside the ALV, for a lid that is not there
    (field organisation), and for a text on which nobody could act (field new_text).
    """
    if not by.has_role(*PREPARES):
        raise NotAllowed("Een amendement uit de zaal legt het bureau vast.")
    # The ALV before the point, as opening a vote does: it cannot close meanwhile.
    Assembly.objects.select_for_update().get(voorstellen__beslispunten=beslispunt)
    point = _locked(beslispunt)
    if refusal := floor_refusal(point, now):
        raise NotAllowed(refusal)
    speaker = speakers_there(point, timezone.localdate(now)).get(organisation)
    if speaker is None:
        raise NotAllowed(
            f"{capfirst(str(organisation))} is er niet met een stem, en is niet "
            "vertegenwoordigd. Meld eerst wie er is.",
            field="organisation",
        )
    words = (new_text, explanation)
    amendement = _ask(point, organisation, words, speaker=speaker, now=now)
    history.record(
        amendement,
        "handed in from the floor",
        by,
        organisation=str(organisation),
        person=str(speaker),
    )
    who = capfirst(organisation.formal_name)
    what = f"{who} diende in de vergadering een amendement in op {point}."
    key = f"amendement|{amendement.pk}"
    tell("assembly_changed", key, point.voorstel.assembly, what=what)
    return amendement


def floor_refusal(point: Beslispunt, now: datetime.datetime) -> str:
    """Why no amendement can be made from the floor; empty when one can."""
    if not point.voorstel.assembly.has_begun_at(now):
        return "Een amendement uit de zaal kan alleen tijdens de ALV."
    if point.voorstel.is_withdrawn:
        return f"Voorstel {point.voorstel.label} is van de agenda."
    return _voted_on(point)


def speakers_there(
    point: Beslispunt, today: datetime.date
) -> dict[Organisation, Person]:
    """Of each lid with a vote that is present or represented: who speaks for it."""
    there = present_at(point.voorstel.assembly, point.voorstel)
    people = Person.objects.in_bulk(there.values())
    return {one: people[there[one.pk]] for one in entitled(today) if one.pk in there}


@transaction.atomic
def withdraw(
    amendement: Amendement, *, now: datetime.datetime, by: Person
) -> Amendement:
    """By the lid that handed it in. Raises NotAllowed for anybody else, and while the
    members vote: what they are asked does not change under their hands."""
    # The ALV first, as opening a vote does.
    Assembly.objects.select_for_update().get(
        voorstellen__beslispunten__amendementen=amendement
    )
    row = _open(amendement)
    if row.organisation_id not in by.organisations_as(*SPEAKS):
        raise NotAllowed("Alleen het lid dat het amendement indiende, trekt het in.")
    require_no_vote(row.beslispunt.voorstel)
    return _settle(row, Status.INGETROKKEN, now, by)


@transaction.atomic
def take_over(
    amendement: Amendement, *, now: datetime.datetime, by: Person
) -> Amendement:
    """Who handed in the voorstel agrees: the beslispunt gets the new text.

    Raises NotAllowed for anybody else, and when the text changed since the amendement.
    """
    row = _open(amendement)
    if not may_take_over(row, by):
        raise NotAllowed("Alleen wie het voorstel indiende, neemt een amendement over.")
    require_no_vote(row.beslispunt.voorstel)
    if row.beslispunt.text != row.old_text:
        raise NotAllowed(
            "De tekst is intussen anders, door een ander amendement. Breng dit "
            "amendement in stemming."
        )
    _rewrite(row)
    row = _settle(row, Status.OVERGENOMEN, now, by)
    what = f"Het {row} is overgenomen. De tekst van het punt is gewijzigd."
    assembly = row.beslispunt.voorstel.assembly
    tell("assembly_changed", f"taken over|{row.pk}", assembly, what=what)
    return row


@transaction.atomic
def adopt_amendement(
    amendement: Amendement, *, now: datetime.datetime, by: Person
) -> Amendement:
    """The vote gave it a majority: the beslispunt is put to the vote in its words."""
    row = _open(amendement)
    _rewrite(row)
    return _settle(row, Status.AANGENOMEN, now, by)


@transaction.atomic
def reject_amendement(
    amendement: Amendement, *, now: datetime.datetime, by: Person
) -> Amendement:
    """The vote did not."""
    return _settle(_open(amendement), Status.VERWORPEN, now, by)


def _locked(beslispunt: Beslispunt) -> Beslispunt:
    rows = Beslispunt.objects.select_related("voorstel__assembly")
    return rows.select_for_update(of=("self",)).get(pk=beslispunt.pk)


def _voted_on(point: Beslispunt) -> str:
    if not point.is_open:
        return f"Over {point} is al besloten."
    if point.stemmingen.standing().exists():
        return f"Over {point} wordt al gestemd."
    return ""


def _ask(
    point: Beslispunt,
    organisation: Organisation,
    words: tuple[str, str],
    *,
    speaker: Person,
    now: datetime.datetime,
) -> Amendement:
    """Write down another text for a locked beslispunt, and why it is asked. Raises
    NotAllowed once that is voted on, and for a text that was asked already or on which
    nobody could act."""
    if refusal := _voted_on(point):
        raise NotAllowed(refusal)
    new_text, explanation = (text.strip() for text in words)
    origins.require_words(point.voorstel, point.number, new_text, field="new_text")
    _require_other_words(point, new_text)
    last = point.amendementen.aggregate(last=Max("number"))["last"] or 0
    amendement = Amendement(
        beslispunt=point,
        number=last + 1,
        organisation=organisation,
        old_text=point.text,
        new_text=new_text,
        explanation=explanation,
        by=speaker,
        at=now,
    )
    amendement.full_clean()
    amendement.save()
    return amendement


def _require_other_words(point: Beslispunt, new_text: str) -> None:
    """Nobody votes twice on one text."""
    asked = point.amendementen.filter(status=Status.INGEDIEND, new_text=new_text)
    if same := asked.first():
        raise NotAllowed(
            f"Deze tekst staat al in amendement {same.number}, van "
            f"{same.organisation}.",
            field="new_text",
        )


def _open(amendement: Amendement) -> Amendement:
    rows = Amendement.objects.select_related("beslispunt__voorstel__assembly")
    row = rows.select_for_update(of=("self",)).get(pk=amendement.pk)
    if row.status != Status.INGEDIEND:
        raise NotAllowed(f"Het {row} is al {row.get_status_display()}.")
    if not row.beslispunt.is_open:
        raise NotAllowed(f"Over {row.beslispunt} is al besloten.")
    if not row.beslispunt.voorstel.assembly.is_convened:
        raise NotAllowed("De ALV is niet bijeengeroepen, of is al voorbij.")
    return row


def _rewrite(row: Amendement) -> None:
    row.beslispunt.text = row.new_text
    row.beslispunt.full_clean()
    row.beslispunt.save(update_fields=["text"])


def _settle(
    row: Amendement, status: str, now: datetime.datetime, by: Person
) -> Amendement:
    row.settled_at = now
    row.status = status
    row.save(update_fields=["status", "settled_at"])
    history.record(row, f"ingediend>{status}", by)
    return row
