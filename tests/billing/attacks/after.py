"""Attacks on what follows an agreement: data that are cleared, models, and letters."""

from tests.billing.attacks.sql import Attack, copy, update

C, M, L = "contracts_clearing", "contracts_submittedmodel", "contracts_letterorder"
STANDS = "staat vast"
# What a proof must have; each of the attacks leaves one of them out.
PROOF = {
    "proven_at": "now()",
    "proven_by_id": "%(bureau)s",
    "done_on": "'2026-11-23'",
    "how": "'paper'",
    "sha256": f"'{'0' * 64}'",
    "signer_name": "'A. Beheer'",
    "words": "'gewist'",
}


def proof(**changes: str) -> str:
    pairs = {**PROOF, **changes}
    return update(C, "clearing", ", ".join(f"{k} = {v}" for k, v in pairs.items()))


AFTER = [
    Attack("a_clearing_is_of_one_agreement", "of none",
           copy(C, "id = %(clearing)s", gebruiksovereenkomst_id="NULL")),
    Attack("a_processor_clears_an_agreement_once", "again",
           copy(C, "id = %(clearing)s")),
    Attack("what_happens_with_data_was_chosen_at_a_moment", "never",
           update(C, "clearing", "chosen_at = NULL")),
    *(Attack("what_was_cleared_has_a_signed_statement", f"no {field}",
             proof(**{field: value}))
      for field, value in [
          ("proven_by_id", "NULL"), ("done_on", "NULL"), ("how", "''"),
          ("sha256", "''"), ("signer_name", "''"), ("words", "''"),
      ]),
    Attack("what_was_cleared_is_not_called_off", "both",
           proof(called_off_at="now()")),
    Attack("a_clearing_stands", "asked again",
           update(C, "clearing_off", "called_off_at = NULL"), STANDS),
    Attack("a_clearing_stands", "another day",
           update(C, "clearing_proven", "done_on = '2026-01-01'"), STANDS),
    Attack("a_clearing_stands", "of another",
           update(C, "clearing", "processor = 'Een ander'"), STANDS),
    Attack("an_organisation_has_one_model_that_waits", "another",
           copy(M, "id = %(model)s")),
    Attack("who_hands_in_a_model_does_not_compare_it", "alone",
           update(M, "model", "decided_by_id = by_id")),
    Attack("a_model_that_was_accepted_is_offered", "without an offer",
           update(M, "model", "status = 'accepted', decided_by_id = %(bureau)s")),
    Attack("a_model_is_turned_back_with_a_reason", "without a word",
           update(M, "model", "status = 'turned_back', decided_by_id = %(bureau)s")),
    Attack("a_submitted_model_is_only_decided_on", "another reason",
           update(M, "model_back", "reason = 'toch niet'"), "eenmaal beslist"),
    Attack("a_college_waits_for_one_letter", "another",
           copy(L, "id = %(letter_order)s")),
    Attack("a_letter_is_sent_or_refused", "both",
           update(L, "letter_order", "refusal = 'nee', entry_id = (SELECT min(id) "
                  "FROM contracts_breachentry)")),
    Attack("a_letter_in_line_is_done_once", "another refusal",
           update(L, "letter_order_refused", "refusal = 'anders'"), "al verstuurd"),
]  # fmt: skip
