"""Attacks on notices that members hand in, and on appeals."""

from tests.billing.attacks.sql import Attack, copy, update

S, A, N = "membership_submittednotice", "membership_appeal", "membership_notice"


def add_submitted(**changes: str) -> str:
    """Of another membership, with the same letter."""
    return copy(S, "id = %(submitted)s", **{"membership_id": "%(lid)s", **changes})


def add_appeal(notice: str = "%(notice)s", **changes: str) -> str:
    return copy(A, "id = %(appeal)s", notice_id=notice, **changes)


DECISION = (
    "outcome = 'granted', decided_on = {}, "
    "besluit_id = (SELECT min(id) FROM membership_alvbesluit)"
)

LEAVING = [
    *(Attack(guard, tries, add_submitted(**changes)) for guard, tries, changes in [
        ("a_submitted_notice_is_in_writing", "without a letter",
         {"sha256": "''"}),
        ("a_member_gives_a_ground_of_a_member", "expel itself",
         {"ground": "'expulsion'"}),
        ("a_submitted_notice_is_for_a_day_to_come", "the day before",
         {"ends_on": "'2026-07-14'"}),
        ("who_cannot_go_on_says_why", "without a word",
         {"ground": "'unreasonable'"}),
        ("a_confirmed_notice_was_written_down", "without a notice",
         {"status": "'confirmed'"}),
        ("a_notice_is_turned_back_with_an_answer", "without a word",
         {"status": "'turned_back'"}),
    ]),
    Attack("a_membership_has_one_notice_that_waits", "another one",
           copy(S, "id = %(submitted)s")),
    *(Attack("a_submitted_notice_is_only_answered", tries,
             update(S, "submitted", change), "alleen beantwoord")
      for tries, change in [("end it earlier", "ends_on = '2026-07-15'"),
                            ("by another", "by_id = %(bestuur)s"),
                            ("destroy it undecided",
                             "content = '', file_name = 'vernietigd'")]),
    *(Attack("a_notice_fits_its_membership", tries,
             copy(N, "id = %(notice)s", **changes), says)
      for tries, changes, says in [
          ("a lid that stops", {"membership_id": "%(lid)s", "ground": "'stopped'"},
           "Alleen een lid"),
          ("end twice", {}, "al een opzegging"),
      ]),
    *(Attack("an_appeal_fits_its_notice", tries, sql, says) for tries, sql, says in [
        ("against its own notice", add_appeal(), "binnen een maand"),
        ("decide twice",
         update(A, "appeal_decided", DECISION.format("'2026-08-01'")), "eenmaal"),
        ("received on another day",
         update(A, "appeal", "received_on = '2026-07-16'"), "eenmaal"),
    ]),
    Attack("an_appeal_is_decided_on_a_day_by_the_alv", "on no day",
           update(A, "appeal", "outcome = 'granted'")),
    Attack("an_appeal_is_decided_after_it_was_received", "before it came",
           update(A, "appeal", DECISION.format("'2026-07-14'"))),
]  # fmt: skip
