"""What is filled in for an order, in the form of its step."""

from decimal import Decimal
from typing import Any

from instruments.wishes.forms import StepForm, euros, told, written
from membership.admission.step_form import Day
from nvsi.dutch import euro


class GiveForm(StepForm):
    deliver_by = Day("Wanneer moet het klaar zijn?")
    agreed = written(
        "Wat spreekt u af?",
        "Schrijf wat u afspreekt.",
        rows=4,
        help_text="Dit staat in de opdracht: hoe wordt getest, wie helpt mee.",
    )
    field_order = ("deliver_by", "agreed", "words")


class DeliverForm(StepForm):
    delivered_on = Day("Wanneer is het opgeleverd?")
    words = told("Wat is er opgeleverd?", "Schrijf wat er is opgeleverd.")
    field_order = ("delivered_on", "words")


class AcceptForm(StepForm):
    final_amount = euros("Wat kostte het in totaal?")
    from_kas = euros("Hoeveel daarvan betaalt de innovatiekas?")
    field_order = ("final_amount", "from_kas", "words")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        voorstel = self.wens.voorstel
        assert voorstel is not None, "it was ordered"
        ordered = f"De opdracht is {euro(voorstel.amount)}; meer kan het niet zijn."
        self.fields["final_amount"].help_text = ordered
        if voorstel.from_kas:
            promised = f"Gereserveerd is {euro(voorstel.from_kas)}."
            self.fields["from_kas"].help_text = promised
        else:
            del self.fields["from_kas"]

    @property
    def facts(self) -> dict[str, Any]:
        return {"from_kas": Decimal(0), **self.cleaned_data}

    def clean(self) -> dict[str, Any]:
        facts: dict[str, Any] = super().clean() or self.cleaned_data
        total: Decimal | None = facts.get("final_amount")
        kas: Decimal | None = facts.get("from_kas")
        if total is not None and kas is not None and kas > total:
            self.add_error("from_kas", "Dit is meer dan het hele bedrag.")
        return facts
