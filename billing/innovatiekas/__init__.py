"""The innovatiekas: filled by contributions and decisions, spent on decisions."""
