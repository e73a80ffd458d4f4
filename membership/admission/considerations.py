"""What a gemeente weighs before it decides whether membership is far-reaching. Pure.

The six considerations of seed 000. The gemeente says for itself, in its own words, what
each of them means for it; DossierStep.considerations keeps that by the value.
"""

from collections.abc import Mapping

from django.db.models import TextChoices


class Consideration(TextChoices):
    """What there is to weigh, as a heading."""

    NO_NEW_INSTRUMENT = "no_new_instrument", "Geen nieuw instrument"
    SAME_USE = "same_use", "De inzet van het instrument blijft dezelfde"
    SAME_LIABILITY = "same_liability", "De aansprakelijkheid verandert niet"
    OWN_SAY = "own_say", "De gemeente bepaalt zelf hoeveel zij het instrument inzet"
    NOTHING_FOR_GOOD = "nothing_for_good", "Het lidmaatschap is niet onomkeerbaar"
    LESS_RISK = "less_risk", "Afstemming met andere gemeenten verlaagt het risico"


# What each of them asks of the gemeente to answer.
QUESTIONS = {
    Consideration.NO_NEW_INSTRUMENT: "Zet de gemeente het instrument al in? Dan is er "
    "geen nieuwe situatie.",
    Consideration.SAME_USE: "Blijven de eigen kaders en de manier waarop de gemeente "
    "het instrument inzet ongewijzigd?",
    Consideration.SAME_LIABILITY: "De uitvoerder werkt namens de gemeente en draagt "
    "geen risico. Verandert er voor de gemeente iets in de aansprakelijkheid?",
    Consideration.OWN_SAY: "De gemeente kan de inzet altijd pauzeren of stoppen, en is "
    "niet verplicht om te plaatsen. Wat betekent dat voor het risico?",
    Consideration.NOTHING_FOR_GOOD: "Als lid beslist de gemeente mee over het "
    "instrument, maar zij kan er ook mee stoppen. Gaat zij iets onomkeerbaars aan?",
    Consideration.LESS_RISK: "Gemeenten kunnen wijzigingen in regels samen opvangen. "
    "Versterkt dat de positie van de gemeente?",
}


def titled(said: Mapping[str, str]) -> list[tuple[str, str]]:
    """What was said of each, under its heading and in our order; JSON keeps none.

    What has no words is left out. One that is not ours goes last, as it is.
    """
    known = {each.value: each.label for each in Consideration}
    names = [*known, *(name for name in said if name not in known)]
    return [(known.get(name, name), said[name]) for name in names if said.get(name)]
