"""Attacks on the facts beneath: who, from when to when, at which price."""

from tests.billing.attacks.sql import Attack, copy, update

ENDED = {"starts_on": "'2026-02-01'", "ends_on": "'2026-01-01'"}
OVERLAP = {"starts_on": "'2026-01-15'", "ends_on": "'2026-02-01'"}
TERMS, RATE = "contracts_terms", "instruments_contributionrate"
OF_HEIDEVELD = (
    "agreement_id = (SELECT a.id FROM contracts_gebruiksovereenkomst a "
    "WHERE a.organisation_id = %(heideveld)s AND a.instrument_id = %(flexensie)s)"
)
USED = "al gebruikt in een vastgestelde"

DATED = [
    Attack(guard, tries, copy(table, which.format("organisation_id"), **dates))
    for table, which, ends, overlaps in [
        ("membership_membership", "{} = %(heideveld)s",
         "a_membership_ends_after_it_starts",
         "memberships_of_an_organisation_do_not_overlap"),
        ("contracts_verwerkersovereenkomst", "{} = %(heideveld)s",
         "a_verwerkersovereenkomst_ends_after_it_starts",
         "an_organisation_has_one_verwerkersovereenkomst"),
        ("contracts_gebruiksovereenkomst",
         "{} = %(heideveld)s AND instrument_id = %(flexensie)s",
         "a_gebruiksovereenkomst_ends_after_it_starts",
         "a_holder_has_one_gebruiksovereenkomst_per_instrument"),
        ("contracts_coverage",
         "gemeente_id = %(heideveld)s AND instrument_id = %(flexensie)s",
         "a_coverage_ends_after_it_starts",
         "a_gemeente_has_one_agreement_per_instrument"),
        ("instruments_uitvoerder", "instrument_id = %(flexensie)s",
         "an_uitvoerder_ends_after_it_starts",
         "an_instrument_has_one_uitvoerder_at_a_time"),
    ]
    for guard, tries, dates in [(ends, "end before it starts", ENDED),
                                (overlaps, "share a day", OVERLAP)]
] + [
    Attack("a_role_ends_after_it_starts", "end before it starts",
           copy("membership_role", "name = 'bureau'", **ENDED)),
    Attack("a_person_has_a_running_role_once", "have a role twice",
           copy("membership_role", "name = 'bureau'")),
    *(Attack("a_role_of_the_association_has_no_organisation", tries,
             f"UPDATE membership_role SET {changes} WHERE name = 'bureau'")
      for tries, changes in [
          ("the bureau of a gemeente", "organisation_id = %(heideveld)s"),
          ("a contactpersoon of nobody", "name = 'contactpersoon'"),
          ("an unknown role", "name = 'beheerder'"),
      ]),
    Attack("an_email_address_is_lower_case", "write it in capitals",
           "UPDATE membership_person SET email = upper(email)"),
]  # fmt: skip

ORGANISATIONS = [
    Attack(guard, tries, update("membership_organisation", row, changes))
    for guard, tries, row, changes in [
        ("a_gemeente_has_a_cbs_code", "have none", "heideveld", "code = 'GM1'"),
        ("a_gemeente_has_a_cbs_code", "another with one", "oost", "code = 'GM1234'"),
        ("a_kvk_number_has_eight_digits", "six", "heideveld", "kvk_number = '123456'"),
        ("an_iban_is_written_without_spaces", "with spaces", "heideveld",
         "iban = 'NL91 ABNA 0417 1643 00'"),
        ("an_iban_is_written_without_spaces", "in small letters", "heideveld",
         "iban = 'nl91abna0417164300'"),
    ]
]  # fmt: skip

GU, C = "contracts_gebruiksovereenkomst", "contracts_coverage"
OF_OTHERS = "(SELECT max(id) FROM contracts_gebruiksovereenkomst)"

WORKED_UNDER = [
    *(Attack("a_coverage_keeps_its_lines", tries,
             f"UPDATE {C} SET {changes} WHERE gemeente_id = %(heideveld)s "
             "AND instrument_id = %(flexensie)s", "Onder deze overeenkomst is gewerkt")
      for tries, changes in [
          ("give the work to another gemeente", "gemeente_id = %(oost)s, "
           "starts_on = '2010-01-01', ends_on = '2010-02-01'"),
          ("give the work to another holder", f"agreement_id = {OF_OTHERS}"),
          ("begin after work that is settled", "starts_on = '2025-11-04'"),
          ("end before work that is settled", "ends_on = '2025-11-02'"),
      ]),
    Attack("a_coverage_keeps_its_lines", "end before work that is to be settled",
           f"UPDATE {C} SET ends_on = '2026-03-01' WHERE gemeente_id = %(heideveld)s "
           "AND instrument_id = %(flexensie)s", "aangeleverd van na die dag (3 regels"),
    *(Attack("an_agreement_keeps_its_holder", tries,
             f"UPDATE {GU} SET {changes} WHERE organisation_id = %(rijkhoven)s",
             "Onder deze overeenkomst is gewerkt")
      for tries, changes in [
          ("give it to another holder", "organisation_id = %(flexensie)s"),
          ("of another instrument", "instrument_id = %(other_instrument)s"),
      ]),
]  # fmt: skip

RATES = [
    Attack("terms_change_once_in_a_halfyear", "change twice",
           copy(TERMS, f"agreement_id = (SELECT max(agreement_id) FROM {TERMS})")),
    *(Attack("a_vergoeding_is_a_percentage", f"ask {pct}%",
             copy(TERMS, OF_HEIDEVELD, from_halfyear="20262", vergoeding_pct=pct))
      for pct in ("-0.01", "100.01")),
    Attack("a_contribution_rate_changes_once_in_a_halfyear", "change twice",
           copy(RATE, "instrument_id = %(other_instrument)s")),
    *(Attack("a_contribution_is_a_percentage", f"ask {pct}% of the {whom}",
             copy(RATE, "instrument_id = %(flexensie)s", from_halfyear="20262",
                  **{f"{whom}_pct": pct}))
      for pct in ("-0.01", "100.01") for whom in ("gemeente", "uitvoerder")),
    *(Attack(guard, tries, sql.format(table=table, which=which), USED)
      for guard, table, which, pct in [
          ("terms_of_a_settlement_do_not_change", TERMS, OF_HEIDEVELD,
           "vergoeding_pct"),
          ("contribution_of_a_settlement_does_not_change", RATE,
           "instrument_id = %(flexensie)s", "gemeente_pct"),
      ]
      for tries, sql in [
          ("change what was used", f"UPDATE {{table}} SET {pct} = 1 WHERE {{which}}"),
          ("begin later", "UPDATE {table} SET from_halfyear = 20261 WHERE {which}"),
          ("delete what was used", "DELETE FROM {table} WHERE {which}"),
          ("add one for then", copy("{table}", "{which}", from_halfyear="20252")),
      ]),
]  # fmt: skip
