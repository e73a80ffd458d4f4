"""What a statement says in words: its title, its result first, and what happens next.

Sentences for people who read it once; figures and tables are in `statement_paper`.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from nvsi.dutch import euro, half_year, iban
from nvsi.halfyear import HalfYear

Content = Mapping[str, Any]

_YOURS = {"gemeente": "Uw gemeente", "samenwerkingsverband": "Uw samenwerkingsverband"}


@dataclass(frozen=True)
class Sentence:
    """One sentence with the figure it is about, which may be printed large."""

    before: str
    figure: str
    after: str


def title(content: Content) -> str:
    """Afrekening Flexensie, or Creditafrekening Flexensie for a reversal."""
    word = "Creditafrekening" if is_reversal(content) else "Afrekening"
    return f"{word} {content['instrument_name']}"


def is_reversal(content: Content) -> bool:
    return str(content["kind"]) == "reversal"


def document_name(content: Content) -> str:
    """The one-line name of the file, which a reader sees in the window's title."""
    of_what = f"{title(content)} {content['number']}"
    return f"{of_what}, {holder(content)}, {period(content)}"


def period(content: Content) -> str:
    """eerste helft van 2026."""
    return half_year(HalfYear.parse(content["period"]))


def full_name(kind: str, name: str) -> str:
    """gemeente Groningen, or the name alone when it says what it is."""
    if kind != "gemeente" or name.casefold().startswith("gemeente "):
        return name
    return f"gemeente {name}"


def holder(content: Content) -> str:
    """For whom the statement is, with what they are: gemeente Groningen."""
    return full_name(content["organisation"]["kind"], content["organisation"]["name"])


def result(content: Content) -> Sentence:
    """Who gets or owes how much, over which half-year."""
    amount = Decimal(content["totals"]["uitkering_gemeente"])
    over = f" over de {period(content)}."
    yours = _YOURS.get(content["organisation"]["kind"], "Uw organisatie")
    if is_reversal(content):
        old = content["refers_to"]
        before = f"Deze creditafrekening draait afrekening {old} terug:"
        return Sentence(before, euro(amount), ".")
    if amount < 0:
        return Sentence(f"{yours} betaalt", euro(-amount), over)
    return Sentence(f"{yours} ontvangt", euro(amount), over)


def next_steps(content: Content) -> list[str]:
    """What follows from the result, and who does it."""
    amount = Decimal(content["totals"]["uitkering_gemeente"])
    if is_reversal(content):
        return _after_reversal(content)
    if amount < 0:
        return [
            f"{_why_negative(content)} Het bureau neemt contact met u op over de "
            "betaling. U hoeft nu niets te doen."
        ]
    if amount == 0:
        return ["Er is niets te betalen. U hoeft niets te doen."]
    return [_paid_out(content)]


def _why_negative(content: Content) -> str:
    if Decimal(content["totals"]["bruto_omzet"]) < 0:
        return (
            "In dit halfjaar zijn meer uren gecorrigeerd dan er bij kwamen. "
            "Daarom is de bruto-omzet lager dan nul."
        )
    return (
        "De premies, de vergoeding en de bijdrage zijn samen hoger dan de bruto-omzet."
    )


def interim(content: Content) -> str:
    """The mark of a settlement that was made before its half-year was over."""
    if not content["forced"]:
        return ""
    return (
        f"De {period(content)} was nog niet voorbij toen deze afrekening werd gemaakt. "
        "Uren die later zijn gemeld, staan op een volgende afrekening."
    )


def _after_reversal(content: Content) -> list[str]:
    old = content["refers_to"]
    return [
        f"De bedragen zijn die van afrekening {old}, met het omgekeerde teken. "
        "Daarom staat er een min voor wat er toen bij kwam. Samen komen de twee "
        f"afrekeningen uit op {euro('0.00')}.",
        "Is het oude bedrag al betaald? Dan neemt het bureau contact met u op over de "
        "verrekening. U hoeft nu niets te doen.",
    ]


def _paid_out(content: Content) -> str:
    account = content["organisation"]["iban"]
    if not account:
        return (
            "Wij hebben nog geen rekeningnummer van u. Geef het door in het portaal; "
            "daarna maken wij het bedrag over."
        )
    return (
        f"Wij maken dit bedrag over op rekening {iban(account)}. U hoeft niets te doen."
    )
