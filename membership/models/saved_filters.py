"""Filters of lists that somebody keeps, under a name of his own."""

from django.db import models
from django.db.models import Q

from membership.models.people import Person


class SavedFilterQuerySet(models.QuerySet["SavedFilter"]):
    def visible_to(self, user: Person) -> "SavedFilterQuerySet":
        """One's own, and what colleagues share."""
        if not user.is_association:
            return self.none()
        return self.filter(Q(person=user) | Q(shared=True))

    def of_list(self, list_label: str) -> "SavedFilterQuerySet":
        return self.filter(list_label=list_label)


class SavedFilter(models.Model):
    """What was chosen and searched in a list, to go back to.

    list_label is the kind of record, as the history names it; query is what stands in
    the address behind the question mark.
    """

    person = models.ForeignKey(
        Person,
        models.PROTECT,
        related_name="saved_filters",
        verbose_name="bewaard door",
    )
    list_label = models.CharField("lijst", max_length=60)
    name = models.CharField("naam", max_length=60)
    query = models.CharField("filter", max_length=1000)
    shared = models.BooleanField("gedeeld met collega's", default=False)

    objects = SavedFilterQuerySet.as_manager()

    class Meta:
        verbose_name = "bewaard filter"
        verbose_name_plural = "bewaarde filters"
        ordering = ["name", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["person", "list_label", "name"],
                name="a_saved_filter_has_a_name_of_its_own",
                violation_error_message="U hebt bij deze lijst al een filter met die "
                "naam.",
            ),
            models.CheckConstraint(
                condition=~Q(name=""),
                name="a_saved_filter_has_a_name",
                violation_error_message="Geef het filter een naam.",
            ),
            models.CheckConstraint(
                condition=~Q(query=""),
                name="a_saved_filter_chooses_something",
                violation_error_message="Kies eerst een filter of zoek iets.",
            ),
        ]

    def __str__(self) -> str:
        return self.name
