"""The presentielijst of an ALV as a workbook: who is there, and who votes for whom."""

from membership.assembly.entitling import votes_on
from membership.assembly.speaking import proxies_of
from membership.models import Assembly, Attendance
from nvsi.admin.columns import moment
from nvsi.spreadsheet import Sheet, write_xlsx

HEAD = ("Organisatie", "Code", "Stem", "Aangemeld", "Hoe", "Status", "Gekomen",
        "Vertrokken", "Volmacht aan")  # fmt: skip


def as_xlsx(assembly: Assembly) -> bytes:
    """A row for each member, and for who else comes, by name."""
    return write_xlsx(
        [Sheet("Presentielijst", HEAD, rows_of(assembly))],
        created=assembly.on,
        title=f"Presentielijst {assembly.title}",
    )


def rows_of(assembly: Assembly) -> list[tuple[str, ...]]:
    """As on the day of the ALV."""
    votes = votes_on(assembly.on, 1)
    found = assembly.attendances.select_related("organisation", "person")
    there = {row.organisation: row for row in found}
    everybody = sorted(votes.keys() | there.keys(), key=lambda one: one.name)
    proxies = proxies_of(assembly).rows
    given = {key[0]: proxy for key, proxy in proxies.items() if key[1] is None}
    rows = []
    for one in everybody:
        proxy = given.get(one.pk)
        to = str(proxy.of_member or proxy.holder) if proxy else ""
        has_vote = "ja" if votes.get(one) else "nee"
        rows.append((one.name, one.code, has_vote, *_came(there.get(one)), to))
    return rows


def _came(row: Attendance | None) -> tuple[str, ...]:
    if row is None:
        return ("", "", "", "", "")
    return (
        row.person.name,
        row.get_mode_display(),
        row.get_status_display(),
        moment(row.came_at) if row.came_at else "",
        moment(row.left_at) if row.left_at else "",
    )
