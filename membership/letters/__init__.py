"""Letters to members: written by one, released by another, and sent to a segment."""
