"""The buttons of a person: invite once more, another address, a lost second factor."""

from typing import Any

from django import forms
from django.utils.html import format_html

from membership import emails, second_factor
from membership.admin.verbs import Done, Sure, Verb
from membership.colleagues.addresses import change_address
from membership.invitations import LIFETIME, invite_again
from membership.models import Person, Role


def _invite(person: Person, _answers: object, by: Person) -> Done:
    invite_again(person, by=by)
    emails.send_soon()
    return Done(f"De uitnodiging gaat naar {person.email}.", person)


def _forget(person: Person, _answers: object, by: Person) -> Done:
    second_factor.forget(person, by=by)
    return Done(f"De tweede stap van {person} is gewist.", person)


INVITE = Verb(
    name="invite",
    label="Opnieuw uitnodigen",
    roles=Role.OF_THE_ASSOCIATION,
    is_open=lambda person: (
        person.is_active
        and not person.has_usable_password()
        and person.last_login is None
    ),
    act=_invite,
    shown=lambda person: (
        format_html("<p>Aan {}.</p>", person.email),
        [
            "De persoon krijgt een e-mail met een persoonlijke link. Daarmee kiest hij "
            f"een wachtwoord; de link werkt {LIFETIME.days} dagen.",
            "Een eerdere link die nog werkt, blijft werken; dan gaat er geen nieuwe.",
        ],
    ),
)
FORGET = Verb(
    name="forget",
    label="Tweede stap wissen",
    roles=Role.OF_THE_ASSOCIATION,
    is_open=second_factor.has_one,
    act=_forget,
    shown=lambda person: (
        "",
        [
            f"De app, de passkeys en de herstelcodes van {person} werken niet meer.",
            "Bij de volgende keer inloggen kiest hij een nieuwe tweede stap. Het "
            "wachtwoord blijft nodig.",
            "Doe dit alleen als u zeker weet dat het verzoek van de persoon zelf komt.",
        ],
    ),
)


class AddressForm(Sure):
    email = forms.EmailField(
        label="Nieuw e-mailadres",
        max_length=254,
        error_messages={
            "required": "Vul het nieuwe e-mailadres in.",
            "invalid": "Dit is geen e-mailadres. Controleer het.",
        },
    )


def _change_address(person: Person, answers: dict[str, Any], by: Person) -> Done:
    changed = change_address(person, **answers, by=by)
    return Done(f"{changed} logt nu in met {changed.email}.", changed)


CHANGE_ADDRESS = Verb(
    name="address",
    label="E-mailadres wijzigen",
    roles=Role.OF_THE_ASSOCIATION,
    is_open=lambda person: person.is_active,
    act=_change_address,
    form=AddressForm,
    shown=lambda person: (
        format_html("<p>Nu: {}.</p>", person.email),
        [
            f"{person} logt daarna in met het nieuwe adres. Wachtwoord en tweede stap "
            "blijven.",
            "Het oude en het nieuwe adres krijgen een e-mail.",
            "Bel eerst met de persoon, op een nummer dat u al kende: wie dit adres "
            "heeft, kan een nieuw wachtwoord aanvragen.",
        ],
    ),
)
