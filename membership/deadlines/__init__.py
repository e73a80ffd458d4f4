"""What is asked of whom by when: one list, reminders, and a calendar of one's own."""
