"""The pictures of the manual: for each, whose page it is, and which part of it."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Picture:
    """The top of a page, or a part of it.

    From `path` on, links are followed and folds opened in order; without a path it is
    the page where this person was. `then` is the button that is pressed afterwards.
    """

    name: str
    who: str
    path: str = ""
    links: tuple[str, ...] = ()
    folds: tuple[str, ...] = ()
    first: str = ""
    last: str = ""
    height: int = 760
    then: str = ""


SANNE = "s.bakker@groningen.example"
MEES = "m.hermans@het-hogeland.example"
HANNA = "burgemeester@groningen.example"
JENS = "j.visser@woerden.example"
TESSA = "backoffice@flexensie.example"
NOOR = "bureau@nvsi.example"
BAS = "penningmeester@nvsi.example"
FATIMA = "bestuur@nvsi.example"
HALFYEARS = "/beheer/billing/period/"

START = ("Bekijk de afrekening",)
WHOLE = (
    Picture("overzicht", SANNE, "/", height=930),
    Picture("afrekening", SANNE, "/", START, last="section:has(#sum)"),
    Picture(
        "opdrachtgever",
        SANNE,
        "/",
        START,
        folds=("main details.fold >> nth=0", "main details.lines-fold >> nth=0"),
        first="main details.fold >> nth=0",
        last=".fold-body:has(.line-table)",
    ),
    Picture("vraag", SANNE, "/", ("regel 2025-H2",), last="main details.react"),
    Picture("dossier", MEES, "/lidmaatschap/", ("Ga naar het dossier",), height=1180),
    Picture(
        "dossiers",
        NOOR,
        "/beheer/membership/dossier/",
        ("Bekijk per stap",),
        first="#content h1",
        height=330,
    ),
    Picture("aanleveren", TESSA, "/aanleveringen/nieuw/", last="main .columns"),
    Picture(
        "controle", TESSA, "/aanleveringen/", ("nagekomen-uren-juni",), last="#upload"
    ),
    Picture(
        "geweigerd", TESSA, "/aanleveringen/", ("vergeten-uren-juni",), last=".below"
    ),
    Picture("aanleveringen", TESSA, "/aanleveringen/", last="main table"),
    Picture(
        "vergoeding",
        TESSA,
        "/vergoeding/",
        ("Eerste helft van 2026",),
        last="main table.list tbody tr >> nth=3",
    ),
)
AGREED = (
    Picture("overeenkomsten", SANNE, "/overeenkomsten/", height=760),
    Picture(
        "overeenkomst",
        JENS,
        "/overeenkomsten/",
        ("Lees en teken",),
        last="main .columns",
    ),
    Picture(
        "bijlage",
        HANNA,
        "/overeenkomsten/bijlagen/",
        ("versie 2",),
        last="section:has(#changes)",
    ),
    Picture("datalek", SANNE, "/datalekken/", ("-0002",), last="section:has(#letter)"),
    Picture("datalek-melden", TESSA, "/datalekken/melden/", height=1100),
    Picture(
        "datalek-beheer",
        NOOR,
        "/beheer/contracts/breach/",
        ("-0002",),
        first="#content h1",
        height=900,
    ),
    Picture(
        "inbesteding",
        SANNE,
        "/instrumenten/flexensie/inbesteding/",
        last="figure.chart",
    ),
    Picture(
        "aanbod",
        NOOR,
        "/beheer/contracts/offer/",
        ("-0002",),
        first="#content h1",
        height=385,
    ),
)
STEERED = (
    Picture("factsheet", SANNE, "/instrumenten/flexensie/", height=1000),
    Picture("kaders", SANNE, "/instrumenten/flexensie/kaders/", height=900),
    Picture("wens", SANNE, "/verbeterwensen/1/", height=1100),
    Picture("innovatiekas", SANNE, "/instrumenten/flexensie/innovatiekas/", height=900),
    Picture("alv", SANNE, "/alv/", ("Buitengewone ALV",), last="main .columns"),
)
# The first steps of the demo, until everything of 2026-H1 was delivered.
DELIVERED = ("--steps", "16")
BY_HAND = (
    Picture("werklijst", NOOR, "/beheer/", last=".waiting"),
    Picture(
        "halfjaar",
        NOOR,
        HALFYEARS,
        ("2026-H1",),
        folds=("li.check-look details >> nth=0",),
        last=".halves",
    ),
    Picture(
        "opstellen",
        NOOR,
        links=("Opstellen",),
        first="#content h1",
        last=".verb",
        then="Opstellen",
    ),
    Picture(
        "concepten",
        NOOR,
        first="h2:has-text('Concepten')",
        last="table:below(h2:has-text('Concepten')) >> nth=0 >> tr >> nth=7",
    ),
    Picture(
        "vaststellen",
        BAS,
        "/beheer/",
        ("Vaststellen",),
        first="#content h1",
        last=".verb",
        then="Vaststellen",
    ),
    Picture(
        "betaalbestand",
        FATIMA,
        HALFYEARS,
        ("2026-H1", "Betaalbestand maken"),
        first="#content h1",
        last=".verb tr >> nth=9",
        then="Betaalbestand maken",
    ),
    Picture(
        "betaald",
        FATIMA,
        HALFYEARS,
        ("2026-H1",),
        first="#content h1",
        last=".progress >> nth=1",
    ),
    Picture(
        "afschrift",
        FATIMA,
        "/beheer/billing/bankstatement/inlezen/",
        first="#content h1",
        last=".verb",
    ),
    Picture(
        "beantwoorden",
        NOOR,
        "/beheer/",
        ("Beantwoorden",),
        first="#content h1",
        last=".verb",
    ),
)
