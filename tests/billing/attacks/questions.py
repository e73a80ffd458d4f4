"""Attacks on questions and what was said on them."""

from tests.billing.attacks.sql import NEW, Attack, copy, update

Q, M = "billing_question", "billing_message"
ALWAYS = {"key": "gen_random_uuid()"}
AS_ASKED = "blijft zoals zij is gesteld"
BEGINS = "begint open, en gaat over een vastgestelde"


def add_question(**changes: str) -> str:
    """Another question about line R1 of Heideveld."""
    return copy(Q, "id = %(waiting)s", **ALWAYS, **changes)


def add_message(**changes: str) -> str:
    return copy(M, "question_id = %(answered)s", **{**ALWAYS, **changes})


QUESTIONS = [
    Attack("a_question_says_something", "ask nothing", add_question(text="''")),
    Attack("a_message_says_something", "answer nothing", add_message(text="''")),
    Attack("a_form_makes_a_question_once", "send the form twice",
           copy(Q, "id = %(waiting)s")),
    Attack("a_form_makes_a_message_once", "send the form twice",
           copy(M, "question_id = %(answered)s")),
    *(Attack("a_question_stands_as_it_was_asked", tries, sql, says)
      for tries, sql, says in [
          ("about a draft", add_question(settlement_id="%(draft)s"), BEGINS),
          ("about no line of it", add_question(regel_id="'R2'"), BEGINS),
          ("begin as closed", add_question(status="'closed'"), BEGINS),
          ("change the words", update(Q, "waiting", "text = 'x'"), AS_ASKED),
          ("of another", update(Q, "waiting", "asked_by_id = %(bureau)s"), AS_ASKED),
          ("open what is closed", update(Q, "ended", "status = 'open'"), AS_ASKED),
          ("answered without an answer",
           update(Q, "waiting", "status = 'answered'"), "zonder antwoord"),
      ]),
    Attack("nothing_is_said_on_a_closed_question", "answer after all",
           add_message(question_id="%(ended)s", id=NEW), "Deze vraag is gesloten."),
]  # fmt: skip
