"""Attacks on who may sign."""

from tests.billing.attacks.sql import Attack, copy, update

P = "membership_signerproposal"

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
]  # fmt: skip
