"""The filters a person has kept under a name, in the register's own settings."""

import json

from mediation_desk.domain.finding import Wanted, wanted
from mediation_desk.store.register import Register

_SETTING = "saved_finds"


def saved_finds(register: Register) -> dict[str, Wanted]:
    """The kept filters by name; one that this program cannot understand is left out."""
    stored = register.setting(_SETTING)
    found: dict[str, Wanted] = {}
    for name, plain in json.loads(stored).items() if stored else ():
        try:
            found[name] = wanted(plain)
        except KeyError:
            continue
    return found


def keep_find(register: Register, name: str, asked: Wanted) -> None:
    """Keep a filter under `name`, in place of one that has the name already."""
    stored = register.setting(_SETTING)
    plain = json.loads(stored) if stored else {}
    register.set(_SETTING, json.dumps({**plain, name: asked.plain()}, ensure_ascii=False))


def drop_find(register: Register, name: str) -> None:
    """Forget the filter kept under `name`."""
    stored = register.setting(_SETTING)
    plain = json.loads(stored) if stored else {}
    plain.pop(name, None)
    register.set(_SETTING, json.dumps(plain, ensure_ascii=False))
