"""Steps 2 and 3 of the road: what a half-year comes to, and who approves that."""
