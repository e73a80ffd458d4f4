"""The order for what was decided: given, confirmed, delivered, and accepted."""
