"""Votes of the ALV: rules, who may vote, ballots, proxies and who was there."""

import datetime
import uuid

import django.db.models.deletion
import django.db.models.expressions
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

import membership.identifiers

# A vote is on the agenda of its own ALV, counts what its ballots say, and then stands.
VOTES = """
CREATE FUNCTION nvsi_refuse_vote() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'Een stemming blijft zoals zij is gehouden.'
        USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = TG_NAME;
END $$;
CREATE FUNCTION nvsi_rule_was_used() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (SELECT FROM membership_stemming WHERE rule_id = OLD.id) THEN
        RAISE EXCEPTION 'Met deze regel is gestemd. Maak een nieuwe, vanaf een dag.'
            USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = TG_NAME;
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER a_rule_that_was_voted_by_stands
    BEFORE UPDATE ON membership_votingrule FOR EACH ROW
    EXECUTE FUNCTION nvsi_rule_was_used();

CREATE FUNCTION nvsi_vote_is_of_its_assembly() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.status <> 'open' OR NOT EXISTS (
        SELECT FROM membership_assembly a JOIN membership_voorstel v
            ON v.assembly_id = a.id
        JOIN membership_beslispunt b ON b.voorstel_id = v.id AND b.outcome = ''
        LEFT JOIN membership_amendement m ON m.beslispunt_id = b.id
        WHERE a.id = NEW.assembly_id AND a.status = 'convened'
            AND (b.id = NEW.beslispunt_id
                OR m.id = NEW.amendement_id AND m.status = 'ingediend')
    ) THEN
        RAISE EXCEPTION 'Gestemd wordt over wat op de agenda van deze ALV staat.'
            USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = TG_NAME;
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER a_vote_is_on_the_agenda_of_its_assembly
    BEFORE INSERT ON membership_stemming FOR EACH ROW
    EXECUTE FUNCTION nvsi_vote_is_of_its_assembly();
CREATE TRIGGER a_vote_stands
    BEFORE UPDATE ON membership_stemming FOR EACH ROW
    WHEN (OLD.status IN ('closed', 'annulled') OR (OLD.assembly_id, OLD.beslispunt_id,
        OLD.amendement_id, OLD.rule_id, OLD.method, OLD.is_secret, OLD.public_key,
        OLD.opened_at, OLD.opened_by_id) IS DISTINCT FROM (NEW.assembly_id,
        NEW.beslispunt_id, NEW.amendement_id, NEW.rule_id, NEW.method, NEW.is_secret,
        NEW.public_key, NEW.opened_at, NEW.opened_by_id))
    EXECUTE FUNCTION nvsi_refuse_vote();

-- What is written at the close is the sum of the frozen list, and of the ballots.
CREATE FUNCTION nvsi_vote_counts_its_ballots() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    entitled integer; present integer; marked integer; sealed integer; said integer[];
BEGIN
    SELECT coalesce(sum(votes), 0), coalesce(sum(votes) FILTER (WHERE is_present), 0),
        coalesce(sum(votes) FILTER (WHERE has_voted), 0)
        INTO entitled, present, marked
        FROM membership_entitled WHERE stemming_id = NEW.id;
    SELECT count(*) INTO sealed FROM membership_sealedballot WHERE stemming_id = NEW.id;
    SELECT ARRAY[coalesce(sum(e.votes) FILTER (WHERE b.choice = 'pro'), 0),
        coalesce(sum(e.votes) FILTER (WHERE b.choice = 'contra'), 0),
        coalesce(sum(e.votes) FILTER (WHERE b.choice = 'abstained'), 0),
        coalesce(sum(e.votes) FILTER (WHERE b.choice = 'blank'), 0)] INTO said
        FROM membership_ballot b JOIN membership_entitled e ON e.id = b.entitled_id
        WHERE e.stemming_id = NEW.id;
    IF (NEW.entitled_votes, NEW.present_votes) IS DISTINCT FROM (entitled, present)
        OR NEW.method = 'electronic' AND (
            NEW.pro + NEW.contra + NEW.abstained + NEW.blank <> marked
            OR NEW.is_secret AND sealed <> marked
            OR NOT NEW.is_secret AND said <>
                ARRAY[NEW.pro, NEW.contra, NEW.abstained, NEW.blank])
    THEN
        RAISE EXCEPTION 'De telling is niet die van de stemmen.'
            USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = TG_NAME;
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER a_closed_vote_counts_its_ballots
    BEFORE UPDATE ON membership_stemming FOR EACH ROW
    WHEN (NEW.status = 'closed' AND OLD.status IN ('open', 'counted'))
    EXECUTE FUNCTION nvsi_vote_counts_its_ballots();

CREATE FUNCTION nvsi_is_voted_on() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (SELECT FROM membership_stemming
        WHERE beslispunt_id = OLD.id AND status IN ('open', 'counted'))
    THEN
        RAISE EXCEPTION 'Over deze tekst wordt nu gestemd.'
            USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = TG_NAME;
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER a_text_stands_while_it_is_voted_on
    BEFORE UPDATE ON membership_beslispunt FOR EACH ROW
    WHEN (OLD.text IS DISTINCT FROM NEW.text) EXECUTE FUNCTION nvsi_is_voted_on();
CREATE FUNCTION nvsi_votes_are_over() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (SELECT FROM membership_stemming
        WHERE assembly_id = OLD.id AND status IN ('open', 'counted'))
    THEN
        RAISE EXCEPTION 'Er is nog een stemming open.'
            USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = TG_NAME;
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER an_assembly_ends_after_its_votes
    BEFORE UPDATE ON membership_assembly FOR EACH ROW
    WHEN (OLD.status = 'convened' AND NEW.status <> 'convened')
    EXECUTE FUNCTION nvsi_votes_are_over();
"""

# Who may vote, once; what was said is taken in while the vote is open and not after.
BALLOTS = """
CREATE FUNCTION nvsi_entitled_are_frozen() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    vote membership_stemming;
BEGIN
    SELECT * INTO vote FROM membership_stemming WHERE id = NEW.stemming_id;
    IF vote.status NOT IN ('open', 'counted')
        OR TG_OP = 'INSERT' AND (NEW.has_voted OR NOT EXISTS (
            SELECT FROM membership_membership m WHERE m.kind = 'lid'
                AND m.organisation_id = NEW.organisation_id AND (m.ends_on IS NULL OR
                m.ends_on >= (vote.opened_at AT TIME ZONE 'Europe/Amsterdam')::date)))
        OR TG_OP = 'UPDATE' AND (
            (OLD.stemming_id, OLD.organisation_id)
                IS DISTINCT FROM (NEW.stemming_id, NEW.organisation_id)
            OR OLD.has_voted AND NOT NEW.has_voted
            OR vote.public_key <> '' AND OLD.votes <> NEW.votes)
    THEN
        RAISE EXCEPTION 'Wie mag stemmen ligt vast.'
            USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = TG_NAME;
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER the_entitled_are_frozen_at_the_close
    BEFORE INSERT OR UPDATE ON membership_entitled
    FOR EACH ROW EXECUTE FUNCTION nvsi_entitled_are_frozen();

CREATE FUNCTION nvsi_ballot_is_in_an_open_vote() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'UPDATE' AND NEW.entitled_id <> OLD.entitled_id OR NOT EXISTS (
        SELECT FROM membership_entitled e JOIN membership_stemming s
            ON s.id = e.stemming_id
        WHERE e.id = NEW.entitled_id AND e.votes > 0 AND e.has_voted
            AND s.status = 'open' AND s.method = 'electronic' AND NOT s.is_secret
            AND NEW.at >= s.opened_at
            AND NEW.choice IN ('pro', 'contra', 'abstained', 'blank'))
    THEN
        RAISE EXCEPTION 'Stemmen kan alleen zolang de stemming open is.'
            USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = TG_NAME;
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER a_ballot_is_cast_while_the_vote_is_open
    BEFORE INSERT OR UPDATE ON membership_ballot
    FOR EACH ROW EXECUTE FUNCTION nvsi_ballot_is_in_an_open_vote();

-- One sealed ballot for each vote of who was marked; they go when the vote is over.
CREATE FUNCTION nvsi_sealed_ballot_has_a_voter() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NOT EXISTS (
        SELECT FROM membership_stemming s WHERE s.id = NEW.stemming_id
            AND s.status = 'open' AND s.public_key <> ''
            AND (SELECT count(*) FROM membership_sealedballot b
                WHERE b.stemming_id = s.id)
            < (SELECT coalesce(sum(e.votes), 0) FROM membership_entitled e
                WHERE e.stemming_id = s.id AND e.has_voted))
    THEN
        RAISE EXCEPTION 'Stemmen kan alleen zolang de stemming open is.'
            USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = TG_NAME;
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER a_sealed_ballot_is_of_who_was_marked
    BEFORE INSERT ON membership_sealedballot
    FOR EACH ROW EXECUTE FUNCTION nvsi_sealed_ballot_has_a_voter();
CREATE TRIGGER a_sealed_ballot_is_not_changed
    BEFORE UPDATE ON membership_sealedballot
    FOR EACH ROW EXECUTE FUNCTION nvsi_refuse_vote();
CREATE FUNCTION nvsi_sealed_ballots_go_at_the_close() RETURNS trigger
LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (SELECT FROM membership_stemming
        WHERE id = OLD.stemming_id AND status NOT IN ('closed', 'annulled'))
    THEN
        RAISE EXCEPTION 'Een stem gaat niet weg voor de stemming is gesloten.'
            USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = TG_NAME;
    END IF;
    RETURN OLD;
END $$;
CREATE TRIGGER sealed_ballots_go_at_the_close
    BEFORE DELETE ON membership_sealedballot
    FOR EACH ROW EXECUTE FUNCTION nvsi_sealed_ballots_go_at_the_close();
"""

# The presentielijst and the volmachten are written until the ALV is over.
LISTS = """
CREATE FUNCTION nvsi_assembly_is_convened() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NOT EXISTS (SELECT FROM membership_assembly
        WHERE id = NEW.assembly_id AND status = 'convened')
    THEN
        RAISE EXCEPTION 'Dit kan alleen zolang de ALV is bijeengeroepen.'
            USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = TG_NAME;
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER the_presentielijst_is_of_a_convened_assembly
    BEFORE INSERT OR UPDATE ON membership_attendance
    FOR EACH ROW EXECUTE FUNCTION nvsi_assembly_is_convened();
CREATE TRIGGER a_volmacht_is_of_a_convened_assembly
    BEFORE INSERT OR UPDATE ON membership_proxy
    FOR EACH ROW EXECUTE FUNCTION nvsi_assembly_is_convened();
CREATE TRIGGER a_volmacht_is_only_revoked
    BEFORE UPDATE ON membership_proxy FOR EACH ROW
    WHEN (OLD.revoked_at IS NOT NULL OR (OLD.assembly_id, OLD.organisation_id,
        OLD.voorstel_id, OLD.holder_id, OLD.of_member_id, OLD.given_by_id, OLD.given_at,
        OLD.sha256, OLD.content) IS DISTINCT FROM (NEW.assembly_id,
        NEW.organisation_id, NEW.voorstel_id, NEW.holder_id, NEW.of_member_id,
        NEW.given_by_id, NEW.given_at, NEW.sha256, NEW.content))
    EXECUTE FUNCTION nvsi_refuse_vote();
"""
KEPT = """
CREATE TRIGGER membership_{0}_is_kept BEFORE DELETE ON membership_{0}
    FOR EACH ROW EXECUTE FUNCTION nvsi_refuse();
"""
WHOLE = """
CREATE TRIGGER membership_{0}_is_not_emptied BEFORE TRUNCATE ON membership_{0}
    FOR EACH STATEMENT EXECUTE FUNCTION nvsi_refuse();
"""
TABLES = ("votingrule", "stemming", "entitled", "ballot", "attendance", "proxy")
SQL = (
    VOTES
    + BALLOTS
    + LISTS
    + "".join(KEPT.format(name) for name in TABLES)
    + "".join(WHOLE.format(name) for name in (*TABLES, "sealedballot"))
)
USUAL = "Gebruikelijk, tot hier staat wat de statuten zeggen"
TWO_THIRDS = "BW2 art. 43; kijk wat de statuten zeggen"
RULES = (
    *((kind, 1, 2, True, USUAL)
      for kind in ("gewoon", "financieel", "benoeming", "amendement")),
    *((kind, 2, 3, False, TWO_THIRDS) for kind in ("statutenwijziging", "ontbinding")),
)  # fmt: skip


def add_rules(apps, schema_editor):
    """One member one vote, not electronically: until the bureau writes down more."""
    model = apps.get_model("membership", "VotingRule")
    for kind, numerator, denominator, is_strict, article in RULES:
        model.objects.create(
            kind=kind,
            starts_on=datetime.date(2014, 1, 1),
            majority_numerator=numerator,
            majority_denominator=denominator,
            is_strict=is_strict,
            article=article,
        )


class Migration(migrations.Migration):
    dependencies = [
        ("membership", "0025_assemblies"),
    ]

    operations = [
        migrations.CreateModel(
            name="Proxy",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True,
                        primary_key=True,
                        serialize=False,
                        verbose_name="ID",
                    ),
                ),
                (
                    "given_at",
                    models.DateTimeField(
                        default=django.utils.timezone.now, verbose_name="gegeven op"
                    ),
                ),
                (
                    "on_paper",
                    models.BooleanField(default=False, verbose_name="op papier"),
                ),
                (
                    "file_name",
                    models.CharField(
                        blank=True, max_length=200, verbose_name="bestand"
                    ),
                ),
                (
                    "media_type",
                    models.CharField(
                        blank=True, max_length=100, verbose_name="mediatype"
                    ),
                ),
                (
                    "sha256",
                    models.CharField(
                        blank=True, max_length=64, verbose_name="controlegetal"
                    ),
                ),
                (
                    "content",
                    models.BinaryField(blank=True, null=True, verbose_name="inhoud"),
                ),
                (
                    "revoked_at",
                    models.DateTimeField(
                        blank=True, null=True, verbose_name="ingetrokken op"
                    ),
                ),
                (
                    "assembly",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="proxies",
                        to="membership.assembly",
                        verbose_name="ALV",
                    ),
                ),
                (
                    "given_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="gegeven door",
                    ),
                ),
                (
                    "holder",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="proxies_held",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="aan persoon",
                    ),
                ),
                (
                    "of_member",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="proxies_held",
                        to="membership.organisation",
                        verbose_name="aan lid",
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="proxies_given",
                        to="membership.organisation",
                        verbose_name="lid dat de volmacht geeft",
                    ),
                ),
                (
                    "revoked_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="ingetrokken door",
                    ),
                ),
                (
                    "voorstel",
                    models.ForeignKey(
                        blank=True,
                        help_text="Leeg: voor de hele ALV.",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="membership.voorstel",
                        verbose_name="alleen voor voorstel",
                    ),
                ),
            ],
            options={
                "verbose_name": "volmacht",
                "verbose_name_plural": "volmachten",
                "ordering": ["assembly", "organisation__name", "given_at"],
            },
        ),
        migrations.CreateModel(
            name="Stemming",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True,
                        primary_key=True,
                        serialize=False,
                        verbose_name="ID",
                    ),
                ),
                (
                    "method",
                    models.CharField(
                        choices=[
                            ("show", "door handopsteken"),
                            ("paper", "op papier"),
                            ("electronic", "elektronisch"),
                        ],
                        max_length=10,
                        verbose_name="manier",
                    ),
                ),
                (
                    "is_secret",
                    models.BooleanField(default=False, verbose_name="geheim"),
                ),
                (
                    "public_key",
                    models.CharField(
                        blank=True,
                        editable=False,
                        max_length=64,
                        verbose_name="openbare sleutel",
                    ),
                ),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("open", "open"),
                            ("counted", "geteld, wacht op controle"),
                            ("closed", "gesloten"),
                            ("annulled", "ongeldig verklaard"),
                        ],
                        default="open",
                        max_length=10,
                        verbose_name="status",
                    ),
                ),
                ("opened_at", models.DateTimeField(verbose_name="geopend op")),
                (
                    "pro",
                    models.PositiveIntegerField(
                        blank=True, null=True, verbose_name="voor"
                    ),
                ),
                (
                    "contra",
                    models.PositiveIntegerField(
                        blank=True, null=True, verbose_name="tegen"
                    ),
                ),
                (
                    "abstained",
                    models.PositiveIntegerField(
                        blank=True, null=True, verbose_name="onthouding"
                    ),
                ),
                (
                    "blank",
                    models.PositiveIntegerField(
                        blank=True, null=True, verbose_name="blanco of ongeldig"
                    ),
                ),
                (
                    "entitled_votes",
                    models.PositiveIntegerField(
                        blank=True, null=True, verbose_name="stemmen van alle leden"
                    ),
                ),
                (
                    "present_votes",
                    models.PositiveIntegerField(
                        blank=True,
                        null=True,
                        verbose_name="stemmen aanwezig of vertegenwoordigd",
                    ),
                ),
                (
                    "verdict",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("adopted", "aangenomen"),
                            ("rejected", "verworpen"),
                            ("no_quorum", "geen quorum"),
                        ],
                        default="",
                        max_length=10,
                        verbose_name="uitkomst",
                    ),
                ),
                (
                    "sentence",
                    models.TextField(blank=True, verbose_name="uitslag in een zin"),
                ),
                (
                    "closed_at",
                    models.DateTimeField(
                        blank=True, null=True, verbose_name="gesloten op"
                    ),
                ),
                (
                    "reason",
                    models.TextField(
                        blank=True,
                        validators=[membership.identifiers.validate_without_bsn],
                        verbose_name="reden van ongeldigheid",
                    ),
                ),
                (
                    "amendement",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="stemmingen",
                        to="membership.amendement",
                        verbose_name="amendement",
                    ),
                ),
                (
                    "assembly",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="stemmingen",
                        to="membership.assembly",
                        verbose_name="ALV",
                    ),
                ),
                (
                    "beslispunt",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="stemmingen",
                        to="membership.beslispunt",
                        verbose_name="beslispunt",
                    ),
                ),
                (
                    "closed_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="gesloten door",
                    ),
                ),
                (
                    "counted_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="geteld door",
                    ),
                ),
                (
                    "opened_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="geopend door",
                    ),
                ),
            ],
            options={
                "verbose_name": "stemming",
                "verbose_name_plural": "stemmingen",
                "ordering": ["assembly", "opened_at", "id"],
            },
        ),
        migrations.CreateModel(
            name="SealedBallot",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=uuid.uuid4,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                ("sealed", models.BinaryField(verbose_name="verzegeld")),
                (
                    "stemming",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="sealed_ballots",
                        to="membership.stemming",
                        verbose_name="stemming",
                    ),
                ),
            ],
            options={
                "verbose_name": "verzegelde stem",
                "verbose_name_plural": "verzegelde stemmen",
                "ordering": ["id"],
            },
        ),
        migrations.CreateModel(
            name="Entitled",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True,
                        primary_key=True,
                        serialize=False,
                        verbose_name="ID",
                    ),
                ),
                ("votes", models.PositiveSmallIntegerField(verbose_name="stemmen")),
                (
                    "is_present",
                    models.BooleanField(
                        default=False,
                        editable=False,
                        verbose_name="aanwezig of vertegenwoordigd",
                    ),
                ),
                (
                    "has_voted",
                    models.BooleanField(default=False, verbose_name="heeft gestemd"),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="entitlements",
                        to="membership.organisation",
                        verbose_name="lid",
                    ),
                ),
                (
                    "voted_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="gestemd door",
                    ),
                ),
                (
                    "proxy",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="membership.proxy",
                        verbose_name="met volmacht",
                    ),
                ),
                (
                    "stemming",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="entitled",
                        to="membership.stemming",
                        verbose_name="stemming",
                    ),
                ),
            ],
            options={
                "verbose_name": "stemgerechtigde",
                "verbose_name_plural": "stemgerechtigden",
                "ordering": ["stemming", "organisation__name"],
            },
        ),
        migrations.CreateModel(
            name="VotingRule",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True,
                        primary_key=True,
                        serialize=False,
                        verbose_name="ID",
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("gewoon", "gewoon voorstel"),
                            ("financieel", "financieel voorstel"),
                            ("benoeming", "benoeming"),
                            ("statutenwijziging", "statutenwijziging"),
                            ("ontbinding", "ontbinding van de vereniging"),
                            ("amendement", "amendement"),
                        ],
                        max_length=20,
                        verbose_name="stemming over",
                    ),
                ),
                ("starts_on", models.DateField(verbose_name="vanaf")),
                (
                    "majority_numerator",
                    models.PositiveSmallIntegerField(
                        verbose_name="meerderheid, teller"
                    ),
                ),
                (
                    "majority_denominator",
                    models.PositiveSmallIntegerField(
                        verbose_name="meerderheid, noemer"
                    ),
                ),
                (
                    "is_strict",
                    models.BooleanField(
                        default=True,
                        help_text="Uit: ten minste dat deel.",
                        verbose_name="meer dan dat deel",
                    ),
                ),
                (
                    "base",
                    models.CharField(
                        choices=[
                            ("cast", "de uitgebrachte stemmen"),
                            ("entitled", "alle stemmen van de leden"),
                        ],
                        default="cast",
                        max_length=10,
                        verbose_name="meerderheid van",
                    ),
                ),
                (
                    "quorum_numerator",
                    models.PositiveSmallIntegerField(
                        default=0, verbose_name="quorum, teller"
                    ),
                ),
                (
                    "quorum_denominator",
                    models.PositiveSmallIntegerField(
                        default=1, verbose_name="quorum, noemer"
                    ),
                ),
                (
                    "votes_per_member",
                    models.PositiveSmallIntegerField(
                        default=1, verbose_name="stemmen per lid"
                    ),
                ),
                (
                    "electronic",
                    models.BooleanField(
                        default=False,
                        help_text="Alleen als de statuten het toestaan (BW2 art. 38 lid 6).",
                        verbose_name="elektronisch stemmen mag",
                    ),
                ),
                (
                    "proxies_per_person",
                    models.PositiveSmallIntegerField(
                        blank=True,
                        help_text="Leeg: geen grens.",
                        null=True,
                        verbose_name="volmachten per persoon of lid",
                    ),
                ),
                (
                    "article",
                    models.CharField(
                        help_text="Bijvoorbeeld: statuten, artikel 14 lid 3.",
                        max_length=200,
                        validators=[membership.identifiers.validate_without_bsn],
                        verbose_name="waar dat staat",
                    ),
                ),
                (
                    "besluit",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="voting_rules",
                        to="membership.alvbesluit",
                        verbose_name="ALV-besluit",
                    ),
                ),
            ],
            options={
                "verbose_name": "regel voor stemmen",
                "verbose_name_plural": "regels voor stemmen",
                "ordering": ["kind", "-starts_on"],
            },
        ),
        migrations.AddField(
            model_name="stemming",
            name="rule",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="stemmingen",
                to="membership.votingrule",
                verbose_name="regel",
            ),
        ),
        migrations.CreateModel(
            name="Attendance",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True,
                        primary_key=True,
                        serialize=False,
                        verbose_name="ID",
                    ),
                ),
                (
                    "mode",
                    models.CharField(
                        choices=[("room", "in de zaal"), ("online", "online")],
                        default="room",
                        max_length=10,
                        verbose_name="hoe",
                    ),
                ),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("announced", "aangemeld"),
                            ("came", "aanwezig"),
                            ("left", "vertrokken"),
                            ("cancelled", "afgemeld"),
                        ],
                        default="announced",
                        max_length=10,
                        verbose_name="status",
                    ),
                ),
                (
                    "announced_at",
                    models.DateTimeField(
                        default=django.utils.timezone.now, verbose_name="aangemeld op"
                    ),
                ),
                (
                    "came_at",
                    models.DateTimeField(
                        blank=True, null=True, verbose_name="gekomen op"
                    ),
                ),
                (
                    "left_at",
                    models.DateTimeField(
                        blank=True, null=True, verbose_name="vertrokken op"
                    ),
                ),
                (
                    "announced_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="aangemeld door",
                    ),
                ),
                (
                    "assembly",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="attendances",
                        to="membership.assembly",
                        verbose_name="ALV",
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="attendances",
                        to="membership.organisation",
                        verbose_name="organisatie",
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="wie er komt",
                    ),
                ),
            ],
            options={
                "verbose_name": "aanwezigheid",
                "verbose_name_plural": "aanwezigheid",
                "ordering": ["assembly", "organisation__name"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("assembly", "organisation"),
                        name="an_organisation_is_on_the_presentielijst_once",
                        violation_error_message="Deze organisatie staat al op de lijst.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("came_at__isnull", True),
                                ("left_at__isnull", True),
                                ("status__in", ["announced", "cancelled"]),
                            ),
                            models.Q(
                                ("came_at__isnull", False),
                                ("left_at__isnull", True),
                                ("status", "came"),
                            ),
                            models.Q(
                                ("left_at__gte", models.F("came_at")),
                                ("status", "left"),
                            ),
                            _connector="OR",
                        ),
                        name="who_came_has_a_moment",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Ballot",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True,
                        primary_key=True,
                        serialize=False,
                        verbose_name="ID",
                    ),
                ),
                (
                    "choice",
                    models.CharField(
                        choices=[
                            ("pro", "voor"),
                            ("contra", "tegen"),
                            ("abstained", "onthouding"),
                            ("blank", "blanco"),
                        ],
                        max_length=10,
                        verbose_name="stem",
                    ),
                ),
                (
                    "at",
                    models.DateTimeField(
                        default=django.utils.timezone.now, verbose_name="gestemd op"
                    ),
                ),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="gestemd door",
                    ),
                ),
                (
                    "entitled",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="ballots",
                        to="membership.entitled",
                        verbose_name="stemgerechtigde",
                    ),
                ),
            ],
            options={
                "verbose_name": "stem",
                "verbose_name_plural": "stemmen",
                "ordering": ["entitled"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("entitled",),
                        name="a_member_casts_one_ballot",
                        violation_error_message="Dit lid heeft al gestemd.",
                    )
                ],
            },
        ),
        migrations.AddConstraint(
            model_name="proxy",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("holder__isnull", True), ("of_member__isnull", False)),
                    models.Q(("holder__isnull", False), ("of_member__isnull", True)),
                    _connector="OR",
                ),
                name="a_volmacht_goes_to_a_person_or_a_member",
                violation_error_message="Kies een persoon of een lid.",
            ),
        ),
        migrations.AddConstraint(
            model_name="proxy",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("of_member__isnull", True),
                    models.Q(("of_member", models.F("organisation")), _negated=True),
                    _connector="OR",
                ),
                name="a_volmacht_goes_to_another",
                violation_error_message="Een lid geeft zichzelf geen volmacht.",
            ),
        ),
        migrations.AddConstraint(
            model_name="proxy",
            constraint=models.UniqueConstraint(
                condition=models.Q(("revoked_at__isnull", True)),
                fields=("assembly", "organisation", "voorstel"),
                name="a_member_gives_one_volmacht_at_a_time",
                nulls_distinct=False,
                violation_error_message="Er is al een volmacht. Trek die eerst in.",
            ),
        ),
        migrations.AddConstraint(
            model_name="proxy",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("content__isnull", True), ("on_paper", False), ("sha256", "")
                    ),
                    models.Q(
                        ("content__isnull", False),
                        ("on_paper", True),
                        models.Q(("sha256", ""), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="a_volmacht_on_paper_has_its_scan",
                violation_error_message="Voeg de getekende volmacht toe.",
            ),
        ),
        migrations.AddConstraint(
            model_name="proxy",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("revoked_at__isnull", True), ("revoked_by__isnull", True)
                    ),
                    models.Q(
                        ("revoked_at__gte", models.F("given_at")),
                        ("revoked_by__isnull", False),
                    ),
                    _connector="OR",
                ),
                name="a_volmacht_is_revoked_by_somebody",
            ),
        ),
        migrations.AddConstraint(
            model_name="entitled",
            constraint=models.UniqueConstraint(
                fields=("stemming", "organisation"),
                name="a_member_is_entitled_once_in_a_vote",
            ),
        ),
        migrations.AddConstraint(
            model_name="entitled",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("has_voted", True), ("voted_by__isnull", False)),
                    models.Q(("has_voted", False), ("voted_by__isnull", True)),
                    _connector="OR",
                ),
                name="who_cast_a_vote_is_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="votingrule",
            constraint=models.UniqueConstraint(
                fields=("kind", "starts_on"),
                name="one_voting_rule_per_kind_from_a_day",
                violation_error_message="Voor die dag staat er al een regel.",
            ),
        ),
        migrations.AddConstraint(
            model_name="votingrule",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("majority_denominator__gte", 1),
                    ("majority_numerator__gte", 1),
                    ("majority_numerator__lte", models.F("majority_denominator")),
                    models.Q(
                        ("is_strict", False),
                        ("majority_numerator__lt", models.F("majority_denominator")),
                        _connector="OR",
                    ),
                ),
                name="a_majority_can_be_reached",
                violation_error_message="Deze meerderheid kan niet worden gehaald.",
            ),
        ),
        migrations.AddConstraint(
            model_name="votingrule",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("quorum_denominator__gte", 1),
                    ("quorum_numerator__lte", models.F("quorum_denominator")),
                ),
                name="a_quorum_can_be_reached",
                violation_error_message="Een quorum is ten hoogste het geheel.",
            ),
        ),
        migrations.AddConstraint(
            model_name="votingrule",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("votes_per_member__gte", 1),
                    models.Q(("article", ""), _negated=True),
                ),
                name="a_voting_rule_gives_votes_and_its_source",
                violation_error_message="Vul in waar de regel staat; elk lid heeft ten minste één stem.",
            ),
        ),
        migrations.AddConstraint(
            model_name="stemming",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("amendement__isnull", False), ("beslispunt__isnull", True)
                    ),
                    models.Q(
                        ("amendement__isnull", True), ("beslispunt__isnull", False)
                    ),
                    _connector="OR",
                ),
                name="a_vote_is_on_one_thing",
            ),
        ),
        migrations.AddConstraint(
            model_name="stemming",
            constraint=models.UniqueConstraint(
                condition=models.Q(("status", "annulled"), _negated=True),
                fields=("beslispunt",),
                name="a_beslispunt_is_voted_on_once",
                violation_error_message="Over dit beslispunt is al een stemming.",
            ),
        ),
        migrations.AddConstraint(
            model_name="stemming",
            constraint=models.UniqueConstraint(
                condition=models.Q(("status", "annulled"), _negated=True),
                fields=("amendement",),
                name="an_amendement_is_voted_on_once",
                violation_error_message="Over dit amendement is al een stemming.",
            ),
        ),
        migrations.AddConstraint(
            model_name="stemming",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("is_secret", True),
                        ("method", "electronic"),
                        ("public_key__regex", "^[0-9a-f]{64}$"),
                    ),
                    models.Q(
                        models.Q(
                            ("is_secret", True), ("method", "electronic"), _negated=True
                        ),
                        ("public_key", ""),
                    ),
                    _connector="OR",
                ),
                name="a_secret_electronic_vote_has_a_key",
            ),
        ),
        migrations.AddConstraint(
            model_name="stemming",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("is_secret", True), ("method", "show"), _negated=True
                ),
                name="a_show_of_hands_is_not_secret",
                violation_error_message="Handopsteken is niet geheim.",
            ),
        ),
        migrations.AddConstraint(
            model_name="stemming",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("abstained__isnull", False),
                        ("blank__isnull", False),
                        ("closed_at__gte", models.F("opened_at")),
                        ("closed_by__isnull", False),
                        ("contra__isnull", False),
                        ("entitled_votes__isnull", False),
                        ("present_votes__isnull", False),
                        ("pro__isnull", False),
                        ("status", "closed"),
                        ("verdict__in", ["adopted", "rejected", "no_quorum"]),
                        models.Q(("sentence", ""), _negated=True),
                    ),
                    models.Q(
                        ("closed_at__isnull", True),
                        ("sentence", ""),
                        ("status__in", ["open", "counted", "annulled"]),
                        ("verdict", ""),
                    ),
                    _connector="OR",
                ),
                name="a_closed_vote_has_its_outcome",
            ),
        ),
        migrations.AddConstraint(
            model_name="stemming",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("status", "closed"), _negated=True),
                    models.Q(
                        ("entitled_votes__gte", models.F("present_votes")),
                        (
                            "present_votes__gte",
                            django.db.models.expressions.CombinedExpression(
                                django.db.models.expressions.CombinedExpression(
                                    django.db.models.expressions.CombinedExpression(
                                        models.F("pro"), "+", models.F("contra")
                                    ),
                                    "+",
                                    models.F("abstained"),
                                ),
                                "+",
                                models.F("blank"),
                            ),
                        ),
                    ),
                    _connector="OR",
                ),
                name="no_more_votes_are_counted_than_there_are",
                violation_error_message="Er zijn meer stemmen geteld dan er zijn.",
            ),
        ),
        migrations.AddConstraint(
            model_name="stemming",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("counted_by__isnull", True), ("method", "electronic")),
                    models.Q(
                        models.Q(("method", "electronic"), _negated=True),
                        models.Q(
                            ("status__in", ["open", "annulled"]),
                            models.Q(
                                ("counted_by__isnull", False),
                                ("pro__isnull", False),
                                ("status", "counted"),
                            ),
                            models.Q(
                                ("counted_by__isnull", False),
                                ("status", "closed"),
                                models.Q(
                                    ("counted_by", models.F("closed_by")), _negated=True
                                ),
                            ),
                            _connector="OR",
                        ),
                    ),
                    _connector="OR",
                ),
                name="two_people_count_what_was_not_electronic",
                violation_error_message="Een ander dan wie telde, controleert.",
            ),
        ),
        migrations.AddConstraint(
            model_name="stemming",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("status", "annulled"), models.Q(("reason", ""), _negated=True)
                    ),
                    models.Q(
                        models.Q(("status", "annulled"), _negated=True), ("reason", "")
                    ),
                    _connector="OR",
                ),
                name="a_vote_is_annulled_with_a_reason",
                violation_error_message="Geef de reden.",
            ),
        ),
        migrations.RunSQL(SQL, migrations.RunSQL.noop),
        migrations.RunPython(add_rules, migrations.RunPython.noop),
    ]
