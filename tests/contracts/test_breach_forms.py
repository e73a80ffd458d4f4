"""What is filled in about a datalek: nothing is lost, and an hour is an hour."""

import datetime
from uuid import uuid4
from zoneinfo import ZoneInfo

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from contracts.admin.breach_verbs import DESCRIBE
from contracts.breaches import recording
from contracts.breaches.moments import Moment
from contracts.breaches.reading import fresh
from contracts.breaches.reporting import Discovery, report
from contracts.models.breaches import Breach
from membership.admin.verbs import verb_url
from membership.models import Email, Organisation, Person
from nvsi.errors import NotAllowed
from tests.contracts.breaches import KNOWN, MAILED, discover

pytestmark = pytest.mark.django_db
HERE = ZoneInfo("Europe/Amsterdam")


@pytest.fixture
def breach(
    heideveld: Organisation, flexensie_nederland: Organisation, backoffice: Person
) -> Breach:
    return discover(backoffice, heideveld, reported_for=flexensie_nederland)


def as_opened(client: Client, url: str) -> dict[str, str]:
    """The form as somebody has it before him."""
    form = client.get(url).context["form"]
    values = {field.name: field.value() for field in form}
    return {name: "" if v is None else f"{v}" for name, v in values.items()}


def test_who_adds_to_a_report_does_not_wipe_what_another_wrote(
    client: Client, breach: Breach, backoffice: Person, bureau: Person
) -> None:
    client.force_login(backoffice)
    url = reverse("breach-more", args=[breach.number])
    opened = as_opened(client, url)
    recording.describe(breach, KNOWN, now=timezone.now(), by=bureau)
    typed = {**opened, "measures": "Het wachtwoord is gewijzigd."}
    page = client.post(url, typed)
    assert page.status_code == 409
    assert "intussen iets toegevoegd door een ander" in page.text
    assert "Het wachtwoord is gewijzigd." in page.text
    assert "<dd>De ontvanger heeft het gewist.</dd>" in page.text
    assert fresh(breach).description.people_count == KNOWN.people_count
    again = {f.name: f"{f.value() or ''}" for f in page.context["form"]}
    assert client.post(url, again).status_code == 302
    known = fresh(breach).description
    assert known.measures == "Het wachtwoord is gewijzigd."
    assert (known.people_count, known.contact) == (KNOWN.people_count, KNOWN.contact)
    nothing = client.post(
        url, {name: v for name, v in again.items() if name != "shown"}
    )
    assert nothing.status_code == 409


def test_the_bureau_does_not_wipe_what_the_uitvoerder_wrote(
    client: Client, breach: Breach, backoffice: Person, bureau: Person
) -> None:
    client.force_login(bureau)
    url = verb_url(breach, DESCRIBE)
    opened = as_opened(client, url)
    seen = fresh(breach).description.pk
    recording.describe(breach, KNOWN, seen=seen, now=timezone.now(), by=backoffice)
    with pytest.raises(NotAllowed, match="intussen iets toegevoegd"):
        recording.describe(breach, KNOWN, seen=seen, now=timezone.now(), by=bureau)
    page = client.post(url, {**opened, "subjects": "medewerkers"})
    assert "intussen iets toegevoegd door een ander" in page.text
    assert "<dd>kandidaten</dd>" in page.text
    again = {f.name: f"{f.value() or ''}" for f in page.context["form"]}
    assert client.post(url, again).status_code == 302
    known = fresh(breach).description
    assert (known.subjects, known.people_count) == ("medewerkers", KNOWN.people_count)


@pytest.mark.parametrize("on", ["2018-01-01T10:00", "2018-05-24T23:59"])
def test_before_the_avg_no_datalek_is_reported(
    client: Client, heideveld: Organisation, lezer: Person, on: str
) -> None:
    client.force_login(lezer)
    said = {"discovered_at": on, "discovered_by": "x", "nature": "sent", "what": "Iets",
            "key": f"{uuid4()}"}  # fmt: skip
    url = reverse("breach-report")
    refused = client.post(url, said)
    assert refused.status_code == 422
    assert "gelden vanaf 25 mei 2018" in refused.text
    done = client.post(url, {**said, "discovered_at": "2018-05-25T00:00"})
    assert done.status_code == 302


@pytest.mark.parametrize(
    ("typed", "hour"),
    [("2025-10-26T01:30", 23), ("2025-10-26T02:30", 0), ("2025-10-26T03:30", 2)],
)
def test_an_hour_that_comes_twice_is_the_first(typed: str, hour: int) -> None:
    at = Moment("Wanneer?").clean(typed)
    assert at is not None
    assert at.astimezone(datetime.UTC).hour == hour


def test_an_hour_that_was_not_there_is_refused_in_words() -> None:
    with pytest.raises(ValidationError, match="bestond die nacht niet"):
        Moment("Wanneer?").clean("2026-03-29T02:30")
    with pytest.raises(ValidationError, match="Schrijf de dag"):
        Moment("Wanneer?").clean("gisteren")


def test_our_limit_is_in_hours_that_pass_also_when_the_clock_changes(
    bureau: Person,
) -> None:
    """From 20:00 on the 24th of October 24 hours pass until 19:00 on the 25th."""
    at = datetime.datetime(2026, 10, 24, 20, tzinfo=HERE)
    now = at.astimezone(datetime.UTC) + datetime.timedelta(minutes=30)
    made = report(
        Discovery(at, "x"), MAILED, reported_for=None, key=uuid4(), now=now, by=bureau
    )
    [email] = Email.objects.filter(event="breach_reported")
    assert "19:00 uur" in email.body
    made.refresh_from_db()
    assert timezone.localtime(made.tell_by).hour == 19
