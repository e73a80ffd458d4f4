"""Interest of gemeenten in an instrument: shown, answered, and taken back."""
