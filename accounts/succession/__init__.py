"""Units merged, split, renamed, dissolved: recorded from a day on, then what is open is handed over."""
