"""Step 1 of the road: the hour lines of an uitvoerder, checked, and in the books."""
