"""A unit's plan as an Excel file and back: template, reading, comparing, storing."""
