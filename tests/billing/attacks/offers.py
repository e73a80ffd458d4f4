"""Attacks on offers, and on what stops an agreement."""

from tests.billing.attacks.sql import Attack, copy, update

OFFER, G = "contracts_offer", "contracts_offeredgemeente"
N, P = "contracts_agreementnotice", "contracts_pause"
U, E = "contracts_uitvoeringsovereenkomst", "contracts_existingagreement"
STANDS = "Een aanbod dat is gedaan, verandert niet meer"
BY = "{0}_at = now(), {0}_by_id = %(bureau)s"
A_USE = "(SELECT max(id) FROM contracts_gebruiksovereenkomst)"
AN_AVG = "(SELECT max(id) FROM contracts_verwerkersovereenkomst)"
CONCLUDED = f"concluded_at = now(), verwerkersovereenkomst_id = {AN_AVG}"
MADE = "an_offer_that_was_made_stands"
FREE_AVG = "(SELECT min(id) FROM contracts_verwerkersovereenkomst)"

ON_DRAFTS = [
    Attack(guard, tries, update(OFFER, "offer_draft", changes))
    for guard, tries, changes in [
        ("an_offer_ends_after_it_starts", "end before", "ends_on = '2020-01-01'"),
        ("an_offer_of_use_names_its_instrument", "of none", "instrument_id = NULL"),
        ("an_offer_of_use_names_its_price", "for nothing", "vergoeding_pct = NULL"),
        ("an_offer_of_use_names_its_price", "for 101%", "vergoeding_pct = 101"),
        ("an_offer_that_was_made_has_its_document_and_term", "make it without",
         BY.format("offered")),
        ("an_offer_is_declined_by_somebody_with_a_reason", "without a reason",
         BY.format("declined")),
        ("an_offer_is_withdrawn_by_somebody_with_a_reason", "without a reason",
         BY.format("withdrawn")),
        ("a_change_names_the_agreement_that_goes_on", "of none", "why = 'change'"),
        ("a_change_names_the_agreement_that_goes_on", "a new one of one",
         f"gebruiksovereenkomst_id = {A_USE}"),
        ("an_own_model_names_its_version", "of use", "own_model = true"),
    ]
]  # fmt: skip

ON_OFFERS = [
    Attack(guard, tries, update(OFFER, "offer_waits", changes))
    for guard, tries, changes in [
        ("an_offer_ends_in_one_way", "declined and lapsed",
         f"{BY.format('declined')}, lapsed_at = now(), reason = 'Te duur.'"),
        ("an_offer_ends_in_one_way", "lapsed and concluded",
         f"lapsed_at = now(), {CONCLUDED}"),
        ("a_concluded_offer_became_an_agreement", "of none", "concluded_at = now()"),
        ("an_offer_becomes_an_agreement_of_its_kind", "of another kind",
         f"{CONCLUDED}, gebruiksovereenkomst_id = {A_USE}"),
    ]
]  # fmt: skip

OFFERS = [
    *ON_DRAFTS,
    *ON_OFFERS,
    Attack("an_organisation_has_one_running_offer_of_a_kind", "a second draft",
           copy(OFFER, "id = %(offer_draft)s", reference="'OVK-2026-9999'")),
    *(Attack(MADE, tries, update(OFFER, row, changes), STANDS)
      for tries, row, changes in [
          ("say another thing", "offer_waits", "product = 'Iets anders'"),
          ("another document", "offer_waits", "document = 'x'"),
          ("decline it again", "offer_declined", "reason = 'Toch niet.'"),
          ("end what was concluded", "offer_concluded", "concluded_at = NULL"),
      ]),
    Attack("a_gemeente_stands_once_in_an_offer", "twice",
           copy(G, "offer_id = %(offer_draft)s")),
    Attack("gemeenten_of_an_offer_stand", "one more in an offer",
           copy(G, "offer_id = %(offer_draft)s", offer_id="%(offer_waits)s"), STANDS),
    *(Attack(guard, tries, copy(N, "id = %(agreement_notice)s", **changes))
      for guard, tries, changes in [
          ("a_notice_is_of_one_agreement", "of none",
           {"verwerkersovereenkomst_id": "NULL"}),
          ("a_notice_is_of_one_agreement", "of two",
           {"gebruiksovereenkomst_id": A_USE}),
          ("an_agreement_ends_after_its_notice", "before",
           {"verwerkersovereenkomst_id": FREE_AVG, "ends_on": "'2020-01-01'"}),
          ("the_nvsi_gives_notice_with_a_reason", "without one",
           {"verwerkersovereenkomst_id": FREE_AVG, "given_by": "'nvsi'"}),
      ]),
    Attack("a_pause_ends_after_it_starts", "end before",
           update(P, "pause", "ends_on = '2020-01-01'")),
    Attack("an_agreement_is_paused_once_at_a_time", "twice",
           copy(P, "id = %(pause)s")),
    Attack("an_uitvoeringsovereenkomst_ends_after_it_starts", "end before",
           update(U, "uitvoering", "ends_on = '2020-01-01'")),
    Attack("an_existing_agreement_stands_once", "twice",
           copy(E, "id = %(existing)s")),
    Attack("the_vergoeding_of_an_existing_one_is_a_percentage", "ask 101%",
           update(E, "existing", "vergoeding_pct = 101")),
    Attack("an_instrument_has_one_uitvoeringsovereenkomst", "two on a day",
           copy(U, "id = %(uitvoering)s")),
]  # fmt: skip
