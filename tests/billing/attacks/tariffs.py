"""Attacks on the tariffs: two ways of paying at once, and amounts that cannot be."""

from tests.billing.attacks.facts import RATE
from tests.billing.attacks.sql import Attack, copy, update

T, BUDGET, BAND = (
    "instruments_tariff",
    "instruments_tariffbudget",
    "instruments_tariffband",
)
INDEX, EXEMPTION = "instruments_tariffindexation", "instruments_tariffexemption"
FOUR_YEARS, BY_USERS = "id = %(tariff)s", "id = %(tariff_by_users)s"
BY_KIND = "a_tariff_has_what_its_kind_asks"
LATER = {"starts_on": "'2030-01-01'", "ends_on": "NULL::text"}

TARIFFS = [
    Attack("a_tariff_ends_after_it_starts", "end before it starts",
           copy(T, FOUR_YEARS, starts_on="'2030-01-01'", ends_on="'2029-12-31'")),
    Attack("an_instrument_has_one_tariff_at_a_time", "share a year",
           copy(T, FOUR_YEARS, starts_on="'2021-01-01'", ends_on="NULL::text")),
    *(Attack("a_tariff_holds_for_whole_years", tries, copy(T, FOUR_YEARS, **days))
      for tries, days in [
          ("begin in a year", LATER | {"starts_on": "'2030-01-02'"}),
          ("begin in February", LATER | {"starts_on": "'2030-02-01'"}),
          ("end in a year", LATER | {"ends_on": "'2031-12-30'"}),
      ]),
    *(Attack(BY_KIND, tries, update(T, which, changes))
      for tries, which, changes in [
          ("over nobody", "tariff", "inhabitants = 0"),
          ("over it is not known whom", "tariff", "inhabitants = NULL"),
          ("of no year", "tariff", "price_level = NULL"),
          ("also something once", "tariff", "one_off = 1"),
          ("also by inhabitants", "tariff_by_users", "inhabitants = 1"),
          ("nothing known once", "tariff_by_users", "one_off = NULL"),
          ("below zero once", "tariff_by_users", "one_off = -1"),
          ("free and not free", "tariff_by_users", "kind = 'free'"),
          ("in no known way", "tariff_by_users", "kind = 'percentage'"),
      ]),
    Attack("a_tariff_does_not_stand_beside_a_percentage", "add one",
           copy(T, BY_USERS, instrument_id="%(flexensie)s")),
    Attack("a_tariff_does_not_stand_beside_a_percentage", "give it to another",
           update(T, "tariff", "instrument_id = %(flexensie)s")),
    Attack("a_percentage_does_not_stand_beside_a_tariff", "add one",
           copy(RATE, "instrument_id = %(other_instrument)s", from_halfyear="20212",
                instrument_id=f"(SELECT instrument_id FROM {T} WHERE {FOUR_YEARS})")),
    Attack("a_tariff_names_a_budget_once", "twice",
           copy(BUDGET, "name = 'Kindertelefoon'")),
    Attack("a_budget_is_above_zero", "nothing",
           copy(BUDGET, "name = 'Kindertelefoon'", name="'x'", amount="0")),
    Attack("a_tariff_is_indexed_once_a_year", "twice", copy(INDEX, "year = 2018")),
    *(Attack("an_indexation_is_no_leap", f"{pct}%",
             copy(INDEX, "year = 2018", year="2019", pct=pct))
      for pct in ("-20.01", "20.01")),
    Attack("a_tariff_has_a_band_once", "twice", copy(BAND, "from_users = 500")),
    Attack("a_band_is_not_below_zero", "give money",
           copy(BAND, "from_users = 500", from_users="501", amount="-0.01")),
    Attack("an_exemption_ends_after_it_starts", "end before it starts",
           copy(EXEMPTION, "true", starts_on="'2016-02-01'", ends_on="'2016-01-01'")),
    Attack("a_gemeente_is_exempt_once_at_a_time", "share a day",
           copy(EXEMPTION, "true")),
]  # fmt: skip

AFTER_THE_PERCENTAGE_ENDED = (
    copy(RATE, "instrument_id = %(flexensie)s", from_halfyear="20301",
         gemeente_pct="0", uitvoerder_pct="0")
    + copy(T, BY_USERS, instrument_id="%(flexensie)s", **LATER)
)  # fmt: skip
