"""Attacks on the bodies: who sits where, what was on the agenda, what was decided."""

from tests.billing.attacks.sql import NEVER, Attack, copy, update

B, S, M = "membership_body", "membership_seat", "membership_bodymeeting"
ITEM, P, D = (
    *("membership_agendaitem", "membership_bodypaper"),
    "membership_bodydecision",
)
A = "membership_bodymeetinganswer"
BODY, SEAT, MEMBER = "id = %(body)s", "id = %(seat)s", "id = %(member_seat)s"
PAPER, DECISION = "id = %(body_paper)s", "id = %(body_decision)s"
SOMEBODY = {"person_id": "%(bureau)s"}
ENDS, OFF = "alleen de laatste dag", "blijft dat"

BODIES = [
    Attack("a_body_ends_after_it_starts", "end before",
           update(B, "body", "ends_on = starts_on - 1")),
    *(Attack("a_body_has_a_code_of_capitals", code or "none",
             update(B, "body", f"code = '{code}'"))
      for code in ("", "rg-flexensie", "RG FLEX", "RG-")),
    Attack("there_is_one_bestuur_and_one_kascommissie", "a second one",
           copy(B, BODY, code="'KAS2'")),
    Attack("a_seat_ends_after_it_starts", "end before",
           update(S, "seat", "ends_on = starts_on - 1")),
    Attack("a_seat_that_was_left_has_a_last_day", "say why only",
           update(S, "seat", "end_reason = 'Vertrokken.'")),
    Attack("a_person_has_one_seat_in_a_body", "sit twice",
           copy(S, SEAT, function="'lid'")),
    Attack("a_body_has_one_voorzitter_and_one_secretaris", "two lead it",
           copy(S, SEAT, **SOMEBODY)),
    *(Attack("a_seat_only_ends", change, update(S, "member_seat", change), ENDS)
      for change in ("body_id = %(other_body)s", "organisation_id = null",
                     "function = 'secretaris'", "starts_on = starts_on + 1")),
    Attack("a_meeting_of_a_body_ends_after_it_starts", "end at once",
           update(M, "body_meeting", "ends_at = starts_at")),
    Attack("a_meeting_of_a_body_has_a_place_or_a_link", "nowhere",
           update(M, "body_meeting", "place = ''")),
    Attack("somebody_answers_an_invitation_once", "twice",
           copy(A, "id = %(meeting_answer)s")),
    *(Attack("a_vervanger_is_somebody_else", change,
             update(A, "meeting_answer", change))
      for change in ("answer = 'vervanger'", "vervanger_id = %(bureau)s",
                     "answer = 'vervanger', vervanger_id = person_id",
                     "answer = 'none'")),
    Attack("a_meeting_that_is_cancelled_says_why", "no reason",
           update(M, "body_meeting", "status = 'cancelled'")),
    Attack("a_meeting_that_is_cancelled_says_why", "a reason, and planned",
           update(M, "body_meeting", "cancel_reason = 'Ziek.'")),
    Attack("a_meeting_of_a_body_stays_what_it_is", "of another body",
           update(M, "body_meeting", "body_id = %(other_body)s"), OFF),
    Attack("a_meeting_of_a_body_stays_what_it_is", "told less",
           update(M, "body_meeting", "sequence = 1")
           + update(M, "body_meeting", "sequence = 0"), OFF),
    Attack("a_meeting_of_a_body_stays_what_it_is", "go on after all",
           update(M, "body_meeting", "status = 'cancelled', cancel_reason = 'Ziek.'")
           + update(M, "body_meeting", "status = 'planned', cancel_reason = ''"), OFF),
    Attack("an_agenda_has_a_number_once", "twice",
           update(ITEM, "agenda_item", "position = 2")),
    Attack("an_agenda_starts_at_one", "at none",
           update(ITEM, "agenda_item", "position = 0")),
    Attack("a_paper_of_a_meeting_is_not_empty", "nothing in it",
           update(P, "body_paper", "size = 0")),
    Attack("a_meeting_has_a_paper_once", "twice", copy(P, PAPER)),
    Attack("a_paper_fits_its_agenda", "of another meeting",
           copy(P, PAPER, meeting_id="%(meeting_elsewhere)s"), "agendapunt"),
    *(Attack("a_paper_is_only_withdrawn", tries, sql, "alleen ingetrokken")
      for tries, sql in [
          ("another name", update(P, "body_paper", "title = 'Anders'")),
          ("another text", update(P, "body_paper", "content = 'x'")),
          ("come back", update(P, "body_paper", "withdrawn_at = now()")
           + update(P, "body_paper", "withdrawn_at = null")),
      ]),
    *(Attack("a_decision_of_a_body_says_what_and_why", f"without {field}",
             copy(D, DECISION, reference="'X'", **{field: "''"}))
      for field in ("text", "reason")),
    Attack("a_decision_of_a_body_does_not_replace_itself", "replace itself",
           "DROP TRIGGER a_decision_fits_its_meeting ON membership_bodydecision;"
           + copy(D, DECISION, reference="'X'", replaces_id="999999")),
    Attack("a_decision_fits_its_meeting", "of a meeting elsewhere",
           copy(D, DECISION, reference="'X'", meeting_id="%(meeting_elsewhere)s"),
           "vergadering van het orgaan"),
    Attack("a_decision_fits_its_meeting", "instead of one elsewhere",
           copy(D, DECISION, reference="'X'", replaces_id="%(decision_elsewhere)s"),
           "vergadering van het orgaan"),
    *(Attack(f"{D}_is_only_added_to", tries, sql.format(D), NEVER)
      for tries, sql in [("change", "UPDATE {} SET id = id"),
                         ("delete", "DELETE FROM {}")]),
    *(Attack(f"{table}_is_kept", "delete every row", f"DELETE FROM {table}", NEVER)
      for table in (B, S, M, P)),
    *(Attack(f"{table}_is_not_emptied", "empty it", f"TRUNCATE {table} CASCADE", NEVER)
      for table in (B, S, M, P, D)),
]  # fmt: skip

ANOTHER_SEAT = (
    update(S, "seat", "ends_on = '2026-01-01', end_reason = 'Klaar.'")
    + copy(S, SEAT, **SOMEBODY, starts_on="'2026-01-02'", ends_on="NULL::text",
           end_reason="''")
)  # fmt: skip
