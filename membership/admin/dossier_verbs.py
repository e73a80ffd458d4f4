"""The buttons of a dossier, and the one that opens it: what each asks and does."""

from typing import Any

from django.template.loader import render_to_string
from django.utils import timezone

from membership.admin.dossier_forms import (
    Aim,
    Along,
    Checked,
    From,
    Judgement,
    Why,
    Words,
)
from membership.admin.verbs import Done, Verb
from membership.admission import dossiers, recording, reminding
from membership.admission.recording import Recorded
from membership.admission.shown import way_of
from membership.admission.steps import Step
from membership.admission.words import now
from membership.models import Dossier, Organisation, Person, Role
from nvsi.dutch import counted

BUREAU = (Role.Name.BUREAU, Role.Name.BESTUUR)
BESTUUR = (Role.Name.BESTUUR,)
ANYBODY = Role.OF_THE_ASSOCIATION
REMIND_SENTENCES = (
    "De contactpersonen krijgen een e-mail met de volgende stap van hun dossier.",
    "Wie in de afgelopen week al is herinnerd, krijgt geen nieuwe.",
)


NOTE_SENTENCES = (
    "Met het vinkje leest alleen de vereniging het bericht; zonder vinkje leest de "
    "organisatie het ook.",
    "Een bericht blijft staan zoals u het schrijft.",
)


def facts_of(dossier: Dossier) -> str:
    """All that stands in a dossier, to judge by."""
    return render_to_string(
        "admin/membership/dossier/facts.html",
        {
            "dossier": dossier,
            "rows": way_of(dossier, None),
            "taken_back": dossier.wishes.taken_back().select_related("taken_back_by"),
        },
    )


def _seen(dossier: Dossier) -> dict[str, Any]:
    return {"fingerprint": recording.fingerprint(dossier)}


def _from_today(dossier: Dossier) -> dict[str, Any]:
    return {**_seen(dossier), "starts_on": timezone.localdate()}


def _judge(dossier: Dossier, answers: dict[str, Any], by: Person) -> Done:
    recording.require_seen(dossier, answers.pop("fingerprint"))
    facts = Recorded(on=timezone.localdate(), **answers)
    recording.record(dossier, Step.JUDGED, facts, by=by)
    return Done("Uw oordeel staat in het dossier.", dossier)


def _check(dossier: Dossier, answers: dict[str, Any], by: Person) -> Done:
    recording.require_seen(dossier, answers["fingerprint"])
    facts = Recorded(on=timezone.localdate(), words=answers["words"])
    recording.record(dossier, Step.CHECKED, facts, by=by)
    return Done("Het dossier is gecontroleerd. Het bestuur kan nu toelaten.", dossier)


def _admit(dossier: Dossier, answers: dict[str, Any], by: Person) -> Done:
    recording.require_seen(dossier, answers["fingerprint"])
    period = dossiers.admit(dossier, starts_on=answers["starts_on"], by=by)
    return Done(f"{period} vanaf {period.starts_on:%d-%m-%Y}.", dossier)


def _make_aspirant(dossier: Dossier, answers: dict[str, Any], by: Person) -> Done:
    period = dossiers.make_aspirant(dossier, starts_on=answers["starts_on"], by=by)
    return Done(f"{period} vanaf {period.starts_on:%d-%m-%Y}.", dossier)


def _withdraw(dossier: Dossier, answers: dict[str, Any], by: Person) -> Done:
    dossiers.withdraw(dossier, reason=answers["reason"], by=by)
    return Done(f"{dossier} is ingetrokken.", dossier)


def _refuse(dossier: Dossier, answers: dict[str, Any], by: Person) -> Done:
    dossiers.refuse(dossier, reason=answers["reason"], by=by)
    return Done(f"{dossier.organisation} is niet toegelaten.", dossier)


def _note(dossier: Dossier, answers: dict[str, Any], by: Person) -> Done:
    recording.add_note(dossier, answers["text"], by=by,
                       is_internal=answers["is_internal"])  # fmt: skip
    return Done("Het bericht staat in het dossier.", dossier)


def _remind(dossier: Dossier, answers: dict[str, Any], by: Person) -> Done:
    today, words = timezone.localdate(), answers["words"]
    count = reminding.remind(dossier, words=words, today=today, by=by)
    many = counted(count, "contactpersoon krijgt", "contactpersonen krijgen")
    return Done(f"{many} een herinnering.", dossier)


def _is_next(*steps: Step) -> Any:
    """Whether a dossier that runs waits for one of these."""
    return lambda dossier: runs(dossier) and dossier.position.next in steps


def runs(dossier: Dossier) -> bool:
    return dossier.status == Dossier.Status.RUNNING


def waits_for_organisation(dossier: Dossier) -> bool:
    """Whether the organisation itself does what comes next."""
    following = now(dossier)
    return following is not None and following.is_ours


def _is_no_aspirant(dossier: Dossier) -> bool:
    if not runs(dossier) or dossier.aim != Dossier.Aim.LID:
        return False
    today = timezone.localdate()
    return not dossier.organisation.memberships.active_on(today).exists()


JUDGE = Verb(
    name="judge",
    label="Route beoordelen",
    roles=BUREAU,
    is_open=_is_next(Step.JUDGED),
    act=_judge,
    form=Judgement,
    initial=_seen,
    shown=lambda dossier: (
        facts_of(dossier),
        [
            "Gemeentewet artikel 160 lid 2: het college besluit pas nadat de raad het "
            "ontwerpbesluit heeft gekregen en wensen en bedenkingen kon geven. De VNG "
            "leest dat zo voor elk lidmaatschap van een vereniging.",
            "Aanvaardt u de lichtere route, dan staat dat met uw naam in het dossier.",
            "Vraagt u de voorhang, dan gaat het dossier verder met het collegevoorstel "
            "en het ontwerpbesluit.",
        ],
    ),
)
CHECK = Verb(
    name="check",
    label="Controleren",
    roles=BUREAU,
    is_open=_is_next(Step.CHECKED),
    act=_check,
    form=Checked,
    initial=_seen,
    shown=lambda dossier: (
        facts_of(dossier),
        [
            "U zegt dat de stukken kloppen met wat er staat, en dat de aanmelding is "
            "getekend door wie dat mag.",
            "Daarna kan de organisatie geen stap en geen stuk meer vervangen.",
            "Klopt er iets niet? Stuur een bericht in het dossier; de organisatie kan "
            "het dan nog herstellen.",
        ],
    ),
)
ADMIT = Verb(
    name="admit",
    label="Toelaten",
    roles=ANYBODY,
    is_open=_is_next(Step.ADMITTED),
    act=_admit,
    form=From,
    initial=_from_today,
    shown=lambda dossier: (
        facts_of(dossier),
        [
            f"{dossier.organisation} wordt {dossier.get_aim_display()}; wat zij "
            "daarvoor was, eindigt de dag ervoor.",
            "Een lid wordt toegelaten door iemand van het bestuur die het dossier niet "
            "zelf controleerde.",
            "Dit kunt u niet ongedaan maken: een lidmaatschap eindigt door opzegging.",
        ],
    ),
)
ASPIRANT = Verb(
    name="aspirant",
    label="Aspirant-lid maken",
    roles=BUREAU,
    is_open=_is_no_aspirant,
    act=_make_aspirant,
    form=From,
    initial=_from_today,
    shown=lambda dossier: (
        "",
        [
            f"{dossier.organisation} is dan aspirant-lid, en heeft geen stem.",
            "Overeenkomsten kunnen al worden voorbereid en overgenomen.",
            "Het eindigt met de toelating, of als het dossier stopt.",
        ],
    ),
)
REMIND = Verb(
    name="remind",
    label="Herinneren",
    roles=BUREAU,
    is_open=waits_for_organisation,
    act=_remind,
    form=Along,
    shown=lambda dossier: ("", list(REMIND_SENTENCES)),
)
NOTE = Verb(
    name="note",
    label="Bericht toevoegen",
    roles=ANYBODY,
    is_open=runs,
    act=_note,
    form=Words,
    initial=lambda _dossier: {"is_internal": True},
    shown=lambda _dossier: (
        "",
        list(NOTE_SENTENCES),
    ),
)
WITHDRAW = Verb(
    name="withdraw",
    label="Intrekken",
    roles=BUREAU,
    is_open=runs,
    act=_withdraw,
    form=Why,
    shown=lambda dossier: (
        "",
        [
            f"Doe dit als {dossier.organisation} zelf niet verder wil.",
            "Een aspirant-lidmaatschap eindigt vandaag. Het dossier blijft te lezen.",
        ],
    ),
)
REFUSE = Verb(
    name="refuse",
    label="Niet toelaten",
    roles=BESTUUR,
    is_open=runs,
    act=_refuse,
    form=Why,
    shown=lambda dossier: (
        "",
        [
            f"Het bestuur laat {dossier.organisation} niet toe (BW 2 artikel 33). De "
            "algemene ledenvergadering kan alsnog toelaten.",
            "De reden staat in het dossier. Een aspirant-lidmaatschap eindigt vandaag.",
        ],
    ),
)


def _open(organisation: Organisation, answers: dict[str, Any], by: Person) -> Done:
    dossier = dossiers.open_dossier(organisation, answers["aim"], by=by)
    return Done(f"{dossier} is geopend.".capitalize(), dossier)


def _may_begin(organisation: Organisation) -> bool:
    return (
        organisation.kind != Organisation.Kind.UITVOERDER
        and not organisation.dossiers.running().exists()
        and not organisation.memberships.active_on(timezone.localdate())
        .filter(kind="lid")
        .exists()
    )


OPEN = Verb(
    name="dossier",
    label="Dossier openen",
    roles=BUREAU,
    is_open=_may_begin,
    act=_open,
    form=Aim,
    initial=lambda _organisation: {"aim": "lid"},
    shown=lambda organisation: (
        "",
        [
            f"Doe dit als u zeker weet dat wie het vraagt bij {organisation} werkt.",
            "De contactpersonen van de organisatie zien het dossier, en de eerste "
            "stap.",
        ],
    ),
)
