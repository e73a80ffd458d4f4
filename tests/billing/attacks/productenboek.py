"""Attacks on factsheets, the routekaart, interest, and what is only an example."""

from tests.billing.attacks.sql import NEVER, NEW, Attack, copy, update

F, M = "instruments_factsheet", "instruments_milestone"
INTEREST = "instruments_interest"
INSTRUMENT, OFFER = "instruments_instrument", "contracts_offer"
USE = "contracts_gebruiksovereenkomst"
THE_DRAFT, PUBLISHED = "id = %(factsheet_draft)s", "id = %(factsheet)s"
ANOTHER = {"number": "99", "instrument_id": "%(example)s"}
ONE_USE = "id = (SELECT min(id) FROM contracts_gebruiksovereenkomst)"
ONE_OFFER = "id = (SELECT min(id) FROM contracts_offer WHERE instrument_id IS NOT NULL)"

PRODUCTENBOEK = [
    Attack("a_factsheet_has_a_number_of_its_own", "twice",
           copy(F, PUBLISHED, published_at="now()")),
    Attack("an_instrument_has_one_draft_of_its_factsheet", "two",
           copy(F, THE_DRAFT, number="99")),
    *(Attack("a_published_factsheet_says_by_whom", tries,
             copy(F, PUBLISHED, **ANOTHER, **facts))
      for tries, facts in [
          ("by nobody", {"published_by_id": "NULL::text"}),
          ("never", {"published_at": "NULL::text"}),
      ]),
    Attack("a_published_factsheet_answers_every_question", "silent",
           copy(F, PUBLISHED, **ANOTHER, rights="''")),
    Attack("a_published_factsheet_stands", "another price",
           update(F, "factsheet", "costs = 'gratis'")),
    Attack("a_published_factsheet_stands", "not published",
           update(F, "factsheet", "published_at = NULL, published_by_id = NULL")),
    Attack("instruments_factsheet_is_kept", "delete one",
           f"DELETE FROM {F} WHERE {THE_DRAFT};", NEVER),
    Attack("instruments_factsheet_is_not_emptied", "empty it",
           f"TRUNCATE {F} CASCADE;", NEVER),
    Attack("an_instrument_names_a_milestone_once", "twice",
           copy(M, "id = %(milestone)s")),
    *(Attack("a_milestone_is_in_a_year_of_the_calendar", tries,
             update(M, "milestone", changes))
      for tries, changes in [
          ("long ago", "year = 1999"), ("far away", "year = 2101"),
          ("before the first", "quarter = 0"), ("after the last", "quarter = 5"),
      ]),
    *(Attack("a_milestone_says_what_became_of_it", tries,
             update(M, "milestone", changes))
      for tries, changes in [
          ("reached, no day", "status = 'reached'"),
          ("a day, not reached", "reached_on = '2026-01-01'"),
          ("dropped, no reason", "status = 'dropped'"),
          ("a reason, not dropped", "dropped_because = 'geld'"),
          ("in no known state", "status = 'maybe'"),
      ]),
    Attack("an_organisation_is_interested_once_at_a_time", "twice",
           copy(INTEREST, "id = %(interest)s")),
    *(Attack("an_answer_to_interest_says_by_whom", tries,
             update(INTEREST, "interest", changes))
      for tries, changes in [
          ("nobody", "answer = 'ja', answered_at = now()"),
          ("no words", "answered_by_id = shown_by_id, answered_at = now()"),
          ("no moment", "answer = 'ja', answered_by_id = shown_by_id"),
      ]),
    Attack("answered_interest_has_an_answer", "without",
           update(INTEREST, "interest", "status = 'answered'")),
    Attack("nobody_uses_an_example", "conclude",
           copy(USE, ONE_USE, instrument_id="%(example)s")),
    Attack("nobody_is_offered_an_example", "offer",
           copy(OFFER, ONE_OFFER, instrument_id="%(example)s",
                reference=f"'OVK-{NEW}'")),
    Attack("what_is_used_is_no_example", "make it one",
           update(INSTRUMENT, "flexensie", "is_example = true")),
]  # fmt: skip
