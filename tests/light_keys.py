"""Keys that cost next to nothing to derive; a sixth of all tests' time went there.

A register says itself at which cost its keys were wrapped, and opens everywhere. Transfer and
unlocking files do not: only a process with the same costs opens them.
"""

from collections.abc import Callable
from types import ModuleType

from mediation_desk.exchange import escrow, transfer_file
from mediation_desk.store import keys

# What wraps keys by something that a person knows, and the passes and bytes that it costs a desk.
_DESK = {module: (module._PASSES, module._MEMORY) for module in (keys, transfer_file, escrow)}
_LIGHT = 1, 64 * 1024

Put = Callable[[ModuleType, str, int], None]


def lighten(put: Put = setattr) -> None:
    """Let keys cost nothing, by whatever puts values in their places."""
    for module in _DESK:
        put(module, "_PASSES", _LIGHT[0])
        put(module, "_MEMORY", _LIGHT[1])


def cost_as_ever(put: Put = setattr) -> None:
    """Let keys cost as much as on a desk."""
    for module, (passes, memory) in _DESK.items():
        put(module, "_PASSES", passes)
        put(module, "_MEMORY", memory)
