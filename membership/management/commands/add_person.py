"""manage.py add_person EMAIL --name NAME --role ROLE [--organisation CODE]."""

from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.utils import timezone

from membership import emails
from membership.models import Email, Role
from membership.people import Added, add_person, organisation_by_code
from nvsi.commands import VerbCommand


class Command(VerbCommand):
    help = "Geeft iemand een rol, en nodigt wie nog niet kan inloggen uit per e-mail."

    def add_arguments(self, parser: ArgumentParser) -> None:
        roles = ", ".join(Role.Name.values)
        parser.add_argument("email", help="het e-mailadres van de persoon")
        parser.add_argument("--name", required=True, help="de naam van de persoon")
        parser.add_argument("--role", required=True, help=f"een van: {roles}")
        parser.add_argument(
            "--organisation",
            metavar="CODE",
            help="de organisatie, bijvoorbeeld GM0014; niet voor bureau, "
            "penningmeester en bestuur",
        )

    def perform(self, options: dict[str, Any]) -> None:
        code = options["organisation"]
        added = add_person(
            options["email"],
            name=options["name"],
            role=options["role"],
            organisation=None if code is None else organisation_by_code(code),
            today=timezone.localdate(),
            by=None,
        )
        if added.invitation and settings.CELERY_TASK_ALWAYS_EAGER:
            emails.send_waiting()  # there is no worker to do it
            added.invitation.refresh_from_db()
        self.stdout.write(_summary(added))


def _summary(added: Added) -> str:
    person = added.role.person
    verb = "is nu" if added.is_new else "was al"
    said = [f"{person.name} ({person.email}) {verb} {added.role}".rstrip(".") + "."]
    if added.invitation:
        said.append(f"De uitnodiging {_sending(added.invitation)}.")
    elif not added.is_new:
        said.append("Er is niets gewijzigd.")
    return " ".join(said)


def _sending(email: Email) -> str:
    if email.state == Email.State.SENT:
        return "is verzonden"
    if email.error:
        return f"kon niet worden verzonden ({email.error})"
    if settings.CELERY_TASK_ALWAYS_EAGER:
        return "kon nog niet worden verzonden: de mailserver is niet bereikbaar"
    return "wordt verzonden"
