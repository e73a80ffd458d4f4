"""How the history of votes, volmachten and the presentielijst reads on the screen."""

ACTIONS = {
    "announced": "aangemeld",
    "proxy given": "volmacht gegeven",
    "proxy revoked": "volmacht ingetrokken",
    "vote changed": "stem gewijzigd",
    "vote closed": "stemming gesloten",
    "vote counted": "stemming geteld",
    "vote opened": "stemming geopend",
    "voted": "gestemd",
}
FACTS = {
    "on_paper": "op papier",
    "secret": "geheim",
}
