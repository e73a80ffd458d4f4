"""How an organisation becomes a member: what is decided, by whom, in which order."""
