"""The factsheet of an instrument: what it answers, its versions, and its pages."""
