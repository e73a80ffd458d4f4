"""Questions of an organisation about its statements, and the answers."""
