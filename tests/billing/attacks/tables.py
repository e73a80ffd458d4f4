"""Change, delete or empty whole tables that are only ever added to."""

import pghistory.models
from django.apps import apps

from tests.billing.attacks.sql import NEVER, Attack

APPEND_ONLY = (
    "contracts_agreementnotice",
    *("contracts_inbestedingevidence", "contracts_keptpaper", "contracts_represented"),
    *("contracts_sealeddocument", "contracts_signature", "contracts_takeoverletter"),
    *("billing_account", "billing_bankline", "billing_bankstatement", "billing_entry"),
    "billing_figures",
    *("billing_import", "billing_line", "billing_match", "billing_payment"),
    "billing_kasmovement",
    *("billing_message", "billing_paymentbatch", "billing_posting"),
    "membership_destructionlist",
    *("membership_note", "membership_notice"),
    "membership_redivisiondecision",
)
KEPT = (
    *("billing_period", "billing_question", "billing_statement", "billing_upload"),
    "billing_kasdotatie",
    *("contracts_coverage", "contracts_offer", "contracts_scan"),
    *("contracts_clearing", "contracts_letterorder", "contracts_submittedmodel"),
    *("contracts_activity", "contracts_award", "contracts_controlfact"),
    "contracts_forecast",
    *("membership_dossier", "membership_dossierstep", "membership_evidence"),
    "membership_destructionline",
    *("membership_mandate", "membership_wish"),
    *("membership_appeal", "membership_submittednotice"),
    *("membership_redivision", "membership_dissolution"),
)
NOT_EMPTIED = (
    *APPEND_ONLY,
    *KEPT,
    *("billing_settlement", "billing_settlementline", "billing_settlementrun"),
    "billing_kasshare",
    *("contracts_gebruiksovereenkomst", "contracts_terms"),
    *("contracts_verwerkersovereenkomst", "instruments_contributionrate"),
)
# What pghistory writes of the facts that may change.
EVENTS = sorted(
    model._meta.db_table
    for model in apps.get_models()
    if issubclass(model, pghistory.models.Event)
)

ADDED_TO = "billing_line_is_only_added_to"

WHOLE_TABLES = [
    *(
        Attack(f"{table}_is_only_added_to", tries, sql.format(table), NEVER)
        for table in APPEND_ONLY
        for tries, sql in [
            ("change every row", "UPDATE {} SET id = id"),
            ("delete every row", "DELETE FROM {}"),
        ]
    ),
    *(
        Attack(f"{table}_is_kept", "delete every row", f"DELETE FROM {table}", NEVER)
        for table in KEPT
    ),
    *(
        Attack(f"{table}_is_not_emptied", "empty", f"TRUNCATE {table} CASCADE", NEVER)
        for table in NOT_EMPTIED
    ),
    *(
        Attack(guard, f"{what} partition of {which}", sql.format(f"%({which})s"), NEVER)
        for which in ("closed", "open", "next")
        for guard, what, sql in [
            (ADDED_TO, "change the", "UPDATE billing_line_{} SET omzet = 0"),
            (ADDED_TO, "delete from the", "DELETE FROM billing_line_{}"),
            ("billing_line_is_not_emptied", "empty the", "TRUNCATE billing_line_{}"),
        ]
    ),
    *(
        Attack(guard, tries, f"{sql.format('membership_historyevent')}", NEVER)
        for guard, tries, sql in [
            ("history_is_only_added_to", "change it", "UPDATE {} SET by_id = NULL"),
            ("history_is_only_added_to", "delete it", "DELETE FROM {}"),
            ("history_is_not_emptied", "empty it", "TRUNCATE {}"),
        ]
    ),
    *(
        Attack(f"{table}_is_not_emptied", "empty it", f"TRUNCATE {table}", NEVER)
        for table in EVENTS
    ),
    *(
        Attack(f"append_only of {table}", tries, sql.format(table), "Cannot update or")
        for table in EVENTS
        for tries, sql in [
            ("change every row", "UPDATE {} SET pgh_label = 'x'"),
            ("delete every row", "DELETE FROM {}"),
        ]
    ),
]
