"""What the worker does with an export: the list as its asker sees it, into a file.

It runs with the rights that the asker has now. A worker that is killed has kept
nothing; after a while another one begins anew.
"""

import tempfile
from pathlib import Path

import structlog
from django.apps import apps
from django.contrib import admin
from django.db import InterfaceError, OperationalError
from django.utils import timezone

from membership import exports
from membership.exports import TakenOver
from membership.models import Export
from nvsi.admin.lists import MOST_XLSX_ROWS, Listed, listed
from nvsi.errors import NotAllowed

log = structlog.get_logger()


def work_on_next() -> bool:
    """Make one export that waits and that nobody else has; False when there is none."""
    export = exports.begin(timezone.now())
    if export is None:
        return False
    try:
        _make(export)
    except (OperationalError, InterfaceError):
        raise  # the database is away; it is begun again when that is over
    except TakenOver:
        log.warning("export_taken_over", export=export.pk)
    except NotAllowed as refusal:
        exports.fail(export, str(refusal))
    except Exception:
        log.exception("export_failed", export=export.pk)
        exports.fail(export, exports.BROKE_OFF)
    return True


def _make(export: Export) -> None:
    found = list_of(export)
    count = found.count()
    require_room(export.format, count)
    exports.tell(
        export, rows_count=count, chosen=found.chosen[: exports.LONGEST_CHOICE]
    )
    with tempfile.TemporaryDirectory(prefix="nvsi-export-") as folder:
        path = Path(folder) / f"lijst.{export.format}"
        rows = found.write(
            path, export.format, lambda done: exports.tell(export, rows_done=done)
        )
        exports.keep(export, path, rows)


def list_of(export: Export) -> Listed:
    """What was asked for, as its asker may see it now. Raises NotAllowed."""
    model = apps.get_model(export.list_label)
    return listed(admin.site.get_model_admin(model), export.asked_by, export.query)


def require_room(fmt: str, count: int) -> None:
    """Raises NotAllowed for more rows than a workbook holds."""
    if fmt == Export.Format.XLSX and count > MOST_XLSX_ROWS:
        raise NotAllowed(
            "Een XLSX-bestand heeft ten hoogste 1.048.575 rijen. Kies CSV, of een "
            "kleiner deel van de lijst."
        )
