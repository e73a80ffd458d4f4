"""Attacks on the texts of agreements, on annexes, and on what was said to them."""

from tests.billing.attacks.sql import NEVER, Attack, copy, update

T, V = "contracts_textversion", "contracts_annexversion"
P, S, M = (
    *("contracts_processing", "contracts_subprocessor"),
    "contracts_securitymeasure",
)
C, B = "contracts_consent", "contracts_breachcontact"
STANDS = "blijft zoals hij is"
LAID = "blijven zoals zij zijn"
OF_DRAFT = "version_id = %(annexes_draft)s"
PUBLISHED = (
    "published_at = now(), used_from = '2027-01-01', published_by_id = %(bestuur)s"
)
ASKED = "asked_at = now(), used_from = '2027-01-01', asked_by_id = %(bestuur)s"

TEXTS = [
    *(Attack("a_published_text_stands", tries, update(T, "text", change), STANDS)
      for tries, change in [
          ("other words", "body = 'anders'"),
          ("be a draft", "published_at = null, used_from = null"),
          ("from another day", "used_from = '2030-01-01'"),
      ]),
    Attack("a_text_has_a_number_of_its_own", "use a number twice",
           update(T, "draft_text", "number = 1")),
    Attack("a_text_has_one_draft_at_a_time", "a second draft",
           copy(T, "id = %(draft_text)s", number="3")),
    Attack("one_text_begins_to_be_used_on_a_day", "begin on the same day",
           update(T, "draft_text", PUBLISHED.replace("2027", "2026"))),
    *(Attack("a_published_text_says_from_when", tries, update(T, "draft_text", change))
      for tries, change in [
          ("from a day before", "used_from = '2027-01-01'"),
          ("without a day", PUBLISHED.replace("'2027-01-01'", "null")),
      ]),
    *(Attack("who_writes_a_text_does_not_publish_it", tries,
             update(T, "draft_text", PUBLISHED.replace("%(bestuur)s", by)))
      for tries, by in [("do both", "%(bureau)s"), ("by nobody", "null")]),
    *(Attack("a_text_says_something", f"without {field}",
             update(T, "draft_text", f"{field} = ''")) for field in ("body", "note")),
    Attack("a_verwerkersovereenkomst_has_one_text_for_all", "for one instrument",
           copy(T, "id = %(draft_text)s", kind="'verwerkers'",
                instrument_id="%(flexensie)s")),
]  # fmt: skip
VERSIONS = [
    *(Attack("annexes_that_were_laid_before_stand", tries,
             update(V, "annexes_asked", change), LAID)
      for tries, change in [
          ("other words", "note = 'anders'"),
          ("another day", "used_from = used_from + 1"),
          ("be a draft", "asked_at = null, used_from = null"),
      ]),
    Attack("annexes_that_were_laid_before_stand", "undo that it was withdrawn",
           update(V, "annexes_asked", "withdrawn_at = now(), withdrawn_by_id = "
                    "%(bureau)s, reason = 'x'")
           + update(V, "annexes_asked", "withdrawn_at = null, withdrawn_by_id = null"),
           LAID),
    Attack("annexes_have_a_number_of_their_own", "use a number twice",
           update(V, "annexes_draft", "number = 1")),
    Attack("annexes_have_one_draft_at_a_time", "a second draft",
           copy(V, "id = %(annexes_draft)s", number="9")),
    Attack("one_version_of_annexes_begins_on_a_day", "begin on the same day",
           update(V, "annexes_draft", ASKED.replace("2027", "2026"))),
    *(Attack("annexes_that_are_laid_down_say_from_when", tries,
             update(V, "annexes_draft", change))
      for tries, change in [
          ("from a day before", "used_from = '2027-01-01'"),
          ("without a day", ASKED.replace("'2027-01-01'", "null")),
      ]),
    Attack("annexes_are_used_after_the_last_day_to_answer", "on that day",
           update(V, "annexes_draft", f"{ASKED}, answer_by = '2027-01-01'")),
    Attack("who_writes_annexes_does_not_lay_them_before", "do both",
           update(V, "annexes_draft", ASKED.replace("bestuur", "bureau"))),
    Attack("annexes_are_withdrawn_by_somebody_with_a_reason", "without a reason",
           update(V, "annexes_asked", "withdrawn_at = now(), withdrawn_by_id = "
                  "%(bureau)s")),
    Attack("annexes_say_what_is_different", "say nothing",
           update(V, "annexes_draft", "note = ''")),
]  # fmt: skip
CONTENT = [
    *(Attack(guard, tries, sql, LAID)
      for guard, table in [("a_processing_belongs_to_a_draft", P),
                           ("a_sub_processor_belongs_to_a_draft", S),
                           ("a_measure_belongs_to_a_draft", M)]
      for tries, sql in [
          ("change what was asked",
           f"UPDATE {table} SET id = id WHERE version_id = %(annexes_asked)s"),
          ("take it away", f"DELETE FROM {table} WHERE version_id = %(annexes_first)s"),
          ("add to it", copy(table, f"id = (SELECT min(id) FROM {table})")),
      ]),
    *(Attack(guard, "stand in it twice",
             copy(table, f"id = (SELECT min(id) FROM {table} WHERE {OF_DRAFT})"))
      for guard, table in [("a_processing_stands_once_in_a_version", P),
                           ("a_sub_processor_stands_once_in_a_version", S),
                           ("a_measure_stands_once_in_a_version", M)]),
    Attack("a_processing_is_described_in_full", "without a purpose",
           f"UPDATE {P} SET purpose = '' WHERE {OF_DRAFT}"),
    Attack("a_sub_processor_has_a_country_and_a_task", "without a country",
           f"UPDATE {S} SET country = '' WHERE {OF_DRAFT}"),
    Attack("a_measure_refers_to_the_bio", "without a number",
           f"UPDATE {M} SET reference = 'slot' WHERE {OF_DRAFT}"),
    Attack("a_breach_contact_ends_after_it_starts", "end before it starts",
           update(B, "breach_contact", "ends_on = starts_on - 1")),
]  # fmt: skip
BY_BUREAU = "answered_at = now(), answered_by_id = %(bureau)s"
A_CONSENT = update(C, "consent", f"answer = 'consent', {BY_BUREAU}")
CONSENTS = [
    *(Attack("a_consent_stays_of_who_was_asked", tries, sql, "hoort bij wie")
      for tries, sql in [
          ("be of another", update(C, "consent", "organisation_id = %(oost)s")),
          ("of what nobody was asked",
           copy(C, "id = %(consent)s", version_id="%(annexes_draft)s")),
          ("take an answer away",
           A_CONSENT + update(C, "consent", "answer = '', answered_at = null, "
                              "answered_by_id = null")),
      ]),
    Attack("an_organisation_is_asked_about_annexes_once", "ask twice",
           copy(C, "id = %(consent)s")),
    Attack("an_answer_about_annexes_says_by_whom_and_when", "by nobody",
           update(C, "consent", "answer = 'consent'")),
    Attack("an_objection_to_annexes_has_a_reason", "without a reason",
           update(C, "consent", f"answer = 'objection', {BY_BUREAU}")),
]  # fmt: skip
ANNEXES = [
    *(TEXTS + VERSIONS + CONTENT + CONSENTS),
    *(Attack(f"{table}_is_kept", "delete every row", f"DELETE FROM {table}", NEVER)
      for table in (T, V, C, B)),
    *(Attack(f"{table}_is_not_emptied", "empty it", f"TRUNCATE {table} CASCADE", NEVER)
      for table in (T, V, P, S, M, C, B)),
]  # fmt: skip
