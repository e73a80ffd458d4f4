"""Step 5 of the road: the statement of a settlement, as paper and as a page."""
