"""The annexes of Flexensie as they are when the portal begins.

What the portal itself does with hour lines, and what the uitvoerder does for it. The
measures are those of BIO2 that the portal is made to. Also when people are reminded of
a change of annexes that waits for their answer.
"""

import datetime

from django.db import migrations
from django.utils import timezone

SINCE = datetime.date(2014, 1, 1)
PROCESSINGS = [
    {
        "name": "Plaatsing, facturen en premies",
        "nature": "De uitvoerder brengt kandidaten en opdrachten bij elkaar, legt "
        "gewerkte uren vast, stuurt namens de gemeente facturen aan opdrachtgevers en "
        "betaalt namens de gemeente premies aan kandidaten.",
        "purpose": "Mensen met een uitkering tijdelijk laten werken met behoud van die "
        "uitkering, en hun de premie betalen die zij daarmee verdienen.",
        "subjects": "Kandidaten: mensen met een uitkering die vrijwillig meedoen\n"
        "Contactpersonen van opdrachtgevers\nMedewerkers van de gemeente",
        "data_kinds": "Naam en contactgegevens\nBeschikbaarheid, ervaring en wensen "
        "voor werk\nOpdrachten, gewerkte uren en opgebouwde premie\nRekeningnummer "
        "voor de premie\nZakelijke contactgegevens van opdrachtgevers en medewerkers",
        "retention": "Niet langer dan de gemeente heeft vastgesteld. Wat voor de "
        "administratie van facturen en betalingen nodig is: zeven jaar (artikel 52 "
        "AWR).",
    },
    {
        "name": "Urenregels en afrekening",
        "nature": "Het portaal leest de urenregels van de uitvoerder in, controleert en "
        "bewaart ze, en maakt er per kalenderhalfjaar een afrekening van. Namen en "
        "burgerservicenummers van kandidaten komen er niet in.",
        "purpose": "De opbrengst, de premies, de vergoeding en de uitkering aan de "
        "gemeente berekenen, betalen en verantwoorden.",
        "subjects": "Kandidaten, onder een kenmerk waarvan de sleutel niet bij de NVSI "
        "berust\nOpdrachtgevers die een natuurlijk persoon zijn",
        "data_kinds": "Kenmerk van de kandidaat\nDatum, uren, tarief en premie per uur\n"
        "Opdracht, naam en KvK-nummer van de opdrachtgever\nFactuurnummer en "
        "factuurdatum",
        "retention": "Zeven jaar na het jaar waarover is afgerekend (artikel 52 AWR).",
    },
]
MEASURES = {
    "5.15": "Toegang volgt uit een rol bij een organisatie, van een dag tot een dag. "
    "Wie geen rol heeft, ziet niets.",
    "5.17.01": "Inloggen vraagt een wachtwoord en een tweede stap, of een passkey.",
    "5.24": "Incidenten en datalekken staan in een register en hebben een vaste "
    "werkwijze, met een melding aan het college binnen 24 uur.",
    "5.33.01": "Gegevens worden niet langer bewaard dan hun termijn. Over vernietigen "
    "beslist een mens, en dat wordt vastgelegd.",
    "8.11": "Kandidaten staan in het portaal onder een kenmerk, zonder naam en zonder "
    "burgerservicenummer.",
    "8.13.04": "Van de gegevens worden reservekopieën gemaakt. Terugzetten wordt ten "
    "minste één keer per jaar beproefd.",
    "8.15.01": "Van iedere wijziging wordt vastgelegd wie haar deed, wanneer en wat.",
    "8.24": "Gegevens gaan versleuteld over het netwerk.",
}


def lay_down(apps, schema_editor):
    def model(name):
        return apps.get_model("contracts", name).objects

    instrument = (
        apps.get_model("instruments", "Instrument")
        .objects.filter(slug="flexensie")
        .first()
    )
    if instrument is not None:
        version = model("AnnexVersion").create(
            instrument=instrument,
            number=1,
            note="Eerste vastlegging, meegeleverd met het portaal.",
        )
        for facts in PROCESSINGS:
            model("Processing").create(version=version, transfer="Geen.", **facts)
        model("SubProcessor").create(
            version=version,
            name="Flexensie Nederland b.v.",
            country="Nederland",
            task="Voert Flexensie uit: plaatsing, facturen, premies en urenregels.",
            since=SINCE,
        )
        for reference, what in MEASURES.items():
            model("SecurityMeasure").create(
                version=version, reference=reference, what=what
            )
        version.used_from = datetime.date(2026, 1, 1)
        version.asked_at = timezone.now()
        version.save()


def remind(apps, schema_editor):
    apps.get_model("membership", "ReminderRule").objects.get_or_create(
        kind="annex", defaults={"days_before": 7, "days_after": 1, "is_on": True}
    )


class Migration(migrations.Migration):
    dependencies = [
        ("contracts", "0008_annexes"),
        ("instruments", "0002_flexensie"),
    ]
    operations = [
        migrations.RunPython(lay_down, migrations.RunPython.noop),
        migrations.RunPython(remind, migrations.RunPython.noop),
    ]
