"""Tell by e-mail that a membership ends, or that somebody asks it to.

An e-mail says what happened, when it ends and where to look; a reason is read in the
portal alone.
"""

from collections.abc import Iterable

from django.conf import settings
from django.urls import reverse
from django.utils import timezone

from membership import emails
from membership.leaving.rules import OF_THE_ASSOCIATION, Ground, appeal_until
from membership.models import (
    Appeal,
    Membership,
    Notice,
    Organisation,
    Person,
    Role,
    SubmittedNotice,
)
from membership.models.dossiers import WORKERS
from nvsi.dutch import day


def notice_was_submitted(submitted: SubmittedNotice) -> None:
    """A receipt to the organisation, and the bureau is asked to look."""
    organisation = submitted.membership.organisation
    sentences = [
        f"Wij hebben de opzegging van het lidmaatschap ontvangen op "
        f"{day(submitted.submitted_on)}, ingediend door {submitted.by.name}.",
        f"De laatste dag van het lidmaatschap is dan {day(submitted.ends_on)}.",
        "Het bureau kijkt de opzegging na en bevestigt haar. De dag waarop u opzegde "
        "blijft staan, ook als dat later is.",
    ]
    page = reverse("leave-receipt", args=[submitted.pk])
    key = f"submitted|{submitted.pk}"
    _tell(key, organisation, "wij hebben uw opzegging ontvangen", sentences, page)
    _tell_bureau(submitted)


def notice_was_turned_back(submitted: SubmittedNotice, by: Person) -> None:
    organisation = submitted.membership.organisation
    sentences = [
        f"{by.name} van het bureau stuurt uw opzegging van "
        f"{day(submitted.submitted_on)} terug. Het lidmaatschap loopt door.",
        "De reden staat in het portaal. Daarna kunt u opnieuw opzeggen.",
    ]
    page = reverse("leave-receipt", args=[submitted.pk])
    key = f"turned back|{submitted.pk}"
    _tell(key, organisation, "uw opzegging komt terug", sentences, page)


def notice_was_given(notice: Notice) -> None:
    """The organisation is told when its membership ends, and what it can still do."""
    row = notice.membership
    _tell(
        f"notice|{notice.pk}",
        row.organisation,
        f"uw organisatie is {_until(notice)} {row.get_kind_display()}",
        list(_of_notice(notice)),
        reverse("membership"),
    )


def appeal_was_decided(appeal: Appeal) -> None:
    row = appeal.notice.membership
    stays = appeal.outcome == Appeal.Outcome.GRANTED
    end = "Het lidmaatschap gaat door." if stays else _ended(row)
    sentences = [f"De algemene ledenvergadering heeft over uw beroep beslist. {end}"]
    page = reverse("membership")
    key = f"appeal|{appeal.pk}"
    _tell(key, row.organisation, "beslissing op uw beroep", sentences, page)


def _until(notice: Notice) -> str:
    return f"tot en met {day(notice.ends_on)}"


def _ended(row: Membership) -> str:
    return f"Het lidmaatschap eindigt op {day(row.ends_on)}." if row.ends_on else ""


def _of_notice(notice: Notice) -> Iterable[str]:
    row = notice.membership
    if notice.ground in OF_THE_ASSOCIATION:
        yield (
            f"Het bestuur van de NVSI heeft besloten dat uw {_noun(row)} eindigt op "
            f"{day(notice.ends_on)}. De reden staat in het portaal."
        )
        until = day(appeal_until(notice.received_on))
        yield f"U kunt in beroep bij de algemene ledenvergadering tot en met {until}."
        if notice.ground == Ground.EXPULSION:
            yield "Tot dan, en zolang een beroep loopt, is uw organisatie geschorst."
        return
    yield (
        f"De opzegging van {day(notice.received_on)} is vastgelegd. Uw {_noun(row)} "
        f"eindigt op {day(notice.ends_on)}."
    )
    yield "Wat nog loopt, eindigt hierdoor niet vanzelf: het bureau neemt contact op."


def _noun(row: Membership) -> str:
    """'lidmaatschap', and of who is none 'aspirant-lidmaatschap' or 'deelname'."""
    nouns = {"lid": "lidmaatschap", "aspirant_lid": "aspirant-lidmaatschap"}
    return nouns.get(row.kind, "deelname")


def _tell(
    key: str, organisation: Organisation, subject: str, sentences: list[str], page: str
) -> None:
    """Who writes to us for the organisation, and who signs for it."""
    today = timezone.localdate()
    roles = organisation.roles.active_on(today).filter(name__in=WORKERS)
    people = Person.objects.filter(is_active=True, pk__in=roles.values("person"))
    emails.queue_all(
        "leaving_told",
        key,
        people,
        organisation=organisation,
        subject=subject,
        sentences=sentences,
        page=f"{settings.SITE_URL}{page}",
    )
    emails.send_soon()


def _tell_bureau(submitted: SubmittedNotice) -> None:
    page = reverse("admin:membership_submittednotice_change", args=[submitted.pk])
    emails.queue_all(
        "leaving_waiting",
        f"{submitted.pk}",
        Person.objects.with_role(Role.Name.BUREAU, on=timezone.localdate()),
        organisation=submitted.membership.organisation,
        received_on=day(submitted.submitted_on),
        ends_on=day(submitted.ends_on),
        page=f"{settings.SITE_URL}{page}",
    )
    emails.send_soon()
