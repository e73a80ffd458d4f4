"""The algemene ledenvergadering: convene it, decide, and make known what came of it."""
