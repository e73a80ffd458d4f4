"""Which system account runs the embedded PostgreSQL, which refuses to run as root.

An ordinary user runs it as themself. Root runs it as `nobody`, or as the owner of
the data that is already there; no account is added and no folder is opened for it.
"""

import os
import pwd
import re
import shutil
from dataclasses import dataclass
from pathlib import Path

from nvsi.embedded.sharing import EmbeddedError

# Numbers from linux/capability.h. A container often lacks the first, narrower one.
_SEARCH_CAPABILITIES = {"dac_read_search": 2, "dac_override": 1}


@dataclass(frozen=True)
class Account:
    """An account, and the words to put before a command so that it runs as such."""

    uid: int
    gid: int
    prefix: tuple[str, ...] = ()

    def own(self, path: Path) -> None:
        """Give a file or folder to the account."""
        os.chown(path, self.uid, self.gid, follow_symlinks=False)


def account_for(data: Path, needed: tuple[Path, ...]) -> Account:
    """The account for this data folder; it must be able to reach the needed paths."""
    owner = data.stat().st_uid if data.exists() else None
    if os.geteuid() != 0:
        if owner not in (None, os.geteuid()):
            raise EmbeddedError(f"{data} is van een andere gebruiker")
        return Account(os.geteuid(), os.getegid())
    try:
        entry = pwd.getpwuid(owner) if owner else pwd.getpwnam("nobody")
    except KeyError as error:
        raise EmbeddedError(
            "geen gewone gebruiker om de database te draaien"
        ) from error
    return Account(entry.pw_uid, entry.pw_gid, _become(entry, needed))


def _become(entry: pwd.struct_passwd, needed: tuple[Path, ...]) -> tuple[str, ...]:
    setpriv = shutil.which("setpriv")
    if setpriv is None:
        raise EmbeddedError("als root is setpriv nodig (pakket util-linux)")
    prefix = [
        setpriv,
        f"--reuid={entry.pw_uid}",
        f"--regid={entry.pw_gid}",
        "--clear-groups",
    ]
    if not all(_open_to_all(path) for path in needed):
        prefix += _search_options()
    return (*prefix, "--")


def _open_to_all(path: Path) -> bool:
    return all(step.stat().st_mode & 0o001 for step in (path, *path.parents))


def _search_options() -> list[str]:
    """Let the account through folders that only root can enter, and no more.

    Without no_setuid_fixup access(2) ignores the capability, and PostgreSQL asks
    access(2) whether it may run its own binary.
    """
    status = Path("/proc/self/status").read_text()
    found = re.search(r"^CapEff:\s*(\w+)$", status, re.MULTILINE)
    effective = int(found[1], 16) if found else 0
    for name, number in _SEARCH_CAPABILITIES.items():
        if effective >> number & 1:
            return [
                "--securebits=+no_setuid_fixup",
                f"--inh-caps=-all,+{name}",
                f"--ambient-caps=-all,+{name}",
            ]
    raise EmbeddedError("de map van de code is voor de databasegebruiker gesloten")
