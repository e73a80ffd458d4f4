"""Whether a member may give work to the NVSI without a tender, and what shows it."""
