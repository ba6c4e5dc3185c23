"""The one kind of error that a user is told as it is; alone, because the password page needs it."""


class DeskError(Exception):
    """Something the user is told as it is: one sentence what happened, one what to do next."""
