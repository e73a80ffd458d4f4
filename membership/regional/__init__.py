"""Regions together: their centre, whom they send, and when those meet."""
