"""What can never be of an offer: the named constraints of its table."""

from django.db import models
from django.db.models import Q

from contracts.kinds import OF_AN_EARLIER_ONE
from membership.models.periods import ends_after_it_starts

CONSTRAINTS: list[models.BaseConstraint] = [
    ends_after_it_starts("an_offer_ends_after_it_starts"),
    models.CheckConstraint(
        condition=Q(kind="verwerkers", instrument__isnull=True)
        | ~Q(kind="verwerkers") & Q(instrument__isnull=False),
        name="an_offer_of_use_names_its_instrument",
        violation_error_message="Kies het instrument; een "
        "verwerkersovereenkomst geldt voor alle instrumenten.",
    ),
    models.CheckConstraint(
        condition=Q(kind="verwerkers", vergoeding_pct__isnull=True)
        | ~Q(kind="verwerkers")
        & Q(vergoeding_pct__isnull=False, vergoeding_pct__range=(0, 100)),
        name="an_offer_of_use_names_its_price",
        violation_error_message="Vul de vergoeding in: een percentage tussen 0 en 100.",
    ),
    models.UniqueConstraint(
        fields=["organisation", "kind", "instrument"],
        condition=Q(
            declined_at__isnull=True,
            withdrawn_at__isnull=True,
            lapsed_at__isnull=True,
            concluded_at__isnull=True,
        ),
        nulls_distinct=False,
        name="an_organisation_has_one_running_offer_of_a_kind",
        violation_error_message="Er loopt al een aanbod voor deze overeenkomst.",
    ),
    models.CheckConstraint(
        condition=Q(offered_at__isnull=True, offered_by__isnull=True)
        | Q(
            offered_at__isnull=False,
            offered_by__isnull=False,
            answer_by__isnull=False,
            document__isnull=False,
            document_sha256__regex=r"^[0-9a-f]{64}$",
        ),
        name="an_offer_that_was_made_has_its_document_and_term",
        violation_error_message="Wat wordt aangeboden heeft een document en "
        "een dag waarop het vervalt.",
    ),
    models.CheckConstraint(
        condition=Q(declined_at__isnull=True, declined_by__isnull=True)
        | Q(declined_by__isnull=False, offered_at__isnull=False)
        & Q(declined_at__isnull=False)
        & ~Q(reason=""),
        name="an_offer_is_declined_by_somebody_with_a_reason",
        violation_error_message="Geef de reden.",
    ),
    models.CheckConstraint(
        condition=Q(withdrawn_at__isnull=True, withdrawn_by__isnull=True)
        | Q(withdrawn_at__isnull=False, withdrawn_by__isnull=False) & ~Q(reason=""),
        name="an_offer_is_withdrawn_by_somebody_with_a_reason",
        violation_error_message="Geef de reden.",
    ),
    models.CheckConstraint(
        condition=Q(declined_at__isnull=True, withdrawn_at__isnull=True)
        & (Q(lapsed_at__isnull=True) | Q(concluded_at__isnull=True))
        | Q(lapsed_at__isnull=True, concluded_at__isnull=True)
        & (Q(declined_at__isnull=True) | Q(withdrawn_at__isnull=True)),
        name="an_offer_ends_in_one_way",
    ),
    models.CheckConstraint(
        condition=Q(concluded_at__isnull=True)
        | Q(offered_at__isnull=False)
        & (
            Q(kind="verwerkers", verwerkersovereenkomst__isnull=False)
            | Q(kind="gebruiks", gebruiksovereenkomst__isnull=False)
            | Q(kind="uitvoerings", uitvoeringsovereenkomst__isnull=False)
        ),
        name="a_concluded_offer_became_an_agreement",
    ),
    models.CheckConstraint(
        condition=(Q(verwerkersovereenkomst__isnull=True) | Q(kind="verwerkers"))
        & (Q(gebruiksovereenkomst__isnull=True) | Q(kind="gebruiks"))
        & (Q(uitvoeringsovereenkomst__isnull=True) | Q(kind="uitvoerings")),
        name="an_offer_becomes_an_agreement_of_its_kind",
    ),
    models.CheckConstraint(
        condition=Q(concluded_at__isnull=False)
        | Q(
            why__in=OF_AN_EARLIER_ONE,
        )
        & (
            Q(verwerkersovereenkomst__isnull=False)
            | Q(gebruiksovereenkomst__isnull=False)
            | Q(uitvoeringsovereenkomst__isnull=False)
        )
        | ~Q(why__in=OF_AN_EARLIER_ONE)
        & Q(
            verwerkersovereenkomst__isnull=True,
            gebruiksovereenkomst__isnull=True,
            uitvoeringsovereenkomst__isnull=True,
        ),
        name="a_change_names_the_agreement_that_goes_on",
        violation_error_message="Kies de overeenkomst die wordt verlengd of gewijzigd.",
    ),
    models.CheckConstraint(
        condition=Q(own_model=False, own_model_version="")
        | Q(own_model=True, kind="verwerkers") & ~Q(own_model_version=""),
        name="an_own_model_names_its_version",
        violation_error_message="Noem het model en de versie die de gemeente gebruikt.",
    ),
]
