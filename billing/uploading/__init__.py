"""How an uitvoerder delivers in the browser: send, look, mend, confirm."""
