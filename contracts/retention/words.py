"""What goes and what stays, in the words of the page on which it is decided."""

from collections.abc import Mapping

from membership.models.retention import Kept

_TURNED_BACK = "Van wat is teruggestuurd, gaan het bestand en de reden weg."
GOES: Mapping[Kept, str] = {
    Kept.OFFER: "Van een aanbod gaan het document, de handtekeningen en de reden weg. "
    "Wat is aangeboden, aan wie en wanneer, blijft.",
    Kept.AGREEMENT: "Van een overeenkomst gaan de documenten en de namen van wie "
    "tekende weg. Met wie zij was, tot wanneer en tegen welke prijs, blijft.",
    Kept.SCAN: _TURNED_BACK,
    Kept.MODEL: _TURNED_BACK,
    Kept.CLEARING: "Van een verklaring over gegevens gaan het bestand en de naam van "
    "wie tekende weg. Dat de gegevens zijn gewist, en wanneer, blijft.",
    Kept.BREACH: "Van een datalek gaan de namen en de brieven weg. Wat er gebeurde, "
    "blijft.",
}
