"""Face two of the program: the window; the only package that knows Qt."""
