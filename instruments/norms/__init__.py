"""Kaders of an instrument: set them, put one's own beside them, and compare."""
