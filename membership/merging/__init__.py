"""Two records that are one person: found, put together, and apart again."""
