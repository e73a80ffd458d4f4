"""Verbeterwensen: from the first line of a wish to what was built, and what it cost."""
