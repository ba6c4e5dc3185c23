"""By what a register can be opened; alone, because the first page asks."""

from mediation_desk.store import keys
from mediation_desk.store.register import Register


def has_code(register: Register) -> bool:
    """Whether there is a recovery code that opens this register."""
    return keys.RECOVERY in register.opened_by()
