"""What can be decided of something that a dissolved gemeente still had."""

from django.db.models import TextChoices


class Outcome(TextChoices):
    """GOES_OVER: the successor has it from its first day. ASKED: it ends, and the
    successor decides for itself in a dossier of its own."""

    GOES_OVER = "goes_over", "gaat over"
    ENDS = "ends", "eindigt"
    ASKED = "asked", "eindigt, en de opvolger beslist zelf"
    STAYS = "stays", "blijft zoals het is"
