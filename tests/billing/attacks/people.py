"""Attacks on who may sign, and on people who were put together."""

from tests.billing.attacks.sql import Attack, copy, update

P, M, R = "membership_signerproposal", "membership_personmerge", "membership_movedrow"

PEOPLE = [
    Attack("a_signer_is_put_forward_once", "twice", copy(P, "id = %(signer)s")),
    Attack("a_signer_signs_by_office_or_by_a_mandate", "name no mandate",
           update(P, "signer", "status = 'confirmed', decided_by_id = %(bureau)s, "
                               "ground = 'mandate'")),
    Attack("a_signer_signs_by_office_or_by_a_mandate", "say nothing",
           update(P, "signer", "status = 'confirmed', decided_by_id = %(bureau)s")),
    Attack("a_signer_is_declined_with_a_reason", "give none",
           update(P, "signer", "status = 'declined', decided_by_id = %(bureau)s")),
    Attack("who_puts_a_signer_forward_does_not_confirm", "confirm it oneself",
           update(P, "signer", "status = 'confirmed', ground = 'office', "
                               "decided_by_id = by_id")),
    Attack("who_puts_a_signer_forward_does_not_confirm", "confirm it as nobody",
           update(P, "signer", "status = 'confirmed', ground = 'office'")),
    Attack("nobody_is_merged_with_himself", "put one together",
           copy(M, "id = %(merge)s", gone_id="kept_id")),
    Attack("a_person_is_merged_into_one_other", "into two",
           copy(M, "id = %(merge)s", kept_id="%(bureau)s")),
    Attack("a_merge_that_was_undone_says_by_whom", "do not say it",
           update(M, "merge", "undone_at = now()")),
    Attack("a_row_moves_once_in_a_merge", "twice", copy(R, "merge_id = %(merge)s")),
]  # fmt: skip
