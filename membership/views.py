"""Pages about people: how somebody comes in for the first time."""

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.forms import SetPasswordForm
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render, resolve_url
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from membership.invitations import LIFETIME, choose_password, invited_person

GONE = 410


@sensitive_post_parameters()
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def invitation(request: HttpRequest, uidb64: str, token: str) -> HttpResponse:
    """Choose a password; whoever has the link of the invitation may."""
    person = invited_person(uidb64, token)
    if person is None:
        context = {
            "days": LIFETIME.days,
            "login_url": resolve_url(settings.LOGIN_URL),
            "nvsi_email": settings.NVSI_EMAIL,
        }
        return render(
            request, "membership/invitation_expired.html", context, status=GONE
        )
    form = SetPasswordForm(person, request.POST if request.method == "POST" else None)
    if form.is_valid():
        choose_password(person, form.cleaned_data["new_password1"])
        messages.success(request, "Uw wachtwoord is opgeslagen. U kunt nu inloggen.")
        return redirect(settings.LOGIN_URL)
    context = {"form": form, "person": person}
    return render(request, "membership/invitation_form.html", context)
