"""Attacks on settlements and on the gemeenten in them."""

from tests.billing.attacks.runs import RUN, approve_run
from tests.billing.attacks.sql import NEW, Attack, copy, update

S, SL = "billing_settlement", "billing_settlementline"
FROZEN = "an_approved_settlement_does_not_change"
IN_A_RUN = "komt in een concept-ronde van haar halfjaar"
STAYS = "blijft in haar ronde, bij haar organisatie"
PAID = "betaald als de bank haar heeft betaald"
NUMBERED = "a_settlement_is_numbered_from_one_in_its_own_year"
NOT_ANY_MORE = "vastgestelde afrekening verandert niet meer"
A_CENT_LESS = "bruto_omzet = bruto_omzet - 0.01, premies = premies - 0.01"
HALVES = (
    "bijdrage_nvsi = bijdrage_nvsi + 1, uitkering_gemeente = uitkering_gemeente - 1"
)
NAMES = (
    *("uren", "bruto_omzet", "premies", "vergoeding", "afdracht_gemeente"),
    *("afdracht_uitvoerder", "uitkering_gemeente", "uitkering_uitvoerder"),
    "bijdrage_nvsi",
)
MIRRORED = {name: f"-r.{name}" for name in NAMES}


def approve(
    row: str = "draft", number: str = "5", changes: str = "", year: str = "2026"
) -> str:
    """A draft settlement becomes approved with its run, with the next number."""
    return approve_run() + number_it(row, number, changes, year)


def number_it(
    row: str = "draft", number: str = "5", changes: str = "", year: str = "2026"
) -> str:
    return update(
        S,
        row,
        f"status = 'approved', number_year = {year}, number_sequence = {number}, "
        f"approved_on = '2026-07-15' {changes}",
    )


def approve_all(changes: str = "") -> str:
    """All of the open half-year, which closes."""
    return (
        approve(changes=changes)
        + number_it("draft_oost", "6")
        + update("billing_period", "open", "closed_at = now()")
    )


def turn_back(row: str = "settlement_2", **changes: str) -> str:
    """A right reversal, without its lines, unless something of it is changed."""
    reversal = {"kind": "'reversal'", "status": "'approved'", "reverses_id": "r.id",
                "number_sequence": "5", **MIRRORED, **changes}  # fmt: skip
    return update(S, row, "status = 'reversed'") + copy(
        S, f"id = %({row})s", **reversal
    )


SETTLEMENTS = [
    *(Attack(FROZEN, f"{tries} of {row}", update(S, row, changes), NOT_ANY_MORE)
      for row in ("settlement_1", "settlement_2", "settlement_3", "settlement_4")
      for tries, changes in [
          ("change the amounts", A_CENT_LESS),
          ("change the holder", "organisation_id = %(flexensie)s"),
          ("change the number", "number_sequence = 5"),
          ("change the date", "approved_on = '2026-01-16'"),
          ("change the half-year", "period_id = %(open)s"),
          ("make a draft", "status = 'draft', number_year = NULL, "
           "number_sequence = NULL, approved_on = NULL"),
      ]),
    *(Attack(FROZEN, f"make {row} {status}", update(S, row, f"status = '{status}'"),
             NOT_ANY_MORE)
      for row, status in [("settlement_1", "approved"), ("settlement_3", "approved"),
                          ("settlement_3", "paid")]),
    *(Attack(FROZEN, f"delete {row}", f"DELETE FROM {S} WHERE id = %({row})s",
             NOT_ANY_MORE)
      for row in ("settlement_1", "settlement_2", "settlement_3", "settlement_4")),
    *(Attack(FROZEN, f"make a draft {status}",
             number_it().replace("approved'", f"{status}'"), "wordt eerst vastgesteld")
      for status in ("paid", "reversed")),
    Attack(FROZEN, "add an approved one",
           copy(S, "id = %(settlement_2)s", period_id="%(next)s", number_sequence="5"),
           "begint als concept"),
    *(Attack(FROZEN, f"turn back {tries}", sql, "spiegelt een afrekening")
      for tries, sql in [
          ("a cent less", turn_back(bruto_omzet="0.01 - r.bruto_omzet",
                                    premies="0.01 - r.premies")),
          ("without turning the sign", turn_back(**{n: f"r.{n}" for n in NAMES})),
          ("for another holder", turn_back(organisation_id="%(oost)s")),
          ("in another half-year", turn_back(period_id="%(open)s")),
          ("what holds", turn_back(reverses_id="%(settlement_1)s")),
          ("a draft", turn_back(reverses_id="%(draft)s")),
          ("in another run", turn_back(run_id="%(run)s")),
          ("and say that it is paid", turn_back(status="'paid'")),
          ("a reversal", turn_back("settlement_4")),
      ]),
    *(Attack(FROZEN, tries, sql, says) for tries, sql, says in [
        ("approve while its run is a draft", number_it(), "met haar ronde vastgesteld"),
        ("move a draft", update(S, "draft", "period_id = %(next)s"), STAYS),
        ("give a draft away", update(S, "draft", "organisation_id = %(rijkhoven)s"),
         STAYS),
        ("move a draft to an approved run",
         update(S, "draft", "run_id = %(approved_run)s"), STAYS),
        ("say that it is paid", update(S, "settlement_2", "status = 'paid'"), PAID),
        ("say that a reversal is paid", update(S, "settlement_4", "status = 'paid'"),
         PAID),
    ]),
    *(Attack("drafts_are_added_to_a_draft_run", tries,
             copy(S, "id = %(draft)s", **changes), IN_A_RUN)
      for tries, changes in [
          ("add a draft to an approved run",
           {"run_id": "%(approved_run)s", "period_id": "%(closed)s",
            "organisation_id": "%(flexensie)s"}),
          ("add a draft to a run of another half-year", {"period_id": "%(next)s"}),
      ]),
    Attack("a_reversed_settlement_has_its_reversal", "turn back without a reversal",
           update(S, "settlement_2", "status = 'reversed'"),
           "heeft een creditafrekening"),
    Attack(NUMBERED, "number from zero in an old year",
           approve(number="0", year="1999", changes=", approved_on = '1999-07-15'")
           .replace(", approved_on = '2026-07-15'", "")),
    Attack(NUMBERED, "number in another year",
           approve(number="1", year="1999")),
    Attack(NUMBERED, "turn back in another year",
           turn_back(number_year="2027", number_sequence="1")),
    Attack("a_reversal_names_what_it_reverses", "a settlement that reverses",
           copy(S, "id = %(draft)s", reverses_id="%(settlement_2)s")),
    Attack("billing_settlement_reverses_id_key", "turn back twice",
           copy(S, "id = %(settlement_4)s", number_sequence="5")),
    Attack("a_holder_is_settled_once_in_a_halfyear", "settle a holder twice",
           copy(S, "id = %(draft)s")),
    Attack("a_holder_is_settled_once_in_a_halfyear", "settle an approved one again",
           copy(RUN, "id = %(run)s", period_id="%(closed)s", sequence="2")
           + copy(S, "id = %(draft)s", period_id="%(closed)s", run_id=NEW)),
    Attack("a_settlement_number_is_given_once", "give a number twice",
           approve(number="4")),
    Attack("updated_numbers_have_no_gaps", "skip a number", approve(number="6"),
           "sluiten op elkaar aan"),
    Attack("updated_numbers_have_no_gaps", "begin a year at two",
           approve(number="2", year="2027").replace("2026-07-15", "2027-07-15"),
           "sluiten op elkaar aan"),
    Attack("inserted_numbers_have_no_gaps", "skip a number in a reversal",
           turn_back(number_sequence="6"), "sluiten op elkaar aan"),
    Attack("an_approved_settlement_has_a_number", "approve without a number",
           approve(number="NULL")),
    Attack("an_approved_settlement_has_a_number", "number a draft",
           update(S, "draft", "number_year = 2026, number_sequence = 5")),
    Attack("no_cent_is_lost_in_a_settlement", "lose a cent",
           update(S, "draft", "bruto_omzet = bruto_omzet + 0.01")),
    Attack("both_halves_make_the_bijdrage_of_a_settlement", "make up a contribution",
           update(S, "draft", HALVES)),
    Attack("both_halves_make_the_bijdrage_of_a_settlement", "pay the uitvoerder more",
           update(S, "draft", "uitkering_uitvoerder = uitkering_uitvoerder + 1, "
                  "uitkering_gemeente = uitkering_gemeente - 1")),
    Attack("an_approved_settlement_is_the_sum_of_its_lines", "approve other amounts",
           approve_all(f", {A_CENT_LESS}"), "de som van haar gemeenten"),
    Attack("an_approved_settlement_is_the_sum_of_its_lines", "approve without a part",
           "DELETE FROM billing_settlementline WHERE settlement_id = %(draft)s;"
           + approve_all(), "de som van haar gemeenten"),
    Attack("an_approved_settlement_is_the_sum_of_its_lines", "turn back without lines",
           turn_back(), "de som van haar gemeenten"),
]  # fmt: skip

LINES_FROZEN = "lines_of_an_approved_settlement_do_not_change"


def of(row: str) -> str:
    return f"settlement_id = %({row})s"


SETTLEMENT_LINES = [
    *(Attack(LINES_FROZEN, f"{tries} {row}", sql.format(of=of(row)), NOT_ANY_MORE)
      for row in ("settlement_1", "settlement_2", "settlement_3", "settlement_4")
      for tries, sql in [
          ("change the rates of", f"UPDATE {SL} SET rates = '[]' WHERE {{of}}"),
          ("delete the lines of", f"DELETE FROM {SL} WHERE {{of}}"),
          ("take the lines of", f"UPDATE {SL} SET settlement_id = %(draft)s "
           "WHERE {of}"),
      ]),
    *(Attack(LINES_FROZEN, f"add a gemeente to {row}",
             copy(SL, of("draft"), settlement_id=f"%({row})s",
                  gemeente_id="%(oost)s"), NOT_ANY_MORE)
      for row in ("settlement_1", "settlement_2", "settlement_3")),
    Attack(LINES_FROZEN, "move a line between drafts",
           f"UPDATE {SL} SET settlement_id = %(draft_oost)s WHERE {of('draft')}",
           NOT_ANY_MORE),
    Attack("a_settlement_line_fits_its_settlement", "add a gemeente to a reversal",
           copy(SL, of("draft"), settlement_id="%(settlement_4)s",
                gemeente_id="%(heideveld)s"), "de som van haar gemeenten"),
    Attack("a_settlement_line_fits_its_settlement",
           "add a gemeente of nothing to a reversal",
           copy(SL, of("draft"), settlement_id="%(settlement_4)s",
                gemeente_id="%(heideveld)s", **dict.fromkeys(NAMES, "0")),
           "spiegelt een afrekening, per gemeente"),
    Attack("an_approved_settlement_is_the_sum_of_its_lines",
           "turn back as another gemeente",
           turn_back() + copy(SL, of("settlement_2"), settlement_id=NEW,
                              gemeente_id="%(heideveld)s", **MIRRORED),
           "spiegelt een afrekening, per gemeente"),
    Attack("a_gemeente_is_in_a_settlement_once", "have a gemeente twice",
           copy(SL, of("draft"))),
    Attack("no_cent_is_lost_in_a_settlementline", "lose a cent",
           f"UPDATE {SL} SET premies = premies - 0.01 WHERE {of('draft')}"),
    Attack("both_halves_make_the_bijdrage_of_a_settlementline", "make up a part",
           f"UPDATE {SL} SET {HALVES} WHERE {of('draft')}"),
]  # fmt: skip
