"""Attacks on papers and names: before two people decided that they go, nothing does.

Each is the statement by which they are destroyed, and no line that allows it.
"""

from tests.billing.attacks.sql import NEVER, Attack, update

GONE = "content = '', file_name = 'vernietigd'"
STANDS, ONCE = "verandert niet meer", "eenmaal"


def everywhere(table: str, changes: str) -> str:
    return f"UPDATE contracts_{table} SET {changes};"


DESTROYED_UNDECIDED = [
    Attack("an_offer_that_was_made_stands", "destroy it undecided",
           update("contracts_offer", "offer_declined",
                  "document = '', document_name = 'vernietigd', filled = NULL, "
                  "reason = 'vernietigd'"), STANDS),
    Attack("a_scan_is_only_decided_on", "destroy it undecided",
           update("contracts_scan", "scan", GONE), ONCE),
    Attack("a_submitted_model_is_only_decided_on", "destroy it undecided",
           update("contracts_submittedmodel", "model_back",
                  f"{GONE}, reason = 'vernietigd'"), ONCE),
    Attack("a_clearing_stands", "destroy it undecided",
           update("contracts_clearing", "clearing_proven",
                  f"{GONE}, signer_name = 'vernietigd', "
                  "signer_function = 'vernietigd'"), "staat vast"),
    *(Attack(f"contracts_{table}_is_only_added_to", "destroy it undecided",
             everywhere(table, changes), NEVER)
      for table, changes in [
          ("signature", "name = 'vernietigd', function = 'vernietigd'"),
          ("sealeddocument", "content = '', trail = '{}'"),
          ("takeoverletter", f"{GONE}, docx = ''"),
          ("breach", "discovered_by = 'vernietigd'"),
          ("breachdescription", "contact = 'vernietigd'"),
          ("breachentry", "who = 'vernietigd', content = ''"),
      ]),
]  # fmt: skip
