"""What a person can do in one go, for the window and the command line alike."""
