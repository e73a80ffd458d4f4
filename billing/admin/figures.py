"""What was published of a half-year, as everybody sees it; and limits of signals."""

from django.contrib import admin
from django.urls import reverse
from django.utils.html import format_html

from billing.admin.finding import by_halfyear
from billing.models import Figures
from membership.admin.recorded import FrozenAdmin, RecordedAdmin
from nvsi.admin.pages import section


class FiguresAdmin(FrozenAdmin):
    joined = ("run__period__instrument",)
    fieldsets = [
        section(
            None,
            *("run", "made_at", "page"),
            text="Gemaakt toen het halfjaar werd vastgesteld, en daarna nooit "
            "gewijzigd. Wat te weinig mensen betreft, staat er niet in.",
        ),
        section("Zoals bekendgemaakt", "content"),
    ]
    list_display = ["run", "made_at", "page"]
    list_filter = [by_halfyear("run__period")]

    @admin.display(description="openbare pagina")
    def page(self, obj: Figures) -> str:
        instrument = obj.run.period.instrument
        url = reverse("figures", args=[instrument.slug])
        return format_html('<a href="{}">{} in cijfers</a>', url, instrument)


class SignalLimitAdmin(RecordedAdmin):
    fixed = ("instrument", "from_halfyear")
    editable = (
        *("opdracht_uren", "opdracht_weken", "opdrachtgever_kandidaten", "source"),
    )
    joined = ("instrument",)
    fieldsets = [
        section(
            None,
            *("instrument", "from_halfyear"),
            *("opdracht_uren", "opdracht_weken", "opdrachtgever_kandidaten", "source"),
            text="Wat daarboven komt, staat bij de signalen van een halfjaar. Er "
            "wordt niets geweigerd. Een grens geldt tot er een andere ingaat.",
        )
    ]
    list_display = [
        *("from_halfyear", "instrument"),
        *("opdracht_uren", "opdracht_weken", "opdrachtgever_kandidaten", "source"),
    ]
    list_filter = ["instrument"]
