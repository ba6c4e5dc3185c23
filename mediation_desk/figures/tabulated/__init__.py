"""The layouts of the statistical tables: which rows, which columns, which checks and notes."""
