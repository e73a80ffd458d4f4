"""Bodies: who gets a seat and leaves it, meetings with their agenda, decisions."""
