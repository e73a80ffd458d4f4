"""Attacks on what follows a settlement: books, statements, payments, the bank."""

from tests.billing.attacks.settlements import of
from tests.billing.attacks.sql import NEW, Attack, copy


def add_entry(number: str = "last.number + 1", previous: str = "last.sha256") -> str:
    """An entry at the end of the chain, unless something of it is changed."""
    return (
        "INSERT INTO billing_entry (id, number, booked_on, description, "
        f"previous_sha256, sha256) SELECT {NEW}, {number}, '2026-07-15', 'proef', "
        f"{previous}, repeat('a', 64) FROM billing_entry last "
        "ORDER BY last.number DESC LIMIT 1;"
    )


def add_postings(*sides: tuple[str, str], entry: str = NEW) -> str:
    values = ", ".join(
        f"({entry}, (SELECT id FROM billing_account WHERE code = '1000'), {d}, {c})"
        for d, c in sides
    )
    return (
        "INSERT INTO billing_posting (entry_id, account_id, debit, credit) "
        f"VALUES {values};"
    )


OLD_ENTRY = "(SELECT id FROM billing_entry WHERE number = 1)"

BOOKS = [
    *(Attack("entries_are_balanced", tries, add_entry() + add_postings(*sides),
             "debet is credit")
      for tries, sides in [
          ("book one side", [("1", "0")]),
          ("book a cent more", [("1", "0"), ("0", "1.01")]),
      ]),
    Attack("entries_are_balanced", "add to an old entry, in balance",
           add_postings(("1", "0"), ("0", "1"), entry=OLD_ENTRY),
           "komt later niets bij"),
    Attack("entries_are_chained", "skip a number", add_entry("last.number + 2"),
           "sluiten op elkaar aan"),
    Attack("entries_are_chained", "forget the link",
           add_entry(previous="repeat('0', 64)"), "sluiten op elkaar aan"),
    Attack("entries_are_chained", "link to another",
           add_entry(previous="(SELECT sha256 FROM billing_entry WHERE number = 1)"),
           "sluiten op elkaar aan"),
    Attack("an_entry_has_postings", "book nothing", add_entry(),
           "heeft boekingsregels"),
    Attack("billing_entry_number_key", "number it twice", add_entry("last.number")),
    Attack("billing_entry_settlement_id_key", "book a settlement twice",
           copy("billing_entry", "number = 1", number="(SELECT max(number) + 1 FROM "
                "billing_entry)", sha256="'x'")),
    *(Attack("a_posting_is_debit_or_credit", tries,
             add_entry() + add_postings((debit, credit)))
      for tries, debit, credit in [("book both sides at once", "1", "1"),
                                   ("book nothing", "0", "0"),
                                   ("book below zero", "-1", "0")]),
]  # fmt: skip

D = "billing_statement"
PAPER = "a_statement_does_not_change"
MADE = (
    f"UPDATE {D} SET state = 'done', json = '\\x00', pdf = '\\x00', xlsx = '\\x00' "
    f"WHERE {of('settlement_4')}"
)

STATEMENTS = [
    Attack(PAPER, tries, f"UPDATE {D} SET {changes} WHERE {of(row)}",
           "document verandert niet meer")
    for tries, row, changes in [
        ("change the PDF", "settlement_1", "pdf = '\\x00'"),
        ("change the heading", "settlement_1", "heading = '{}'"),
        ("say that it failed", "settlement_1", "state = 'failed'"),
        ("make it once more", "settlement_1", "state = 'queued'"),
        ("change the heading before it is made", "settlement_4", "heading = '{}'"),
        ("give it to another", "settlement_4", "settlement_id = %(draft)s"),
    ]
] + [
    Attack(PAPER, "the paper of a draft",
           copy(D, of("settlement_4"), settlement_id="%(draft)s"),
           "hoort bij een vastgestelde afrekening"),
    *(Attack("a_statement_that_is_done_has_its_files", f"done without {missing}",
             MADE.replace(f", {missing} = '\\x00'", ""))
      for missing in ("json", "pdf", "xlsx")),
]  # fmt: skip

P = "billing_payment"
OWED = "payments_are_owed"
FIRST = "end_to_end_id = '2026-0001'"


def order(by: str = "bestuur", amount: str = "1", **changes: str) -> str:
    """A second file for 2025-H2 with one payment of a euro, to the uitvoerder."""
    batch = copy(
        "billing_paymentbatch", "true", sequence="2", message_id="'X'", total=amount,
        payments_count="1", exported_by_id=f"%({by})s",
    )  # fmt: skip
    payment = {"batch_id": NEW, "end_to_end_id": "'X'", "amount": amount, **changes}
    return batch + copy(P, FIRST, **payment)


def pay_an_order(amount: str = "5", **changes: str) -> str:
    """What the kas spent on an order, to the uitvoerder to which it is owed."""
    owed = (
        "(SELECT p.organisation_id FROM billing_posting p JOIN billing_account a "
        "ON a.id = p.account_id WHERE a.code = '1630')"
    )
    spent = "(SELECT id FROM billing_kasmovement WHERE kind = 'spend')"
    payment = {"settlement_id": "NULL", "movement_id": spent, "organisation_id": owed}
    return order(**{"amount": amount, **payment, **changes})


A_PAID_ORDER = pay_an_order()

CHANGE_IBAN = (
    "INSERT INTO membership_historyevent (at, by_id, action, subject_type, subject_id, "
    "subject, facts) VALUES (now(), %(bestuur)s, 'iban changed', "
    "'membership.organisation', %(heideveld)s, 'Heideveld', '{}');"
)

PAYMENTS = [
    Attack(OWED, "pay what you approved", order(by="penningmeester"),
           "betaalt haar niet uit"),
    Attack(OWED, "pay to the account that you made up", CHANGE_IBAN
           + order(iban="'NL20INGB0001234567'"), "betaalt er niet als eerste naar"),
    Attack(OWED, "pay more than is owed", CHANGE_IBAN + order(),
           "niet meer betaald dan is vastgesteld"),
    Attack(OWED, "pay a draft", order(settlement_id="%(draft)s"),
           "hoort bij een vastgestelde afrekening"),
    Attack(OWED, "pay another holder", order(organisation_id="%(rijkhoven)s"),
           "hoort bij een vastgestelde afrekening"),
    Attack(OWED, "pay more for an order than was spent", pay_an_order("5.01"),
           "wat de innovatiekas besteedde"),
    Attack(OWED, "pay another for an order",
           pay_an_order(organisation_id="%(rijkhoven)s"),
           "wat de innovatiekas besteedde"),
    Attack(OWED, "pay for what is only promised", pay_an_order(
        movement_id="(SELECT min(id) FROM billing_kasmovement WHERE kind = 'reserve')"
    ), "wat de innovatiekas besteedde"),
    Attack(OWED, "pay for what you accepted", pay_an_order(by="bureau"),
           "Wie een opdracht aanvaardde"),
    Attack("a_payment_is_for_one_thing", "pay twice at once",
           pay_an_order(settlement_id="%(settlement_1)s")),
    Attack("a_payment_is_above_zero", "pay nothing", order(amount="0")),
    Attack("a_batch_is_the_sum_of_its_payments", "an empty file",
           order().split(";")[0], "de som van zijn betalingen"),
    Attack("a_payment_fits_its_batch", "add to a file that was given out",
           "ALTER TABLE billing_payment DISABLE TRIGGER payments_are_owed;"
           + copy(P, FIRST, end_to_end_id="'X'"), "de som van zijn betalingen"),
    Attack("a_payment_batch_has_its_own_number", "number a file twice",
           copy("billing_paymentbatch", "true", message_id="'X'")),
]  # fmt: skip

B, M = "billing_bankline", "billing_match"
SOME_ENTRY = "(SELECT min(id) FROM billing_entry)"

BANK = [
    Attack("a_bank_statement_is_read_once", "read it twice",
           copy("billing_bankstatement", "true")),
    Attack("a_bank_line_is_stored_once", "store a line twice", copy(B, "true")),
    Attack("a_bank_line_moves_money", "a line of nothing",
           copy(B, "true", reference="'X'", amount="0")),
    Attack("a_bank_line_pays_a_payment_once", "match it twice",
           copy(M, "true", entry_id="(SELECT min(id) FROM billing_entry)")),
    Attack("a_match_moves_money", "match nothing",
           copy(M, "true", amount="0", entry_id="(SELECT min(id) FROM billing_entry)")),
    Attack("matches_fit", "pay a payment twice",
           copy(B, "true", reference="'X'")
           + copy(M, "true", line_id=NEW,
                  entry_id="(SELECT min(id) FROM billing_entry)"),
           "niet meer betaald dan het bedrag"),
    Attack("matches_fit", "match half a line",
           copy(B, "true", reference="'X'", amount="-2")
           + copy(M, "true", line_id=NEW, amount="1",
                  payment_id=f"(SELECT id FROM {P} WHERE end_to_end_id = '2026-0002')",
                  entry_id="(SELECT min(id) FROM billing_entry)"),
           "wordt in zijn geheel gekoppeld"),
    *(Attack("a_match_is_of_a_payment_or_a_receipt", tries,
             copy(M, "true", entry_id=SOME_ENTRY, **changes))
      for tries, changes in [
          ("of nothing", {"payment_id": "NULL"}),
          ("of both", {"settlement_id": "%(settlement_2)s"}),
          ("receive what left", {"payment_id": "NULL",
                                 "settlement_id": "%(settlement_2)s"}),
          ("undo a payment", {"undoes_id": "r.id"}),
      ]),
    Attack("matches_fit", "receive what is not owed",
           copy(B, "true", reference="'X'", amount="1")
           + copy(M, "true", line_id=NEW, payment_id="NULL", amount="-1",
                  settlement_id="%(settlement_2)s", entry_id=SOME_ENTRY),
           "niet meer ontvangen dan is vastgesteld"),
    Attack("matches_fit", "undo what was no receipt",
           copy(M, "true", payment_id="NULL", undoes_id="r.id", amount="1",
                settlement_id="%(settlement_2)s", entry_id=SOME_ENTRY),
           "is haar tegendeel"),
    Attack("matches_fit", "bring back what is paid",
           copy(B, "true", reference="'X'", amount="-r.amount")
           + copy(M, "true", line_id=NEW, amount="-r.amount",
                  entry_id="(SELECT min(id) FROM billing_entry)"),
           "Van een betaalde afrekening komt niets terug"),
]  # fmt: skip
