"""Datalekken: reported, told to the colleges, decided upon and closed by two people."""
