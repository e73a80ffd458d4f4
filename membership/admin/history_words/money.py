"""Of deliveries, afrekeningen, payments and the innovatiekas."""

ACTIONS = {
    "delivered": "aangeleverd",
    "exported": "betaalbestand gemaakt",
    "exported again": "betaalbestand opnieuw gegeven",
    "handed out": "betaalbestand gedownload",
    "kas filled": "innovatiekas gevuld uit bijdragen",
    "kas release": "vrijgevallen in de innovatiekas",
    "kas reserve": "gereserveerd in de innovatiekas",
    "kas spend": "besteed uit de innovatiekas",
    "match undone": "koppeling ongedaan gemaakt",
    "matched": "gekoppeld",
    "paid": "betaald",
    "prepared": "opgesteld",
    "read": "ingelezen",
    "received": "ontvangen",
    "reversed": "teruggedraaid",
}
