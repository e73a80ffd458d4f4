"""What an organisation fills in about an offer."""

from typing import Any

from django import forms

from membership.identifiers import validate_without_bsn
from nvsi.errors import NotAllowed

SHORTEST_REASON, LONGEST_REASON = 3, 2_000


class DeclineForm(forms.Form):
    """Why an offer is declined: the bureau reads it, to make a better one."""

    use_required_attribute = False

    reason = forms.CharField(
        label="Waarom wijst u de overeenkomst af?",
        help_text="Het bureau leest dit, en kan een ander aanbod doen.",
        min_length=SHORTEST_REASON,
        max_length=LONGEST_REASON,
        validators=[validate_without_bsn],
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": "Schrijf waarom u de overeenkomst afwijst."},
    )

    def refuse(self, refusal: NotAllowed) -> None:
        """Show a refusal of the verb at its field."""
        field: Any = refusal.field if refusal.field in self.fields else None
        self.add_error(field, str(refusal))
