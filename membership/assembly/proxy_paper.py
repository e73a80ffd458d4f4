"""A volmacht to sign by hand, for a member that does not give it in the portal.

BW2 art. 38 lid 4: in writing. The bureau keeps the signed paper with the record.
"""

import datetime

from django.conf import settings

from membership.assembly.printing import where
from membership.models import Assembly, Organisation
from membership.papers.gathering import the_issuer
from membership.papers.structure import (
    Blank,
    Facts,
    Paper,
    Paragraph,
    Signature,
    Signer,
    Strong,
    text,
)


def volmacht_for(
    assembly: Assembly, organisation: Organisation, dated: datetime.date
) -> Paper:
    """One page: who gives it, to whom, for what, and a place to sign."""
    name = organisation.formal_name
    signs = tuple(
        (label, text(Blank(label.lower())))
        for label in ("Naam", "Functie", "Plaats", "Datum")
    )
    return Paper(
        title="Volmacht voor de algemene ledenvergadering",
        sender=name,
        sender_lines=(),
        addressee=tuple(
            text(line) for line in (settings.NVSI_NAME, *the_issuer().lines)
        ),
        reference=(("Vergadering", text(f"ALV {assembly.year}-{assembly.number}")),),
        blocks=(
            Paragraph(
                text(
                    Strong(name[0].upper() + name[1:]),
                    " geeft volmacht om in deze vergadering namens het lid te stemmen.",
                )
            ),
            Facts(where(assembly)),
            Facts(
                (
                    (
                        "Aan wie",
                        text(Blank("naam van de persoon, of van een ander lid")),
                    ),
                    ("Waarvoor", text(Blank("de hele vergadering"))),
                ),
                is_form=True,
            ),
            Paragraph(
                text(
                    "De volmacht geldt tot zij wordt ingetrokken, en kan niet worden "
                    "doorgegeven. Stuur haar getekend aan het bureau, voor het begin "
                    "van de vergadering."
                )
            ),
            Signature((Signer("Wie het lid vertegenwoordigt", signs),)),
        ),
        foot=f"Volmacht · ALV {assembly.year}-{assembly.number}",
        file_name=f"Volmacht ALV {assembly.on.isoformat()}",
        dated=dated,
        is_one_page=True,
    )
