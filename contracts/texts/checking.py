"""What a text still lacks before it may be used. Pure."""

from collections.abc import Iterator

from contracts.texts.fields import FIELDS, of_kind
from contracts.texts.reading import (
    ANY_FIELD,
    ARTICLE,
    Read,
    conditions,
    guarded_fields,
    read,
)
from contracts.texts.required import ANNEXES, NEEDED_ANNEXES, REQUIRED, Item


def missing(kind: str, body: str) -> list[Item]:
    """What an agreement of this kind must settle, and no article of the text does.

    It must hold whatever passages are left out: an article that only stands in a
    passage settles nothing. An article without words settles nothing either.
    """
    texts = [read(body, known) for known in _possible(body)]
    return [
        item
        for item in REQUIRED[kind]
        if not all(item.key in _settled(text) for text in texts)
    ]


def problems(kind: str, body: str) -> list[str]:
    """Everything that stands in the way of using this text, in sentences."""
    text = read(body)
    return [
        *text.problems,
        *(f"Er is niet geregeld: {item}." for item in missing(kind, body)),
        *_unknown_items(kind, text),
        *_annexes(kind, text),
        *_fields(kind, body),
        *_references(body),
    ]


def _possible(body: str) -> Iterator[frozenset[str]]:
    """Each passage once left out and once not: no two depend on each other."""
    asked = set(conditions(body))
    always = frozenset(set(FIELDS) - asked)
    yield always
    yield always | asked


def _settled(text: Read) -> set[str]:
    return {
        key
        for section in text.sections
        if any(section.lines())
        for key in section.settles
    }


def _unknown_items(kind: str, text: Read) -> Iterator[str]:
    known = {item.key for item in REQUIRED[kind]}
    for section in text.sections:
        for key in section.settles:
            if key not in known:
                yield f"{section.heading}: '@regelt {key}' is niet bekend."


def _annexes(kind: str, text: Read) -> Iterator[str]:
    found = [part.words for part in text.parts() if part.kind == "annex"]
    for name in found:
        if name not in ANNEXES:
            yield f"De bijlage '{name}' is er niet. Kies uit {', '.join(ANNEXES)}."
    for name in NEEDED_ANNEXES[kind]:
        if name not in found:
            yield f"De bijlage ontbreekt: @bijlage {name}."
    if sum(part.kind == "sign" for part in text.parts()) != 1:
        yield "De tekst heeft één keer @ondertekening: waar partijen tekenen."


def _fields(kind: str, body: str) -> Iterator[str]:
    known = of_kind(kind)
    for name in sorted({*_named(body), *conditions(body)} - set(known)):
        yield f"Het veld {{{name}}} is er niet bij deze soort overeenkomst."
    loose = {name for name, guard in guarded_fields(body) if guard != name}
    for name in sorted(loose):
        if name in known and known[name].is_optional:
            yield (
                f"Het veld {{{name}}} is niet altijd ingevuld. Zet de zin in een "
                f"passage: ::: als {name}."
            )


def _named(body: str) -> set[str]:
    """What stands between braces and is no reference to an article."""
    return {
        name for name in ANY_FIELD.findall(body) if not ARTICLE.fullmatch(f"{{{name}}}")
    }


def _references(body: str) -> Iterator[str]:
    """An article that is referred to must be there, with or without the passages."""
    for known in _possible(body):
        text = read(body, known)
        lines = [line for part in text.parts() for line in part.lines()]
        for name in sorted(set(ARTICLE.findall("\n".join(lines)))):
            if name not in text.articles:
                yield f"Er is geen artikel met de naam #{name}."
                return
