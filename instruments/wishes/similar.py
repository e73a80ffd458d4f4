"""Verbeterwensen that look like what somebody writes, the closest first.

Full text search of PostgreSQL with the Dutch dictionary: 'uren invullen' also finds
'uur' and 'ingevuld'. The last word may still be being typed: 'invu' finds it too. What
was handed in is short, and a few hundred rows at most: they are searched without an
index.
"""

import re
from collections.abc import Sequence

from django.contrib.postgres.search import SearchQuery, SearchRank, SearchVector
from django.db.models import Case, F, QuerySet, Value, When
from django.db.models.expressions import Combinable

from instruments.models import Instrument, Verbeterwens
from membership.models import Person

MOST, MOST_WORDS = 5, 40
LEAST_LETTERS = 3
# A whole sentence shares some word with nearly every wens; a few first words do not.
SENTENCE, LEAST_SHARED = 5, 2
_WORD = re.compile(r"[^\W\d_]+")


def similar(instrument: Instrument, text: str, user: Person) -> QuerySet[Verbeterwens]:
    """Of one instrument, those that share words with a text; none without words.

    Of a sentence at least two words.
    """
    rows = Verbeterwens.objects.visible_to(user).filter(instrument=instrument)
    words = words_of(text)
    if not words:
        return rows.none()
    query = _query(" | ".join(words))
    vector = SearchVector("title", config="dutch", weight="A") + SearchVector(
        "problem", "proposal", config="dutch", weight="C"
    )
    found = rows.annotate(found=vector, rank=SearchRank(vector, query))
    found = found.filter(found=query)
    if len(words) >= SENTENCE:
        found = found.annotate(shared=_shared(words)).filter(shared__gte=LEAST_SHARED)
    return found.with_standing().order_by(F("rank").desc(), "-pk")[:MOST]


def _query(words: str) -> SearchQuery:
    return SearchQuery(f"{words}:*", config="dutch", search_type="raw")


def _shared(words: Sequence[str]) -> Combinable:
    """How many of these words a wens has; one without meaning, as 'het', never."""
    counted: Combinable = Value(0)
    for word in words:
        counted += Case(When(found=_query(word), then=1), default=0)
    return counted


def words_of(text: str) -> list[str]:
    """The different words of a text, in small letters: nothing that a query could
    take for an operator."""
    words = (word.lower() for word in _WORD.findall(text))
    return list(dict.fromkeys(w for w in words if len(w) >= LEAST_LETTERS))[:MOST_WORDS]
