"""Attacks on who asks to belong, on drafts of steps, and on whom colleagues asked."""

from tests.billing.attacks.sql import Attack, copy, update

A, D, S = "membership_application", "membership_stepdraft", "membership_stepask"
KEY = "'0d7e5c3e-0000-4000-8000-000000000001'"


def apply_again(**changes: str) -> str:
    return copy(A, "id = %(application)s", **{"key": KEY, **changes})


APPLICATIONS = [
    Attack("an_application_names_one_organisation", "name none",
           apply_again(organisation_id="NULL")),
    Attack("an_application_names_one_organisation", "name two",
           apply_again(other_name="'Werk'", other_kind="'publieke_organisatie'")),
    Attack("an_application_names_one_organisation", "name no kind",
           apply_again(organisation_id="NULL", other_name="'Werk'")),
    Attack("an_application_waits_once_it_was_confirmed", "skip the e-mail",
           apply_again(confirmed_at="NULL")),
    Attack("an_accepted_application_was_verified", "let in without a dossier",
           update(A, "application", "status = 'accepted'")),
    Attack("an_accepted_application_was_verified", "let in without a check",
           update(A, "application",
                  "status = 'accepted', dossier_id = %(on_its_way)s")),
    Attack("an_application_is_turned_down_with_a_reason", "give none",
           update(A, "application", "status = 'turned_down'")),
    Attack("a_step_has_one_draft", "keep two", copy(D, "id = %(draft_of_step)s")),
    Attack("a_draft_is_of_a_step_of_the_organisation", "check it yourself",
           copy(D, "id = %(draft_of_step)s", kind="'checked'")),
    Attack("a_colleague_is_asked_for_a_step_once", "ask again",
           copy(S, "id = %(asked)s")),
    Attack("a_step_of_the_association_is_not_asked_of_a_colleague", "admit",
           copy(S, "id = %(asked)s", kind="'admitted'")),
    Attack("nobody_asks_himself_for_a_step", "ask yourself",
           update(S, "asked", "person_id = by_id")),
]  # fmt: skip
