"""Papers: what they say, described once, and their renderings as Word and plain text."""
