"""Attacks on the kaders: two values at once, none at all, and the past changed."""

from tests.billing.attacks.sql import NEVER, Attack, copy, update

N, V, L = "instruments_norm", "instruments_normversion", "instruments_localnorm"
NORM, SAID, LOCAL = (
    *("id = %(norm)s", "id = %(norm_to_come)s"),
    "id = %(local_norm)s",
)
LATER = {"starts_on": "'2090-01-01'", "ends_on": "'2090-12-31'"}
STANDS, FITS = "blijft zoals het is", "past niet bij het kader"

NORMS = [
    Attack("an_instrument_has_a_norm_of_a_number_once", "twice",
           copy(N, NORM, measures="''")),
    Attack("norms_are_numbered_from_one", "nought",
           copy(N, NORM, measures="''", number="0")),
    Attack("an_instrument_measures_a_thing_with_one_norm", "two of them",
           copy(N, NORM, number="99")),
    Attack("a_premie_per_uur_is_measured_in_euros", "by a norm in hours",
           update(N, "norm_hours", "measures = 'premie_per_uur'")),
    *(Attack("a_norm_stays_what_it_is", change, update(N, "norm", change), STANDS)
      for change in ("number = 99", "kind = 'count'",
                     "instrument_id = %(other_instrument)s")),
    Attack("instruments_norm_is_kept", "delete", f"DELETE FROM {N}", NEVER),
    Attack("a_norm_ends_after_it_starts", "end before",
           copy(V, SAID, starts_on="'2091-01-01'", ends_on="'2090-01-01'")),
    Attack("a_norm_says_one_thing_at_a_time", "two things", copy(V, SAID)),
    *(Attack("a_norm_has_a_number_or_words", tries,
             "DROP TRIGGER a_norm_version_fits_its_kind ON instruments_normversion;"
             + copy(V, SAID, **LATER, **changes))
      for tries, changes in [
          ("both", {"words": "'Twee.'"}),
          ("neither", {"value": "null::text", "lowest": "null::text",
                       "highest": "null::text"}),
      ]),
    *(Attack("a_norm_lies_within_its_own_room", tries,
             copy(V, SAID, **LATER, **changes))
      for tries, changes in [
          ("below", {"lowest": "3", "highest": "4"}),
          ("above", {"lowest": "0", "highest": "1"}),
          ("a bound below nothing", {"lowest": "-1"}),
      ]),
    Attack("a_norm_rests_on_one_decision", "on none",
           copy(V, SAID, **LATER, besluit_id="null::text")),
    Attack("a_norm_rests_on_one_decision", "on two",
           copy(V, SAID, **LATER, decision_id="%(body_decision)s")),
    *(Attack("a_norm_version_only_ends", change,
             update(V, "norm_version", change), STANDS)
      for change in ("value = 2.10", "besluit_id = besluit_id + 1",
                     "explanation = 'Anders.'", "starts_on = starts_on + 1")),
    Attack("a_norm_version_that_began_is_kept", "delete",
           f"DELETE FROM {V} WHERE id = %(norm_version)s", NEVER),
    Attack("a_norm_version_fits_its_kind", "words for a number",
           copy(V, SAID, **LATER, words="'Twee.'", value="null::text"), FITS),
    Attack("a_norm_version_fits_its_kind", "a number for words",
           copy(V, "id = %(norm_in_words)s", **LATER, words="''", value="2"), FITS),
    Attack("a_local_norm_ends_after_it_starts", "end before",
           copy(L, LOCAL, starts_on="'2091-01-01'", ends_on="'2090-01-01'")),
    Attack("an_organisation_has_one_local_norm_at_a_time", "two", copy(L, LOCAL)),
    Attack("a_local_norm_has_a_number_or_words", "neither",
           "DROP TRIGGER a_local_norm_fits_its_kind ON instruments_localnorm;"
           + copy(L, "id = %(local_norm_ended)s", starts_on="'2016-01-01'",
                  ends_on="'2016-12-31'", value="null::text")),
    Attack("a_local_norm_rests_on_a_rule", "on a custom",
           copy(L, "id = %(local_norm_ended)s", starts_on="'2016-01-01'",
                ends_on="'2016-12-31'", basis="'gewoonte'")),
    *(Attack("a_local_norm_only_ends", tries, sql, STANDS)
      for tries, sql in [
          ("another value", update(L, "local_norm", "value = 2")),
          ("hide the reason", update(L, "local_norm", "reason = ''")),
          ("move an end that was",
           update(L, "local_norm_ended", "ends_on = ends_on - 1")),
      ]),
    Attack("a_local_norm_that_began_is_kept", "delete",
           f"DELETE FROM {L} WHERE id = %(local_norm)s", NEVER),
    Attack("a_local_norm_fits_its_kind", "half a time",
           copy(L, "id = %(local_norm_ended)s", starts_on="'2016-01-01'",
                ends_on="'2016-12-31'", words="'Twee.'"), FITS),
    *(Attack(f"{table}_is_not_emptied", "empty it", f"TRUNCATE {table} CASCADE", NEVER)
      for table in (N, V, L)),
]  # fmt: skip

TAKEN_BACK = f"DELETE FROM {V} WHERE {SAID};"
