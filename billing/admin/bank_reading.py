"""The page on which a bank statement is read in: a file, and what came of it."""

from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse

from billing.models import BankLine
from billing.paying.bank import Matched, read_bank_statement
from billing.paying.matching import MATCHERS
from membership.admin.recorded import acting
from nvsi.admin.columns import list_url
from nvsi.dutch import counted
from nvsi.errors import NotAllowed

MOST_BYTES = 20 * 1024 * 1024


class StatementFile(forms.Form):
    """A camt.053 file; what is in it is judged by the verb."""

    file = forms.FileField(
        label="Bankafschrift (camt.053, XML)",
        help_text="Zoals de bank het geeft. Twee keer inlezen kan geen kwaad.",
        widget=forms.ClearableFileInput(attrs={"accept": ".xml,application/xml"}),
    )

    def clean_file(self) -> Any:
        file = self.cleaned_data["file"]
        if file.size > MOST_BYTES:
            raise forms.ValidationError(
                "Dit bestand is groter dan 20 MB. Dat is geen bankafschrift van één "
                "dag; vraag de bank om kleinere bestanden."
            )
        return file


def read_view(request: HttpRequest, context: dict[str, Any]) -> HttpResponse:
    """Ask for a file, read it, and go on with what waits for a person."""
    by = acting(request)
    if not by.has_role(*MATCHERS):
        raise PermissionDenied
    form = StatementFile(label_suffix="")
    if request.method == "POST":
        form = StatementFile(request.POST, request.FILES, label_suffix="")
    if form.is_valid():
        try:
            outcome = read_bank_statement(form.cleaned_data["file"].read(), by=by)
        except NotAllowed as refusal:
            form.add_error("file", str(refusal))
        else:
            messages.success(request, said(outcome))
            waiting = {"gekoppeld": "nee"} if outcome.unmatched else {}
            return redirect(list_url(BankLine, **waiting))
    context |= {"title": "Bankafschrift inlezen", "form": form}
    return TemplateResponse(request, "admin/billing/read.html", context)


def said(outcome: Matched) -> str:
    """What a file came to, for people."""
    new = counted(outcome.stored, "nieuwe regel", "nieuwe regels")
    parts = [f"{new}, {outcome.matched} gekoppeld"]
    if outcome.known:
        parts.append(f"{outcome.known} al bekend")
    if outcome.unmatched:
        parts.append(f"{outcome.unmatched} om zelf te bekijken")
    if outcome.returned:
        parts.append(f"teruggekomen: {', '.join(outcome.returned)}")
    return f"Het bankafschrift is ingelezen: {'; '.join(parts)}."
