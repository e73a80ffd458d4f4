"""Attacks on the files that an uitvoerder uploads, and on the legal minimum wage."""

from tests.billing.attacks.sql import NEW, Attack, copy, update

U, PIECE = "billing_upload", "billing_uploadpiece"
WAGE = "instruments_minimumwage"
LAST_WAGE = f"id = (SELECT max(id) FROM {WAGE})"
CONFIRMED = {"confirmed_by_id": "%(bureau)s", "confirmed_at": "'2026-07-15'"}


def add_upload(**changes: str) -> str:
    """Another file that waits to be confirmed."""
    return copy(U, "id = %(upload)s", sha256="'x'", **changes)


UPLOADS = [
    Attack("a_file_is_uploaded_once", "send it again", copy(U, "id = %(upload)s")),
    Attack("an_upload_is_not_empty", "send nothing", add_upload(size="0")),
    *(Attack("an_upload_to_confirm_has_a_preview", tries, add_upload(**changes))
      for tries, changes in [
          ("without one", {"preview": "NULL::jsonb"}),
          ("that nobody can check", {"fingerprint": "''"}),
      ]),
    *(Attack("a_confirmed_upload_says_by_whom_and_when", tries, add_upload(**changes))
      for tries, changes in [
          ("by nobody", {"status": "'confirmed'"}),
          ("without a moment", {**CONFIRMED, "confirmed_at": "NULL::text"}),
          ("by somebody unknown", {**CONFIRMED, "confirmed_by_id": "NULL::text"}),
      ]),
    Attack("an_upload_is_taken_in_after_it_was_confirmed", "take it in at once",
           add_upload(status="'done'", delivery_id="%(import)s")),
    Attack("a_piece_of_an_upload_has_its_place", "twice",
           copy(PIECE, "upload_id = %(upload)s", id=NEW)),
    Attack("a_minimum_wage_starts_on_a_day_once", "another", copy(WAGE, LAST_WAGE)),
    Attack("a_minimum_wage_is_above_zero", "nothing",
           copy(WAGE, LAST_WAGE, starts_on="'2050-01-01'", amount="0")),
]  # fmt: skip

ANOTHER_FILE = add_upload()
AGAIN_AFTER_IT_WAS_WITHDRAWN = update(U, "upload", "status = 'withdrawn'") + copy(
    U, "id = %(upload)s", status="'ready'"
)
