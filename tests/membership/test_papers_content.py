"""What the papers say: rightly, and nothing that nobody recorded."""

import datetime
import re

import pytest

from membership.admission.steps import Outcome, Procedure, Route, Step
from membership.papers.content.confirming import proof
from membership.papers.content.passages import COUNCIL_FIRST, PUBLIC_INTEREST
from membership.papers.content.proposing import WARNING
from membership.papers.facts import Belongs, DossierFacts, Taken, Who
from membership.papers.kinds import Kind, make
from membership.papers.structure import (
    Blank,
    Facts,
    Paper,
    Part,
    Signature,
    ToFill,
    clean,
    known,
    plain,
    text,
)
from tests.membership.paper_facts import (
    ALL_KNOWN,
    NOORDERHAGE,
    NOTHING_KNOWN,
    NVSI,
    STEPS,
    TODAY,
    blanks_of,
    dossier,
    every,
    on,
    words_of,
)

DATE = re.compile(r"\d{1,2}\W(?:jan|feb|maart|apr|mei|juni|juli|aug|sep|okt|nov|dec)")
VOORHANG, INFORMING = ALL_KNOWN["voorhang"], ALL_KNOWN["informing"]
NEW = NOTHING_KNOWN["gemeente"]
# What no dossier has: only the gemeente itself can give it.
ITS_OWN = {
    *("naam", "functie", "telefoon", "plaats", "datum", "zaaknummer"),
    *("naam en afdeling", "e-mailadres", "adres", "postcode en plaats"),
    "de aanleiding voor deze gemeente",
    "wel of geen verbonden partij, volgens de eigen financiële regels",
    "de slotsom: het besluit ongewijzigd nemen, het wijzigen, of ervan afzien",
    "artikel van de gemeenschappelijke regeling over deelneming",
    "artikel van de eigen statuten over wie hierover besluit",
    "naam en functie van wie bevoegd is",
}


def ids(case: object) -> str:
    return case.value if isinstance(case, Kind) else ""


@pytest.mark.parametrize(("kind", "facts"), every(NOTHING_KNOWN), ids=ids)
def test_a_paper_of_an_empty_dossier_has_no_day_that_was_made_up(
    kind: Kind, facts: DossierFacts
) -> None:
    words = words_of(make(kind, facts)).replace("1 februari 2016", "")
    assert DATE.findall(words) == []
    assert blanks_of(make(kind, facts))


@pytest.mark.parametrize(
    ("kind", "blanks"),
    [
        (
            Kind.PROPOSAL,
            {
                "datum van de collegevergadering",
                "laatste dag, door de gemeente bepaald",
                "datum van het collegevoorstel",
                "waarom deelneming in de NVSI voor deze gemeente in het bijzonder "
                "aangewezen is voor het openbaar belang",
                "naam van de contactpersoon",
            },
        ),
        (
            Kind.COUNCIL_LETTER,
            {"datum van de brief", "laatste dag, door de gemeente bepaald"},
        ),
        (
            Kind.APPROVAL,
            {
                "datum van het besluit",
                "nummer van het besluit",
                "datum van het collegevoorstel",
                "datum van het ontwerpbesluit",
                "datum van toezending",
                "laatste dag, door de gemeente bepaald",
                "uitkomst: wensen en bedenkingen gegeven, geen, of termijn voorbij",
            },
        ),
        (Kind.REACTION, {"elke wens en bedenking, met het antwoord"}),
        (Kind.INFORMATION, {"datum van de brief", "datum van het besluit"}),
        (Kind.APPLICATION, {"naam en functie van wie tekent", "e-mailadres"}),
        (Kind.CONFIRMATION, {"datum van toelating", "ingangsdatum"}),
    ],
)
def test_what_is_missing_is_a_place_to_fill_in(kind: Kind, blanks: set[str]) -> None:
    assert blanks <= blanks_of(make(kind, NEW))


@pytest.mark.parametrize(
    "kind", [kind for kind, facts in every({"": VOORHANG}) if kind != Kind.INFORMATION]
)
def test_what_is_recorded_is_left_open_nowhere(kind: Kind) -> None:
    answered = {"antwoord van het college"}  # the second wish has none yet
    assert blanks_of(make(kind, VOORHANG)) <= ITS_OWN | answered


@pytest.mark.parametrize("kind", [Kind.PROPOSAL, Kind.APPROVAL, Kind.INFORMATION])
def test_the_lighter_route_leaves_nothing_open_either(kind: Kind) -> None:
    assert blanks_of(make(kind, INFORMING)) <= ITS_OWN


@pytest.mark.parametrize("kind", [Kind.PROPOSAL, Kind.COUNCIL_LETTER])
def test_the_law_is_quoted_whole(kind: Kind) -> None:
    words = words_of(make(kind, VOORHANG))
    assert PUBLIC_INTEREST in words
    assert COUNCIL_FIRST in words
    assert "toegezonden en in de gelegenheid is gesteld zijn wensen" in COUNCIL_FIRST
    assert "in het bijzonder aangewezen moet worden geacht" in PUBLIC_INTEREST


@pytest.mark.parametrize("shape", ["samenwerkingsverband", "stichting", "participant"])
@pytest.mark.parametrize("known", [NOTHING_KNOWN, ALL_KNOWN])
def test_the_gemeentewet_is_for_a_gemeente_alone(
    shape: str, known: dict[str, DossierFacts]
) -> None:
    for kind, facts in every({shape: known[shape]}):
        words = words_of(make(kind, facts))
        assert "Gemeentewet" not in words
        assert "college" not in words.lower()


def test_a_samenwerkingsverband_decides_on_a_ground_of_its_own() -> None:
    words = words_of(make(Kind.APPROVAL, NOTHING_KNOWN["samenwerkingsverband"]))
    assert "gelet op de Wet gemeenschappelijke regelingen en op [artikel" in words
    assert "Het bestuur van WerkSaam De Heide," in words


@pytest.mark.parametrize("kind", [Kind.PROPOSAL, Kind.COUNCIL_LETTER, Kind.INFORMATION])
def test_the_own_words_of_the_gemeente_stand_in_it(kind: Kind) -> None:
    lines = words_of(make(kind, VOORHANG)).splitlines()
    assert "Wij zetten het instrument al in." in lines
    assert "Nu willen wij meebeslissen." in lines
    assert "Geen nieuw instrument. Het loopt hier sinds 2019." in lines
    assert not any(
        isinstance(block, ToFill) and "openbaar belang" in block.what
        for block in make(kind, VOORHANG).blocks
    )


def test_money_exit_liability_and_privacy_are_told_to_college_and_raad() -> None:
    for kind in (Kind.PROPOSAL, Kind.COUNCIL_LETTER, Kind.INFORMATION):
        words = words_of(make(kind, VOORHANG))
        assert "Voor enkel het lidmaatschap is geen contributie verschuldigd." in words
        assert "stelt die bijdrage jaarlijks vast" in words
        assert "opzegtermijn van vier weken" in words
        assert "artikel 2:36" in words
        assert "zelf aansprakelijk voor haar schulden" in words
        assert "verwerkersovereenkomst (artikel 28, derde lid, AVG)" in words


def test_the_term_of_the_raad_is_the_gemeentes_own() -> None:
    words = words_of(make(Kind.COUNCIL_LETTER, VOORHANG))
    assert "tot en met 1 mei 2026." in words.replace("\u00a0", " ")
    assert "De wet noemt geen termijn" in words


def parts(paper: Paper) -> list[str]:
    return [block.title for block in paper.blocks if isinstance(block, Part)]


def test_the_ontwerpbesluit_goes_with_the_voorhang_and_not_with_the_lighter_route() -> (
    None
):
    for kind in (Kind.PROPOSAL, Kind.COUNCIL_LETTER):
        assert parts(make(kind, VOORHANG)) == [
            "Ontwerpbesluit tot lidmaatschap van de NVSI"
        ]
    assert parts(make(Kind.PROPOSAL, INFORMING)) == []


def test_the_lighter_route_is_told_with_what_the_law_says() -> None:
    assert WARNING in words_of(make(Kind.PROPOSAL, INFORMING))
    letter = words_of(make(Kind.INFORMATION, INFORMING))
    assert COUNCIL_FIRST in letter
    assert "wijkt daarmee van deze zin af" in letter
    assert "zonder zulke gevolgen" in letter
    assert WARNING not in words_of(make(Kind.PROPOSAL, VOORHANG))


def test_a_letter_does_not_say_for_the_gemeente_that_it_is_not_far_reaching() -> None:
    silent = dossier(route=Route.INFORM)
    assert "zonder zulke gevolgen" not in words_of(make(Kind.INFORMATION, silent))


@pytest.mark.parametrize(
    ("outcome", "sentence"),
    [
        (Outcome.GIVEN, "het college daarop op 12 mei 2026 heeft gereageerd"),
        (Outcome.NONE, "de raad geen wensen of bedenkingen ter kennis"),
        (Outcome.LAPSED, "deze termijn is verstreken zonder dat de raad"),
    ],
)
def test_the_decision_says_what_the_raad_did(outcome: Outcome, sentence: str) -> None:
    steps = {**STEPS, Step.HEARD: Taken(on(5, 3), outcome=outcome)}
    words = words_of(make(Kind.APPROVAL, dossier(steps=steps)))
    assert sentence in words.replace("\u00a0", " ")


def test_a_decision_on_the_lighter_route_does_not_say_that_the_raad_was_heard() -> None:
    words = words_of(make(Kind.APPROVAL, INFORMING))
    assert "niet vooraf een ontwerpbesluit heeft toegezonden" in words
    assert "gelegenheid" not in words


def test_each_wish_stands_with_its_answer() -> None:
    words = words_of(make(Kind.REACTION, VOORHANG))
    assert "1. Wens van de fractie Lokaal Belang\nVraag de cliëntenraad." in words
    assert "Dat doen wij.\n2. Bedenking van de fractie Rood" in words
    assert "Wij vrezen verdringing.\n[antwoord van het college]" in words


CONTACT = (
    *("Naam", "Functie", "E-mailadres", "Telefoon", "Adres"),
    "Postcode en plaats",
)


@pytest.mark.parametrize("shape", NOTHING_KNOWN)
def test_an_aanmelding_has_the_fields_of_its_bijlage(shape: str) -> None:
    paper = make(Kind.APPLICATION, NOTHING_KNOWN[shape])
    tables = [block for block in paper.blocks if isinstance(block, Facts)]
    assert tuple(label for label, _ in tables[-1].rows) == CONTACT
    [signed] = [block for block in paper.blocks if isinstance(block, Signature)]
    [signer] = signed.signers
    assert [label for label, _ in signer.rows] == ["Naam", "Functie", "Plaats", "Datum"]


@pytest.mark.parametrize(
    ("shape", "title", "sentence"),
    [
        ("gemeente", "Aanmelding gemeente als lid van de NVSI", "hierna te noemen"),
        (
            "samenwerkingsverband",
            "Aanmelding samenwerkingsverband als lid van de NVSI",
            "verklaart dat het samenwerkingsverband:",
        ),
        (
            "stichting",
            "Aanmelding maatschappelijke organisatie als lid van de NVSI",
            "verklaart dat de maatschappelijke organisatie:",
        ),
        (
            "participant",
            "Aanmelding als participant van de NVSI",
            "als participant toetreedt",
        ),
    ],
)
def test_each_kind_has_its_own_aanmelding(
    shape: str, title: str, sentence: str
) -> None:
    paper = make(Kind.APPLICATION, NOTHING_KNOWN[shape])
    assert paper.title == title
    assert sentence in words_of(paper)


def test_a_mandate_is_named_where_it_was_used() -> None:
    applied = Taken(
        on(5, 26),
        signer_name="P. Smit",
        signer_function="directeur",
        mandate="mandaat van 2 maart 2026, nummer M-7",
    )
    facts = dossier(steps={**STEPS, Step.APPLIED: applied}, belongs=VOORHANG.belongs)
    named = "P. Smit, directeur (mandaat van 2 maart 2026, nummer M-7)"
    for kind in (Kind.APPLICATION, Kind.CONFIRMATION):
        assert named in words_of(make(kind, facts))


def test_an_intention_is_no_decision_and_gives_no_vote() -> None:
    words = words_of(make(Kind.INTENTION, NEW))
    assert "heeft het voornemen om lid te worden" in words
    assert "Deze verklaring is geen besluit" in words
    assert "heeft geen stem" in words
    assert "in gang gezet" in words_of(make(Kind.INTENTION, VOORHANG))


def test_the_confirmation_names_all_that_it_rests_on() -> None:
    words = words_of(make(Kind.CONFIRMATION, VOORHANG)).replace("\u00a0", " ")
    for fact in (
        "9 juni 2026 toegelaten als lid",
        "met ingang van 1 juli 2026",
        "Ontwerpbesluit\n10 maart 2026",
        "12 maart 2026, om te reageren tot en met 1 mei 2026",
        "ontvangen op 28 april 2026; reactie van het college op 12 mei 2026",
        "Collegebesluit\n19 mei 2026, nummer 2026/114",
        "26 mei 2026, getekend door M. de Boer, burgemeester",
        "namens het bestuur van de NVSI,\nH. Visser",
    ):
        assert fact in words
    assert make(Kind.CONFIRMATION, VOORHANG).dated == on(6, 9)


def test_the_confirmation_of_the_lighter_route_says_so() -> None:
    words = words_of(make(Kind.CONFIRMATION, INFORMING)).replace("\u00a0", " ")
    assert "aanvaard door de NVSI op 9 februari 2026" in words
    assert "Wensen en bedenkingen" not in words


def test_a_participant_is_told_that_it_is_no_lid() -> None:
    words = words_of(make(Kind.CONFIRMATION, ALL_KNOWN["participant"]))
    assert "Een participant is geen lid." in words
    assert "geen lidmaatschapsovereenkomst" in words
    assert "namens de NVSI," in words


def proven(kind: str, day: datetime.date = TODAY, who: Who = NOORDERHAGE) -> str:
    belongs = Belongs(kind, on(7, 1), decided_on=on(5, 19))
    register = "https://portaal.example/ledenregister/"
    paper = proof(who, belongs, on=day, today=TODAY, issuer=NVSI, register=register)
    return words_of(paper).replace("\u00a0", " ")


def test_a_proof_says_what_an_organisation_is_on_a_day() -> None:
    words = proven("lid")
    assert "de gemeente Noorderhage op 22 november 2026 lid is van de" in words
    assert "Collegebesluit\n19 mei 2026" in words
    assert "stem" not in words
    assert "op 1 augustus 2026 lid was van" in proven("lid", on(8, 1))


@pytest.mark.parametrize("kind", ["aspirant_lid", "participant"])
def test_a_proof_does_not_make_a_lid_of_who_is_not(kind: str) -> None:
    assert "is geen lid en heeft geen stem" in proven(kind)


def test_a_proof_does_not_tell_an_end_that_is_still_to_come() -> None:
    def until(day: datetime.date) -> str:
        belongs = Belongs("lid", on(1, 1), until=day)
        return words_of(
            proof(
                NOORDERHAGE, belongs, on=on(2, 1), today=TODAY, issuer=NVSI, register=""
            )
        )

    assert "Tot en met" in until(on(3, 1))
    assert "Tot en met" not in until(on(12, 31))


def test_words_are_made_clean() -> None:
    assert clean("a\tb\nc\u00a0d") == "a b c\u00a0d"
    assert clean("x\u202egnp\u0000\u0007\ufffe") == "xgnp"
    assert clean("e\u0301") == "é"
    assert known("  ", "de naam") == Blank("de naam")
    assert text("", "a") == ("a",)
    assert plain(text("op ", Blank("datum"), ".")) == "op [datum]."


def test_every_procedure_has_its_papers() -> None:
    assert {facts.procedure for facts in ALL_KNOWN.values()} == set(Procedure)
    assert {kind for kind, _ in every(ALL_KNOWN)} == set(Kind)
