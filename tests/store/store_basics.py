"""What the tests of the store share beside fixtures."""

from collections.abc import Callable

PASSWORD = "梨花-2026"
# Keeps records in one act and tells its number.
Keep = Callable[..., int]
