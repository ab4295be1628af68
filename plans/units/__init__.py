"""The units' own plans."""
