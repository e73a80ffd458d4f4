"""Of letters and ledenraadplegingen."""

ACTIONS = {
    "answer changed": "antwoord gewijzigd",
    "answered": "beantwoord",
    "asked on": "doorgevraagd",
    "attached": "bijlage toegevoegd",
    "bounced": "e-mail kwam terug",
    "called_off": "ingetrokken",
    "detached": "bijlage weggehaald",
    "invited": "uitgenodigd",
    "offered": "aangeboden voor vrijgave",
    "sent": "verzonden",
    "sent again": "opnieuw verstuurd",
}
