"""The regiegroep of an instrument: who sits in it, who asks to, and its pages."""
