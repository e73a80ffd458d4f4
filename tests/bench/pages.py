"""The pages of a contactpersoon, beside an empty one on the same server.

His gemeente has forty half-years of afrekeningen, all paid, the last one over 5,000
lines.
"""

import datetime
import hashlib
import json
from collections.abc import Callable, Iterator
from statistics import quantiles

from django.utils import timezone

from billing.models import Settlement, Statement
from billing.statements import documents
from membership.models import Organisation, Person, Role
from nvsi.halfyear import HalfYear
from tests.bench import books
from tests.bench.data import GEMEENTEN, write_delivery
from tests.bench.server import WORKERS, Reader, serving
from tests.bench.timing import Plan, Row, Watch, in_turns

HALFYEARS = 40
FIRST = HalfYear(2014, 1)
LINES, LINES_OF_LAST = 25, 5_000
OPDRACHTEN = 100
REQUESTS = 100
MOST = 3


def measure(plan: Plan) -> Iterator[Row]:
    """Per round the p95 of a hundred requests, one after the other."""
    last = found(plan)
    person = Person.objects.create_user("lezer@nvsi.example", "Lezer")
    Role.objects.create(
        person=person,
        organisation=Organisation.objects.get(code=GEMEENTEN[0]),
        name="contactpersoon",
        starts_on=books.SINCE,
    )
    detail = f"/afrekeningen/{last.number}/"
    with serving(plan.folder) as server:
        reader = Reader(server, person)

        def reading(page: str) -> Callable[[Watch], None]:
            return lambda watch: watch.seconds.append(p95(reader, page))

        paths = ("/leeg/", "/afrekeningen/", detail)
        for path in paths * WORKERS * 2:
            reader.get(path)
        empty, *others = in_turns(*map(reading, paths), rounds=plan.rounds)
    subjects = (
        f"list of {HALFYEARS} half-years",
        f"statement of {LINES_OF_LAST:,} lines",
    )
    for subject, watch in zip(subjects, others, strict=True):
        yield Row(
            f"{subject}, p95 beside an empty page",
            watch.median * 1000,
            empty.median * 1000,
            MOST,
            unit="ms",
        )


def p95(reader: Reader, path: str) -> float:
    watch = Watch()
    for _ in range(REQUESTS):
        with watch.timed():
            reader.get(path)
    return quantiles(watch.seconds, n=20)[-1]


def found(plan: Plan) -> Settlement:
    """Settle forty half-years; gives the last, with its statement."""
    halfyear = FIRST
    for number in range(HALFYEARS):
        last = number == HALFYEARS - 1
        path = write_delivery(
            plan.folder / f"{halfyear}.csv",
            LINES_OF_LAST if last else LINES,
            halfyear=halfyear,
            gemeenten=GEMEENTEN[:1],
            opdrachten=OPDRACHTEN,
        )
        after = halfyear.last_day + datetime.timedelta(days=15)
        books.take_in(path, today=after)
        books.settle(halfyear, today=after)
        books.pay(halfyear, today=after)
        halfyear = halfyear.next()
    settlement = Settlement.objects.latest("pk")
    _make(Statement.objects.get(settlement=settlement))
    return settlement


def _make(statement: Statement) -> None:
    """Its content alone: no page shows the paper, which takes minutes to print."""
    lines = documents.lines_of([statement])[statement.settlement_id]
    content = documents.content_of(statement, lines)
    statement.json = json.dumps(content, ensure_ascii=False, indent=1).encode()
    statement.json_sha256 = hashlib.sha256(statement.json).hexdigest()
    statement.pdf = statement.xlsx = b""
    statement.state, statement.made_at = Statement.State.DONE, timezone.now()
    statement.save()
