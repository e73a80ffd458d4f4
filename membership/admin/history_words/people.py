"""Of people, their roles and lists, and what may be destroyed."""

ACTIONS = {
    "authorised": "gemachtigd",
    "calendar made": "agenda gemaakt",
    "calendar withdrawn": "agenda ingetrokken",
    "colleague asked": "collega gevraagd",
    "details asked": "gevraagd of de gegevens kloppen",
    "details confirmed": "gegevens bevestigd",
    "exported list": "lijst als bestand meegenomen",
    "handed over": "overgedragen",
    "iban changed": "IBAN gewijzigd",
    "iban taken over": "IBAN overgenomen",
    "listed": "voorgesteld",
    "merge undone": "samenvoeging ongedaan gemaakt",
    "merged": "samengevoegd",
    "merged away": "opgegaan in een ander",
    "password chosen": "wachtwoord gekozen",
    "proposed": "voorgedragen",
    "reminders off": "herinneringen uitgezet",
    "reminders on": "herinneringen aangezet",
    "second factor forgotten": "tweede stap gewist",
}
