"""Statistics: defined figures, tables and calibres over counts; plain Python."""
