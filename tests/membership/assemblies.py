"""ALVs for tests: drafted, with a voorstel, convened and held."""

import datetime
from typing import Any
from zoneinfo import ZoneInfo

from membership.models import (
    AlvBesluit,
    Amendement,
    Assembly,
    AssemblyDemand,
    AssemblyPaper,
    Beslispunt,
    Initiative,
    InitiativeSupport,
    MemberVoorstel,
    Notulen,
    Organisation,
    Person,
    Voorstel,
    VoorstelAmount,
)

NOW = datetime.datetime(2026, 3, 2, 10, tzinfo=ZoneInfo("Europe/Amsterdam"))
STARTS = NOW.replace(month=6, day=12, hour=13)
HOURS = datetime.timedelta(hours=3)


def make_assembly(**facts: Any) -> Assembly:
    """A draft for 12 June 2026, of three hours."""
    starts_at = facts.pop("starts_at", STARTS)
    values = {
        "title": "Algemene ledenvergadering juni 2026",
        "year": starts_at.year,
        "number": Assembly.objects.filter(year=starts_at.year).count() + 1,
        "starts_at": starts_at,
        "ends_at": starts_at + HOURS,
        "place": "Stadhuis Heideveld",
        **facts,
    }
    return Assembly.objects.create(**values)


def make_voorstel(assembly: Assembly, **facts: Any) -> Voorstel:
    """With two beslispunten, on the next place of the agenda."""
    position = assembly.voorstellen.count() + 1
    values = {"position": position, "title": "Bijdrage 2027", "kind": "financieel",
              "toelichting": "De bijdrage blijft gelijk.", **facts}  # fmt: skip
    voorstel = Voorstel.objects.create(assembly=assembly, **values)
    for number, text in enumerate(
        ("Stelt de bijdrage vast op 1%.", "Geeft het bestuur opdracht dit te doen."), 1
    ):
        Beslispunt.objects.create(voorstel=voorstel, number=number, text=text)
    return voorstel


def keep_assemblies(member: Organisation, by: Person) -> dict[str, int]:
    """For the guards: one that was held with a besluit, a convened one, a draft."""
    told = {"convened_at": NOW, "convened_by": by}
    year_before = STARTS.replace(year=2025)
    held = make_assembly(
        starts_at=year_before,
        status="held",
        closed_at=year_before + HOURS,
        convened_at=NOW.replace(year=2025),
        convened_by=by,
    )
    decided, refused = make_voorstel(held).beslispunten.all()
    decided.besluit = AlvBesluit.objects.create(
        reference="ALV-2025-06-12-1.1",
        subject="Bijdrage 2027",
        taken_on=held.on,
        text=decided.text,
    )
    decided.outcome, decided.sentence = "aangenomen", "Aangenomen."
    decided.save()
    refused.outcome, refused.sentence = "verworpen", "Verworpen."
    refused.save()
    paper = AssemblyPaper.objects.create(
        assembly=held, kind="besluitenlijst", title="Besluitenlijst", by=by,
        file_name="b.pdf", media_type="application/pdf", size=1, sha256="0" * 64,
        content=b"x",
    )  # fmt: skip
    convened = make_assembly(status="convened", **told)
    open_point = make_voorstel(convened).beslispunten.all()[0]
    amendements = [
        Amendement.objects.create(
            beslispunt=open_point, number=number, organisation=member, by=by,
            old_text=open_point.text, new_text="Stelt vast op 0,9%.",
            explanation="Het kan goedkoper.", status=status, settled_at=settled_at,
        )
        for number, (status, settled_at) in enumerate(
            (("ingediend", None), ("verworpen", NOW)), 1
        )
    ]  # fmt: skip
    Notulen.objects.create(assembly=convened, text="Nog niets.", written_by=by)
    demand = AssemblyDemand.objects.create(
        subject="Tarief", received_on=NOW.date(), by=by
    )
    initiative = Initiative.objects.create(
        subject="Het tarief", why="Het kan lager.", organisation=member, by=by, at=NOW
    )
    support = InitiativeSupport.objects.create(
        initiative=initiative, organisation=member, by=by, at=NOW
    )
    draft = make_assembly()
    asked = make_voorstel(draft)
    handed_in = MemberVoorstel.objects.create(
        assembly=draft, organisation=member, by=by, at=NOW, title="Lager tarief",
        beslispunten="Verlaagt het tarief.", toelichting="Het kan.",
    )  # fmt: skip
    for position, name in enumerate(("Beheer", "Bouw"), 1):
        amount = VoorstelAmount.objects.create(
            voorstel=asked, position=position, name=name, euros=100
        )
    return {
        "assembly_held": held.pk,
        "assembly_convened": convened.pk,
        "assembly_draft": draft.pk,
        "voorstel": asked.pk,
        "voorstel_amount": amount.pk,
        "voorstel_convened": open_point.voorstel_id,
        "beslispunt_decided": decided.pk,
        "beslispunt_open": open_point.pk,
        "besluit_with_text": decided.besluit.pk,
        "assembly_paper": paper.pk,
        "amendement": amendements[0].pk,
        "amendement_settled": amendements[1].pk,
        "notulen": Notulen.objects.create(
            assembly=held, text="Geopend.", written_by=by, status="vastgesteld",
            adopted_in=convened,
        ).pk,
        "assembly_demand": demand.pk,
        "initiative": initiative.pk,
        "initiative_support": support.pk,
        "member_voorstel": handed_in.pk,
    }  # fmt: skip
