"""The first steps: who takes part, on which terms, and who works with the portal."""

import datetime
from collections.abc import Iterator
from decimal import Decimal

from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from allauth.mfa.utils import is_mfa_enabled

from billing.demo.stage import (
    BACKOFFICE,
    BESTUUR,
    BUREAU,
    FILES,
    PENNINGMEESTER,
    Stage,
    command,
)
from contracts.agreements import change_terms, conclude
from contracts.models import Gebruiksovereenkomst, Verwerkersovereenkomst
from instruments.models import ContributionRate
from membership import history
from membership.invitations import choose_password
from membership.models import AlvBesluit, Membership, Organisation, Person
from membership.people import person_by_email
from membership.second_factor import REQUIRED_FOR
from nvsi.dutch import day, iban, listing, percent
from nvsi.halfyear import HalfYear

FIRST, SECOND = HalfYear(2025, 2), HalfYear(2026, 1)

# Of invented people, on a database that listens on no port.
PASSWORD = "samen-afrekenen-demo"  # noqa: S105 - printed for everyone who runs it

CONTACTPERSOON = "s.bakker@groningen.example"
WOERDEN = "j.visser@woerden.example"
# E-mail address, name, role and the code of the organisation.
PEOPLE = (
    (BUREAU, "Noor van Dijk", "bureau", ""),
    (PENNINGMEESTER, "Bas Vermeer", "penningmeester", ""),
    (BESTUUR, "Fatima el Idrissi", "bestuur", ""),
    (BACKOFFICE, "Tessa Postma", "uitvoerder", "flexensie"),
    (CONTACTPERSOON, "Sanne Bakker", "contactpersoon", "GM0014"),
    ("burgemeester@groningen.example", "Hanna Terpstra", "ondertekenaar", "GM0014"),
    ("regiegroep@breda.example", "Rik Verbunt", "regiegroeplid", "GM0758"),
    (WOERDEN, "Jens Visser", "contactpersoon", "GM0632"),
    ("m.hermans@het-hogeland.example", "Mees Hermans", "contactpersoon", "GM1966"),
)

UITVOERDER_IBAN = "NL81DEMO0000002001"
JOINT_IBAN = "NL54DEMO0000002002"
JOINT_GEMEENTEN = ("GM0654", "GM0664", "GM0678", "GM0703")
JOINT_DECISION = datetime.date(2023, 9, 12)
JOINT_START = datetime.date(2024, 1, 1)
CHANGES_PRICE = "GM0758"


def take_in_gemeenten(_: Stage) -> Iterator[str]:
    yield from command("import_gemeenten", FILES / "gemeenten.csv")


def record_alv(stage: Stage) -> Iterator[str]:
    """The ALV sets the contribution every year (domain rule 17)."""
    besluit = AlvBesluit(
        reference="ALV-2025-bijdrage (verzonnen)",
        subject="ALV-besluit bijdrage 2025 en 2026 (verzonnen)",
        taken_on=datetime.date(2025, 6, 12),
    )
    besluit.full_clean()
    besluit.save()
    rate = ContributionRate(
        instrument=stage.instrument,
        from_halfyear=FIRST,
        gemeente_pct=Decimal(1),
        uitvoerder_pct=Decimal(1),
        besluit=besluit,
    )
    rate.full_clean()
    rate.save()
    history.record(rate, "decided", None, besluit=besluit.reference)
    assert besluit.taken_on
    yield (
        f"De ALV besluit op {day(besluit.taken_on)} (verzonnen datum): vanaf {FIRST} "
        f"draagt de gemeente {percent(rate.gemeente_pct)} bij en de uitvoerder "
        f"{percent(rate.uitvoerder_pct)}, allebei van de bruto-omzet."
    )


def take_over_agreements(_: Stage) -> Iterator[str]:
    yield from command("import_contracts", FILES / "agreements.csv")
    aspirant = Membership.objects.get(kind=Membership.Kind.ASPIRANT_LID).organisation
    yield f"Eén van hen is aspirant-lid: {aspirant}."


def join_gemeenten(stage: Stage) -> Iterator[str]:
    """One agreement for gemeenten that work together; each is a member itself."""
    holder = Organisation(
        code="SAMEN-ZUIDERSTROOM",
        kind=Organisation.Kind.SAMENWERKINGSVERBAND,
        name="Werkverband Zuiderstroom (verzonnen)",
        short_name="Zuiderstroom",
        iban=JOINT_IBAN,
        town="Goes",
    )
    holder.full_clean()
    holder.save()
    history.record(holder, "added", None)
    gemeenten = list(Organisation.objects.filter(code__in=JOINT_GEMEENTEN))
    for gemeente in gemeenten:
        belong(gemeente, Membership.Kind.LID, JOINT_DECISION)
    verwerkersovereenkomst = Verwerkersovereenkomst(
        organisation=holder, starts_on=JOINT_START
    )
    verwerkersovereenkomst.full_clean()
    verwerkersovereenkomst.save()
    conclude(
        holder,
        stage.instrument,
        gemeenten=gemeenten,
        signed_on=JOINT_START,
        starts_on=JOINT_START,
        ends_on=None,
        vergoeding_pct=Decimal("27.50"),
        by=None,
    )
    names = listing([gemeente.name for gemeente in gemeenten])
    yield f"{holder}: één overeenkomst voor {names}, vergoeding 27,5%."


def belong(
    gemeente: Organisation, kind: Membership.Kind, starts_on: datetime.date
) -> None:
    """As somebody that belonged before the portal was there."""
    membership = Membership(
        organisation=gemeente,
        kind=kind,
        collegebesluit_on=starts_on if kind == Membership.Kind.LID else None,
        starts_on=starts_on,
    )
    membership.full_clean()
    membership.save()
    history.record(membership, "taken over", None)


def change_price(_: Stage) -> Iterator[str]:
    yield change_vergoeding(CHANGES_PRICE, SECOND, Decimal("28.50"), by=None)


def change_vergoeding(
    code: str, halfyear: HalfYear, pct: Decimal, *, by: Person | None
) -> str:
    """Another price from a half-year on, and the sentence about it."""
    agreement = Gebruiksovereenkomst.objects.get(organisation__code=code)
    before = agreement.terms.latest("from_halfyear").vergoeding_pct
    change_terms(agreement, from_halfyear=halfyear, vergoeding_pct=pct, by=by)
    return (
        f"De vergoeding voor {agreement.organisation} gaat vanaf {halfyear} van "
        f"{percent(before)} naar {percent(pct)}."
    )


def add_people(_: Stage) -> Iterator[str]:
    """Everyone is invited as usual; here the demo chooses how they log in."""
    for email, name, role, code in PEOPLE:
        where = ("--organisation", code) if code else ()
        words = (email, "--name", name, "--role", role, *where)
        yield from list(command("add_person", *words))[1:]
        person = person_by_email(email)
        if not person.has_usable_password():
            choose_password(person, PASSWORD)
        if person.has_role(*REQUIRED_FOR) and not is_mfa_enabled(person):
            TOTP.activate(person, generate_totp_secret())
            RecoveryCodes.activate(person)


def give_uitvoerder_account(stage: Stage) -> Iterator[str]:
    """Without an account nobody can be paid; the seeds do not give one."""
    uitvoerder = stage.instrument.uitvoerder_on(stage.today)
    assert uitvoerder, "the migrations bring one"
    uitvoerder.iban = UITVOERDER_IBAN
    uitvoerder.full_clean()
    uitvoerder.save(update_fields=["iban"])
    history.record(uitvoerder, "iban changed", None)
    yield f"{uitvoerder} krijgt {iban(uitvoerder.iban)} (verzonnen)."
