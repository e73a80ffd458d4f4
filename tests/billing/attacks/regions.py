"""Attacks on regions, on whom they send, and on their meetings."""

from tests.billing.attacks.facts import ENDED
from tests.billing.attacks.sql import NEVER, NEW, Attack, copy, update

R, RM, N = "membership_region", "membership_regionmember", "membership_network"
C, A = "membership_regionalcontact", "membership_contactask"
M, G = "membership_meeting", "membership_meetinggroup"
INV = "membership_meetinginvitation"
HERE = "region_id = %(region)s"
BEFORE = {"starts_on": "'2015-01-01'", "ends_on": "'2015-12-31'"}
EARLIER = "starts_at - interval '1 day'"

MEMBERS = [
    Attack("a_region_member_ends_after_it_starts", "end before it starts",
           copy(RM, HERE, **ENDED)),
    Attack("an_organisation_is_in_a_region_once", "be in a region twice",
           copy(RM, "region_id = %(am_region)s")),
    Attack("an_organisation_is_in_a_region_once", "be in it once more, long ago",
           copy(RM, "region_id = %(am_region)s", **BEFORE)),
    Attack("a_region_has_one_centrumgemeente_at_a_time", "have a second centre",
           copy(RM, HERE, organisation_id="%(rijkhoven)s")),
    Attack("a_gemeente_is_in_one_arbeidsmarktregio", "be in a second one",
           copy(RM, "region_id = %(am_region)s", region_id="%(other_am_region)s")),
    Attack("a_gemeente_is_in_one_arbeidsmarktregio", "move a row there",
           copy(RM, HERE, organisation_id="%(rijkhoven)s", is_centrumgemeente="false",
                region_id="%(other_am_region)s")
           + f"UPDATE {RM} SET organisation_id = %(heideveld)s "
             "WHERE region_id = %(other_am_region)s;"),
    Attack("a_region_keeps_its_type", "change it",
           update(R, "region", "type = 'arbeidsmarktregio'")),
    Attack("a_region_code_is_unique_in_its_type", "have a region twice",
           copy(R, "id = %(region)s")),
]  # fmt: skip


def contact(row: str = "primary", **changes: str) -> str:
    """SQL that adds a contact like one that there is."""
    return copy(C, f"id = %({row})s", **changes)


CONTACTS = [
    Attack("a_network_keeps_its_type", "change it",
           update(N, "network", "type = 'other'")),
    Attack("a_regional_contact_ends_after_it_starts", "end before it starts",
           update(C, "primary", "ends_on = starts_on - 1")),
    Attack("a_regional_contact_starts_after_the_decision", "speak before the decision",
           update(C, "primary", "decided_on = starts_on + 1")),
    *(Attack("a_regional_contact_can_be_reached", f"have no {field}",
             update(C, "primary", f"{field} = ''")) for field in ("name", "email")),
    Attack("a_region_has_one_primary_contact_per_level", "have two", contact()),
    Attack("a_region_has_one_primary_contact_per_level", "be called a duo",
           contact(is_duo="true")
           + f"UPDATE {C} SET is_duo = true WHERE id = %(primary)s;"),
    Attack("a_region_has_one_primary_contact_per_level", "share a day only",
           contact(starts_on="current_date + 100", ends_on="null")),
    Attack("a_region_has_one_vervanger_per_level", "have two", contact("vervanger")),
    *(Attack("a_regional_contact_fits_its_region", tries, contact(**changes))
      for tries, changes in [
          ("speak for a region of another type", {"region_id": "%(am_region)s"}),
          ("work elsewhere", {"organisation_id": "%(rijkhoven)s"}),
      ]),
    *(Attack("a_regional_contact_keeps_its_seat", tries, update(C, "primary", changes))
      for tries, changes in [
          ("go to another level", "level = 'ambtelijk'"),
          ("become the vervanger", "is_primary = false"),
          ("begin earlier", "starts_on = starts_on - 1"),
      ]),
    Attack("a_duo_is_of_two", "be a duo alone", update(C, "primary", "is_duo = true")),
    Attack(f"{C}_is_kept", "delete every row", f"DELETE FROM {INV}; DELETE FROM {C}",
           NEVER),
    Attack("a_network_is_asked_once_for_a_day", "ask twice", copy(A, "id = %(ask)s")),
    Attack("an_answer_is_due_after_it_was_asked", "ask for yesterday",
           update(A, "ask", "due_on = asked_at::date - 1")),
]  # fmt: skip

MEETINGS = [
    Attack("a_meeting_ends_after_it_starts", "end before it starts",
           update(M, "meeting", f"ends_at = {EARLIER}")),
    Attack("a_meeting_has_a_place_or_a_link", "be nowhere",
           update(M, "meeting", "place = '', link = ''")),
    Attack("a_meeting_stays_what_it_is", "go on after all",
           update(M, "called_off", "status = 'planned'")),
    Attack("a_meeting_stays_what_it_is", "count back",
           update(M, "meeting", "sequence = 5")
           + update(M, "meeting", "sequence = 4")),
    Attack("a_meeting_stays_what_it_is", "become one of another level",
           update(M, "meeting", "level = 'ambtelijk'")),
    Attack("a_group_has_its_own_name_in_a_meeting", "have it twice",
           copy(G, "id = %(group)s")),
    Attack("a_group_ends_after_it_starts", "end before it starts",
           update(G, "group", f"ends_at = {EARLIER}")),
    Attack("a_contact_is_invited_once", "invite twice",
           copy(INV, "id = %(invitation)s")),
    Attack("an_answer_has_a_moment", "come, nobody knows since when",
           update(INV, "invitation", "answer = 'yes'")),
    *(Attack("an_invitation_fits_its_meeting", tries,
             update(INV, "invitation", changes))
      for tries, changes in [
          ("be in a group of another meeting", "group_id = %(other_group)s"),
          ("come to who prepare", "meeting_id = %(called_off)s, group_id = NULL"),
      ]),
]  # fmt: skip

WHOLE = [
    Attack(f"{RM}_is_kept", "delete every row", f"DELETE FROM {RM}", NEVER),
    *(Attack(f"{table}_is_not_emptied", "empty it", f"TRUNCATE {table} CASCADE", NEVER)
      for table in (RM, C)),
]  # fmt: skip

REGIONS = MEMBERS + CONTACTS + MEETINGS + WHOLE

# What must pass: a duo of two, and a successor the day after.
A_DUO = f"UPDATE {C} SET is_duo = true WHERE id IN (%(primary)s, %(vervanger)s);"
A_SUCCESSOR = update(C, "primary", "ends_on = starts_on") + contact(
    id=NEW, starts_on="current_date + 1", ends_on="NULL"
)
