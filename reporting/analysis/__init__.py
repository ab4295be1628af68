"""Any figure by unit, area, channel, audience, indicator, month and period; equal to the roll-up of each period."""
