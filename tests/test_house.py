"""The rules of the house, as far as a machine can see them."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path
from typing import TypeGuard

import pytest
from django.apps import apps
from django.db import models

ROOT = Path(__file__).resolve().parents[1]
APPS = ("membership", "instruments", "contracts", "billing")
PACKAGES = ("nvsi", *APPS)
LONGEST_FILE, LONGEST_FUNCTION = 300, 50
# A constraint's name is a sentence: PostgreSQL keeps 63 letters of it.
SENTENCE = re.compile(r"[a-z]+(_[a-z]+){2,}")

# Where a number in binary is right, and why.
FLOATS = {
    "billing/demo/hours.py": "how often something happens in the story of the demo",
    "billing/demo/processes.py": "seconds",
    "nvsi/spreadsheet.py": "a workbook keeps its numbers so; it is read back first",
    "membership/views.py": "seconds",
    "nvsi/embedded/process.py": "seconds",
    "nvsi/settings.py": "seconds",
}
# What migrations may name of the code: fields and validators have a place to stand.
FOR_MIGRATIONS = {"nvsi.fields", "membership.identifiers"}

DUTCH_WORDS = (
    *("gemeente", "college", "raad", "ontwerpbesluit", "collegebesluit"),
    *("wensen_en_bedenkingen", "participant", "aspirant_lid", "bestuur", "ALV"),
    *("regiegroep", "verbeterwens", "innovatiekas", "gebruiksovereenkomst"),
    *("verwerkersovereenkomst", "vergoeding", "opslag", "afdracht", "opdrachtgever"),
    *("kandidaat", "premie", "leverancier", "kvk_number", "btw"),
)


def modules(*folders: str, also: str = "") -> list[Path]:
    """Our own Python files with something in them; of migrations only when asked."""
    return [
        path
        for folder in folders
        for path in sorted((ROOT / folder).rglob("*.py"))
        if path.stat().st_size and ("migrations" not in path.parts or also)
    ]


def name_of(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def parsed(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


def nodes(path: Path) -> Iterator[ast.AST]:
    return ast.walk(parsed(path))


def is_float(node: ast.AST) -> TypeGuard[ast.expr]:
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
        return node.func.id == "float"
    return isinstance(node, ast.Constant) and isinstance(node.value, float)


def our_models() -> list[type[models.Model]]:
    return [m for m in apps.get_models() if m._meta.app_label in APPS]


SOURCES = modules(*PACKAGES)
EVERYWHERE = modules(*PACKAGES, "tests", "tools")


@pytest.mark.parametrize("path", EVERYWHERE, ids=name_of)
def test_every_module_says_what_it_is_for(path: Path) -> None:
    assert ast.get_docstring(parsed(path))


@pytest.mark.parametrize("path", SOURCES, ids=name_of)
def test_files_and_functions_are_small(path: Path) -> None:
    assert len(path.read_text(encoding="utf-8").splitlines()) <= LONGEST_FILE
    for node in nodes(path):
        if isinstance(node, ast.FunctionDef):
            lines = (node.end_lineno or node.lineno) - node.lineno + 1
            assert lines <= LONGEST_FUNCTION, node.name


@pytest.mark.parametrize("path", SOURCES, ids=name_of)
def test_no_number_is_kept_in_binary(path: Path) -> None:
    """Neither float() nor a number with a point in it, where money may pass."""
    lines = [node.lineno for node in nodes(path) if is_float(node)]
    assert bool(lines) == (name_of(path) in FLOATS), lines


def test_no_field_is_in_binary_and_no_row_disappears_with_another() -> None:
    for model in our_models():
        for field in model._meta.get_fields():
            assert not isinstance(field, models.FloatField), field
            if isinstance(field, models.ForeignKey):
                assert field.remote_field.on_delete is not models.CASCADE, field


@pytest.mark.parametrize("path", SOURCES, ids=name_of)
def test_there_are_no_signals_and_no_save_of_our_own(path: Path) -> None:
    for node in nodes(path):
        if isinstance(node, ast.ImportFrom):
            assert not (node.module or "").startswith("django.dispatch")
            assert not (node.module or "").endswith(".signals")
        if isinstance(node, ast.ClassDef) and "models" in path.parts:
            assert "save" not in {getattr(part, "name", "") for part in node.body}


VIEWS = [p for p in SOURCES if p.name == "views.py" or "views" in p.parent.parts]


@pytest.mark.parametrize("path", VIEWS, ids=name_of)
def test_a_view_gets_rows_only_through_visible_to(path: Path) -> None:
    """Every `.objects` is followed by `.visible_to`, and filters come after it."""
    for node in nodes(path):
        if isinstance(node, ast.Attribute):
            inner = node.value
            if isinstance(inner, ast.Attribute) and inner.attr == "objects":
                assert node.attr == "visible_to", f"line {node.lineno}"
            if node.attr in ("filter", "exclude", "_default_manager"):
                assert "visible_to(" in ast.unparse(inner), f"line {node.lineno}"


def test_every_constraint_has_a_name_of_its_own_that_is_a_sentence() -> None:
    names = [c.name for model in our_models() for c in model._meta.constraints]
    assert len(names) == len(set(names))
    assert [n for n in names if not SENTENCE.fullmatch(n) or len(n) > 63] == []


def test_migrations_do_not_use_code_that_changes() -> None:
    for path in modules(*APPS, also="migrations"):
        if "migrations" in path.parts:
            imported = re.findall(
                rf"^(?:from|import) ((?:{'|'.join(PACKAGES)})\b[\w.]*)",
                path.read_text(encoding="utf-8"),
                re.M,
            )
            assert set(imported) <= FOR_MIGRATIONS, name_of(path)


# An e-mail is no page: it has its style with it, since mail programs load no other.
TEMPLATES = [
    path
    for path in sorted((ROOT / "templates").rglob("*.html"))
    if "emails" not in path.parts
]


@pytest.mark.parametrize("path", TEMPLATES, ids=name_of)
def test_a_page_has_no_script_or_style_of_its_own(path: Path) -> None:
    """The Content-Security-Policy is strict: they would not work."""
    text = path.read_text(encoding="utf-8")
    for script in re.findall(r"<script\b[^>]*>", text):
        assert "src=" in script
    assert not re.search(r"<[^>]+\s(style|on[a-z]+)\s*=", text)
    if "documents" not in path.parts:
        assert "<style" not in text


EMAILS = sorted((ROOT / "templates" / "emails").glob("*.txt"))


@pytest.mark.parametrize("path", EMAILS, ids=name_of)
def test_an_email_begins_with_its_subject(path: Path) -> None:
    subject, _, body = path.read_text(encoding="utf-8").partition("\n")
    assert re.sub(r"{%.*?%}", "", subject).strip()
    assert body.strip()


GLOSSARY = ROOT / "docs" / "glossary.md"


@pytest.mark.skipif(not GLOSSARY.exists(), reason="there is no glossary")
def test_the_glossary_has_the_dutch_words_and_the_name_of_every_model() -> None:
    """A word of two parts may stand in it in two."""
    text = re.sub(r"[\s_-]+", " ", GLOSSARY.read_text(encoding="utf-8").lower())
    events = {m for m in our_models() if m.__name__.endswith("Event")}
    nouns = [m.__name__ for m in our_models() if m not in events]
    spaced = [re.sub(r"(?<=[a-z])(?=[A-Z])", " ", noun) for noun in nouns]
    words = [word.replace("_", " ").lower() for word in (*DUTCH_WORDS, *spaced)]
    found = [w for w in words if w in text or w.replace(" ", "") in text]
    assert [word for word in words if word not in found] == []
