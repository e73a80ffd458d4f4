"""An agreement stops: for a while, or for good; and what is then still open."""
