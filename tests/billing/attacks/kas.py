"""Attacks on the innovatiekas: below zero, without a decision, beside the books."""

from tests.billing.attacks.money import add_entry
from tests.billing.attacks.sql import NEW, Attack, copy, update

S, D, M = "billing_kasshare", "billing_kasdotatie", "billing_kasmovement"
OTHER = "%(other_instrument)s"
LAST = "(SELECT max(id) FROM billing_entry)"
NO_GROUND = {
    "period_id": "NULL",
    "share_id": "NULL",
    "dotatie_id": "NULL",
    "voorstel_id": "NULL",
}
FROM_SHARE = {"period_id": "%(closed)s", "share_id": "%(kas_share)s"}
PROMISED = {"voorstel_id": "%(kas_promised)s"}
DECIDED = {"voorstel_id": "%(kas_decided)s"}


def booked(*sides: tuple[str, str, str]) -> str:
    """An entry with these sides: account, debit, credit."""
    values = ", ".join(
        f"({NEW}, (SELECT id FROM billing_account WHERE code = '{code}'), {d}, {c})"
        for code, d, c in sides
    )
    return add_entry() + (
        "INSERT INTO billing_posting (entry_id, account_id, debit, credit) "
        f"VALUES {values};"
    )


def moved(kind: str, amount: str, entry: str = NEW, **ground: str) -> str:
    columns = {
        "id": NEW,
        "entry_id": entry,
        "instrument_id": "%(flexensie)s",
        "kind": f"'{kind}'",
        "amount": amount,
        **NO_GROUND,
        **ground,
    }
    names, values = ", ".join(columns), ", ".join(columns.values())
    return f"INSERT INTO {M} ({names}) VALUES ({values});"


def fill(amount: str = "1") -> str:
    return booked(("9700", amount, "0"), ("0700", "0", amount))


def reserve(amount: str = "20") -> str:
    return booked(("0700", amount, "0"), ("0710", "0", amount))


A_RESERVATION = reserve() + moved("reserve", "20", **DECIDED)
ANOTHER_SHARE = copy(S, "id = %(kas_share)s", from_halfyear="20261")
GUARDED = "Uit de innovatiekas gaat niets zonder besluit"
SETTLED = "Dit halfjaar is al vastgesteld"

KAS = [
    Attack(
        "the_share_of_a_kas_changes_once_in_a_halfyear",
        "change twice",
        ANOTHER_SHARE + copy(S, f"id = {NEW}", id="999998"),
    ),
    *(
        Attack(
            "the_share_of_a_kas_is_a_percentage",
            f"{pct}%",
            copy(S, "id = %(kas_share)s", from_halfyear="20261", pct=pct),
        )
        for pct in ("-0.01", "100.01")
    ),
    *(
        Attack("the_share_of_a_closed_halfyear_does_not_change", tries, sql, SETTLED)
        for tries, sql in [
            ("another percentage", update(S, "kas_share", "pct = 1")),
            ("begin later", update(S, "kas_share", "from_halfyear = 20261")),
            ("of another", update(S, "kas_share", f"instrument_id = {OTHER}")),
            ("take it away", f"DELETE FROM {S} WHERE id = %(kas_share)s"),
            ("one for then", copy(S, "id = %(kas_share)s", from_halfyear="20251")),
        ]
    ),
    Attack(
        "a_dotatie_is_above_zero",
        "of nothing",
        copy(D, "id = %(kas_dotatie)s", amount="0", besluit_id="%(alv_besluit)s"),
    ),
    Attack("a_besluit_fills_a_kas_once", "twice", copy(D, "id = %(kas_dotatie)s")),
    Attack(
        "another_person_confirms_a_dotatie",
        "who recorded it",
        update(D, "kas_dotatie", "status = 'refused', decided_by_id = proposed_by_id, "
               "decided_at = now()"),
    ),
    *(
        Attack(
            "a_decided_dotatie_says_by_whom_and_when",
            f"without {missing}",
            update(D, "kas_dotatie", f"status = 'refused', {there}"),
        )
        for missing, there in [
            ("whom", "decided_at = now()"),
            ("when", "decided_by_id = %(bestuur)s"),
        ]
    ),
    Attack(
        "a_dotatie_is_decided_once",
        "confirmed at once",
        copy(D, "id = %(kas_given)s", besluit_id="%(alv_besluit)s"),
        "wacht eerst op een tweede persoon",
    ),
    *(
        Attack("a_dotatie_is_decided_once", tries, update(D, row, changes),
               "verandert niet meer")
        for tries, row, changes in [
            ("more than was recorded", "kas_dotatie", "amount = amount + 1"),
            ("as if by another", "kas_dotatie", "proposed_by_id = %(bestuur)s"),
            ("after it was booked", "kas_given", "status = 'refused'"),
        ]
    ),
    Attack(
        "a_confirmed_dotatie_is_in_the_kas",
        "confirm and not book",
        update(D, "kas_dotatie", "status = 'confirmed', decided_by_id = %(bestuur)s, "
               "decided_at = now()"),
        "Een dotatie die is bevestigd, is geboekt",
    ),
    *(
        Attack(
            "a_movement_of_a_kas_says_what_it_rests_on",
            tries,
            moved(kind, amount, entry=LAST, **ground),
        )
        for tries, kind, amount, ground in [
            ("nothing", "fill", "1", {}),
            ("no half-year", "fill", "1", {"share_id": "%(kas_share)s"}),
            ("no euro", "fill", "0", FROM_SHARE),
            ("a voorstel that fills", "fill", "1", PROMISED),
            ("spend below zero", "spend", "-1", {"voorstel_id": "%(kas_spent)s"}),
            ("spend contributions at once", "spend", "1", FROM_SHARE),
        ]
    ),
    Attack(
        "a_voorstel_reserves_spends_and_releases_once",
        "promise twice",
        reserve("10") + moved("reserve", "10", **PROMISED),
    ),
    Attack(
        "a_kas_is_never_below_zero",
        "take back more than is free",
        booked(("9700", "0", "9999"), ("0700", "9999", "0"))
        + moved("fill", "-9999", **FROM_SHARE),
        "Zo veel is er niet vrij",
    ),
    Attack(
        "a_kas_is_never_below_zero",
        "give back more than was promised",
        booked(("0710", "11", "0"), ("0700", "0", "11"))
        + moved("release", "11", **PROMISED),
        "Zo veel is er niet gereserveerd",
    ),
    *(
        Attack("a_kas_never_moves_without_a_decision", tries, sql, says)
        for tries, sql, says in [
            ("before the ALV decided", reserve("5000")
             + moved("reserve", "5000", voorstel_id="%(voorstel_agreed)s"), GUARDED),
            ("more than was decided", reserve("21")
             + moved("reserve", "21", **DECIDED), GUARDED),
            ("of another instrument", reserve()
             + moved("reserve", "20", **DECIDED, instrument_id=OTHER), GUARDED),
            ("spend without an order", moved("spend", "1", entry=LAST,
                     **PROMISED), GUARDED),
            ("a dotatie that nobody confirmed", fill("500")
             + moved("fill", "500", dotatie_id="%(kas_dotatie)s"),
             "zoals een ander haar bevestigde"),
            ("contributions of an open half-year", fill()
             + moved("fill", "1", **FROM_SHARE | {"period_id": "%(open)s"}),
             "het deel dat in dat halfjaar gold"),
        ]
    ),
    *(
        Attack("a_movement_of_a_kas_is_what_is_booked", tries, sql,
               "haar boeking zeggen hetzelfde")
        for tries, sql in [
            ("a cent less", reserve("19.99") + moved("reserve", "20", **DECIDED)),
            ("with something of another", booked(
                ("0700", "20", "0"), ("0710", "0", "20"),
                ("1000", "1", "0"), ("1610", "0", "1"),
            ) + moved("reserve", "20", **DECIDED)),
            ("an entry of something else", moved("reserve", "20", **DECIDED,
             entry="(SELECT id FROM billing_entry WHERE number = 1)")),
        ]
    ),
    *(
        Attack("what_is_booked_on_a_kas_is_a_movement", tries, sql,
               "haar boeking zeggen hetzelfde")
        for tries, sql in [
            ("fill it and tell nobody", fill()),
            ("take it to the bank", booked(("0700", "1", "0"), ("1000", "0", "1"))),
        ]
    ),
]  # fmt: skip
