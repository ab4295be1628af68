"""Indicators: how the figures of each kind come together, and how the Office keeps their list."""
