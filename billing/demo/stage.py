"""What every step of the demo stands on: its folder, the moment, and the commands."""

import datetime
import os
from collections.abc import Iterator
from dataclasses import dataclass
from io import StringIO
from pathlib import Path

from django.core.management import CommandError, call_command
from django.utils import timezone

from billing.models import Period
from instruments.models import Instrument
from nvsi.halfyear import HalfYear

FILES = Path(__file__).resolve().parent
INSTRUMENT = "flexensie"

# Who acts in the demo, by address.
BUREAU = "bureau@nvsi.example"
PENNINGMEESTER = "penningmeester@nvsi.example"
BESTUUR = "bestuur@nvsi.example"
BACKOFFICE = "backoffice@flexensie.example"


@dataclass(frozen=True)
class Stage:
    """Where the demo writes its files, and when it is played."""

    folder: Path
    now: datetime.datetime

    @property
    def today(self) -> datetime.date:
        return timezone.localdate(self.now)

    @property
    def instrument(self) -> Instrument:
        return Instrument.objects.get(slug=INSTRUMENT)

    def period(self, halfyear: HalfYear) -> Period:
        return self.instrument.periods.get(halfyear=halfyear)

    def write(self, name: str, content: bytes) -> Path:
        """Put a file in the folder of the demo."""
        path = self.folder / name
        path.write_bytes(content)
        return path


def command(name: str, *words: object) -> Iterator[str]:
    """Run a command of the portal; the command line, and what it said."""
    output = StringIO()
    yield _command_line(name, *words)
    call_command(name, *map(str, words), stdout=output)
    yield from output.getvalue().splitlines()


def refused_command(name: str, *words: object, most: int = 6) -> Iterator[str]:
    """Run a command that must be refused; the first lines of why."""
    yield _command_line(name, *words)
    try:
        call_command(name, *map(str, words), stdout=StringIO())
    except CommandError as refusal:
        lines = str(refusal).splitlines()
        yield f"Geweigerd: {lines[0]}"
        yield from lines[1:most]
        if len(lines) > most:
            yield f"... en nog {len(lines) - most}"
    else:
        raise AssertionError(f"{name} must refuse this")


def shown(path: Path) -> str:
    """A path as it can be typed from here."""
    relative = os.path.relpath(path)
    return str(path) if relative.startswith("..") else relative


def _command_line(name: str, *words: object) -> str:
    typed = (shown(word) if isinstance(word, Path) else f"{word}" for word in words)
    quoted = (f'"{word}"' if " " in word else word for word in typed)
    return f"$ manage.py {' '.join([name, *quoted])}"
