"""Attacks on what inbesteding rests on, and on the evidence that was frozen."""

from tests.billing.attacks.sql import NEW, Attack, copy, update

A, F, C, W = (
    *("contracts_activity", "contracts_forecast"),
    *("contracts_controlfact", "contracts_award"),
)
R, E, P = (
    *("contracts_represented", "contracts_inbestedingevidence", "contracts_keptpaper"),
)
ASIDE = "alleen opzij gelegd"


def add(table: str, row: str, **changes: str) -> str:
    return copy(table, f"id = %({row})s", **changes)


OTHER = {"number_sequence": NEW}
INBESTEDING = [
    *(Attack(guard, "without a word", update(table, row, "set_aside_at = now()"))
      for guard, table, row in [
          ("an_activity_that_is_set_aside_says_why", A, "activity"),
          ("a_forecast_that_is_set_aside_says_why", F, "forecast"),
          ("a_fact_of_control_that_is_set_aside_says_why", C, "fact"),
          ("an_award_that_is_set_aside_says_why", W, "award"),
      ]),
    *(Attack(f"a_recorded_{table.removeprefix('contracts_')}_is_only_set_aside", tries,
             update(table, row, changes), ASIDE)
      for table, row, tries, changes in [
          (A, "activity", "count more for members", "controlling = total"),
          (F, "forecast", "expect more", "controlling = total"),
          (C, "fact", "say otherwise", "is_met = NOT is_met"),
          (C, "fact_ended", "let it go on", "ends_on = NULL"),
          (C, "fact_aside", "take it back", "set_aside_at = NULL, set_aside_why = '', "
           "set_aside_by_id = NULL"),
          (W, "award", "another value", "value = 1"),
      ]),
    Attack("a_year_of_an_instrument_has_one_activity", "twice", add(A, "activity")),
    *(Attack("an_activity_is_a_part_of_the_whole", tries,
             add(A, "activity", year="2001", **changes))
      for tries, changes in [("more than all", {"total": "1"}),
                             ("less than nothing", {"controlling": "-1"})]),
    Attack("an_activity_is_of_a_year_that_can_be", "in 1999",
           add(A, "activity", year="1999")),
    Attack("an_activity_says_where_it_comes_from", "from nowhere",
           add(A, "activity", year="2001", source="''")),
    Attack("awards_of_a_year_have_one_forecast", "twice", add(F, "forecast")),
    Attack("a_forecast_is_a_part_of_the_whole", "of nothing",
           add(F, "forecast", award_year="2001", controlling="0", total="0")),
    Attack("a_forecast_is_for_a_year_that_can_be", "for 2100",
           add(F, "forecast", award_year="2100")),
    Attack("a_forecast_is_reasoned", "just so",
           add(F, "forecast", award_year="2001", reasoning="''")),
    Attack("a_fact_of_control_ends_after_it_starts", "before",
           add(C, "fact", ends_on="'2017-12-31'")),
    Attack("a_fact_of_control_is_shown_by_a_paper", "by none",
           add(C, "fact", paper_id="NULL")),
    Attack("a_check_of_capital_is_of_one_member", "of nobody",
           add(C, "fact", kind="'capital_check'", covers_all="true")),
    Attack("only_a_representation_is_of_some_members", "a vote of some",
           add(C, "fact", kind="'vote'")),
    Attack("a_member_is_represented_once_by_a_fact", "twice", add(R, "represented")),
    Attack("a_contract_of_an_award_ends_after_it_starts", "before",
           add(W, "award", ends_on="'2017-12-31'")),
    Attack("an_award_has_a_value_and_a_threshold", "of nothing",
           add(W, "award", value="0")),
    Attack("an_award_is_made_after_it_was_announced", "before",
           add(W, "award", announced_on="'2018-01-02'")),
    *(Attack("an_award_above_its_threshold_was_announced", tries,
             add(W, "award", **changes))
      for tries, changes in [("nowhere", {"tenderned": "''"}),
                             ("to one alone", {"procedure": "'single'"})]),
    Attack("evidence_of_inbesteding_has_its_own_number", "twice",
           add(E, "inbesteding", fingerprint="'x'")),
    Attack("the_same_evidence_is_made_once", "twice", add(E, "inbesteding", **OTHER)),
    Attack("a_kept_paper_is_not_empty", "empty",
           copy(P, f"id = (SELECT min(id) FROM {P})", size="0")),
]  # fmt: skip
