"""What the page of a half-year shows: findings, totals, and what is asked of whom.

Everything is only read here; what a button does stands in its verb.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from django.utils import timezone
from django.utils.html import format_html

from billing.admin.calculation import calculation, total
from billing.admin.halfyear_steps import Progress, Step, Steps
from billing.admin.paying import EXPORT, TRY_AGAIN, due_table
from billing.admin.verbs import APPROVE, PREPARE
from billing.models import (
    Line,
    Period,
    Question,
    RunStatus,
    Settlement,
    SettlementRun,
    Statement,
)
from billing.paying.dues import Due, open_dues
from billing.settling.calculation import Amounts
from billing.settling.differences import differences
from billing.settling.halfyear_facts import HalfyearFacts
from billing.settling.preflight import Check, Finding, run_checks
from billing.settling.preview import Preview
from billing.settling.settlements import still_to_settle
from membership.admin.verbs import verb_url
from membership.models import Person
from nvsi.admin.columns import link, list_url
from nvsi.admin.tables import Table
from nvsi.dutch import counted, day, euro
from nvsi.errors import NotAllowed
from nvsi.money import ZERO

MOST_CHANGES = 5
# The checks that are about lines, and the filter that lists these.
LINE_FILTERS = {"below_minimum_wage": "onder_minimum", "came_late": "nagekomen"}


@dataclass(frozen=True)
class Asked:
    """What is to be done now, and the button when this person may do it."""

    sentence: str
    label: str = ""
    url: str = ""


class HalfyearPage:
    """All of the page, each part asked once, when it is shown."""

    def __init__(self, period: Period, by: Person) -> None:
        self.period, self.by = period, by
        self.facts = HalfyearFacts(period, today=timezone.localdate())

    @cached_property
    def run(self) -> SettlementRun | None:
        """The last run: a draft, or what was approved."""
        runs = self.period.runs.select_related(
            "prepared_by", "approved_by", "period__instrument"
        )
        return runs.order_by("-sequence").first()

    @property
    def draft(self) -> SettlementRun | None:
        run = self.run
        return run if run and run.status == RunStatus.DRAFT else None

    @cached_property
    def dues(self) -> list[Due]:
        return open_dues(self.period)

    # What was found

    @cached_property
    def checks(self) -> list[tuple[Check, list[tuple[str, str]]]]:
        """Each check with what it found, as a link and some words."""
        checks = run_checks(self.facts)
        return [(c, [self._found(c, one) for one in c.found]) for c in checks]

    @property
    def findings_count(self) -> int:
        return sum(1 for check, _ in self.checks if not check.is_clear)

    def _found(self, check: Check, finding: Finding) -> tuple[str, str]:
        organisation = finding.organisation
        if organisation is None:
            return "", finding.words
        if check.name not in LINE_FILTERS:
            return link(organisation), finding.words
        query = {LINE_FILTERS[check.name]: "ja", "gemeente": organisation.pk}
        url = list_url(Line, halfjaar=self.period.halfyear, **query)
        lines = format_html('<a href="{}">{}</a>', url, finding.words)
        return link(organisation), lines

    @cached_property
    def to_prepare(self) -> Preview | None:
        """What a run would hold if it were prepared now; None when that cannot be."""
        outcome = self.facts.outcome
        return None if isinstance(outcome, NotAllowed) else still_to_settle(outcome)

    @cached_property
    def outdated(self) -> str:
        """What changed since the draft was prepared; empty when nothing did."""
        if self.draft is None or self.to_prepare is None:
            return ""
        if self.to_prepare.fingerprint == self.draft.fingerprint:
            return ""
        changes = differences(self.draft, self.to_prepare)
        more = len(changes) - MOST_CHANGES
        said = "; ".join(changes[:MOST_CHANGES]) or "de percentages of hun bron"
        return f"{said}; en nog {more} andere" if more > 0 else said

    # What it comes to

    @cached_property
    def sums(self) -> tuple[str, str]:
        """A heading, and the calculation of all settlements together."""
        if self.draft:
            rows = self.draft.settlements.all()
            return "Concept", calculation(total(rows), "de gemeenten")
        if self.run:
            rows = self.period.settlements.in_force().approved()
            return "Vastgesteld", calculation(total(rows), "de gemeenten")
        holders = self.to_prepare.holders if self.to_prepare else ()
        amounts = Amounts.total(holder.amounts for holder in holders)
        return "Zoals het nu staat", calculation(amounts, "de gemeenten")

    @property
    def due_table(self) -> str:
        return due_table(self.dues) if self.dues else ""

    @cached_property
    def settlements(self) -> Table | None:
        """Of the last run: drafts to judge, or what was approved."""
        if self.run is None:
            return None
        return Table(
            self.run.settlements.select_related("organisation"),
            (
                *("organisation", "status", "uren", "bruto_omzet", "premies"),
                *("vergoeding", "uitkering_gemeente"),
            ),
            all_at=list_url(Settlement, ronde=self.run.pk),
            title="Concepten" if self.draft else "Afrekeningen",
        )

    @cached_property
    def questions(self) -> Table:
        rows = Question.objects.open().filter(settlement__period=self.period)
        return Table(
            rows.select_related("settlement__organisation", "asked_by"),
            ("asked_at", "settlement__organisation", "settlement", "asked_by"),
            title="Open vragen",
            nothing="Er wacht geen vraag op antwoord.",
        )

    # How far it is

    @cached_property
    def _steps(self) -> Steps:
        return Steps(self.period, self.run, is_payable=self._is_payable)

    @property
    def steps(self) -> list[Step]:
        return self._steps.all()

    @property
    def progress(self) -> list[Progress]:
        return self._steps.progress

    @property
    def is_busy(self) -> bool:
        """Whether a worker is making something that the page can wait for."""
        return self._steps.documents.is_busy

    @property
    def _is_payable(self) -> bool:
        return self.run is not None and any(due.is_payable for due in self.dues)

    # What is asked

    @cached_property
    def asked(self) -> Asked:
        return next(self._asked())

    def _asked(self) -> Iterator[Asked]:
        """The first that holds: the road in the order in which it runs."""
        halfyear = self.period.halfyear
        if not halfyear.has_ended(self.facts.today):
            yield Asked(
                f"Dit halfjaar loopt tot en met {day(halfyear.last_day)}. Daarna stelt "
                "u de afrekeningen op."
            )
        if isinstance(self.facts.outcome, NotAllowed):
            yield Asked(str(self.facts.outcome))
        if self.outdated:
            yield self._prepare(
                f"Er is iets veranderd sinds het opstellen: {self.outdated}."
            )
        if self.draft:
            yield self._approve(self.draft)
        if self.to_prepare and self.to_prepare.holders:
            yield self._prepare("Bekijk de controles en stel de afrekeningen op.")
        if self.run is None:
            yield Asked("Er zijn nog geen urenregels over dit halfjaar.")
        yield from self._paying()

    def _prepare(self, sentence: str) -> Asked:
        if self.by.has_role(*PREPARE.roles):
            return Asked(sentence, PREPARE.label, verb_url(self.period, PREPARE))
        return Asked(f"{sentence} Dat doet het bureau of de penningmeester.")

    def _approve(self, draft: SettlementRun) -> Asked:
        if draft.prepared_by == self.by:
            return Asked(
                "U stelde deze concepten op. De penningmeester of het bestuur stelt ze "
                "vast: iemand anders dan u."
            )
        if not self.by.has_role(*APPROVE.roles):
            return Asked("De penningmeester of het bestuur stelt de concepten vast.")
        sentence = "Bekijk de controles en de concepten, en stel ze vast."
        return Asked(sentence, APPROVE.label, verb_url(draft, APPROVE))

    def _paying(self) -> Iterator[Asked]:
        payable = [due for due in self.dues if due.is_payable]
        if payable and self._approved_by_me:
            yield Asked(
                "U stelde dit halfjaar vast. Iemand anders maakt het betaalbestand."
            )
        if payable:
            amount = euro(sum((due.amount for due in payable), ZERO))
            count = counted(len(payable), "betaling", "betalingen")
            yield Asked(
                f"Er is {amount} te betalen, in {count}.",
                EXPORT.label,
                verb_url(self.period, EXPORT),
            )
        if self._steps.payments.is_busy:
            yield Asked(
                "Wacht op de bank, en lees het bankafschrift in als het er is.",
                "Bankafschrift inlezen",
                self._steps.read_url,
            )
        yield Asked("Dit halfjaar is afgerond. Er is nu niets te doen.")

    @cached_property
    def _approved_by_me(self) -> bool:
        return self.period.runs.filter(approved_by=self.by).exists()

    @cached_property
    def others(self) -> list[tuple[str, str]]:
        """What can also be done, beside what is asked."""
        found = []
        if self.draft and self.by.has_role(*PREPARE.roles):
            found.append(("Opnieuw opstellen", verb_url(self.period, PREPARE)))
        may_export = self.by.has_role(*EXPORT.roles) and not self._approved_by_me
        if may_export and not self._is_payable and self.period.batches.exists():
            url = verb_url(self.period, EXPORT)
            found.append(("Betaalbestand nog eens", url))
        failed = (
            Statement.objects.filter(
                settlement__period=self.period, state=Statement.State.FAILED
            )
            .only("pk")
            .first()
        )
        if failed and self.by.has_role(*TRY_AGAIN.roles):
            found.append(("Documenten opnieuw", verb_url(failed, TRY_AGAIN)))
        return [(label, url) for label, url in found if url != self.asked.url]
