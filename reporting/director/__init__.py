"""The Director's five minutes: one screen, one sheet of paper, and what was seen on a day kept as it was."""
