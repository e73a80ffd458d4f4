"""The faults that the portal must survive, and which test holds each; or why none does.

The numbers are those of the list of faults and abuse that the project is held to. What
is named here must be there: a test that gets another name is found missing.
"""

import ast
from pathlib import Path

import pytest

TESTS = Path(__file__).resolve().parents[1]

# Fault: the files, each with the beginnings of the tests in it; none means all of them.
HELD: dict[str, dict[str, tuple[str, ...]]] = {
    "1 database killed during an import": {
        "faults/test_database_killed.py": (
            "test_a_delivery_is_there_wholly",
            "test_a_server_starts_again",
        ),
    },
    "2 database killed during a settlement": {
        "faults/test_database_killed.py": ("test_a_halfyear_is_settled_wholly",),
    },
    "3 worker killed": {
        "faults/test_worker_killed.py": ("test_a_worker_killed_while",),
        "faults/test_mail_server.py": ("test_a_worker_killed_between",),
    },
    "4 process of the pool killed": {
        "faults/test_worker_killed.py": ("test_a_pool_process_killed",),
    },
    "5 broker killed with a full queue": {"faults/test_broker_killed.py": ()},
    "6 a task that lasts longer than the broker waits": {
        "faults/test_delivered_twice.py": ("test_a_message_that_the_broker_gives",),
    },
    "7 one message ten times": {
        "faults/test_delivered_twice.py": ("test_ten_messages",),
    },
    "8 a button pressed fifty times": {
        "faults/test_pages.py": ("test_a_button_that_fifty_press",),
        "faults/test_at_once.py": ("test_eight_who_prepare",),
    },
    "9 the same form with other content": {
        "faults/test_pages.py": ("test_a_button_that_fifty_press",),
        "billing/test_questions.py": ("test_a_form_that_comes_twice",),
        "billing/test_upload_pages.py": ("test_a_stale_confirm",),
        "billing/test_admin_paying.py": ("test_what_became_payable_meanwhile",),
    },
    "10 two at once": {
        "faults/test_at_once.py": (),
        "faults/test_pages.py": ("test_a_button_that_two_press",),
        "billing/test_payments_at_once.py": (),
    },
    "11 disk full": {
        "faults/test_disk_full.py": (),
        "billing/test_export_payments.py": ("test_a_full_disk",),
    },
    "12 connection lost between two queries": {
        "faults/test_connection_lost.py": (),
        "faults/test_pages.py": ("test_a_page_says_to_wait",),
        "faults/test_network.py": ("test_a_connection_that_broke",),
    },
    "13 a silent network": {"faults/test_network.py": ()},
    "14 no broker at page time": {
        "faults/test_pages.py": (
            "test_everything_can_be_read",
            "test_a_run_that_is_started",
        ),
        "faults/test_broker_killed.py": ("test_a_broker_that_is_full",),
    },
    "15 two halves of the contribution": {
        "nvsi/test_money.py": ("test_a_split",),
        "billing/test_calculation.py": ("test_both_halves",),
    },
    "16 a second implementation": {
        "faults/test_second_implementation.py": (),
        "billing/test_calculation.py": ("test_a_second_implementation",),
    },
    "17 whatever people do, in any order": {"faults/test_ledger_machine.py": ()},
    "18 order of rounding, and no binary numbers": {
        "test_house.py": ("test_no_number_is_kept_in_binary",),
        "billing/test_calculation.py": ("test_the_order_of_the_lines",),
    },
    "19 only ever added to": {
        "billing/test_guards.py": (),
        "membership/test_history.py": ("test_raw_sql", "test_the_models_cannot"),
    },
    "20 tampering behind the triggers": {"faults/test_tampering.py": ()},
    "21 settled again elsewhere": {
        "faults/test_other_cluster.py": (),
        "billing/test_statement_pdf.py": ("test_another_process_folder_and_machine",),
    },
    "22 every page for every role": {"test_access_matrix.py": ()},
    "26 a role that ended is refused at the next request": {
        "membership/test_login.py": ("test_who_is_disabled",),
        "membership/test_admin.py": ("test_a_role_that_ended",),
        "membership/test_switching.py": ("test_a_choice_holds_as_long",),
        "billing/test_upload_pages.py": ("test_a_role_that_ended",),
        "billing/test_uploads.py": ("test_a_role_that_ended_after_confirming",),
    },
    "27 abuse of a CSV file": {
        "nvsi/test_tables.py": (),
        "nvsi/test_table_copy.py": (),
    },
    "28 abuse of a workbook": {
        "nvsi/test_spreadsheets.py": (),
        "billing/test_upload_pages.py": ("test_a_zip_bomb",),
    },
    "29 formulas in what is exported": {
        "nvsi/test_spreadsheet.py": (
            "test_a_text_that_begins_like_a_formula",
            "test_no_text_executes",
            "test_xlsx_gives_back_the_harmless_text",
        ),
    },
    "30 names of files": {
        "billing/test_upload_pages.py": ("test_a_name_is_only", "test_a_name_without"),
        "billing/test_statement_file.py": ("test_a_name_beyond_ascii",),
        "membership/test_emails.py": ("test_a_name_brings_in_no_header",),
    },
    "31 the same hours again": {"faults/test_delivered_again.py": ()},
    "32 a paper that asks for something from outside": {
        "nvsi/test_paper.py": (
            "test_html_that_asks",
            "test_a_printer_that_is_warm",
            "test_a_refused_paper",
        ),
        "billing/test_statement_pdf.py": ("test_a_hostile_name",),
    },
    "33 a paper that keeps to the standards": {
        "billing/test_statement_pdf.py": (
            "test_every_shape_of_statement",
            "test_a_second_printing",
        ),
    },
    "34 guessing at the login": {
        "membership/test_login.py": (
            "test_five_wrong_passwords",
            "test_a_forged_forwarded_for",
            "test_the_answer_",
            "test_an_unknown_address",
            "test_a_login_gives_a_new_session_key",
        ),
    },
    "35 headers on every page": {
        "test_headers.py": (),
        "test_access_matrix.py": ("test_everybody_gets_what_the_matrix_says",),
        "test_house.py": ("test_a_page_has_no_script",),
    },
    "36 any input to any page": {"test_nonsense.py": ()},
    "37 accessibility": {
        "browser/test_every_page.py": (),
        "browser/test_journey.py": (),
        "browser/test_contactpersoon.py": (),
        "browser/test_uitvoerder.py": (),
        "browser/test_beheer.py": (),
    },
    "38 backup and restore": {"faults/test_backup.py": ()},
}

NOT_HELD = {
    "23 row-level security": "rows are kept apart by visible_to, and row 22 asks it",
    "24 settings that stay on a connection": "the portal sets none",
    "25 policies that are dropped": "there are none",
}


def functions(path: Path) -> list[str]:
    body = ast.parse(path.read_text(encoding="utf-8")).body
    return [node.name for node in body if isinstance(node, ast.FunctionDef)]


@pytest.mark.parametrize("fault", HELD)
def test_what_holds_a_fault_is_there(fault: str) -> None:
    for name, beginnings in HELD[fault].items():
        found = functions(TESTS / name)
        for beginning in beginnings or ("test_",):
            assert any(f.startswith(beginning) for f in found), (name, beginning)


def test_every_fault_is_named_once() -> None:
    numbers = sorted(int(fault.split()[0]) for fault in [*HELD, *NOT_HELD])
    assert numbers == list(range(1, 39))
