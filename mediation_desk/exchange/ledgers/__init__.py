"""Ledgers that people keep by hand: their tables found, their heads and values read as cases."""
