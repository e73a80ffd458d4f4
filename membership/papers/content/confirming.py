"""What the NVSI itself writes: that somebody was admitted, and what it is on a day."""

import datetime

from membership.admission.steps import Outcome, Procedure, Step
from membership.papers.content import passages
from membership.papers.facts import Belongs, DossierFacts, Issuer, Taken, Who
from membership.papers.structure import (
    Blank,
    Block,
    Facts,
    Heading,
    Paper,
    Paragraph,
    Piece,
    Row,
    Strong,
    Text,
    text,
)
from nvsi.dutch import day

_WHAT = {"lid": "lid", "aspirant_lid": "aspirant-lid", "participant": "participant"}
_GROUND = {
    Procedure.COLLEGE: "Collegebesluit",
    Procedure.WGR: "Besluit van het bestuur",
    Procedure.OWN: "Besluit van het bestuur",
}


def confirmation(facts: DossierFacts) -> Paper:
    """The letter of the NVSI after admission. Kept as it was made: see keeping."""
    is_lid = facts.aim == "lid"
    admitted = facts.day_of(Step.ADMITTED, "datum van toelating")
    since: Piece = day(facts.belongs.since) if facts.belongs else Blank("ingangsdatum")
    title = "Bevestiging van uw lidmaatschap"
    if not is_lid:
        title = "Bevestiging van uw aanmelding als participant"
    the = facts.who.the
    what = "lid" if is_lid else "participant"
    lead = text(
        f"{the[:1].upper()}{the[1:]} is op ",
        *(admitted, " toegelaten als ", Strong(f"{what} van de {passages.NVSI}"), ", "),
        *("met ingang van ", since, "."),
    )
    return Paper(
        title=title,
        sender=facts.issuer.name,
        sender_lines=facts.issuer.lines,
        addressee=_addressee(facts.who),
        reference=(
            ("Dossier", text(facts.number)),
            ("Datum", text(admitted)),
            ("Ingang", text(since)),
        ),
        blocks=(
            Paragraph(lead, "lead"),
            Heading("Waar dit op berust"),
            Facts(_grounds(facts)),
            Heading("Wat dit voor u betekent"),
            *(_as_lid(facts) if is_lid else _as_participant(facts)),
            passages.say(
                f"Hebt u vragen? Het bureau helpt u graag: {facts.issuer.email}."
            ),
            *_signed(facts, is_lid=is_lid),
        ),
        foot=f"{title} · dossier {facts.number}",
        file_name=f"Bevestiging {facts.number} {facts.who.short_name}",
        dated=_made_on(facts),
        is_ours=True,
    )


def _made_on(facts: DossierFacts) -> datetime.date:
    admitted = facts.steps.get(Step.ADMITTED)
    return admitted.on if admitted else facts.today


def _addressee(who: Who) -> tuple[Text, ...]:
    place = f"{who.postcode}  {who.town}".strip()
    contact = f"t.a.v. {who.contact_name}" if who.contact_name else ""
    lines = (who.begin, contact, who.address, place)
    return tuple(text(line) for line in lines if line)


def _grounds(facts: DossierFacts) -> tuple[Row, ...]:
    """Every step on which it rests, with its day; only what was recorded."""
    name = _GROUND.get(facts.procedure, "Besluit")
    named = {
        Step.JUDGED: "Route",
        Step.DRAFTED: "Ontwerpbesluit",
        Step.SENT: "Aan de raad gezonden",
        Step.HEARD: "Wensen en bedenkingen",
        Step.DECIDED: name,
        Step.INFORMED: "Raad geïnformeerd",
        Step.APPLIED: "Aanmelding",
        Step.ADMITTED: "Toelating",
    }
    rows = tuple(
        (label, text(_of_step(step, facts.steps[step], facts)))
        for step, label in named.items()
        if step in facts.steps and (step != Step.JUDGED or facts.informs)
    )
    return rows or (("Stappen", text(Blank("nog geen stap vastgelegd"))),)


def _of_step(step: Step, taken: Taken, facts: DossierFacts) -> str:
    on = day(taken.on)
    if step == Step.JUDGED:
        return (
            f"raad alleen geïnformeerd, met motivering; aanvaard door de NVSI op {on}"
        )
    if step == Step.HEARD:
        return _outcome(taken, facts)
    if step == Step.SENT and taken.until:
        return f"{on}, om te reageren tot en met {day(taken.until)}"
    if step == Step.DECIDED and taken.number:
        return f"{on}, nummer {taken.number}"
    if step == Step.APPLIED and taken.signer_name:
        mandate = f" ({taken.mandate})" if taken.mandate else ""
        signer = f"{taken.signer_name}, {taken.signer_function}{mandate}"
        return f"{on}, getekend door {signer}"
    return on


def _outcome(heard: Taken, facts: DossierFacts) -> str:
    if heard.outcome == Outcome.GIVEN:
        answered = facts.steps.get(Step.ANSWERED)
        answer = f"; reactie van het college op {day(answered.on)}" if answered else ""
        return f"ontvangen op {day(heard.on)}{answer}"
    if heard.outcome == Outcome.NONE:
        return f"geen ({day(heard.on)})"
    return f"termijn verstreken zonder reactie ({day(heard.on)})"


def _as_lid(facts: DossierFacts) -> list[Block]:
    return [
        passages.say(
            "U hebt stem in de algemene ledenvergadering: één stem, tenzij de statuten "
            "u er meer geven (artikel 2:38, eerste lid, BW). U kunt meedoen in de "
            "regiegroep van een oplossing die u gebruikt."
        ),
        *passages.money(facts.who),
        passages.say(
            "Voor een innovatieve oplossing sluit u eerst een verwerkersovereenkomst "
            "en een gebruiksovereenkomst. Overeenkomsten die al gelden, hoeft u niet "
            "opnieuw te sluiten."
        ),
        Heading("Opzeggen"),
        passages.say(
            "U kunt opzeggen tegen het einde van een boekjaar, met een termijn van "
            "vier weken, tenzij de statuten anders bepalen (artikel 2:36 BW)."
        ),
    ]


def _as_participant(facts: DossierFacts) -> list[Block]:
    name = facts.who.contact_name or Blank("naam van de contactpersoon")
    return [
        Paragraph(
            text(
                f"Voor {facts.who.the} neemt ",
                name,
                " deel als contactpersoon, met een rol in het uitvoerende werk.",
            )
        ),
        passages.say(
            "Een participant is geen lid. U hebt geen stem in de algemene "
            "ledenvergadering, en er is geen lidmaatschapsovereenkomst met de rechten "
            "en plichten die daarbij horen."
        ),
    ]


def _signed(facts: DossierFacts, *, is_lid: bool) -> list[Block]:
    admitted = facts.steps.get(Step.ADMITTED)
    by = (admitted.by if admitted else "") or Blank("naam")
    whose = "het bestuur van de NVSI" if is_lid else "de NVSI"
    return [
        passages.intro(f"Met vriendelijke groet, namens {whose},"),
        Paragraph(text(by)),
    ]


def proof(
    who: Who,
    belongs: Belongs,
    *,
    on: datetime.date,
    today: datetime.date,
    issuer: Issuer,
    register: str,
) -> Paper:
    """What an organisation is on one day. `register` is where anyone can check that."""
    what = _WHAT[belongs.kind]
    word = "lidmaatschap" if belongs.kind == "lid" else f"status als {what}"
    verb = "is" if on >= today else "was"
    return Paper(
        title=f"Bewijs van {word}",
        sender=issuer.name,
        sender_lines=issuer.lines,
        addressee=(),
        reference=(),
        blocks=(
            Paragraph(
                text(
                    f"De {passages.NVSI} verklaart dat {who.the} op {day(on)} ",
                    Strong(f"{what} {verb}"),
                    " van de vereniging.",
                ),
                "lead",
            ),
            Facts(_of_the_day(who, belongs, on, today)),
            *_without_a_vote(belongs.kind),
            passages.intro(
                "Dit bewijs heeft geen handtekening. Iedereen kan in het openbare "
                "ledenregister nagaan dat het klopt:"
            ),
            Paragraph(text(register), "small"),
        ),
        foot=f"Bewijs van {word} op {day(on)} · {who.begin}",
        file_name=f"Bewijs van {word} {who.short_name} {on}",
        dated=today,
        is_ours=True,
        is_one_page=True,
    )


def _of_the_day(
    who: Who, belongs: Belongs, on: datetime.date, today: datetime.date
) -> tuple[Row, ...]:
    rows: list[Row] = [
        ("Organisatie", text(who.begin)),
        ("CBS-code" if who.is_gemeente else "Code", text(who.code)),
        ("Op", text(day(on))),
        ("Hoedanigheid", text(_WHAT[belongs.kind])),
        ("Sinds", text(day(belongs.since))),
    ]
    if belongs.until and belongs.until <= today:
        rows.append(("Tot en met", text(day(belongs.until))))
    if belongs.decided_on:
        rows.append(("Collegebesluit", text(day(belongs.decided_on))))
    rows.append(("Opgemaakt op", text(day(today))))
    return tuple(rows)


def _without_a_vote(kind: str) -> list[Block]:
    if kind == "lid":
        return []
    what = _WHAT[kind]
    return [
        passages.say(
            f"Een {what} is geen lid en heeft geen stem in de algemene "
            "ledenvergadering."
        )
    ]
