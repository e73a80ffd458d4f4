"""Agreements with the uitvoerder itself move to the NVSI when they expire."""
