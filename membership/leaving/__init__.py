"""How a membership ends: by notice of the member, or by the association."""
