"""What the board of an ALV shows of its votes, who is there, and the volmachten."""

from membership.models import Assembly, Attendance, Proxy, Stemming
from nvsi.admin.columns import list_url
from nvsi.admin.tables import Table


def tables_of_votes(assembly: Assembly) -> list[Table]:
    votes = assembly.stemmingen.select_related(
        "beslispunt__voorstel", "amendement__beslispunt__voorstel"
    )
    there = assembly.attendances.select_related("organisation", "person")
    proxies = assembly.proxies.running().defer("content")
    return [
        Table(
            votes.order_by("opened_at"),
            ("beslispunt", "amendement", "method", "status", "verdict"),
            all_at=list_url(Stemming, assembly=assembly.pk),
            title="Stemmingen",
            nothing="Er is nog niet gestemd.",
        ),
        Table(
            there.order_by("organisation__name"),
            ("organisation", "person", "mode", "status"),
            all_at=list_url(Attendance, assembly=assembly.pk),
            title="Aanwezigheid",
            nothing="Nog niemand meldde zich aan.",
        ),
        Table(
            proxies.select_related("organisation", "of_member", "holder", "voorstel"),
            ("organisation", "of_member", "holder", "voorstel"),
            all_at=list_url(Proxy, assembly=assembly.pk),
            title="Volmachten",
            nothing="Er is geen volmacht.",
        ),
    ]
