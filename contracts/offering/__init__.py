"""An agreement on its way: drawn up, offered, answered, and brought into force."""
