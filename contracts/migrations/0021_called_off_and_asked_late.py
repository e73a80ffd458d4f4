"""What was asked about data is called off once their use goes on; a later end is asked
anew, and so is what a gemeente left that goes on for others. Who agrees late says yes
itself to a change of annexes, on a day of its own."""

from django.db import migrations, models
from django.db.models import Q

_FREE = """'choice', 'chosen_at', 'chosen_by_id', 'due_on', 'clears_id',
        'done_on', 'words', 'kept', 'how', 'signer_name', 'signer_function',
        'file_name', 'sha256', 'content', 'proven_at', 'proven_by_id'"""
_GUARD = """
CREATE OR REPLACE FUNCTION nvsi_clearing_stands() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    free text[] := ARRAY[{free}];
BEGIN
    IF OLD.proven_at IS NOT NULL{also}
        OR to_jsonb(NEW) - free <> to_jsonb(OLD) - free
    THEN
        RAISE EXCEPTION 'Wat met de gegevens is gebeurd, staat vast.'
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$;
"""
# What was proven or called off stands; until then the choice and the proof are filled
# in, or it is called off.
STANDS = _GUARD.format(
    free=f"{_FREE}, 'called_off_at'", also="\n        OR OLD.called_off_at IS NOT NULL"
)
STOOD = _GUARD.format(free=_FREE, also="")
ONCE = "a_processor_clears_an_agreement_once"


class Migration(migrations.Migration):
    dependencies = [("contracts", "0020_who_is_concerned_after_all")]
    operations = [
        migrations.AddField(
            "clearing",
            "called_off_at",
            models.DateTimeField(blank=True, null=True, verbose_name="vervallen op"),
        ),
        migrations.RemoveConstraint("clearing", ONCE),
        migrations.AddConstraint(
            "clearing",
            models.UniqueConstraint(
                fields=[
                    "verwerkersovereenkomst",
                    "gebruiksovereenkomst",
                    "organisation",
                    "instrument",
                    "processor",
                    "ended_on",
                ],
                condition=Q(called_off_at__isnull=True),
                nulls_distinct=False,
                name=ONCE,
            ),
        ),
        migrations.AddConstraint(
            "clearing",
            models.CheckConstraint(
                condition=Q(called_off_at__isnull=True) | Q(proven_at__isnull=True),
                name="what_was_cleared_is_not_called_off",
                violation_error_message="De verklaring is al getekend.",
            ),
        ),
        migrations.RunSQL(STANDS, STOOD),
        migrations.AddField(
            "consent",
            "asks_yes",
            models.BooleanField(
                default=False, verbose_name="uitdrukkelijke instemming nodig"
            ),
        ),
        migrations.AddField(
            "consent",
            "answer_by",
            models.DateField(blank=True, null=True, verbose_name="eigen laatste dag"),
        ),
    ]
