"""After an agreement: the data go back or are deleted, and everybody proves it."""
