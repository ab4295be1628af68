"""What received reports cover, kept added up: the triggers, their upkeep, and the totals read from it."""
