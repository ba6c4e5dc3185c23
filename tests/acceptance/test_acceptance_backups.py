"""Backups by the command line: listed, and what comes of them."""

import json
from pathlib import Path

from builders import a_case
from desk_line import Line
from register_moulds import Mould

PASSWORD = "梨花-2026"


def test_backups_are_listed(line: Line, village_mould: Mould, tmp_path: Path) -> None:
    folder = tmp_path / "village"
    village_mould.copy(folder)
    secret = line.password_file("village", PASSWORD)
    words = ("backups", folder, "--password-file", secret)
    assert line.plain(*words).done() == "还没有备份过。\n"
    with village_mould.open(folder) as register:
        with register.change("陶素芬", "登记") as change:
            change.adopt(a_case().records())
        made = register.back_up()
    (told,) = json.loads(line.plain(*words, "--json").done())
    assert (told["name"], told["disputes"], told["why"]) == (made.name, 1, "asked")
    said = line.plain(*words).done()
    assert made.name in said
    assert "纠纷 1 件  手动备份" in said
