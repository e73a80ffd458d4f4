"""The buttons of the votes of an ALV, its presentielijst and its volmachten."""

from typing import Any

from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString

from membership.admin.verbs import Done, Verb
from membership.admin.vote_forms import (
    AnnulForm,
    CloseForm,
    CountsForm,
    OpenForm,
    PaperProxyForm,
    PresentForm,
)
from membership.assembly import attending, closing, opening, proxies
from membership.letters.body import html_of
from membership.models import (
    Assembly,
    Attendance,
    Organisation,
    Person,
    Proxy,
    Role,
    Stemming,
)
from nvsi.dutch import counted

BUREAU = (Role.Name.BUREAU, Role.Name.BESTUUR)
Status = Stemming.Status


def asked_of(vote: Stemming) -> SafeString:
    """What is voted on."""
    return format_html("<p><strong>{}</strong></p>{}", vote, html_of(vote.text))


def _convened(assembly: Assembly) -> bool:
    return assembly.is_convened


def _open(assembly: Assembly, said: dict[str, Any], by: Person) -> Done:
    vote = opening.open_vote(**said["facts"], now=timezone.now(), by=by)
    many = counted(vote.entitled.voting().count(), "lid", "leden")
    return Done(f"De stemming is open; {many} met een stem.", vote)


def _count(vote: Stemming, said: dict[str, Any], by: Person) -> Done:
    counts = CountsForm.counts_of(said)
    closing.enter_counts(vote, counts, now=timezone.now(), by=by)
    return Done("De telling is bewaard. Een ander controleert haar.", vote)


def _check(vote: Stemming, said: dict[str, Any], by: Person) -> Done:
    counts = CountsForm.counts_of(said)
    return Done(
        closing.check_counts(vote, counts, now=timezone.now(), by=by).sentence, vote
    )


def _again(vote: Stemming, _said: dict[str, Any], by: Person) -> Done:
    closing.count_again(vote, now=timezone.now(), by=by)
    return Done("De eerste telling is weg. Tel opnieuw.", vote)


def _close(vote: Stemming, said: dict[str, Any], by: Person) -> Done:
    code = said.get("code", "")
    return Done(
        closing.close(vote, now=timezone.now(), by=by, code=code).sentence, vote
    )


def _annul(vote: Stemming, said: dict[str, Any], by: Person) -> Done:
    closing.annul(vote, reason=said["reason"], by=by)
    return Done("De stemming telt niet. Zij kan opnieuw.", vote)


def _present(assembly: Assembly, said: dict[str, Any], by: Person) -> Done:
    (organisation, person), now = said["who"], timezone.now()
    row = attending.announce(
        assembly, organisation, person, mode=said["mode"], now=now, by=by
    )
    attending.arrive(row, now=now, by=by)
    return Done(f"{person} is er namens {organisation}.", assembly)


def _paper_proxy(assembly: Assembly, said: dict[str, Any], by: Person) -> Done:
    to = said["to"]
    proxy = proxies.record_on_paper(
        assembly,
        said["giver"],
        holder=to if isinstance(to, Person) else None,
        of_member=to if isinstance(to, Organisation) else None,
        file=said["scan"],
        now=timezone.now(),
        by=by,
    )
    return Done("De volmacht is vastgelegd.", proxy)


def _arrive(row: Attendance, _said: dict[str, Any], by: Person) -> Done:
    attending.arrive(row, now=timezone.now(), by=by)
    return Done(f"{row.person} is er namens {row.organisation}.", row)


def _leave(row: Attendance, _said: dict[str, Any], by: Person) -> Done:
    attending.leave(row, now=timezone.now(), by=by)
    return Done(f"{row.person} is vertrokken.", row)


def _revoke(proxy: Proxy, _said: dict[str, Any], by: Person) -> Done:
    proxies.revoke(proxy, now=timezone.now(), by=by)
    return Done("De volmacht is ingetrokken.", proxy)


OPEN_VOTE = Verb(
    name="open-vote",
    label="Stemming openen",
    roles=BUREAU,
    is_open=_convened,
    act=_open,
    form=OpenForm,
    initial=OpenForm.initial_of,
    shown=lambda _assembly: (
        "",
        [
            "Wie nu lid is en niet is geschorst, mag stemmen. De lijst wordt bij het "
            "sluiten bijgewerkt en vastgezet.",
            "Elektronisch kan alleen als de regel voor dit soort stemming het "
            "toestaat. Wie voor een lid stemt, krijgt dan een e-mail.",
            "Geheim, of in de zaal: alleen tijdens de ALV zelf. Elektronisch en niet "
            "geheim kan vanaf de dertigste dag ervoor.",
        ],
    ),
)
PRESENT = Verb(
    name="present",
    label="Aanwezig melden",
    roles=BUREAU,
    is_open=_convened,
    act=_present,
    form=PresentForm,
    shown=lambda _assembly: (
        "",
        ["Deze persoon komt op de presentielijst: hij is er, en telt voor het quorum."],
    ),
)
PAPER_PROXY = Verb(
    name="paper-proxy",
    label="Volmacht op papier",
    roles=BUREAU,
    is_open=_convened,
    act=_paper_proxy,
    form=PaperProxyForm,
    shown=lambda _assembly: (
        "",
        [
            "De volmacht geldt voor de hele ALV, tot zij wordt ingetrokken.",
            "Controleer eerst of zij is getekend door wie het lid vertegenwoordigt.",
        ],
    ),
)
COUNT = Verb(
    name="count",
    label="Telling invullen",
    roles=BUREAU,
    is_open=lambda vote: vote.is_open and not vote.is_electronic,
    act=_count,
    form=CountsForm,
    shown=lambda vote: (
        asked_of(vote),
        ["Een ander vult daarna in wat hij telde. Is dat hetzelfde, dan ligt de "
         "uitslag vast."],
    ),
)  # fmt: skip
CHECK = Verb(
    name="check",
    label="Telling controleren",
    roles=BUREAU,
    is_open=lambda vote: vote.status == Status.COUNTED,
    is_for_another=lambda vote, by: vote.counted_by_id == by.pk,
    act=_check,
    form=CountsForm,
    shown=lambda vote: (
        asked_of(vote),
        [
            f"{vote.counted_by} telde. Vul in wat u zelf telde, zonder te kijken.",
            "Is het hetzelfde, dan is de stemming gesloten en ligt het besluit vast.",
        ],
    ),
)
AGAIN = Verb(
    name="again",
    label="Opnieuw tellen",
    roles=BUREAU,
    is_open=lambda vote: vote.status == Status.COUNTED,
    act=_again,
    shown=lambda _vote: ("", ["De eerste telling gaat weg; daarna telt u opnieuw."]),
)
CLOSE = Verb(
    name="close",
    label="Sluiten en tellen",
    roles=BUREAU,
    is_open=lambda vote: vote.is_open and vote.is_electronic,
    act=_close,
    form=CloseForm,
    shown=lambda vote: (
        asked_of(vote),
        [
            f"{vote.entitled.filter(has_voted=True).count()} van "
            f"{counted(vote.entitled.voting().count(), 'lid', 'leden')} stemden. "
            "Daarna kan niemand meer stemmen.",
            "De uitslag ligt vast. Is er een meerderheid, dan is er een besluit.",
            *(["De verzegelde stemmen worden geteld en gewist."]
              if vote.is_sealed else []),
        ],
    ),
)  # fmt: skip
ANNUL = Verb(
    name="annul",
    label="Ongeldig verklaren",
    roles=BUREAU,
    is_open=lambda vote: vote.status in (Status.OPEN, Status.COUNTED),
    act=_annul,
    form=AnnulForm,
    shown=lambda vote: (
        asked_of(vote),
        ["Deze stemming telt niet, en kan opnieuw. Verzegelde stemmen worden gewist."],
    ),
)
ARRIVE = Verb(
    name="arrive",
    label="Is er",
    roles=BUREAU,
    is_open=lambda row: row.status != "came" and row.assembly.is_convened,
    act=_arrive,
    shown=lambda row: ("", [f"{row.person} is er namens {row.organisation}."]),
)
LEAVE = Verb(
    name="leave",
    label="Is vertrokken",
    roles=BUREAU,
    is_open=lambda row: row.status == "came" and row.assembly.is_convened,
    act=_leave,
    shown=lambda row: ("", ["De stem van dit lid is er daarna niet meer."]),
)
REVOKE = Verb(
    name="revoke",
    label="Intrekken",
    roles=BUREAU,
    is_open=lambda proxy: proxy.is_running and proxy.assembly.is_convened,
    act=_revoke,
    shown=lambda _proxy: (
        "",
        ["Wat al met de volmacht is gestemd, blijft staan. Wie haar had, krijgt een "
         "e-mail."],
    ),
)  # fmt: skip
