"""Attacks on lists that are taken along as a file, and on filters that are kept."""

from tests.billing.attacks.sql import Attack, copy

X, PIECE, F = "membership_export", "membership_exportpiece", "membership_savedfilter"
ONE_FILE = f"id = (SELECT max(id) FROM {X})"
ONE_PIECE = f"id = (SELECT max(id) FROM {PIECE})"
ONE_FILTER = f"id = (SELECT max(id) FROM {F})"

LISTS = [
    Attack("an_export_that_is_over_says_when", "done at no moment",
           copy(X, ONE_FILE, finished_at="NULL::text")),
    Attack("an_export_that_is_over_says_when", "wait after its end",
           copy(X, ONE_FILE, status="'queued'")),
    Attack("an_export_that_is_done_says_how_many_rows", "nobody knows",
           copy(X, ONE_FILE, rows_count="NULL::text")),
    Attack("an_export_under_way_was_seen", "by nobody",
           copy(X, ONE_FILE, status="'working'", finished_at="NULL::text",
                seen_at="NULL::text")),
    Attack("a_piece_of_an_export_has_its_place", "twice", copy(PIECE, ONE_PIECE)),
    Attack("a_saved_filter_has_a_name_of_its_own", "use a name twice",
           copy(F, ONE_FILTER)),
    Attack("a_saved_filter_has_a_name", "none", copy(F, ONE_FILTER, name="''")),
    Attack("a_saved_filter_chooses_something", "nothing",
           copy(F, ONE_FILTER, name="'x'", query="''")),
]  # fmt: skip
