"""The innovatiekas: its share of the contributions, dotaties, and what moved in it."""

from decimal import Decimal

import django.core.validators
import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

import membership.identifiers
import nvsi.fields

# A bestemmingsreserve; billing.innovatiekas.booking says how these are used.
ACCOUNTS = [
    ("0700", "Bestemmingsreserve innovatiekas, vrij", "reserve"),
    ("0710", "Bestemmingsreserve innovatiekas, gereserveerd", "reserve"),
    ("1630", "Te betalen voor doorontwikkeling", "liability"),
    ("4700", "Kosten van doorontwikkeling", "expense"),
    ("9700", "Toevoeging aan de innovatiekas", "result"),
    ("9710", "Onttrekking aan de innovatiekas", "result"),
]


def add_accounts(apps, schema_editor):
    account = apps.get_model("billing", "Account")
    account.objects.bulk_create(
        account(code=code, name=name, kind=kind) for code, name, kind in ACCOUNTS
    )


class Migration(migrations.Migration):
    dependencies = [
        ("billing", "0008_signal_limits"),
        ("instruments", "0007_verbeterwensen"),
        ("membership", "0025_assemblies"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AlterField(
            model_name="account",
            name="kind",
            field=models.CharField(
                choices=[
                    ("asset", "bezit"),
                    ("liability", "schuld"),
                    ("income", "opbrengst"),
                    ("reserve", "eigen vermogen"),
                    ("expense", "kosten"),
                    ("result", "resultaatbestemming"),
                ],
                max_length=10,
                verbose_name="soort",
            ),
        ),
        migrations.CreateModel(
            name="KasDotatie",
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
                    "amount",
                    models.DecimalField(
                        decimal_places=2,
                        max_digits=12,
                        validators=[
                            django.core.validators.MinValueValidator(Decimal("0.01"))
                        ],
                        verbose_name="bedrag",
                    ),
                ),
                (
                    "purpose",
                    models.CharField(
                        help_text="Zoals het besluit het zegt. Leden lezen dit.",
                        max_length=200,
                        validators=[membership.identifiers.validate_without_bsn],
                        verbose_name="waarvoor",
                    ),
                ),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("proposed", "wacht op een tweede persoon"),
                            ("confirmed", "geboekt"),
                            ("refused", "niet geboekt"),
                        ],
                        default="proposed",
                        max_length=10,
                        verbose_name="status",
                    ),
                ),
                (
                    "proposed_at",
                    models.DateTimeField(
                        default=django.utils.timezone.now, verbose_name="vastgelegd op"
                    ),
                ),
                (
                    "decided_at",
                    models.DateTimeField(
                        blank=True, null=True, verbose_name="bekeken op"
                    ),
                ),
                (
                    "besluit",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="membership.alvbesluit",
                        verbose_name="ALV-besluit",
                    ),
                ),
                (
                    "decided_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="bekeken door",
                    ),
                ),
                (
                    "instrument",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="kas_dotaties",
                        to="instruments.instrument",
                        verbose_name="instrument",
                    ),
                ),
                (
                    "proposed_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="vastgelegd door",
                    ),
                ),
            ],
            options={
                "verbose_name": "dotatie bij besluit",
                "verbose_name_plural": "dotaties bij besluit",
                "ordering": ["-proposed_at"],
            },
        ),
        migrations.CreateModel(
            name="KasShare",
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
                    "from_halfyear",
                    nvsi.fields.HalfYearField(verbose_name="vanaf halfjaar"),
                ),
                (
                    "pct",
                    models.DecimalField(
                        decimal_places=2,
                        max_digits=5,
                        validators=[
                            django.core.validators.MinValueValidator(Decimal("0")),
                            django.core.validators.MaxValueValidator(Decimal("100")),
                        ],
                        verbose_name="percentage van de bijdragen",
                    ),
                ),
                (
                    "besluit",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="membership.alvbesluit",
                        verbose_name="ALV-besluit",
                    ),
                ),
                (
                    "instrument",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="kas_shares",
                        to="instruments.instrument",
                        verbose_name="instrument",
                    ),
                ),
            ],
            options={
                "verbose_name": "deel voor de innovatiekas",
                "verbose_name_plural": "delen voor de innovatiekas",
                "ordering": ["instrument", "from_halfyear"],
            },
        ),
        migrations.CreateModel(
            name="KasMovement",
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
                            ("fill", "toevoeging"),
                            ("reserve", "reservering"),
                            ("spend", "besteding"),
                            ("release", "vrijval"),
                        ],
                        max_length=10,
                        verbose_name="soort",
                    ),
                ),
                (
                    "amount",
                    models.DecimalField(
                        decimal_places=2, max_digits=12, verbose_name="bedrag"
                    ),
                ),
                (
                    "dotatie",
                    models.OneToOneField(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="movement",
                        to="billing.kasdotatie",
                        verbose_name="dotatie bij besluit",
                    ),
                ),
                (
                    "entry",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="kas_movement",
                        to="billing.entry",
                        verbose_name="boekstuk",
                    ),
                ),
                (
                    "instrument",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="kas_movements",
                        to="instruments.instrument",
                        verbose_name="instrument",
                    ),
                ),
                (
                    "period",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="kas_movements",
                        to="billing.period",
                        verbose_name="bijdragen van halfjaar",
                    ),
                ),
                (
                    "voorstel",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="kas_movements",
                        to="instruments.ontwikkelvoorstel",
                        verbose_name="voorstel voor doorontwikkeling",
                    ),
                ),
                (
                    "share",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="movements",
                        to="billing.kasshare",
                        verbose_name="deel voor de innovatiekas",
                    ),
                ),
            ],
            options={
                "verbose_name": "beweging in de innovatiekas",
                "verbose_name_plural": "bewegingen in de innovatiekas",
                "ordering": ["-id"],
            },
        ),
        migrations.AddConstraint(
            model_name="kasdotatie",
            constraint=models.CheckConstraint(
                condition=models.Q(("amount__gt", 0)),
                name="a_dotatie_is_above_zero",
                violation_error_message="Het bedrag ligt boven nul.",
            ),
        ),
        migrations.AddConstraint(
            model_name="kasdotatie",
            constraint=models.UniqueConstraint(
                condition=models.Q(("status", "refused"), _negated=True),
                fields=("instrument", "besluit"),
                name="a_besluit_fills_a_kas_once",
                violation_error_message="Bij dit besluit staat al een dotatie.",
            ),
        ),
        migrations.AddConstraint(
            model_name="kasdotatie",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("decided_by", models.F("proposed_by")), _negated=True
                ),
                name="another_person_confirms_a_dotatie",
                violation_error_message="Wie de dotatie vastlegde, boekt haar niet. Vraag een ander om dat te doen.",
            ),
        ),
        migrations.AddConstraint(
            model_name="kasdotatie",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("decided_at__isnull", True),
                        ("decided_by__isnull", True),
                        ("status", "proposed"),
                    ),
                    models.Q(
                        ("decided_at__isnull", False),
                        ("decided_by__isnull", False),
                        ("status__in", ["confirmed", "refused"]),
                    ),
                    _connector="OR",
                ),
                name="a_decided_dotatie_says_by_whom_and_when",
            ),
        ),
        migrations.AddConstraint(
            model_name="kasshare",
            constraint=models.UniqueConstraint(
                fields=("instrument", "from_halfyear"),
                name="the_share_of_a_kas_changes_once_in_a_halfyear",
                violation_error_message="Voor dit halfjaar staat al een percentage.",
            ),
        ),
        migrations.AddConstraint(
            model_name="kasshare",
            constraint=models.CheckConstraint(
                condition=models.Q(("pct__range", (0, 100))),
                name="the_share_of_a_kas_is_a_percentage",
                violation_error_message="Een percentage ligt tussen 0 en 100.",
            ),
        ),
        migrations.AddConstraint(
            model_name="kasmovement",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        models.Q(("amount", 0), _negated=True),
                        ("dotatie__isnull", True),
                        ("kind", "fill"),
                        ("period__isnull", False),
                        ("share__isnull", False),
                        ("voorstel__isnull", True),
                    ),
                    models.Q(
                        ("amount__gt", 0),
                        ("dotatie__isnull", False),
                        ("kind", "fill"),
                        ("period__isnull", True),
                        ("share__isnull", True),
                        ("voorstel__isnull", True),
                    ),
                    models.Q(
                        ("amount__gt", 0),
                        ("dotatie__isnull", True),
                        ("kind__in", ["reserve", "spend", "release"]),
                        ("period__isnull", True),
                        ("share__isnull", True),
                        ("voorstel__isnull", False),
                    ),
                    _connector="OR",
                ),
                name="a_movement_of_a_kas_says_what_it_rests_on",
            ),
        ),
        migrations.AddConstraint(
            model_name="kasmovement",
            constraint=models.UniqueConstraint(
                fields=("voorstel", "kind"),
                name="a_voorstel_reserves_spends_and_releases_once",
            ),
        ),
        migrations.RunPython(add_accounts, migrations.RunPython.noop),
    ]
