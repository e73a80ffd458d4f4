"""A burgerservicenummer is seen in a sentence, and other numbers are let through."""

import pytest

from membership.identifiers import has_bsn


@pytest.mark.parametrize(
    "text",
    [
        "123456782",
        "Het gaat om 123456782.",
        "bsn:123456782",
        "over 123 456 782, denk ik",
        "1234.56.782",
        "12 34 56 782",
        "regel 12 123456782",
        "zonder nul: 10000008",
        "१२३४५६७८२",
        "twee: 123456789 en 123456782",
    ],
)
def test_a_bsn_is_seen_however_it_stands_in_a_sentence(text: str) -> None:
    assert has_bsn(text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Waarom is het € 10.000.008,00?",
        "op 10-00-0008 en 2026-03-09",
        "afrekening 2026-0147",
        "regel R10000008-1 van 1000",
        "bel 06-10000008 of 06 10 00 00 08",
        "NL91 ABNA 0417 1643 00",
        "factuur 1234567820",
        "123456789",
    ],
)
def test_other_numbers_are_none(text: str) -> None:
    assert not has_bsn(text)
