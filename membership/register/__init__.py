"""The ledenregister: who is lid, aspirant-lid or participant on a day, and since when.

Nobody keeps it: it follows from the dated periods of membership, so every past day can
be shown. Source: domain rule 20.
"""
