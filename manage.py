#!/usr/bin/env python
"""Run a command of the portal, with the embedded database if there is no other."""

import os
import sys
from contextlib import nullcontext

from django.core.management import execute_from_command_line

from nvsi import embedded


def main() -> None:
    """Run the command line; on an ordinary kill too the database is let go of."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "nvsi.settings")
    os.environ.setdefault("NVSI_MODE", "local")
    embedded.exit_on_signals()
    wanted = embedded.wanted(sys.argv, os.environ)
    try:
        with embedded.postgres() if wanted else nullcontext():
            execute_from_command_line(sys.argv)
    except embedded.EmbeddedError as error:
        sys.exit(str(error))


if __name__ == "__main__":
    main()
