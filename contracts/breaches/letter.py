"""The letter to a college about a datalek: what art. 33 lid 3 AVG asks, on paper."""

import datetime

from django.conf import settings
from django.utils import timezone

from contracts.breaches.reading import Known, OfCollege
from contracts.breaches.rules import OF_A_COLLEGE
from contracts.breaches.words import UNKNOWN, moment, said_of
from membership.models import Organisation
from membership.papers.gathering import the_issuer
from membership.papers.structure import (
    Block,
    Facts,
    Heading,
    Listing,
    Paper,
    Paragraph,
    Strong,
    Text,
    paragraphs,
    text,
)
from nvsi.dutch import day, listing

_TO_DO = (
    "Beoordeel het risico voor de mensen om wie het gaat.",
    "Meld het datalek aan de Autoriteit Persoonsgegevens, tenzij het niet "
    "waarschijnlijk is dat het een risico voor hen inhoudt (artikel 33, eerste lid, "
    "AVG).",
    "Is het risico waarschijnlijk hoog? Informeer dan ook de mensen zelf (artikel 34 "
    "AVG).",
    "Leg het datalek vast in uw eigen register (artikel 33, vijfde lid, AVG).",
    "Laat ons in het portaal weten wat uw college besluit.",
)


def letter(
    known: Known, college: OfCollege, *, words: str, now: datetime.datetime
) -> Paper:
    """As it goes out now. words: what the bureau adds to it; empty: nothing."""
    is_more = college.is_written_to
    title = "Aanvulling op een datalek" if is_more else "Melding van een datalek"
    number, here = known.breach.number, timezone.localtime(now)
    return Paper(
        title=title,
        sender=settings.NVSI_NAME,
        sender_lines=the_issuer().lines,
        addressee=_addressee(college.row.organisation),
        reference=(
            ("Kenmerk", text(number)),
            ("Datum", text(day(here.date()))),
            ("Tijd", text(f"{here:%H:%M} uur")),
        ),
        blocks=(
            Paragraph(text(*_lead(known, college)), "lead"),
            *_until(college, now),
            *_added(words),
            Heading("Wat wij weten"),
            *_known(known),
            Heading("Wat u nu doet"),
            Listing(tuple(text(item) for item in _TO_DO), is_numbered=True),
            Paragraph(text("Met vriendelijke groet,"), "intro"),
            Paragraph(text(settings.NVSI_NAME)),
        ),
        foot=f"{title} · {number}",
        file_name=f"{title} {number} {college.row.organisation.short_name}"[:120],
        dated=here.date(),
        is_ours=True,
        is_one_page=True,
    )


def _added(words: str) -> list[Block]:
    return [Heading("Toelichting"), *paragraphs(words)] if words.strip() else []


def _addressee(organisation: Organisation) -> tuple[Text, ...]:
    name = organisation.formal_name
    board = "het bestuur"
    if organisation.kind == Organisation.Kind.GEMEENTE:
        board = "het college van burgemeester en wethouders"
    place = f"{organisation.postcode}  {organisation.town}".strip()
    lines = (f"{name[:1].upper()}{name[1:]}", f"t.a.v. {board}", organisation.address,
             place)  # fmt: skip
    return tuple(text(line) for line in lines if line)


def _lead(known: Known, college: OfCollege) -> list[str]:
    """An organisation that reported it itself is answered, and others are told."""
    whose = f"{college.name} verantwoordelijk is"
    about = f" bij {listing(known.instruments)}" if known.instruments else ""
    if college.letter or college.standing.told_at:
        return [f"Wij vullen aan wat u al weet over een datalek{about}."]
    return [
        f"Er is een datalek{about} met persoonsgegevens waarvoor {whose}. De NVSI "
        "verwerkt die gegevens voor u, en meldt u dit daarom zonder onredelijke "
        "vertraging (artikel 33, tweede lid, AVG)."
    ]


def _until(college: OfCollege, now: datetime.datetime) -> list[Block]:
    """The college's own clock, which runs from when it first knew."""
    until = college.standing.until or now + OF_A_COLLEGE
    since = "u deze melding kreeg" if until == now + OF_A_COLLEGE else "u ervan wist"
    return [
        Paragraph(
            text(
                "Uw college besluit zelf over een melding aan de Autoriteit "
                "Persoonsgegevens. Dat kan uiterlijk op ",
                Strong(moment(until)),
                f": 72 uur nadat {since}.",
            ),
            "notice",
        )
    ]


def _known(known: Known) -> list[Block]:
    rows = [("Ontdekt", moment(known.breach.discovered_at))]
    rows.append(("Ontdekt door", known.breach.discovered_by))
    rows += said_of(known)
    blocks: list[Block] = [Facts(tuple((name, text(words)) for name, words in rows))]
    if any(words == UNKNOWN for _name, words in rows):
        later = "Wat nog niet bekend is, vullen wij aan zodra wij het weten"
        blocks += [Paragraph(text(f"{later} (artikel 33, vierde lid, AVG)."), "small")]
    return blocks
