"""What is owed by when: periods, working days, reminders, extensions, the board."""
