"""The buttons of the notulen of an ALV."""

from typing import Any

from django.utils import timezone

from membership.admin.assembly_forms import AdoptForm, NotulenForm
from membership.admin.assembly_verbs import BUREAU
from membership.admin.verbs import Done, Verb
from membership.assembly import minutes
from membership.models import Assembly, Notulen, Person


def _write(assembly: Assembly, said: dict[str, Any], by: Person) -> Done:
    notulen = minutes.write(assembly, text=said["text"], by=by)
    return Done("De notulen zijn bewaard.", notulen)


def _tell(notulen: Notulen, _said: dict[str, Any], by: Person) -> Done:
    minutes.tell_concept(notulen, now=timezone.now(), by=by)
    return Done("De leden krijgen het concept.", notulen)


def _adopt(notulen: Notulen, said: dict[str, Any], by: Person) -> Done:
    minutes.adopt_notulen(notulen, **said, now=timezone.now(), by=by)
    return Done("De notulen zijn vastgesteld.", notulen)


def _typed(assembly: Assembly) -> dict[str, Any]:
    notulen = Notulen.objects.filter(assembly=assembly).first()
    return {"text": notulen.text if notulen else ""}


def _concept(assembly: Assembly) -> bool:
    notulen = Notulen.objects.filter(assembly=assembly).first()
    waits = notulen is None or notulen.status == Notulen.Status.WRITTEN
    return assembly.is_held and waits


WRITE = Verb("write-notulen", "Notulen schrijven", BUREAU, _concept, _write,
             lambda _assembly: ("", ["De leden zien dit nog niet."]), NotulenForm,
             _typed)  # fmt: skip
TELL = Verb("tell-concept", "Concept bekendmaken", BUREAU,
            lambda notulen: notulen.status == Notulen.Status.WRITTEN, _tell,
            lambda _notulen: ("", [
                "De leden krijgen een e-mail, en lezen het concept als PDF.",
                "Daarna wijzigt u de tekst alleen nog bij het vaststellen.",
            ]))  # fmt: skip
ADOPT = Verb("adopt", "Vaststellen", BUREAU,
             lambda notulen: notulen.status == Notulen.Status.CONCEPT, _adopt,
             lambda _notulen: ("", [
                 "Doe dit als een latere ALV de notulen heeft vastgesteld.",
                 "De notulen worden een PDF die niet meer verandert.",
             ]), AdoptForm, lambda notulen: {"text": notulen.text})  # fmt: skip
