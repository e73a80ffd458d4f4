"""What the college writes to the raad: beforehand, afterwards, and in answer."""

from membership.admission.steps import Step
from membership.papers.content import passages
from membership.papers.content.deciding import draft, signed_by
from membership.papers.facts import DossierFacts
from membership.papers.structure import (
    Blank,
    Block,
    Heading,
    Paper,
    Paragraph,
    Row,
    Strong,
    Table,
    Text,
    ToFill,
    paragraphs,
    text,
)


def council_letter(facts: DossierFacts) -> Paper:
    """The raadsbrief: the ontwerpbesluit, for wensen en bedenkingen."""
    until = facts.last_day()
    blocks = (*_asked(facts), *_explained(facts), *_closing(facts), *draft(facts))
    return _letter(
        facts,
        "Raadsbrief: wensen en bedenkingen lidmaatschap NVSI",
        Step.SENT,
        (
            ("Reageren", text("tot en met ", until)),
            ("Bijlagen", text("ontwerpbesluit (hierna), statuten van de NVSI")),
        ),
        blocks,
        f"Raadsbrief {facts.number} {facts.who.short_name}",
    )


def _asked(facts: DossierFacts) -> list[Block]:
    """What the raad can do, until when, and why it is asked."""
    return [
        passages.say("Geachte leden van de raad,"),
        Heading("Wat wij van u vragen"),
        Paragraph(
            text(
                f"Wij hebben het voornemen te besluiten dat {facts.who.the} lid wordt "
                f"van de {passages.NVSI} (NVSI). Het ontwerpbesluit is bij deze brief "
                "gevoegd. Wij stellen u in de gelegenheid uw wensen en bedenkingen "
                "daarover ter kennis van het college te brengen, ",
                *(Strong("tot en met "), facts.last_day(), "."),
            ),
            "lead",
        ),
        passages.say(
            "U neemt geen besluit over het lidmaatschap: dat is aan het college. Hebt "
            "u geen wensen of bedenkingen, dan horen wij dat ook graag. De wet noemt "
            "geen termijn voor uw reactie; het college heeft deze termijn bepaald."
        ),
        Heading("Waarom wij dit aan u voorleggen"),
        passages.intro("Artikel 160, tweede lid, tweede volzin, van de Gemeentewet:"),
        Paragraph(text(passages.COUNCIL_FIRST), "quote"),
    ]


def _explained(facts: DossierFacts) -> list[Block]:
    """What it is about, and what happens after the reaction of the raad."""
    return [
        Heading("Wat de NVSI is"),
        *passages.what_the_nvsi_is(),
        *passages.what_a_lid_does(facts.who),
        Heading("Openbaar belang"),
        *passages.public_interest(facts),
        Heading("Kosten"),
        *passages.money(facts.who),
        Heading("Aansprakelijkheid en uittreden"),
        *passages.liability(),
        *passages.leaving(facts.who),
        Heading("Privacy en aanbesteding"),
        *passages.privacy(facts.who),
        *passages.inbesteding(),
        Heading("Wat er hierna gebeurt"),
        passages.say(
            "Het college neemt het definitieve besluit niet voordat u deze gelegenheid "
            "hebt gehad. Wij laten u schriftelijk weten wat wij met elke wens en "
            "bedenking doen, en brengen het definitieve besluit ter kennis van de raad."
        ),
    ]


def information_letter(facts: DossierFacts) -> Paper:
    """The raadsinformatiebrief of the lighter route, which hides nothing of it."""
    decided = facts.day_of(Step.DECIDED, "datum van het besluit")
    blocks = (
        passages.say("Geachte leden van de raad,"),
        Paragraph(
            text(
                *("Op ", decided, f" heeft het college besloten dat {facts.who.the} "),
                f"lid wordt van de {passages.NVSI} (NVSI). Met deze brief informeren "
                "wij u over dat besluit en over de manier waarop wij het hebben "
                "genomen (artikel 169, tweede lid, van de Gemeentewet).",
            ),
            "lead",
        ),
        Heading("Wat de NVSI is"),
        *passages.what_the_nvsi_is(),
        *passages.what_a_lid_does(facts.who),
        Heading("Waarom wij u niet vooraf hebben gehoord"),
        passages.intro("Artikel 160, tweede lid, tweede volzin, van de Gemeentewet:"),
        Paragraph(text(passages.COUNCIL_FIRST), "quote"),
        passages.say(
            "Het college heeft u geen ontwerpbesluit toegezonden, en wijkt daarmee van "
            "deze zin af. De zin kent geen uitzondering voor besluiten zonder "
            f"ingrijpende gevolgen. {_judged(facts)}Onze motivering staat hieronder, "
            "onder ‘Openbaar belang’. Wij lichten haar desgevraagd aan u toe."
        ),
        Heading("Openbaar belang"),
        *passages.public_interest(facts),
        Heading("Kosten, aansprakelijkheid en uittreden"),
        *passages.money(facts.who),
        *passages.liability(),
        *passages.leaving(facts.who),
        Heading("Privacy en aanbesteding"),
        *passages.privacy(facts.who),
        *passages.inbesteding(),
        *_closing(facts),
    )
    return _letter(
        facts,
        "Raadsinformatiebrief: lidmaatschap van de NVSI",
        Step.INFORMED,
        (("Bijlagen", text("collegebesluit, statuten van de NVSI")),),
        blocks,
        f"Raadsinformatiebrief {facts.number} {facts.who.short_name}",
    )


def _judged(facts: DossierFacts) -> str:
    weighed = facts.steps.get(Step.WEIGHED)
    if weighed is None or weighed.is_far_reaching is not False:
        return ""
    return "Wij merken dit besluit aan als een besluit zonder zulke gevolgen. "


def reaction(facts: DossierFacts) -> Paper:
    """What the college answers to each wens and bedenking."""
    sent = facts.day_of(Step.SENT, "datum van toezending")
    heard = facts.day_of(Step.HEARD, "datum van de reactie van de raad")
    blocks = (
        passages.say("Geachte leden van de raad,"),
        Paragraph(
            text(
                *("Op ", sent, " zonden wij u het ontwerpbesluit toe dat "),
                f"{facts.who.the} lid wordt van de {passages.NVSI} (NVSI). Op ",
                *(heard, " hebben wij uw wensen en bedenkingen ontvangen. In deze "),
                "brief leest u wat wij ermee doen.",
            ),
            "lead",
        ),
        Heading("Uw wensen en bedenkingen, en ons antwoord"),
        *_answers(facts),
        Heading("Wat het college nu doet"),
        ToFill(
            "de slotsom: het besluit ongewijzigd nemen, het wijzigen, of ervan afzien",
            lines=2,
        ),
        passages.say(
            "Het college betrekt uw wensen en bedenkingen bij het definitieve besluit "
            "en brengt dat besluit ter kennis van de raad."
        ),
        *_closing(facts),
    )
    return _letter(
        facts,
        "Reactie op uw wensen en bedenkingen: lidmaatschap NVSI",
        Step.ANSWERED,
        (),
        blocks,
        f"Reactie aan de raad {facts.number} {facts.who.short_name}",
    )


def _answers(facts: DossierFacts) -> list[Block]:
    if not facts.said:
        return [ToFill("elke wens en bedenking, met het antwoord", lines=6)]
    rows = tuple(
        (
            text(Strong(f"{number}. {said.kind.capitalize()}"), f" van {said.by_whom}"),
            _typed(said.words),
            _typed(said.answer) or text(Blank("antwoord van het college")),
        )
        for number, said in enumerate(facts.said, start=1)
    )
    heads = ("Van", "Wens of bedenking", "Antwoord van het college")
    return [Table(heads, rows, (24, 38, 38))]


def _typed(words: str) -> Text:
    """What somebody typed, as one cell of a table."""
    parts = [paragraph.words for paragraph in paragraphs(words)]
    return text(*(piece for part in parts for piece in (" ", *part)))[1:]


def _letter(
    facts: DossierFacts,
    title: str,
    step: Step,
    rows: tuple[Row, ...],
    blocks: tuple[Block, ...],
    file_name: str,
) -> Paper:
    when = facts.day_of(step, "datum van de brief")
    return Paper(
        title=title,
        sender=facts.who.begin,
        sender_lines=("College van burgemeester en wethouders",),
        addressee=(text(f"Aan de raad van {facts.who.the}"),),
        reference=passages.reference(
            facts,
            ("Datum", text(when)),
            ("Kenmerk", text(Blank("zaaknummer"))),
            *rows,
        ),
        blocks=blocks,
        foot=f"{title.partition(':')[0]} · dossier {facts.number}",
        file_name=file_name,
        dated=facts.today,
    )


def _closing(facts: DossierFacts) -> list[Block]:
    asks = "Vragen kunt u stellen aan de portefeuillehouder, "
    return [
        signed_by(
            facts,
            text(asks, Blank("naam"), "."),
            text("Hoogachtend,"),
            text(f"{facts.who.whole_board},"),
        ),
    ]
