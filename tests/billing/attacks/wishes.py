"""Attacks on verbeterwensen: the order of their steps, and what was put forward."""

from tests.billing.attacks.sql import NEVER, NEW, Attack, copy, update

W, STEP = "instruments_verbeterwens", "instruments_verbeterwensstep"
V, SUPPORT = "instruments_ontwikkelvoorstel", "instruments_wenssupport"
REMARK, LIMIT = "instruments_wensremark", "instruments_alvlimit"
FOLLOWER, CRITERION = "instruments_wensfollower", "instruments_covercriterion"
ORDER, STANDS = "volgt niet op de vorige stap", "verandert niet meer"
EMPTY = {"hours": "null", "amount": "null", "feasibility": "''", "rank": "null"}
FREE = f"DROP TRIGGER a_step_of_a_wens_follows_the_last ON {STEP};"


def step(kind: str, wens: str = "new_wens", **changes: str) -> str:
    """One more step, like the one that took a wens up."""
    facts = {"kind": f"'{kind}'", "wens_id": f"%({wens})s", **changes}
    return copy(STEP, "wens_id = %(wens)s AND kind = 'taken_up'", **facts)


WISHES = [
    Attack("a_wens_has_a_number_of_its_own", "twice", copy(W, "id = %(wens)s")),
    *(Attack("a_wens_says_what_and_for_whom", f"without {field}",
             copy(W, "id = %(wens)s", number="99", **{field: "''"}))
      for field in ("title", "problem", "proposal", "for_whom")),
    *(Attack("a_step_of_a_wens_follows_the_last", tries, sql, ORDER)
      for tries, sql in [
          ("order what was only handed in",
           step("ordered", voorstel_id="%(voorstel_agreed)s")),
          ("a step that nobody knows", step("built")),
          ("what was agreed, once more", step("agreed", "wens",
                                              voorstel_id="%(voorstel_agreed)s")),
      ]),
    Attack("a_step_of_a_wens_follows_the_last", "order without the ALV",
           step("ordered", "wens", voorstel_id="%(voorstel_agreed)s"),
           "Zonder besluit komt er geen opdracht"),
    Attack("a_step_of_a_wens_follows_the_last", "with the voorstel of another",
           step("agreed", "wens_waiting", voorstel_id="%(voorstel_agreed)s"),
           "hoort bij een andere wens"),
    Attack("a_step_of_a_wens_gives_its_reason", "no reason",
           step("taken_up", words="''")),
    *(Attack("a_validation_says_effort_and_feasibility", tries,
             FREE + step("validated", **{"hours": "1", "amount": "1",
                                         "feasibility": "'well'", **changes}))
      for tries, changes in [
          ("no hours", {"hours": "null"}),
          ("no amount", {"amount": "null"}),
          ("below zero", {"amount": "-1"}),
          ("nothing of feasibility", {"feasibility": "''"}),
      ]),
    Attack("a_validation_says_effort_and_feasibility", "an effort somewhere else",
           step("taken_up", hours="1")),
    *(Attack("a_priority_is_a_place_in_the_order", f"place {rank}",
             FREE + step("prioritised", rank=rank)) for rank in ("null", "0")),
    Attack("a_priority_is_a_place_in_the_order", "a place somewhere else",
           step("taken_up", rank="1")),
    *(Attack("a_wens_is_merged_with_another", f"with {other}",
             step("merged", merged_into_id=other))
      for other in ("null", "%(new_wens)s")),
    Attack("a_wens_is_merged_with_another", "while it goes on",
           step("taken_up", merged_into_id="%(wens)s")),
    Attack("from_the_bestuur_on_a_step_has_its_voorstel", "none",
           step("sent_back", "wens_waiting")),
    Attack("what_the_alv_adopts_has_a_besluit", "none",
           step("adopted", "wens", voorstel_id="%(voorstel_agreed)s")),
    Attack("a_voorstel_has_a_version_of_its_own", "twice",
           copy(V, "id = %(voorstel_agreed)s", ended_at="now()")),
    Attack("a_wens_has_one_running_voorstel", "two",
           copy(V, "id = %(voorstel_agreed)s", version="2")),
    *(Attack("a_voorstel_is_covered", tries,
             copy(V, "id = %(voorstel_waiting)s", version="2", ended_at="now()",
                  from_kas=kas))
      for tries, kas in [("more than it costs", "5000.01"), ("less", "4999.99"),
                         ("below zero", "-1")]),
    Attack("somebody_else_agrees_with_a_voorstel", "oneself",
           update(V, "voorstel_waiting",
                  "agreed_by_id = proposed_by_id, agreed_at = now()")),
    Attack("somebody_else_agrees_with_a_voorstel", "nobody",
           update(V, "voorstel_waiting", "agreed_at = now()")),
    Attack("the_alv_decides_after_the_bestuur", "before",
           update(V, "voorstel_waiting", "besluit_id = %(alv_besluit)s")),
    Attack("what_the_alv_does_not_decide_is_not_on_its_agenda", "before the bestuur",
           update(V, "voorstel_waiting", "alv_voorstel_id = %(voorstel)s")),
    *(Attack("a_voorstel_stands_once_it_is_made", tries,
             update(V, which, change), STANDS)
      for tries, which, change in [
          ("cost more", "voorstel_waiting", "amount = 6000, from_kas = 6000"),
          ("be another", "voorstel_waiting", "wens_id = %(new_wens)s"),
          ("agree again", "voorstel_agreed", "agreed_at = now()"),
          ("do without the ALV", "voorstel_agreed", "needs_alv = false"),
          ("go to another ALV after its besluit", "voorstel_agreed",
           f"besluit_id = %(alv_besluit)s WHERE id = %(voorstel_agreed)s; UPDATE {V} "
           "SET alv_voorstel_id = %(voorstel)s"),
          ("begin again", "voorstel_waiting",
           f"ended_at = now(); UPDATE {V} SET ended_at = null"),
      ]),
    Attack("an_organisation_supports_a_wens_once", "twice",
           copy(SUPPORT, "id = %(wens_support)s")),
    *(Attack("support_of_a_wens_only_ends", tries,
             update(SUPPORT, "wens_support", change), "alleen ingetrokken")
      for tries, change in [
          ("of another wens", "wens_id = %(new_wens)s, ended_at = now()"),
          ("again", f"ended_at = now(); UPDATE {SUPPORT} SET ended_at = null"),
      ]),
    Attack("a_person_follows_a_wens_once", "twice",
           copy(FOLLOWER, "wens_id = %(wens)s")),
    Attack("a_remark_on_a_wens_says_something", "nothing",
           copy(REMARK, "wens_id = %(wens)s", text="''")),
    Attack("a_limit_for_the_alv_starts_on_a_day_once", "twice", copy(LIMIT, "true")),
    Attack("a_limit_for_the_alv_is_not_below_zero", "below zero",
           copy(LIMIT, "true", starts_on="'2021-01-01'", amount="-1")),
    Attack("a_criterion_ends_after_it_starts", "end before it starts",
           copy(CRITERION, "id = %(criterion)s", ends_on="'2019-01-01'")),
    *(Attack(f"{table}_is_only_added_to", tries, sql.format(table), NEVER)
      for table in (STEP, REMARK)
      for tries, sql in [("change every row", "UPDATE {} SET id = id"),
                         ("delete every row", "DELETE FROM {}")]),
    *(Attack(f"{table}_is_kept", "delete every row", f"DELETE FROM {table}", NEVER)
      for table in (W, V, SUPPORT)),
    *(Attack("instruments_verbeterwens_stands", tries, sql, NEVER)
      for tries, sql in [
          ("change every row", f"UPDATE {W} SET id = id"),
          ("of another gemeente", update(W, "wens", "organisation_id = %(oost)s")),
      ]),
    *(Attack("only_the_successor_takes_over_a_wens", tries, sql, "Alleen de opvolger")
      for tries, sql in [
          ("somebody", update(W, "wens", "taken_over_by_id = %(successor)s")),
          ("from the beginning",
           copy(W, "id = %(wens)s", number="99", taken_over_by_id="%(successor)s")),
      ]),
    *(Attack(f"{table}_is_not_emptied", "empty it", f"TRUNCATE {table} CASCADE", NEVER)
      for table in (W, STEP, REMARK, V, SUPPORT)),
]  # fmt: skip

# What must pass: the ALV decides, and then the order is given.
DECIDED = (
    update(V, "voorstel_agreed", "besluit_id = %(alv_besluit)s")
    + step("adopted", "wens", voorstel_id="%(voorstel_agreed)s",
           besluit_id="%(alv_besluit)s")
    + step("ordered", "wens", voorstel_id="%(voorstel_agreed)s", id=f"{NEW}+1")
)  # fmt: skip
