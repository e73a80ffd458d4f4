"""Attacks on letters: on what was sent, on their numbers and on who got them."""

from tests.billing.attacks.sql import NEVER, Attack, copy, update

L, A, R = (
    *("membership_letter", "membership_letterattachment"),
    "membership_letterreceiver",
)
STANDS = "blijft zoals hij is"
SECOND = "number_year = extract(year FROM now()), number_sequence = 2"
SENT = f"status = 'sent', {SECOND}, sent_at = now(), released_by_id = %(bestuur)s"
FILE = "letter_id = %(letter)s"
TO_THE_DRAFT = {"letter_id": "%(draft_letter)s"}

LETTERS = [
    *(Attack("a_sent_letter_stands", tries, update(L, "letter", change), STANDS)
      for tries, change in [
          ("other words", "body = 'anders'"),
          ("become a draft", "status = 'draft', number_year = null, number_sequence = "
           "null, sent_at = null, released_by_id = null"),
      ]),
    Attack("letters_are_numbered_without_a_gap", "leave one out",
           update(L, "draft_letter", SENT.replace("sequence = 2", "sequence = 3"))),
    Attack("a_letter_has_a_number_of_its_own", "use a number twice",
           "DROP TRIGGER letters_are_numbered_without_a_gap ON membership_letter;"
           + update(L, "draft_letter", SENT.replace("sequence = 2", "sequence = 1"))),
    *(Attack("a_sent_letter_has_a_number_and_a_moment", tries,
             update(L, "draft_letter", change))
      for tries, change in [
          ("have a number before", SECOND),
          ("be sent by nobody", SENT.replace("%(bestuur)s", "null")),
      ]),
    Attack("who_writes_a_letter_does_not_release_it", "do both",
           update(L, "draft_letter", SENT.replace("bestuur", "bureau"))),
    *(Attack("a_letter_says_something", f"without {field}",
             update(L, "draft_letter", f"{field} = ''"))
      for field in ("subject", "summary", "body")),
    Attack("a_letter_does_not_correct_itself", "correct itself",
           update(L, "draft_letter", "corrects_id = id")),
    Attack("an_attachment_belongs_to_a_draft", "add one afterwards", copy(A, FILE)),
    Attack("an_attachment_belongs_to_a_draft", "other bytes",
           f"UPDATE {A} SET content = 'x' WHERE {FILE};"),
    Attack("an_attachment_belongs_to_a_draft", "take it away",
           f"DELETE FROM {A} WHERE {FILE};"),
    Attack("a_letter_has_an_attachment_once", "add it twice",
           copy(A, FILE, **TO_THE_DRAFT)
           + copy(A, FILE, **{**TO_THE_DRAFT, "id": "888888"})),
    Attack("an_attachment_is_not_empty", "hold nothing",
           copy(A, FILE, **TO_THE_DRAFT, size="0")),
    Attack("a_receiver_stays_of_its_letter", "receive a draft",
           copy(R, "id = %(receiver)s", **TO_THE_DRAFT)),
    Attack("a_receiver_stays_of_its_letter", "be another",
           update(R, "receiver", "organisation_id = %(oost)s")),
    Attack("a_letter_goes_once_to_a_person_of_an_organisation", "receive it twice",
           copy(R, "id = %(receiver)s")),
    Attack("a_bounce_says_when_and_what", "say nothing",
           update(R, "receiver", "bounced_on = '2026-01-01'")),
    *(Attack(f"{table}_is_kept", "delete every row", f"DELETE FROM {table}", NEVER)
      for table in (L, R)),
    *(Attack(f"{table}_is_not_emptied", "empty it", f"TRUNCATE {table} CASCADE", NEVER)
      for table in (L, A, R)),
]  # fmt: skip
