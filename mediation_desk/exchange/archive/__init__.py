"""A year's files as a folder that can be read in twenty years without any program."""
