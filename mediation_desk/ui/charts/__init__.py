"""Charts of our own, painted: bars, a line by month, a table by warmth."""
