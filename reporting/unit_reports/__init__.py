"""A unit's report of a period: its figures, its words, its paper."""
