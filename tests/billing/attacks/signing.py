"""Attacks on what was signed: in the portal, on paper, and under seal."""

from tests.billing.attacks.sql import Attack, copy, update

G, C, E = "contracts_signature", "contracts_scan", "contracts_sealeddocument"


def sign(**changes: str) -> str:
    """As the organisation did, under the offer that waits for the NVSI."""
    return copy(G, "id = %(signature)s", **changes)


def sign_for_us(**changes: str) -> str:
    ours = {"party": "'nvsi'", "person_id": "%(bestuur)s", "name": "'Bestuur'"}
    return sign(**{**ours, **changes})


ANOTHER_PARTY = sign_for_us()

SIGNING = [
    Attack("a_party_signs_an_offer_once", "sign again", sign(person_id="%(bureau)s")),
    Attack("nobody_signs_for_both_parties", "with one account", sign(party="'nvsi'")),
    *(Attack("a_signature_has_a_second_factor_or_a_scan", tries, sign_for_us(**changes))
      for tries, changes in [
          ("without a second factor", {"second_factor": "''"}),
          ("by nobody", {"person_id": "NULL"}),
          ("with a password", {"second_factor": "'password'"}),
          ("on paper without a scan", {"how": "'paper'"}),
      ]),
    *(Attack("a_signature_says_who_and_on_what_ground", f"no {field}",
             sign_for_us(**{field: "''"}))
      for field in ("name", "function", "ground")),
    *(Attack("a_signature_fits_its_offer", tries, sql, says)
      for tries, sql, says in [
          ("another document", sign_for_us(document_sha256=f"'{'0' * 64}'"),
           "een ander document"),
          ("before the other party", sign_for_us(offer_id="%(offer_open)s"),
           "Eerst tekent"),
          ("what was concluded", sign(offer_id="%(offer_sealed)s"),
           "wacht niet op een handtekening"),
          ("on a paper that nobody compared",
           sign(offer_id="%(offer_open)s", scan_id="%(scan)s", how="'paper'",
                second_factor="''", second_factor_at="NULL"),
           "niet vergeleken"),
      ]),
    Attack("a_party_has_one_scan_that_counts", "another",
           copy(C, "id = %(scan)s")),
    Attack("who_uploads_a_scan_does_not_compare_it", "alone",
           update(C, "scan", "status = 'confirmed', decided_by_id = by_id")),
    Attack("a_scan_is_turned_back_with_a_reason", "without a word",
           update(C, "scan", "status = 'turned_back', decided_by_id = %(bestuur)s")),
    Attack("a_scan_is_only_decided_on", "another file",
           update(C, "scan", "file_name = 'x.pdf'"), "eenmaal beslist"),
    Attack("what_is_sealed_was_signed_by_both", "half of it",
           copy(E, "id = %(sealed)s", offer_id="%(offer_half)s", sha256="'1'"),
           "beide partijen"),
]  # fmt: skip
