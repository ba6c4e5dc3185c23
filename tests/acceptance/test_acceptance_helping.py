"""Password and sheet both lost, by the command line alone: asked, answered, opened."""

import re
from pathlib import Path

import pytest
from demo_desks import copied
from desk_line import PROBLEMS, Line

NEW = "新的密码-2027"


@pytest.fixture
def village(villages: list[Path], tmp_path: Path) -> Path:
    return copied(villages[0], tmp_path / "village")


def _number(said: str) -> str:
    found = re.search(r"\d{4} \d{4} \d{4}", said)
    assert found, said
    return found[0]


def test_asked_answered_and_opened(
    line: Line, full_office: Path, village: Path, tmp_path: Path
) -> None:
    office = copied(full_office, tmp_path / "office")
    before = line.dump(village)
    request, answer = tmp_path / "ask.txt", tmp_path / "answer.txt"
    said = line.plain("ask-office", village, "--out", request).done()
    assert "双龙司法所" in said
    words = ("help-open", office, "--request", request, "--asked-by", "本人到所", "--out", answer)
    code = _number(line(*words).done())
    new = line.password_file("helped", NEW)
    opening = ("open-by-office", village, answer, "--new-password-file", new, "--code")
    wrong = _number(said)
    assert "口令打不开" in line.plain(*opening, wrong).refused(PROBLEMS)
    assert line.dump(village) == before
    said = line.plain(*opening, code).done()
    assert "原来的恢复码作废" in said
    sheet = tmp_path / "sheet"
    sheet.write_text("\n".join(said.splitlines()[1:4]), encoding="utf-8")
    assert line("dump", village, password=new).done() == before
    assert line("verify", village, password=new).code == 0
    # The new sheet works, and the answer does so only once.
    again = line.password_file("again", "第三个密码-2028")
    line.plain("recover", village, "--code-file", sheet, "--new-password-file", again).done()
    assert "不是现在这次申请" in line.plain(*opening, code).refused(PROBLEMS)


def test_asked_by_phone_after_the_month_was_sent(
    line: Line, full_office: Path, villages: list[Path], packages: list[Path], tmp_path: Path
) -> None:
    office = copied(full_office, tmp_path / "office")
    village = copied(villages[1], tmp_path / "village")
    sent = tmp_path / "sent.xlsx"
    line("export", village, "--period", "2026-10", "--out", sent).done()
    line("import", office, sent)
    number = _number(line.plain("ask-office", village).done())
    code = _unit_code(line, village)
    words = ("help-open", office, "--unit", code, "--request-code", number)
    rest = ("--asked-by", "王所长回拨村办电话", "--out", tmp_path / "answer.txt")
    spoken = _number(line(*words, *rest).done())
    new = line.password_file("phone", NEW)
    done = ("open-by-office", village, tmp_path / "answer.txt", "--code", spoken)
    line.plain(*done, "--new-password-file", new, "--out", tmp_path / "sheet.pdf").done()
    assert (tmp_path / "sheet.pdf").read_bytes().startswith(b"%PDF")
    assert line("verify", village, password=new).code == 0


def _unit_code(line: Line, village: Path) -> str:
    found = re.search(r'"code": "(\d{12})"', line.dump(village))
    assert found
    return found[1]


def test_the_office_renews_its_key_and_still_reads_what_was_sealed_before(
    line: Line, full_office: Path, villages: list[Path], tmp_path: Path
) -> None:
    office = copied(full_office, tmp_path / "office")
    village = copied(villages[2], tmp_path / "village")
    line("export", village, "--period", "2026-10", "--out", tmp_path / "before.xlsx").done()
    said = line("renew-key", office).done()
    assert line("fingerprint", office).done().strip().splitlines()[-1] in said
    line("import", office, tmp_path / "before.xlsx")
    code, back = _unit_code(line, village), tmp_path / "back.xlsx"
    line("returns", office, "--unit", code, "--out", back).done()
    line("import", village, back)
    number = _number(said[said.index("核对码") :])
    assert number
    line("export", village, "--period", "2026-10", "--out", tmp_path / "after.xlsx").done()
    assert "没有接收" not in line("import", office, tmp_path / "after.xlsx").out
