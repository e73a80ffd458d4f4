"""Passages that several papers share: what the law says, and what membership means."""

from membership.admission.steps import Step
from membership.papers.facts import DossierFacts, Who
from membership.papers.structure import (
    Blank,
    Block,
    Heading,
    Listing,
    Paragraph,
    Row,
    Strong,
    Text,
    ToFill,
    paragraphs,
    text,
)

NVSI = "Nederlandse Vereniging voor Sociale Innovatie"
SHORT = "NVSI"

# Gemeentewet art. 160 lid 2, as in force on 1 January 2026.
PUBLIC_INTEREST = (
    "“Het college besluit slechts tot de oprichting van en de deelneming in "
    "stichtingen, maatschappen, vennootschappen, verenigingen, coöperaties en "
    "onderlinge waarborgmaatschappijen, indien dat in het bijzonder aangewezen moet "
    "worden geacht voor de behartiging van het daarmee te dienen openbaar belang.”"
)
COUNCIL_FIRST = (
    "“Het besluit wordt niet genomen dan nadat de raad een ontwerp-besluit is "
    "toegezonden en in de gelegenheid is gesteld zijn wensen en bedenkingen ter kennis "
    "van het college te brengen.”"
)


def say(words: str) -> Paragraph:
    return Paragraph(text(words))


def intro(words: str) -> Paragraph:
    return Paragraph(text(words), "intro")


def reference(facts: DossierFacts, *rows: Row) -> tuple[Row, ...]:
    """What stands at the head of a paper, with the number that the NVSI knows it by."""
    return (*rows, ("Dossier NVSI", text(facts.number)))


def what_the_nvsi_is() -> list[Block]:
    return [
        say(
            f"De {NVSI} ({SHORT}) is opgericht door Divosa en enkele gemeenten. De "
            "leden zijn gemeenten en andere publieke organisaties met een rol in het "
            "sociaal domein. De vereniging deelt kennis en innovatieve oplossingen met "
            "haar leden, stelt die oplossingen aan hen beschikbaar en laat ze "
            "desgewenst verder ontwikkelen. Is een oplossing met publiek geld "
            f"ontwikkeld, dan is de {SHORT} (mede-)eigenaar van het intellectueel "
            "eigendom. Het beheer ligt bij de leverende partij."
        )
    ]


def what_a_lid_does(who: Who) -> list[Block]:
    the = who.the
    return [
        say(
            f"Als lid heeft {the} stem in de algemene ledenvergadering. Zo heeft zij, "
            "samen met de andere leden, zeggenschap over de strategische doelen en de "
            "belangrijke beslissingen van de vereniging. Zij kan de innovatieve "
            f"oplossingen van de {SHORT} gebruiken en meedoen in de regiegroep van een "
            "oplossing. Tot geen van beide is zij verplicht."
        )
    ]


def inbesteding() -> list[Block]:
    return [
        say(
            "Onder de voorwaarden van de artikelen 2.24a en 2.24b van de "
            "Aanbestedingswet 2012 kan een opdracht van een lid aan de NVSI zonder "
            "aanbesteding worden gegeven (quasi-inbesteding). De leden moeten daarvoor "
            "onder meer gezamenlijk toezicht uitoefenen, en meer dan 80% van de "
            "activiteiten van de vereniging moet bestaan uit taken die deze leden haar "
            "opdragen. Of aan de voorwaarden is voldaan, wordt bij elke opdracht "
            "getoetst. Dit besluit loopt daarop niet vooruit."
        )
    ]


def public_interest(facts: DossierFacts) -> list[Block]:
    """Why this vereniging, and why this form: the test of art. 160 lid 2."""
    return [
        intro("Artikel 160, tweede lid, eerste volzin, van de Gemeentewet luidt:"),
        Paragraph(text(PUBLIC_INTEREST), "quote"),
        Paragraph(
            text(
                Strong("Het openbaar belang. "),
                "Met deelneming in de NVSI wordt gewerkt aan vernieuwing in het "
                "sociaal domein die de dienstverlening van gemeenten samenhangender, "
                "klantgerichter en (kosten)effectiever maakt. Kennis en oplossingen "
                "die met publiek geld zijn ontwikkeld, blijven in handen van de "
                "organisaties die ze gebruiken.",
            )
        ),
        Paragraph(
            text(
                Strong("Waarom deze vorm. "),
                "Zeggenschap over de vereniging is er alleen voor leden; wie als "
                "participant meedoet, heeft geen stem. De wet geeft de voorkeur aan "
                "een publiekrechtelijke vorm. Die ligt hier minder voor de hand: er "
                "gaan geen taken of bevoegdheden over op de NVSI, de gemeente houdt de "
                "regie over de eigen inzet, en zij kan het lidmaatschap opzeggen.",
            )
        ),
        *own_motivation(facts),
    ]


def own_motivation(facts: DossierFacts) -> list[Block]:
    """What the gemeente itself recorded; else the room for it, plainly marked."""
    weighed = facts.steps.get(Step.WEIGHED)
    heading = Heading(f"Motivering van {facts.who.the}", level=3)
    blocks: list[Block] = [*paragraphs(weighed.words)] if weighed else []
    if weighed and weighed.considerations:
        items = [
            text(Strong(f"{title}. "), words) for title, words in weighed.considerations
        ]
        blocks.append(Listing(tuple(items)))
    if not blocks:
        return [
            heading,
            ToFill(
                "waarom deelneming in de NVSI voor deze gemeente in het bijzonder "
                "aangewezen is voor het openbaar belang",
                lines=4,
            ),
        ]
    return [heading, *blocks]


def money(who: Who) -> list[Block]:
    return [
        say(
            "Voor enkel het lidmaatschap is geen contributie verschuldigd. Pas wanneer "
            f"{who.the} een innovatieve oplossing afneemt, betaalt zij naast de "
            "vergoeding voor die oplossing een bijdrage in de bureaukosten en algemene "
            "diensten van de NVSI. De algemene ledenvergadering stelt die bijdrage "
            "jaarlijks vast. Over het gebruik van een oplossing, en de kosten daarvan, "
            "wordt afzonderlijk besloten."
        )
    ]


def liability() -> list[Block]:
    return [
        say(
            "De NVSI is als vereniging een rechtspersoon (artikelen 2:3 en 2:5 van het "
            "Burgerlijk Wetboek) en is zelf aansprakelijk voor haar schulden. "
            "Verplichtingen kunnen alleen bij of krachtens de statuten aan het "
            "lidmaatschap worden verbonden (artikel 2:34a BW). De statuten zijn als "
            "bijlage bijgevoegd."
        )
    ]


def leaving(who: Who) -> list[Block]:
    the = who.the
    return [
        say(
            f"{the[:1].upper()}{the[1:]} kan het lidmaatschap opzeggen tegen het einde "
            "van een boekjaar, met een opzegtermijn van vier weken, tenzij de statuten "
            "anders bepalen (artikel 2:36, eerste lid, BW). Worden de rechten van de "
            "leden beperkt of hun verplichtingen verzwaard, dan kan een lid in de "
            "gevallen van artikel 2:36, derde lid, BW binnen een maand met "
            "onmiddellijke ingang opzeggen. Overeenkomsten over het gebruik van een "
            "oplossing hebben een eigen looptijd."
        )
    ]


def privacy(who: Who) -> list[Block]:
    return [
        say(
            "Voor het lidmaatschap verwerkt de NVSI alleen de gegevens van de "
            "contactpersonen en ondertekenaars, geen gegevens van inwoners. Gaat "
            f"{who.the} een oplossing gebruiken, dan sluit zij eerst een "
            "verwerkersovereenkomst (artikel 28, derde lid, AVG) en een "
            "gebruiksovereenkomst."
        )
    ]


def signing() -> Text:
    return text(
        "de aanmelding te laten ondertekenen door de burgemeester, die de gemeente in "
        "en buiten rechte vertegenwoordigt, of door degene aan wie hij dit heeft "
        "opgedragen (artikel 171 van de Gemeentewet);"
    )


def contact(facts: DossierFacts) -> Blank | str:
    return facts.who.contact_name or Blank("naam van de contactpersoon")
