"""The collegevoorstel, with the ontwerpbesluit that goes to the raad."""

from membership.admission.steps import Step
from membership.papers.content import passages
from membership.papers.content.deciding import draft
from membership.papers.facts import DossierFacts
from membership.papers.structure import (
    Blank,
    Block,
    Facts,
    Heading,
    Listing,
    Paper,
    Paragraph,
    Strong,
    Text,
    ToFill,
    text,
)

# The law and the lighter route of seed 000 do not agree (domain rule 29).
WARNING = (
    "Dit voorstel volgt niet de voorhang. De tweede volzin van artikel 160, tweede "
    "lid, van de Gemeentewet zegt dat het college niet besluit voordat de raad een "
    "ontwerpbesluit heeft ontvangen en wensen en bedenkingen kon geven. Die zin kent "
    "geen uitzondering voor besluiten zonder ingrijpende gevolgen. Het college kiest "
    "deze route op eigen motivering."
)


def proposal(facts: DossierFacts) -> Paper:
    """What the college reads before it decides on the (draft) decision."""
    who = facts.who
    return Paper(
        title="Collegevoorstel: lidmaatschap van de NVSI",
        sender=who.begin,
        sender_lines=("Voorstel aan het college van burgemeester en wethouders",),
        addressee=(),
        reference=_reference(facts),
        blocks=(
            Heading("1. Voorstel"),
            Listing(_asked(facts), is_numbered=True),
            Heading("2. Aanleiding"),
            *passages.what_the_nvsi_is(),
            *passages.what_a_lid_does(who),
            ToFill("de aanleiding voor deze gemeente", lines=2),
            Heading("3. Openbaar belang"),
            *passages.public_interest(facts),
            Heading("4. De raad"),
            *_council(facts),
            Heading("5. Kosten en verbonden partij"),
            *passages.money(who),
            *_related_party(),
            Heading("6. Aansprakelijkheid en uittreden"),
            *passages.liability(),
            *passages.leaving(who),
            Heading("7. Privacy"),
            *passages.privacy(who),
            Heading("8. Alternatief en kanttekening"),
            *_alternative(),
            *passages.inbesteding(),
            Heading("9. Vervolg"),
            _planning(facts),
            *([] if facts.informs else draft(facts)),
        ),
        foot=f"Collegevoorstel lidmaatschap NVSI · dossier {facts.number}",
        file_name=f"Collegevoorstel {facts.number} {who.short_name}",
        dated=facts.today,
    )


def _reference(facts: DossierFacts) -> tuple[tuple[str, Text], ...]:
    when = facts.day_of(Step.PROPOSED, "datum van de collegevergadering")
    enclosed = "statuten van de NVSI"
    if not facts.informs:
        enclosed = f"ontwerpbesluit (hierna), raadsbrief, {enclosed}"
    return passages.reference(
        facts,
        ("Vergadering", text(when)),
        ("Portefeuillehouder", text(Blank("naam"))),
        ("Opsteller", text(Blank("naam en afdeling"))),
        ("Zaaknummer", text(Blank("zaaknummer"))),
        ("Bijlagen", text(enclosed)),
    )


def _asked(facts: DossierFacts) -> tuple[Text, ...]:
    the = facts.who.the
    interest = text(
        "deelneming in de NVSI, om de redenen in paragraaf 3, in het bijzonder "
        "aangewezen te achten voor de behartiging van het daarmee te dienen openbaar "
        "belang;"
    )
    if facts.informs:
        return (
            interest,
            text(f"te besluiten dat {the} lid wordt van de NVSI;"),
            text(
                "de raad over dit besluit te informeren met een raadsinformatiebrief, "
                "met de motivering in paragraaf 4."
            ),
        )
    return (
        interest,
        text(f"het ontwerpbesluit vast te stellen dat {the} lid wordt van de NVSI;"),
        text(
            "het ontwerpbesluit aan de raad toe te zenden, en de raad tot en met ",
            facts.last_day(),
            " in de gelegenheid te stellen zijn wensen en bedenkingen ter kennis van "
            "het college te brengen;",
        ),
        text(
            "daarna, met inachtneming van wat de raad naar voren brengt, het "
            "definitieve besluit te nemen."
        ),
    )


def _council(facts: DossierFacts) -> list[Block]:
    """How the raad is involved, and what the law says of it."""
    gs = passages.say(
        "Goedkeuring door gedeputeerde staten is sinds 1 februari 2016 niet meer nodig."
    )
    if facts.informs:
        return [
            Paragraph(text(Strong("Let op. "), WARNING), "notice"),
            *_far_reaching(facts),
            passages.say(
                "De motivering onder paragraaf 3 is ook de motivering voor deze route."
            ),
            gs,
        ]
    return [
        passages.intro("De tweede volzin van artikel 160, tweede lid, luidt:"),
        Paragraph(text(passages.COUNCIL_FIRST), "quote"),
        passages.say(
            "Een termijn noemt de wet niet; de gemeente bepaalt die zelf. De raad "
            "neemt geen besluit over het lidmaatschap. Hij kan wensen en bedenkingen "
            "geven, of laten weten dat hij die niet heeft."
        ),
        *_far_reaching(facts),
        gs,
    ]


def _far_reaching(facts: DossierFacts) -> list[Block]:
    """Agreements come later, and fall under art. 169 lid 4."""
    weighed = facts.steps.get(Step.WEIGHED)
    judged: list[Block] = []
    if weighed and weighed.is_far_reaching is not None:
        word = "wel" if weighed.is_far_reaching else "niet"
        judged = [
            passages.say(
                f"{facts.who.the[:1].upper()}{facts.who.the[1:]} merkt dit besluit "
                f"{word} aan als een besluit met ingrijpende gevolgen."
            )
        ]
    return [
        *judged,
        passages.say(
            "Overeenkomsten over het gebruik van een oplossing zijn een later en ander "
            "besluit (artikel 160, eerste lid, onder d). Daarover informeert het "
            "college de raad vooraf als de raad daarom vraagt, of als dat besluit "
            "ingrijpende gevolgen kan hebben (artikel 169, vierde lid)."
        ),
    ]


def _related_party() -> list[Block]:
    return [
        Paragraph(
            text(
                "Of de NVSI een verbonden partij is, hangt af van het bestuurlijk en "
                "het financieel belang samen (artikel 1 BBV). Stemrecht geeft een "
                "bestuurlijk belang; voor enkel het lidmaatschap wordt geen bedrag ter "
                "beschikking gesteld. Conclusie: ",
                Blank(
                    "wel of geen verbonden partij, volgens de eigen financiële regels"
                ),
                ".",
            )
        )
    ]


def _alternative() -> list[Block]:
    return [
        passages.say(
            "Het alternatief is deelname als participant: een contactpersoon doet mee "
            "in het uitvoerende werk, en de gemeente wordt geen lid. Zij heeft dan "
            "geen stem in de algemene ledenvergadering, en kan zich voor een opdracht "
            "aan de NVSI niet op quasi-inbesteding beroepen."
        )
    ]


def _planning(facts: DossierFacts) -> Facts:
    """What was done, and what comes: a date, or room for it."""

    def row(step: Step, name: str, what: str = "datum") -> tuple[str, Text]:
        return (name, text(facts.day_of(step, what)))

    if facts.informs:
        return Facts(
            (
                row(Step.DECIDED, "Besluit van het college"),
                row(Step.INFORMED, "Raad geïnformeerd"),
                row(Step.APPLIED, "Aanmelding bij de NVSI"),
            )
        )
    return Facts(
        (
            row(Step.DRAFTED, "Ontwerpbesluit"),
            row(Step.SENT, "Toezending aan de raad"),
            ("Raad reageert tot en met", text(facts.last_day())),
            row(Step.DECIDED, "Definitief besluit"),
            row(Step.APPLIED, "Aanmelding bij de NVSI"),
        )
    )
