"""The people of one organisation, as they arrange it among themselves."""
