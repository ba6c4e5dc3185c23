"""Values as people type them into tables of their own: read with a certainty, never guessed."""
