"""Papers and names give way once two people decided that they had their time."""

import json

from django.db import migrations

GUARDS = """
-- Whether a row changed in nothing but this: values that go became `gone`, and what was
-- empty stayed so; and a line of the vernietigingslijst says that it may.
CREATE FUNCTION contracts_is_destroyed(
    was jsonb, becomes jsonb, gone jsonb, kinds text[], which bigint
) RETURNS boolean LANGUAGE sql STABLE AS $$
    SELECT becomes = was || (
        SELECT jsonb_object_agg(
            key, CASE WHEN was -> key IN ('""', 'null') THEN was -> key ELSE value END
        ) FROM jsonb_each(gone)
    ) AND destruction_decided(kinds, which)
$$;

-- For what is only added to: the kinds, the column that names the record, what goes.
CREATE FUNCTION contracts_stands_for_its_term() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'UPDATE' AND contracts_is_destroyed(
        to_jsonb(OLD), to_jsonb(NEW), TG_ARGV[2]::jsonb, TG_ARGV[0]::text[],
        (to_jsonb(OLD) ->> TG_ARGV[1])::bigint
    ) THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION '% wordt nooit gewijzigd of verwijderd (%).', TG_TABLE_NAME, TG_OP
        USING ERRCODE = 'integrity_constraint_violation';
END $$;
"""
PAPERS = "offer,agreement"
FILE = {"content": "\\x", "file_name": "vernietigd"}
WITH_REASON = {**FILE, "reason": "vernietigd"}
# Of each table that is only added to: the kinds, the column, and what goes.
ADDED_TO = {
    "signature": (PAPERS, "offer_id", {"name": "vernietigd", "function": "vernietigd"}),
    "sealeddocument": (PAPERS, "offer_id", {"content": "\\x", "trail": {}}),
    "takeoverletter": (PAPERS, "offer_id", FILE),
    "breach": (
        "breach",
        "id",
        {"caller": "vernietigd", "discovered_by": "vernietigd"},
    ),
    "breachdescription": ("breach", "breach_id", {"contact": "vernietigd"}),
    "breachentry": ("breach", "breach_id", {**FILE, "who": "vernietigd"}),
}
# Of each table that is decided on once: its trigger, its condition if it has one, its
# function, what goes, and by which kinds and columns.
OFFER = {
    "document": "\\x",
    "document_name": "vernietigd",
    "filled": None,
    "reason": "vernietigd",
}
SIGNER = {"signer_name": "vernietigd", "signer_function": "vernietigd"}
DECIDED_ON = {
    "offer": (
        "an_offer_that_was_made_stands",
        "(OLD.offered_at IS NOT NULL OR OLD.withdrawn_at IS NOT NULL) AND ",
        "nvsi_offer_stands",
        OFFER,
        ((PAPERS, "id"),),
    ),
    "scan": (
        "a_scan_is_only_decided_on",
        "",
        "nvsi_scan_stands",
        WITH_REASON,
        ((PAPERS, "offer_id"), ("scan", "id")),
    ),
    "submittedmodel": (
        "a_submitted_model_is_only_decided_on",
        "",
        "nvsi_model_stands",
        WITH_REASON,
        ((PAPERS, "offer_id"), ("model", "id")),
    ),
    "clearing": (
        "a_clearing_stands",
        "",
        "nvsi_clearing_stands",
        {**FILE, **SIGNER},
        (("clearing", "id"),),
    ),
}


def _added_to(table, kinds, column, gone):
    name = f"contracts_{table}_is_only_added_to"
    return f"""
DROP TRIGGER {name} ON contracts_{table};
CREATE TRIGGER {name} BEFORE UPDATE OR DELETE ON contracts_{table}
    FOR EACH ROW EXECUTE FUNCTION
    contracts_stands_for_its_term('{{{kinds}}}', '{column}', '{json.dumps(gone)}');
"""


def _decided_on(table, name, condition, function, gone, named):
    goes = " OR ".join(
        "contracts_is_destroyed(to_jsonb(OLD), to_jsonb(NEW), "
        f"'{json.dumps(gone)}', '{{{kinds}}}', OLD.{column})"
        for kinds, column in named
    )
    return f"""
DROP TRIGGER {name} ON contracts_{table};
CREATE TRIGGER {name} BEFORE UPDATE ON contracts_{table}
    FOR EACH ROW WHEN ({condition}NOT ({goes})) EXECUTE FUNCTION {function}();
"""


SQL = (
    GUARDS
    + "".join(_added_to(table, *how) for table, how in ADDED_TO.items())
    + "".join(_decided_on(table, *how) for table, how in DECIDED_ON.items())
)


class Migration(migrations.Migration):
    dependencies = [
        ("contracts", "0017_uitvoeringsopdrachten"),
        ("membership", "0028_two_people_destroy"),
    ]
    operations = [migrations.RunSQL(SQL, migrations.RunSQL.noop)]
