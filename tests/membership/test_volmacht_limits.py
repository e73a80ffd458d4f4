"""How many volmachten one may hold: by the strictest rule of what they vote on."""

import pytest
from django.utils import timezone

from membership.assembly import proxies
from membership.models import Organisation, Person, Proxy, Voorstel, VotingRule
from nvsi.errors import NotAllowed
from tests.membership.assemblies import make_voorstel
from tests.membership.assembly_days import allow_electronic, make_day, make_members

pytestmark = pytest.mark.django_db


def give(
    voorstel: Voorstel, of: tuple[Organisation, Person], to: Organisation, *, all_: bool
) -> Proxy:
    member, speaker = of
    return proxies.give(
        voorstel.assembly, member, holder=None, of_member=to,
        voorstel=None if all_ else voorstel, now=timezone.now(), by=speaker,
    )  # fmt: skip


def test_the_limit_of_a_statutenwijziging_holds_for_a_whole_alv(bureau: Person) -> None:
    allow_electronic()
    strict = VotingRule.objects.filter(kind="statutenwijziging")
    strict.update(proxies_per_person=1, article="statuten, artikel 15")
    voorstel = make_day(bureau, kind="statutenwijziging").voorstellen.get()
    (host, _), one, two = make_members(3)
    give(voorstel, one, host, all_=True)
    with pytest.raises(NotAllowed, match=r"al 1\svolmacht; .*artikel 15"):
        give(voorstel, two, host, all_=True)


def test_one_member_may_give_the_same_host_two_voorstellen(bureau: Person) -> None:
    allow_electronic()
    VotingRule.objects.update(proxies_per_person=1)
    first = make_day(bureau).voorstellen.get()
    second = make_voorstel(first.assembly)
    (host, _), one, two = make_members(3)
    for voorstel in (first, second):
        give(voorstel, one, host, all_=False)
    with pytest.raises(NotAllowed, match="meer mag niet"):
        give(second, two, host, all_=False)
