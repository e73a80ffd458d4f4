"""The papers of a dossier, filled with its facts: as DOCX to adapt, and as PDF."""
