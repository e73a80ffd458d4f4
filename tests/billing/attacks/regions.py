"""Attacks on regions, on whom they send, and on their meetings."""

from tests.billing.attacks.facts import ENDED
from tests.billing.attacks.sql import NEVER, Attack, copy, update

R, RM = "membership_region", "membership_regionmember"
HERE = "region_id = %(region)s"
BEFORE = {"starts_on": "'2015-01-01'", "ends_on": "'2015-12-31'"}

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
    Attack(f"{RM}_is_kept", "delete every row", f"DELETE FROM {RM}", NEVER),
    Attack(f"{RM}_is_not_emptied", "empty it", f"TRUNCATE {RM}", NEVER),
]  # fmt: skip

REGIONS = MEMBERS
