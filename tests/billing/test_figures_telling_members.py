"""Signals for the regiegroep: of another gemeente no name, and no small count."""

from billing.figures.telling_members import without_names
from billing.figures.watching import Found, Signal

OWN, OTHER = 1, 2
LARGE = Signal(
    "Grote opdrachten",
    "",
    [
        Found("Bakkerij Köster", "opdracht A, Waterkant", "120 uur", OTHER),
        Found("Groen & Zn.", "opdracht B, Heideveld", "110 uur", OWN),
    ],
)


def test_of_another_gemeente_no_name_is_told_and_ones_own_comes_first() -> None:
    told = without_names(LARGE, {OWN})
    assert [(one.who, one.what, one.words) for one in told.found] == [
        ("Groen & Zn.", "opdracht B, Heideveld", "110 uur"),
        ("Een andere gemeente", "", "120 uur"),
    ]


def test_an_opdrachtgever_of_several_has_no_name_and_no_small_count() -> None:
    few, many = "4\xa0kandidaten", "5\xa0kandidaten"
    found = [Found("Drie", "KvK 22222222", words) for words in (few, many)]
    told = without_names(Signal("Veel", "", found), {OWN}).found
    assert [one.words for one in told] == ["minder dan 5\xa0kandidaten", many]
    assert {(one.who, one.what) for one in told} == {("Een opdrachtgever", "")}


def test_what_is_of_a_gemeente_alone_stays() -> None:
    signal = Signal("Premie", "", LARGE.found, names_opdrachtgevers=False)
    assert without_names(signal, {OWN}) == signal
