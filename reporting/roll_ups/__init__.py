"""The roll-up of a period: built, told, printed, sent, corrected."""
