"""Every gemeente of Nederland with a dossier: the same number of queries as for few."""

import datetime

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from membership.models import Dossier, DossierStep, Membership, Organisation, Person

ALL = 342
PAGES = {
    "/beheer/membership/dossier/bord/": 12,
    "/ledenregister/": 6,
    "/ledenregister/cijfers/": 10,
    "/beheer/membership/reminderrule/gevraagd/": 31,
}
STEPS = ("weighed", "proposed", "drafted", "sent", "heard")


def make_all(by: Person) -> None:
    """Each at another step of the voorhang, and every third one aspirant-lid."""
    gemeenten = Organisation.objects.bulk_create(
        Organisation(
            code=f"GM7{at:03}",
            kind="gemeente",
            name=f"Gemeente {at}",
            short_name=f"Gemeente {at}",
        )
        for at in range(ALL)
    )
    dossiers = Dossier.objects.bulk_create(
        Dossier(
            number_year=2026,
            number_sequence=at + 1,
            organisation=gemeente,
            aim="lid",
            opened_by=by,
        )
        for at, gemeente in enumerate(gemeenten)
    )
    today = timezone.localdate()
    DossierStep.objects.bulk_create(
        DossierStep(
            dossier=dossier,
            kind=kind,
            on=today - datetime.timedelta(days=9 - place),
            until=today if kind == "sent" else None,
            outcome={"weighed": "voorhang", "heard": "none"}.get(kind, ""),
            by=by,
        )
        for at, dossier in enumerate(dossiers)
        for place, kind in enumerate(STEPS[: at % (len(STEPS) + 1)])
    )
    Membership.objects.bulk_create(
        Membership(organisation=gemeente, kind="aspirant_lid", starts_on=today)
        for gemeente in gemeenten[::3]
    )


def test_every_gemeente_has_a_dossier_and_the_pages_ask_no_more_for_it(
    client: Client, bureau: Person
) -> None:
    make_all(bureau)
    client.force_login(bureau)
    for page, most in PAGES.items():
        with CaptureQueriesContext(connection) as asked:
            response = client.get(page)
        assert response.status_code == 200, page
        assert len(asked) <= most, (page, len(asked))
    board = client.get("/beheer/membership/dossier/bord/").text
    assert board.count("Gemeente ") >= ALL
