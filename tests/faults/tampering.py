"""What somebody could do to the books behind the triggers, and what is said of it."""

from dataclasses import dataclass

# What is tampered with: 2026-0004 is the settlement of GM9103, and entry 4 its entry.
WHERE = {
    "settlement": "number_sequence = 4",
    "part": "settlement_id = (SELECT id FROM billing_settlement WHERE {settlement})",
    "entry": "number = 4",
    "posting": "entry_id = (SELECT id FROM billing_entry WHERE {entry})",
    "line": "regel_id = 'R-GM9103-2'",
    "bank": "end_to_end_id = '2026-0004'",
    "unpaid": "number_sequence = 5",
    "reversed": "number_sequence = 20",
    "terms": "agreement_id = (SELECT g.id FROM contracts_gebruiksovereenkomst g "
    "JOIN membership_organisation o ON o.id = g.organisation_id "
    "WHERE o.code = 'GM9103')",
    "gemeenten": "account_id = (SELECT id FROM billing_account WHERE code = '1610')",
    "uitvoerder": "account_id = (SELECT id FROM billing_account WHERE code = '1620')",
}


@dataclass(frozen=True)
class Tampering:
    """What somebody did, and the words that must be in what is found."""

    name: str
    statements: tuple[str, ...]
    words: tuple[str, ...]

    @property
    def sql(self) -> list[str]:
        """The statements with the places filled in, twice since places have places."""
        return [one.format(**WHERE).format(**WHERE) for one in self.statements]


CENT = "premies = premies - 0.01, uitkering_gemeente = uitkering_gemeente + 0.01"
MORE_HOURS = (
    "uren = uren + 1, omzet = round((uren + 1) * tarief, 2), "
    "premie = round((uren + 1) * premie_per_uur, 2)"
)
OTHER_LINE = "replace(encode(json, 'escape'), 'GM9103-2', 'GM9103-9')::bytea"
OTHER_BYTE = "set_byte(pdf, 2000, (get_byte(pdf, 2000) + 1) % 256)"
OTHER_BANK = "replace(encode(xml, 'escape'), 'NL', 'BE')::bytea"
BATCH = "NVSI-FLEXENSIE-2026-H1-1"
BANK = "Bankafschrift 2026-07-16"

TAMPERINGS = [
    Tampering(
        "a cent of a settlement line",
        (f"UPDATE billing_settlementline SET {CENT} WHERE {{part}}",),
        ("2026-H1", "GM9103", "2026-0004", "premies", "uitkering_gemeente"),
    ),
    Tampering(
        "a cent of a settlement and of its line",
        (
            f"UPDATE billing_settlementline SET {CENT} WHERE {{part}}",
            f"UPDATE billing_settlement SET {CENT} WHERE {{settlement}}",
        ),
        ("2026-H1", "GM9103", "2026-0004", "premies", "Boekstuk 4"),
    ),
    Tampering(
        "a settlement line is gone",
        ("DELETE FROM billing_settlementline WHERE {part}",),
        ("2026-H1", "2026-0004"),
    ),
    Tampering(
        "a settlement is gone",
        (
            "DELETE FROM billing_settlementline WHERE {part}",
            "DELETE FROM billing_settlement WHERE {settlement}",
        ),
        ("2026", "Boekstuk 4"),
    ),
    Tampering(
        "a posting on another account",
        (
            "UPDATE billing_posting SET account_id = b.id FROM billing_account b "
            "WHERE b.code = '1620' AND {posting} AND {gemeenten}",
        ),
        ("Boekstuk 4", "2026-0004"),
    ),
    Tampering(
        "two postings with another amount",
        (
            "UPDATE billing_posting SET credit = credit + 0.01 "
            "WHERE {posting} AND {gemeenten}",
            "UPDATE billing_posting SET credit = credit - 0.01 "
            "WHERE {posting} AND {uitvoerder}",
        ),
        ("Boekstuk 4", "2026-0004"),
    ),
    Tampering(
        "a posting is gone",
        ("DELETE FROM billing_posting WHERE {posting} AND {gemeenten}",),
        ("Boekstuk 4", "niet in balans"),
    ),
    Tampering(
        "an entry is gone",
        (
            "DELETE FROM billing_posting WHERE {posting}",
            "DELETE FROM billing_entry WHERE {entry}",
        ),
        ("2026-0004", "Boekstuk 5"),
    ),
    Tampering(
        "an entry has another date",
        ("UPDATE billing_entry SET booked_on = booked_on - 1 WHERE {entry}",),
        ("Boekstuk 4", "keten"),
    ),
    Tampering(
        "a byte of a PDF",
        (f"UPDATE billing_statement SET pdf = {OTHER_BYTE} WHERE {{part}}",),
        ("2026-H1 2026-0004", "PDF"),
    ),
    Tampering(
        "a statement and its check sum",
        (
            f"UPDATE billing_statement SET json = {OTHER_LINE} WHERE {{part}}",
            "UPDATE billing_statement SET json_sha256 = encode(sha256(json), 'hex')",
        ),
        ("2026-H1 2026-0004", "regel R-GM9103-9"),
    ),
    Tampering(
        "a statement is gone",
        ("DELETE FROM billing_statement WHERE {part}",),
        ("2026-0004",),
    ),
    Tampering(
        "an hour line is gone",
        ("DELETE FROM billing_line WHERE {line}",),
        ("2026-H1", "GM9103", "2026-0004", "uren.csv"),
    ),
    Tampering(
        "an hour line has other hours",
        (f"UPDATE billing_line SET {MORE_HOURS} WHERE {{line}}",),
        ("2026-H1", "GM9103", "2026-0004", "R-GM9103-2", "uren.csv"),
    ),
    Tampering(
        "the price of an agreement",
        ("UPDATE contracts_terms SET vergoeding_pct = 29 WHERE {terms}",),
        ("2026-H1", "GM9103", "vergoeding"),
    ),
    Tampering(
        "the contribution",
        ("UPDATE instruments_contributionrate SET gemeente_pct = 0.99",),
        ("2026-H1", "GM9103", "afdracht_gemeente"),
    ),
    Tampering(
        "the amount of a payment",
        ("UPDATE billing_payment SET amount = amount + 1 WHERE {part}",),
        (BATCH,),
    ),
    Tampering(
        "the account of a payment",
        ("UPDATE billing_payment SET iban = 'NL91ABNA0417164300' WHERE {part}",),
        (BATCH,),
    ),
    Tampering(
        "a payment file and its check sum",
        (
            f"UPDATE billing_paymentbatch SET xml = {OTHER_BANK}",
            "UPDATE billing_paymentbatch SET sha256 = encode(sha256(xml), 'hex')",
        ),
        (BATCH,),
    ),
    Tampering(
        "a cent of a payment file",
        ("UPDATE billing_paymentbatch SET total = total + 0.01",),
        (BATCH,),
    ),
    Tampering(
        "a cent of a delivery",
        ("UPDATE billing_import SET omzet = omzet + 0.01",),
        ("Aanlevering", "uren.csv", "omzet"),
    ),
    Tampering(
        "a half-year is open again",
        ("UPDATE billing_period SET closed_at = NULL",),
        ("2026-H1", "niet gesloten"),
    ),
    Tampering(
        "a run is a draft again",
        (
            "UPDATE billing_settlementrun SET status = 'draft', approved_by_id = NULL, "
            "approved_at = NULL",
        ),
        ("2026-H1", "niet vastgesteld"),
    ),
    Tampering(
        "the fingerprint of a run",
        ("UPDATE billing_settlementrun SET fingerprint = repeat('0', 64)",),
        ("2026-H1", "vingerafdruk"),
    ),
    Tampering(
        "what was reversed holds again",
        ("UPDATE billing_settlement SET status = 'approved' WHERE {reversed}",),
        ("2026-0021", "2026-0020"),
    ),
    Tampering(
        "what was not paid is paid",
        ("UPDATE billing_settlement SET status = 'paid' WHERE {unpaid}",),
        ("Afrekening 2026-0005 staat op betaald",),
    ),
    Tampering(
        "an account has another number",
        ("UPDATE billing_account SET code = '1699' WHERE code = '1620'",),
        ("Boekstuk 1:", "keten"),
    ),
    Tampering(
        "a cent of what the bank said",
        ("UPDATE billing_bankline SET amount = amount - 0.01 WHERE {bank}",),
        (BANK, "Bankregel"),
    ),
    Tampering(
        "a cent of the balance at the bank",
        ("UPDATE billing_bankstatement SET closing = closing + 0.01",),
        (BANK,),
    ),
    Tampering(
        "a line of the bank is gone",
        (
            "DELETE FROM billing_match WHERE line_id = "
            "(SELECT id FROM billing_bankline WHERE {bank})",
            "DELETE FROM billing_bankline WHERE {bank}",
        ),
        (BANK, "Afrekening 2026-0004 staat op betaald"),
    ),
    Tampering(
        "a cent of a match",
        (
            "UPDATE billing_match SET amount = amount - 0.01 WHERE line_id = "
            "(SELECT id FROM billing_bankline WHERE {bank})",
        ),
        ("maar voor een deel gekoppeld", "iets anders geboekt", "2026-0004"),
    ),
    Tampering(
        "a cent of a movement of the kas",
        ("UPDATE billing_kasmovement SET amount = amount + 0.01",),
        ("Innovatiekas", "is anders geboekt dan", "besloten is"),
    ),
    Tampering(
        "a dotatie with another amount",
        ("UPDATE billing_kasdotatie SET amount = amount + 0.01",),
        ("Innovatiekas", "besloten is"),
    ),
    Tampering(
        "a share of the kas that held before",
        ("UPDATE billing_kasshare SET from_halfyear = 20261",),
        ("Innovatiekas", "2026-H1", "hoort"),
    ),
]
