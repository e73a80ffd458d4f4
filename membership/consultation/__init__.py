"""Ledenraadplegingen: asked, answered by members, closed, and the result made known."""
