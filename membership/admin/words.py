"""How the history reads on the screen: its actions and facts in Dutch."""

import datetime
import re
from contextlib import suppress
from typing import Any

from django.apps import apps
from django.contrib import admin
from django.core.exceptions import FieldDoesNotExist
from django.utils.text import capfirst

from membership.admin import vote_words
from membership.models import HistoryEvent
from nvsi.admin.columns import yes_no
from nvsi.dutch import day

A_DAY = re.compile(r"\d{4}-\d\d-\d\d")
ACTIONS = {
    **vote_words.ACTIONS,
    "accepted": "aanvaard",
    "added": "toegevoegd",
    "admitted": "toegelaten",
    "adopted": "aangenomen",
    "answer changed": "antwoord gewijzigd",
    "answered": "beantwoord",
    "appeal decided": "over het beroep beslist",
    "appealed": "beroep vastgelegd",
    "approved": "vastgesteld",
    "asked on": "doorgevraagd",
    "attached": "bijlage toegevoegd",
    "authorised": "gemachtigd",
    "bounced": "e-mail kwam terug",
    "breach authority": "melding aan de AP vastgelegd",
    "breach closed": "afgesloten",
    "breach closing": "afsluiten voorgesteld",
    "breach colleges added": "colleges toegevoegd",
    "breach described": "beschrijving aangevuld",
    "breach kept_open": "niet afgesloten",
    "breach measure": "maatregel vastgelegd",
    "breach not_concerned": "college blijkt niet betrokken",
    "breach people": "bericht aan betrokkenen vastgelegd",
    "breach reopened": "heropend",
    "breach reported": "gemeld",
    "breach told": "college geïnformeerd",
    "called_off": "ingetrokken",
    "asked regions": "regio's gevraagd",
    "asked": "gevraagd",
    "aspirant": "aspirant-lid gemaakt",
    "calendar made": "agenda gemaakt",
    "calendar withdrawn": "agenda ingetrokken",
    "cancelled": "afgelast",
    "centrumgemeente chosen": "centrumgemeente gekozen",
    "changed": "gewijzigd",
    "cleared": "verklaring toegevoegd",
    "closed": "gesloten",
    "colleague asked": "collega gevraagd",
    "concluded": "gesloten",
    "contact ended": "aanspreekpunt beëindigd",
    "contacts given": "aanspreekpunten doorgegeven",
    "confirmed": "bevestigd",
    "data asked": "gevraagd wat er met de gegevens gebeurt",
    "decided": "besloten",
    "declined": "niet bevestigd",
    "delivered": "aangeleverd",
    "details asked": "gevraagd of de gegevens kloppen",
    "details confirmed": "gegevens bevestigd",
    "detached": "bijlage weggehaald",
    "dissolved": "opgeheven",
    "draft": "concept",
    "dropped": "vervallen",
    "ended": "beëindigd",
    "exported again": "betaalbestand opnieuw gegeven",
    "exported list": "lijst als bestand meegenomen",
    "exported": "betaalbestand gemaakt",
    "found decided": "over een punt besloten",
    "frozen": "bewijsdossier gemaakt",
    "given": "gegeven",
    "handed in": "ingediend",
    "handed over": "overgedragen",
    "handed out": "betaalbestand gedownload",
    "iban changed": "IBAN gewijzigd",
    "iban taken over": "IBAN overgenomen",
    "interest shown": "belangstelling getoond",
    "invited": "uitgenodigd",
    "kas filled": "innovatiekas gevuld uit bijdragen",
    "kas release": "vrijgevallen in de innovatiekas",
    "kas reserve": "gereserveerd in de innovatiekas",
    "kas spend": "besteed uit de innovatiekas",
    "kept": "bewaard",
    "laid before": "voorgelegd",
    "lapsed": "vervallen",
    "left": "gestopt",
    "listed": "voorgesteld",
    "local norm ended": "volgt weer het gezamenlijke kader",
    "local norm recorded": "eigen kader vastgelegd",
    "made": "aangeboden",
    "matched": "gekoppeld",
    "merge undone": "samenvoeging ongedaan gemaakt",
    "merged away": "opgegaan in een ander",
    "merged": "samengevoegd",
    "norm set": "kader vastgesteld",
    "norm taken back": "waarde ingetrokken",
    "notice given": "opzegging vastgelegd",
    "notice submitted": "opzegging ingediend",
    "offered": "aangeboden voor vrijgave",
    "open": "open",
    "opened": "geopend",
    "paid": "betaald",
    "paper added": "stuk toegevoegd",
    "paper withdrawn": "stuk ingetrokken",
    "password chosen": "wachtwoord gekozen",
    "planned": "gepland",
    "prepared": "opgesteld",
    "prolonged": "verlengd",
    "proposed": "voorgedragen",
    "published": "bekendgemaakt",
    "read": "ingelezen",
    "recorded": "vastgelegd",
    "redivision recorded": "herindeling vastgelegd",
    "refused": "niet toegelaten",
    "rejected": "verworpen",
    "reminded": "herinnerd",
    "reminded regions": "regio's herinnerd",
    "reminders off": "herinneringen uitgezet",
    "reminders on": "herinneringen aangezet",
    "removed": "weggehaald",
    "reversed": "teruggedraaid",
    "revised": "gewijzigd door een nieuwe versie",
    "scan added": "getekend exemplaar toegevoegd",
    "sealed": "verzegeld",
    "seat asked": "zetel gevraagd",
    "seat ended": "zetel beëindigd",
    "seat granted": "zetel toegekend",
    "seat refused": "zetel afgewezen",
    "seated": "zetel gegeven",
    "second factor forgotten": "tweede stap gewist",
    "sent again": "opnieuw verstuurd",
    "sent": "verzonden",
    "signed": "getekend",
    "set aside": "opzij gelegd",
    "set up": "ingesteld",
    "step recorded": "stap vastgelegd",
    "step replaced": "stap vervangen",
    "step set aside": "stap opnieuw gevraagd",
    "taken over": "overgenomen",
    "term changed": "termijn verzet",
    "terms changed": "vergoeding gewijzigd",
    "turned_back": "teruggestuurd",
    "turned_down": "afgewezen",
    "unconfirmed": "nog niet bevestigd",
    "voorstel added": "voorstel op de agenda gezet",
    "waiting": "bevestigd",
    "wish added": "wens of bedenking vastgelegd",
    "wish answered": "wens of bedenking beantwoord",
    "wish changed": "wens of bedenking gewijzigd",
    "wish taken back": "wens of bedenking teruggenomen",
    "withdrawn": "ingetrokken",
    "written": "geschreven",
}
FACTS = {
    **vote_words.FACTS,
    "after": "werd",
    "aim": "wil worden",
    "before": "was",
    "amount": "bedrag",
    "besluit": "besluit",
    "choice": "antwoord",
    "college": "college",
    "colleges": "colleges",
    "corrects": "verbetert",
    "decided_on": "besluit van",
    "dossier": "dossier",
    "due_on": "uiterlijk op",
    "ends_on": "einddatum",
    "fields": "velden",
    "file": "bestand",
    "filter": "filter",
    "fingerprint": "vingerafdruk",
    "format": "bestandsvorm",
    "from_halfyear": "vanaf halfjaar",
    "how": "hoe",
    "instrument": "instrument",
    "invited": "uitgenodigd",
    "kind": "soort",
    "known": "al bekend",
    "label": "punt",
    "level": "niveau",
    "lines": "regels",
    "list": "lijst",
    "members": "leden",
    "network": "netwerk",
    "norm": "kader",
    "number": "nummer",
    "numbers": "nummers",
    "on": "datum",
    "organisation": "organisatie",
    "outcome": "uitkomst",
    "party": "namens",
    "payments": "betalingen",
    "person": "persoon",
    "reason": "reden",
    "received": "ontvangen op",
    "receivers": "ontvangers",
    "regions": "regio's",
    "replaces": "komt in de plaats van",
    "reverses": "draait terug",
    "rows": "rijen",
    "sentence": "uitslag",
    "settlements": "afrekeningen",
    "sha256": "controlegetal",
    "shared": "gedeeld",
    "starts_on": "vanaf",
    "step": "stap",
    "title": "titel",
    "total": "totaal",
    "vergoeding_pct": "vergoeding (%)",
    "what": "waarover",
    "voters": "stemgerechtigde leden",
    "why": "aanleiding",
    "wish": "wens of bedenking",
    "year": "jaar",
}
THE_SYSTEM = "automatisch"
MOST_NAMED = 12


def action_of(event: HistoryEvent) -> str:
    """A verb, or a status and what it became: 'vastgesteld > betaald'."""
    steps = event.action.split(">")
    named = _statuses(event.subject_type) if len(steps) > 1 else {}
    return " > ".join(named.get(step) or ACTIONS.get(step, step) for step in steps)


def _statuses(subject_type: str) -> dict[str, str]:
    """What the statuses of these records are called, as long as there are any."""
    try:
        model: Any = apps.get_model(subject_type)
        return dict(model.Status.choices)
    except (LookupError, AttributeError):
        return {}


def facts_of(event: HistoryEvent) -> list[tuple[str, str]]:
    return [
        (FACTS.get(name, name), _said(event, name, value))
        for name, value in event.facts.items()
    ]


def _said(event: HistoryEvent, name: str, value: Any) -> str:
    values = value if isinstance(value, list) else [value]
    if name == "fields":
        values = [_label(event.subject_type, field) for field in values]
    elif name == "list":
        values = [list_title(label) for label in values]
    elif isinstance(value, bool):
        values = [yes_no(value)]
    more = f" en nog {len(values) - MOST_NAMED}" if len(values) > MOST_NAMED else ""
    return ", ".join(_written(one) for one in values[:MOST_NAMED]) + more


def _written(value: Any) -> str:
    """A day as people write it, anything else as it is."""
    text = str(value)
    if A_DAY.fullmatch(text):
        with suppress(ValueError):
            return day(datetime.date.fromisoformat(text))
    return text


def _label(subject_type: str, field: str) -> str:
    """What a field is called on the screen, as long as there is such a field."""
    try:
        found: Any = apps.get_model(subject_type)._meta.get_field(field)
    except (LookupError, FieldDoesNotExist):
        return field
    return str(found.verbose_name)


def list_title(label: str) -> str:
    """What a list is called on the screen, as long as there is such a list."""
    try:
        return capfirst(str(apps.get_model(label)._meta.verbose_name_plural))
    except (LookupError, ValueError):
        return label


def subject_types() -> list[tuple[str, str]]:
    """Every kind of record with a page, as the history names it and as people do."""
    kinds = [
        (model._meta.label_lower, str(model._meta.verbose_name))
        for model in apps.get_models()
        if admin.site.is_registered(model)
    ]
    return sorted(kinds, key=lambda kind: kind[1])
