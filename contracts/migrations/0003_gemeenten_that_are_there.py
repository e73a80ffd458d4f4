"""No agreement begins at a gemeente that was dissolved."""

from django.db import migrations

COLUMNS = {
    "gebruiksovereenkomst": "organisation_id",
    "verwerkersovereenkomst": "organisation_id",
    "coverage": "gemeente_id",
}


def _is_there(table: str, column: str) -> str:
    return (
        f"CREATE TRIGGER a_{table}_begins_at_a_gemeente_that_is_there "
        f"BEFORE INSERT OR UPDATE ON contracts_{table} FOR EACH ROW "
        f"EXECUTE FUNCTION nvsi_gemeente_is_there('{column}');"
    )


def _drop(table: str) -> str:
    return (
        f"DROP TRIGGER a_{table}_begins_at_a_gemeente_that_is_there "
        f"ON contracts_{table};"
    )


class Migration(migrations.Migration):
    dependencies = [
        ("contracts", "0002_history_is_kept"),
        ("membership", "0017_redivisions"),
    ]
    operations = [
        migrations.RunSQL(
            "".join(_is_there(*one) for one in COLUMNS.items()),
            "".join(map(_drop, COLUMNS)),
        )
    ]
