"""Attacks on the regiegroep of an instrument, and on who asks for a seat in it."""

from tests.billing.attacks.sql import NEVER, Attack, copy, update

G, R = "instruments_steeringgroup", "instruments_seatrequest"
WAITING = "id = %(seat_request)s"
DECIDED = "decided_by_id = %(bureau)s, decided_at = now()"
SEATED = "seat_id = %(regiegroep_seat)s"
ANSWERED = "alleen beantwoord"

STEERING = [
    *(Attack("a_regiegroep_steers_an_instrument", tries, sql, "geen ander orgaan")
      for tries, sql in [
          ("another body", update(G, "steering", "body_id = %(body)s")),
          ("a new one", copy(G, "id = %(steering)s", body_id="%(body)s",
                             instrument_id="%(other_instrument)s")),
      ]),
    Attack("a_person_waits_for_one_seat", "ask twice", copy(R, WAITING)),
    *(Attack("a_decision_about_a_seat_says_by_whom", tries,
             update(R, "seat_request", changes))
      for tries, changes in [
          ("grant by nobody", f"status = 'granted', {SEATED}"),
          ("refuse at no moment", "status = 'refused', reason = 'Vol.', "
           "decided_by_id = %(bureau)s"),
          ("withdraw by decision", f"status = 'withdrawn', {DECIDED}"),
      ]),
    *(Attack("a_refused_seat_says_why", tries, update(R, "seat_request", changes))
      for tries, changes in [
          ("no reason", f"status = 'refused', {DECIDED}"),
          ("a reason to grant it", f"status = 'granted', {SEATED}, {DECIDED}, "
           "reason = 'Vol.'"),
      ]),
    *(Attack("a_granted_seat_is_there", tries, update(R, "seat_request", changes))
      for tries, changes in [
          ("no seat", f"status = 'granted', {DECIDED}"),
          ("a seat for who was refused",
           f"status = 'refused', reason = 'Vol.', {SEATED}, {DECIDED}"),
      ]),
    *(Attack("who_asks_for_a_seat_does_not_grant_it", tries,
             update(R, "seat_request", f"status = 'refused', reason = 'Vol.', "
                    f"decided_by_id = {who}, decided_at = now()"))
      for tries, who in [("who asked", "asked_by_id"), ("for himself", "person_id")]),
    *(Attack("a_seat_request_is_only_answered", tries, update(R, row, change), ANSWERED)
      for tries, row, change in [
          ("for another, and withdraw", "seat_request",
           "person_id = %(bureau)s, status = 'withdrawn'"),
          ("for another after a refusal", "refused_seat", "person_id = %(bureau)s"),
          ("other words", "seat_request", "motivation = 'Toch.'"),
          ("again after a refusal", "refused_seat", "reason = 'Anders.'"),
      ]),
    Attack(f"{R}_is_kept", "delete every row", f"DELETE FROM {R}", NEVER),
    Attack(f"{R}_is_not_emptied", "empty it", f"TRUNCATE {R} CASCADE", NEVER),
]  # fmt: skip
