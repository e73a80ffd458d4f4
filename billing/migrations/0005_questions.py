"""Questions about statements, what was said on them, and what guards both."""

import django.core.validators
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import membership.identifiers

GUARDS = """
CREATE FUNCTION billing_question_stands() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'UPDATE' AND (
        to_jsonb(NEW) - 'status' <> to_jsonb(OLD) - 'status'
        OR (OLD.status, NEW.status) NOT IN (
            ('open', 'answered'), ('open', 'closed'),
            ('answered', 'open'), ('answered', 'closed')))
    THEN
        RAISE EXCEPTION 'Een vraag blijft zoals zij is gesteld.'
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    IF NEW.status = 'answered' AND NOT EXISTS (
        SELECT 1 FROM billing_message m WHERE m.question_id = NEW.id AND m.is_answer)
    THEN
        RAISE EXCEPTION 'Een vraag zonder antwoord is niet beantwoord.'
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    IF TG_OP = 'INSERT' AND NOT EXISTS (
        SELECT 1 FROM billing_settlement s
        WHERE s.id = NEW.settlement_id AND s.status <> 'draft' AND NEW.status = 'open'
        AND (NEW.regel_id = '' OR EXISTS (
            SELECT 1 FROM billing_line l
            JOIN contracts_coverage c ON c.id = l.coverage_id
            JOIN contracts_gebruiksovereenkomst a ON a.id = c.agreement_id
            WHERE l.period_id = s.period_id AND l.regel_id = NEW.regel_id
                AND a.organisation_id = s.organisation_id)))
    THEN
        RAISE EXCEPTION 'Een vraag begint open, en gaat over een vastgestelde '
            'afrekening en een regel daarvan.'
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER a_question_stands_as_it_was_asked
    BEFORE INSERT OR UPDATE ON billing_question
    FOR EACH ROW EXECUTE FUNCTION billing_question_stands();

CREATE FUNCTION billing_message_is_heard() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (
        SELECT 1 FROM billing_question q
        WHERE q.id = NEW.question_id AND q.status = 'closed' FOR SHARE)
    THEN
        RAISE EXCEPTION 'Deze vraag is gesloten.'
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER nothing_is_said_on_a_closed_question
    BEFORE INSERT ON billing_message
    FOR EACH ROW EXECUTE FUNCTION billing_message_is_heard();

CREATE TRIGGER billing_question_is_kept BEFORE DELETE ON billing_question
    FOR EACH ROW EXECUTE FUNCTION nvsi_refuse();
CREATE TRIGGER billing_question_is_not_emptied BEFORE TRUNCATE ON billing_question
    FOR EACH STATEMENT EXECUTE FUNCTION nvsi_refuse();
CREATE TRIGGER billing_message_is_only_added_to
    BEFORE UPDATE OR DELETE ON billing_message
    FOR EACH ROW EXECUTE FUNCTION nvsi_refuse();
CREATE TRIGGER billing_message_is_not_emptied BEFORE TRUNCATE ON billing_message
    FOR EACH STATEMENT EXECUTE FUNCTION nvsi_refuse();
"""

TEXT = [
    (
        "id",
        models.BigAutoField(
            auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
        ),
    ),
    (
        "text",
        models.TextField(
            "tekst",
            validators=[
                django.core.validators.MaxLengthValidator(2000),
                membership.identifiers.validate_without_bsn,
            ],
        ),
    ),
    ("key", models.UUIDField("formulier")),
]


def person(label):
    return models.ForeignKey(
        settings.AUTH_USER_MODEL,
        django.db.models.deletion.PROTECT,
        related_name="+",
        verbose_name=label,
    )


def said_once(what):
    return [
        models.CheckConstraint(
            condition=models.Q(("text", ""), _negated=True),
            name=f"a_{what}_says_something",
            violation_error_message="Er staat geen tekst.",
        ),
        models.UniqueConstraint(fields=["key"], name=f"a_form_makes_a_{what}_once"),
    ]


class Migration(migrations.Migration):
    dependencies = [
        ("billing", "0004_accounts"),
        ("membership", "0002_guards"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Question",
            fields=[
                *TEXT,
                (
                    "settlement",
                    models.ForeignKey(
                        "billing.settlement",
                        django.db.models.deletion.PROTECT,
                        related_name="questions",
                        verbose_name="afrekening",
                    ),
                ),
                (
                    "regel_id",
                    models.CharField("regel", blank=True, default="", max_length=200),
                ),
                ("asked_by", person("gevraagd door")),
                (
                    "asked_at",
                    models.DateTimeField("gevraagd op", auto_now_add=True),
                ),
                (
                    "status",
                    models.CharField(
                        "status",
                        choices=[
                            ("open", "wacht op antwoord"),
                            ("answered", "beantwoord"),
                            ("closed", "gesloten"),
                        ],
                        default="open",
                        max_length=10,
                    ),
                ),
            ],
            options={
                "verbose_name": "vraag",
                "verbose_name_plural": "vragen",
                "ordering": ["asked_at", "id"],
                "constraints": said_once("question"),
            },
        ),
        migrations.CreateModel(
            name="Message",
            fields=[
                *TEXT,
                (
                    "question",
                    models.ForeignKey(
                        "billing.question",
                        django.db.models.deletion.PROTECT,
                        related_name="messages",
                        verbose_name="vraag",
                    ),
                ),
                ("is_answer", models.BooleanField("antwoord van het bureau")),
                ("by", person("door")),
                ("at", models.DateTimeField("wanneer", auto_now_add=True)),
            ],
            options={
                "verbose_name": "bericht",
                "verbose_name_plural": "berichten",
                "ordering": ["at", "id"],
                "constraints": said_once("message"),
            },
        ),
        migrations.RunSQL(GUARDS, migrations.RunSQL.noop),
    ]
