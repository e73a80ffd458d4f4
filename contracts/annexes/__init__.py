"""Annexes of a verwerkersovereenkomst: drawn up, laid before those concerned, used.

What others need: `annexes_for` gives them to an agreement, `version_for` says which
version holds for whom on a day.
"""

from contracts.annexes.blocks import annexes_for
from contracts.annexes.choosing import version_for

__all__ = ["annexes_for", "version_for"]
