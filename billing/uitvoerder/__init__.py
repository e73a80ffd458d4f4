"""What an uitvoerder sees of the money: its home page and its vergoeding."""
