"""What a voorstel asks in euros: read line by line, and added up.

The table is that of seed 004, part B: the activities for 2017. Its own subtotal of what
is structural (25,452,000) does not fit its lines, nor its own total; ours does.
"""

from decimal import Decimal

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from membership.assembly import drafting
from membership.assembly.amounts import (
    Amount,
    amounts_of,
    named_in,
    overview_of,
    typed,
)
from membership.assembly.printing import oproeping_of
from membership.models import Person, Voorstel
from nvsi.errors import NotAllowed
from tests.membership.assemblies import NOW, make_assembly

ACTIVITIES_2017 = """
Structureel
Taxatiewijzers WOZ; 1.000.000
Digitaal Klantdossier; 611.000
14+Netnummer; 1.588.000
Beheer en onderhoud aanpak NUP; 950.000
Realisatie en beheer Gemeentelijke Monitor Sociaal Domein; 193.000
Burgerzakenmodules basisregistratie personen; 350.000
Beheer ISD standaarden en ICT-infrastructuur; 11.100.000
Beheer en aanbesteding raamcontracten Sociaal Domein; 250.000
Informatiebeveiligingsdienst IBD; 2.000.000
Basisdienstverlening KING; 7.500.000

Incidenteel/tijdelijk
Operatie BRP; 1.000.000
Digitale Agenda; 20.260.000
Collectieve I-voorzieningen en dienstverlening; 2.000.000
Informatievoorziening Omgevingswet; 1.950.000
"""
WORDS = st.text("abc ;€1.,", max_size=12)
NAMES = st.text("abcdefg ", min_size=1, max_size=20).map(str.strip).filter(len)
EUROS = st.decimals(Decimal("0.01"), Decimal(10_000_000), places=2)


def test_the_activities_of_the_seed_are_added_up() -> None:
    overview = overview_of(amounts_of(ACTIVITIES_2017))
    totals = {group.name: group.total for group in overview.groups}
    assert totals == {
        "Structureel": Decimal(25_542_000),
        "Incidenteel/tijdelijk": Decimal(25_210_000),
    }
    assert overview.total == Decimal(50_752_000)
    assert [len(group.amounts) for group in overview.groups] == [10, 4]


@given(rows=st.lists(st.tuples(st.sampled_from(["", "A", "B"]), NAMES, EUROS)))
def test_what_was_read_can_be_typed_again(rows: list[tuple[str, str, Decimal]]) -> None:
    asked = [Amount(*row) for row in sorted(rows, key=lambda row: row[0])]
    assert amounts_of(typed(asked)) == asked
    total = sum((one.euros for one in asked), Decimal(0))
    assert overview_of(asked).total == total


@given(words=st.lists(WORDS, max_size=4).map("\n".join))
def test_nonsense_is_refused_in_words(words: str) -> None:
    try:
        found = amounts_of(words)
    except ValueError:
        return
    assert all(one.euros > 0 and one.name for one in found)


@pytest.mark.parametrize(
    "line", ["Beheer", "Beheer;", "; 100", "Beheer; veel", "Beheer; 0", "B; 1.00"]
)
def test_a_line_without_an_amount_is_named(line: str) -> None:
    with pytest.raises(ValueError, match="bedrag"):
        amounts_of(line)


@pytest.fixture
def voorstel(bureau: Person) -> Voorstel:
    return drafting.put_on_agenda(
        make_assembly(),
        position=1,
        title="Activiteiten 2017",
        kind="financieel",
        toelichting="Wat wij samen doen.",
        beslispunten=["Stemt in met de activiteiten."],
        amounts=amounts_of(ACTIVITIES_2017),
        by=bureau,
    )


@pytest.mark.parametrize(
    ("words", "named"),
    [
        ("Stemt in, voor ten hoogste €\xa05.000,00.", [5000]),
        ("Kost € 5.000, waarvan EUR 1200 uit de kas.", [5000, 1200]),
        ("Kost 4.999,50 euro in 2027, artikel 15.", ["4999.50"]),
        ("Stemt in met het plan voor 12 gemeenten.", []),
    ],
)
def test_the_amounts_that_a_sentence_names(words: str, named: list[str]) -> None:
    assert named_in(words) == {Decimal(one) for one in named}


@pytest.mark.parametrize(
    ("words", "strangers"),
    [
        ("Stemt in met € 50.752.000, waarvan € 25.542.000 voor de leden.", []),
        ("Stemt in met ten hoogste € 50.572.000.", [50572000]),
        ("Stemt in met het plan.", []),
    ],
)
def test_a_beslispunt_that_names_another_amount_stands_out(
    words: str, strangers: list[int]
) -> None:
    overview = overview_of(amounts_of(ACTIVITIES_2017))
    assert overview.strangers_in(words) == strangers
    assert overview_of([]).strangers_in(words) == []


def test_the_bureau_reads_that_a_beslispunt_and_the_amounts_differ(
    client: Client, voorstel: Voorstel, bureau: Person
) -> None:
    client.force_login(bureau)
    url = reverse("admin:membership_voorstel_change", args=[voorstel.pk])
    assert "noemt" not in client.get(url).content.decode()
    voorstel.beslispunten.update(text="Stemt in met ten hoogste € 50.572.000.")
    shown = client.get(url).content.decode().replace("\xa0", " ")
    assert "Beslispunt 1 noemt € 50.572.000,00." in shown


def test_members_read_the_lines_and_their_totals(
    client: Client, voorstel: Voorstel, bureau: Person
) -> None:
    client.force_login(bureau)
    page = client.get(reverse("voorstel-detail", args=[voorstel.pk])).content.decode()
    shown = page.replace("\xa0", " ")
    for words in ("14+Netnummer", "€ 1.588.000,00", "€ 25.542.000,00"):
        assert words in shown
    assert 'Totaal</th><td class="amount">€ 50.752.000,00' in shown
    made = oproeping_of(voorstel.assembly, timezone.localdate(), statutes=False)
    assert made.content.startswith(b"%PDF")


def test_the_form_shows_them_as_they_were_typed(
    client: Client, voorstel: Voorstel, bureau: Person
) -> None:
    client.force_login(bureau)
    url = reverse("admin:membership_voorstel_rewrite", args=[voorstel.pk])
    form = client.get(url).context["form"]
    assert amounts_of(form.initial["amounts"]) == amounts_of(ACTIVITIES_2017)


def test_they_stand_once_members_were_convened(
    voorstel: Voorstel, bureau: Person
) -> None:
    voorstel.assembly.status = "convened"
    voorstel.assembly.convened_at, voorstel.assembly.convened_by = NOW, bureau
    voorstel.assembly.save()
    with pytest.raises(NotAllowed, match="agenda staat vast"):
        drafting.rewrite(
            voorstel,
            title="x",
            kind="gewoon",
            toelichting="x",
            beslispunten=["x"],
            by=bureau,
        )
    assert voorstel.amounts.count() == 14
