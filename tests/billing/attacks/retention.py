"""Attacks on what is kept for how long, and on what was decided to destroy."""

from tests.billing.attacks.sql import NEVER, Attack, copy, update

L, T, E = (
    "membership_destructionline",
    "membership_retentionterm",
    "membership_evidence",
)
BY = "decided_by_id = %(bureau)s, decided_at = now()"
GONE = f"UPDATE {E} SET content = '', file_name = 'vernietigd' WHERE dossier_id = "

RETENTION = [
    Attack("a_retention_term_is_a_day_or_more", "no time",
           f"UPDATE {T} SET amount = 0"),
    Attack("a_retention_term_has_a_ground", "on none", f"UPDATE {T} SET ground = ''"),
    Attack("a_record_waits_once_for_its_destruction", "twice",
           copy(L, "id = %(line_to_decide)s")),
    Attack("what_is_kept_longer_has_a_reason", "give none",
           update(L, "line_to_decide", f"decision = 'keep', {BY}")),
    Attack("a_person_decides_on_destruction", "let nobody decide",
           update(L, "line_to_decide", "decision = 'destroy'")),
    Attack("two_people_destroy", "alone",
           update(L, "line_proposed", f"decision = 'destroy', {BY}")),
    Attack("two_people_destroy", "what nobody proposed",
           update(L, "line_to_decide", f"decision = 'destroy', {BY}")),
    *(Attack("a_term_is_as_long_as_the_law_asks", tries, f"UPDATE {T} SET {changes}")
      for tries, changes in [
          ("six years", "amount = 6 WHERE kind = 'agreement'"),
          ("seven days", "unit = 'days' WHERE kind = 'agreement'"),
          ("two years", "amount = 2 WHERE kind = 'breach'")]),
    Attack("only_what_had_its_time_is_destroyed", "too early",
           update(L, "line_to_decide", "before_on = ended_on")),
    Attack("a_decided_line_does_not_change", "destroy what is kept",
           update(L, "line_kept", "decision = 'destroy'"), NEVER),
    Attack("a_paper_is_only_set_aside", "destroy it undecided",
           f"{GONE}%(on_its_way)s", "wordt alleen vervangen"),
    Attack("history_is_only_added_to", "forget somebody undecided",
           "UPDATE membership_historyevent SET subject = 'persoon ' || subject_id "
           "WHERE subject_type = 'membership.person'", NEVER),
]  # fmt: skip
