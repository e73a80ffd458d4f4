"""Step 6 of the road: what is due, ordered at the bank, and found back there."""
