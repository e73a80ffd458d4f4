"""The buttons of a bank line: say what it is about, or take back a receipt."""

from decimal import Decimal
from typing import Any

from django import forms
from django.db.models import DecimalField, F, Sum, Value
from django.db.models.functions import Coalesce

from billing.models import BankLine, Payment, Settlement
from billing.paying.matching import MATCHERS, match
from billing.paying.receivables import UNDOERS, receivables, undo
from membership.admin.verbs import Done, Sure, Verb
from membership.models import Person
from nvsi.dutch import counted, euro
from nvsi.errors import NotAllowed
from nvsi.money import ZERO

Answers = dict[str, Any]

EUROS = DecimalField(max_digits=12, decimal_places=2)
AMOUNT = F("amount")


class Targets(Sure):
    """One payment or receivable, or several that together are the amount."""

    payments = forms.ModelMultipleChoiceField(
        Payment.objects.none(),
        label="Betalingen",
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text="Kies één betaling, of meer betalingen die samen het bedrag zijn.",
    )
    receipts = forms.ModelMultipleChoiceField(
        Settlement.objects.none(),
        label="Te ontvangen",
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text="Kies waarvoor de gemeente betaalt. Eén post mag ook voor een deel.",
    )

    def about(self, obj: BankLine) -> None:
        """What is not wholly paid; for money that came in, what is owed to us and what
        we paid."""
        paid = Coalesce(Sum("matches__amount"), Value(ZERO), output_field=EUROS)
        rows = Payment.objects.annotate(paid=paid).select_related("organisation")
        rows = rows.filter(paid__gt=0) if obj.amount > 0 else rows.exclude(paid=AMOUNT)
        payments: Any = self.fields["payments"]
        payments.queryset = rows.order_by("-batch_id", "end_to_end_id")
        payments.label_from_instance = _payment_label
        owed = {row.pk: euros for row, euros in receivables()} if obj.amount > 0 else {}
        self._offer_receivables(owed)
        if owed:
            payments.label = "Of betalingen die terugkwamen"
            self.order_fields(["receipts", "payments"])

    def _offer_receivables(self, owed: dict[int, Decimal]) -> None:
        if not owed:
            del self.fields["receipts"]
            return
        field: Any = self.fields["receipts"]
        rows = Settlement.objects.filter(pk__in=owed)
        field.queryset = rows.select_related("organisation", "period__instrument")
        field.label_from_instance = lambda row: (
            f"{row.number}, {row.organisation}, {euro(owed[row.pk])} over {row.period}"
        )

    def clean(self) -> Answers:
        answers: Answers = super().clean() or self.cleaned_data
        if not answers.get("payments") and not answers.get("receipts"):
            raise forms.ValidationError("Kies waar deze bankregel over gaat.")
        return answers


def _payment_label(payment: Any) -> str:
    return f"{payment.end_to_end_id}, {payment.organisation}, {euro(payment.amount)}"


def _match(line: BankLine, answers: Answers, by: Person) -> Done:
    payments, receipts = answers["payments"], answers.get("receipts") or ()
    matches = match(line, [*payments, *receipts], by=by)
    said = [
        counted(len(rows), *words)
        for rows, words in (
            ([m for m in matches if m.payment_id], ("betaling", "betalingen")),
            ([m for m in matches if m.settlement_id], ("afrekening", "afrekeningen")),
        )
        if rows
    ]
    return Done(f"De {line} is gekoppeld aan {' en '.join(said)}.", line)


def _what_matching_does(line: BankLine) -> tuple[str, list[str]]:
    if line.matches.holding().exists():
        raise NotAllowed(f"De {line} is al gekoppeld.")
    direction = "ging eraf" if line.amount < 0 else "kwam erbij"
    later = (
        "Een ontvangst kunt u later ongedaan maken, een betaling niet."
        if line.amount > 0
        else "Dat is niet ongedaan te maken."
    )
    return "", [
        f"{euro(abs(line.amount))} {direction}, bij {line.counterparty_name or '?'}: "
        f"{line.remittance or 'zonder omschrijving'}.",
        f"De koppeling wordt geboekt. {later}",
        "Een afrekening die daarmee helemaal is betaald, komt op betaald te staan.",
    ]


class Reason(Sure):
    reason = forms.CharField(
        label="Waarom klopt de koppeling niet?",
        max_length=200,
        help_text="Dit komt in de geschiedenis te staan.",
    )


def _undo(line: BankLine, answers: Answers, by: Person) -> Done:
    undone = undo(line, reason=answers["reason"], by=by)
    count = counted(len(undone), "koppeling is", "koppelingen zijn")
    return Done(f"{count} ongedaan gemaakt. De {line} wacht weer.", line)


def _what_undoing_does(line: BankLine) -> tuple[str, list[str]]:
    receipts = line.matches.holding().received().select_related("settlement")
    rows = [
        f"{one.settlement}: {euro(-one.amount)} staat weer open." for one in receipts
    ]
    if not rows:
        raise NotAllowed("Alleen een ontvangst kan ongedaan worden gemaakt.")
    return "", [
        *rows,
        "Er komt een tegenboeking. De eerste boeking blijft staan.",
        "De bankregel wacht daarna weer op een koppeling.",
    ]


MATCH = Verb(
    name="match",
    label="Koppelen",
    roles=MATCHERS,
    is_open=lambda line: not line.matches.holding().exists(),
    act=_match,
    shown=_what_matching_does,
    form=Targets,
)
UNDO = Verb(
    name="undo",
    label="Koppeling ongedaan maken",
    roles=UNDOERS,
    is_open=lambda line: line.matches.holding().received().exists(),
    act=_undo,
    shown=_what_undoing_does,
    form=Reason,
)
