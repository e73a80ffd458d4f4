"""Draw statement.png: the first page of the statement of the worked example.

After `make setup`, from the root, when the paper has changed:
`PYTHONPATH=. .venv/bin/python docs/images/statement.py`. It needs pdftoppm (Debian:
poppler-utils).
"""

import os
import subprocess
from pathlib import Path

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "nvsi.settings")
os.environ.setdefault("NVSI_MODE", "local")
django.setup()

from billing.statements.pdf import render_pdf  # noqa: E402 - after the settings
from tests.billing.statement_content import statement, twin_of  # noqa: E402 - idem

TARGET = Path(__file__).with_suffix("")  # pdftoppm adds .png
DRAW = ("pdftoppm", "-png", "-singlefile", "-r", "96", "-f", "1", "-", str(TARGET))


def main() -> None:
    content = statement()
    pdf = render_pdf(content, twin_of(content))
    subprocess.run(DRAW, input=pdf, check=True)  # noqa: S603 - a fixed program


if __name__ == "__main__":
    main()
