"""Attacks on uitvoeringsopdrachten: what was given, on which decision, for how much."""

from tests.billing.attacks.sql import NEVER, Attack, copy, update

ORDER = "contracts_uitvoeringsopdracht"
STANDS = "verandert niet meer"
CONFIRMED = "confirmed_by_id = %(bureau)s, confirmed_at = now()"
DELIVERED = f"{CONFIRMED}, delivered_on = current_date"
ACCEPTED = f"{DELIVERED}, accepted_by_id = %(bureau)s, accepted_at = now()"


def order(**changes: str) -> str:
    """For the voorstel that was decided and not ordered yet."""
    facts = {
        "ontwikkelvoorstel_id": "%(voorstel_decided)s",
        "reference": "'UO-2026-9999'",
        **changes,
    }
    return copy(ORDER, "id = %(order_given)s", **facts)


ORDERS = [
    *(Attack("an_order_rests_on_a_decision", tries, order(**changes), "Zonder besluit")
      for tries, changes in [
          ("on none", {"ontwikkelvoorstel_id": "%(voorstel_waiting)s"}),
          ("for more", {"amount": "5000.01"}),
      ]),
    Attack("an_order_has_its_document", "another sum", order(document_sha256="'x'")),
    Attack("an_order_has_its_document", "nothing agreed", order(agreed="''")),
    *(Attack("somebody_else_confirms_an_order", tries,
             update(ORDER, "order_given",
                    f"confirmed_at = now(), confirmed_by_id = {who}"))
      for tries, who in [("oneself", "given_by_id"), ("nobody", "null")]),
    Attack("an_order_is_confirmed_before_it_is_delivered", "deliver at once",
           update(ORDER, "order_given", "delivered_on = current_date")),
    *(Attack("an_accepted_order_says_what_it_cost", tries,
             update(ORDER, "order_given", f"{ACCEPTED}, final_amount = {final}, "
                    f"final_from_kas = {kas}"))
      for tries, final, kas in [
          ("more than the order", "5000.01", "0"),
          ("nothing known", "null", "null"),
          ("more from the kas than in all", "100", "101"),
          ("below zero", "100", "-1"),
      ]),
    *(Attack("an_order_that_was_given_stands", tries,
             update(ORDER, which, change), STANDS)
      for tries, which, change in [
          ("cost more", "order_given", "amount = 9000"),
          ("later", "order_given", "deliver_by = deliver_by + 1"),
          ("another paper", "order_given", "document = 'x'"),
          ("cheaper afterwards", "order_accepted", "final_amount = 1"),
          ("confirm again", "order_accepted", "confirmed_at = now()"),
      ]),
    Attack(f"{ORDER}_is_kept", "delete every row", f"DELETE FROM {ORDER}", NEVER),
    Attack(f"{ORDER}_is_not_emptied", "empty it", f"TRUNCATE {ORDER} CASCADE", NEVER),
]  # fmt: skip

# What must pass: the order is confirmed, delivered and accepted for less.
FINISHED = update(
    ORDER, "order_given", f"{ACCEPTED}, final_amount = 4000, final_from_kas = 0"
)
