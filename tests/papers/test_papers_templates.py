"""Templates can be changed by the office; a faulty one is told by line and not used."""

import hashlib
from pathlib import Path

import pytest
from paper_cases import a_full_case
from test_papers_fields import source_of

from mediation_desk.domain.case_papers import WRITTEN, Need, PaperKind, Wanted
from mediation_desk.papers.case_papers import one_paper
from mediation_desk.papers.sample import known
from mediation_desk.papers.template import TemplateFault, parse
from mediation_desk.papers.templates import changed, faults, file_name, template, write_out

pytestmark = pytest.mark.usefixtures("qapp")


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("MEDIATION_DESK_HOME", str(tmp_path / "home"))
    return tmp_path / "home" / "papers"


def _note() -> str:
    source = source_of(a_full_case())
    return "\n".join(one_paper(source, Wanted(PaperKind.NOTE, Need.MUST)).texts())


@pytest.mark.parametrize(
    ("text", "line", "word"),
    [
        ("【标题】说明\n随便写的", 2, "看不懂"),
        ("【标题】说明\n\n【正文】{没有这一项}", 3, "没有“没有这一项”"),
        ("【怪名】说明", 1, "没有【怪名】"),
        ("| 甲 | 乙 |", 1, "缺少【表"),
        ("【表 1 1】\n| 甲 |", 2, "有1格，表有2栏"),
        ("【表 1 1】\n| ~ | 甲 |", 2, "第一格"),
        ("【表】\n", 1, "每栏的宽度"),
        ("【表 1 0】\n", 1, "每栏的宽度"),
        ("【每一 当事人】\n【正文】{姓名}", 1, "没有用【完】"),
        ("【完】", 1, "前面没有"),
        ("【正文】{姓名}", 1, "没有“姓名”"),
        ("【正文】{当事人}", 1, "有好几个"),
        ("【每一 卷号】\n【完】", 1, "只有一个"),
        ("【如有】\n【完】", 1, "要写一项的名称"),
        ("【书写 99】", 1, "1 到 40"),
        ("【正文】{卷号", 1, "不成对"),
        ("# 什么也没有", 1, "什么也没有"),
    ],
)
def test_a_fault_is_told_by_its_line_and_reason(text: str, line: int, word: str) -> None:
    with pytest.raises(TemplateFault) as told:
        parse("试", text, known(PaperKind.NOTE))
    assert told.value.line == line
    assert word in told.value.reason
    assert f"第{line}行" in str(told.value)


def test_a_changed_copy_is_used(folder: Path) -> None:
    folder.mkdir(parents=True)
    words = "【标题】本所卷宗说明\n【正文】编号{卷号}，{卷宗情况说明}"
    (folder / file_name(PaperKind.NOTE)).write_text(words, encoding="utf-8")
    assert _note().startswith("本所卷宗说明\n编号(2026)梨民调字第001号，缺一张现场照片")
    assert changed() == [PaperKind.NOTE]
    assert faults() == []


@pytest.mark.parametrize("encoding", ["utf-8-sig", "gb18030"])
def test_what_notepad_saves_is_read(folder: Path, encoding: str) -> None:
    folder.mkdir(parents=True)
    path = folder / file_name(PaperKind.NOTE)
    path.write_text("【标题】本所说明", encoding=encoding)
    assert _note() == "本所说明"


def test_a_faulty_copy_is_left_aside_and_told(folder: Path) -> None:
    folder.mkdir(parents=True)
    (folder / file_name(PaperKind.NOTE)).write_text("【标题】好\n坏", encoding="utf-8")
    assert _note().startswith("卷宗情况说明")
    assert [(fault.name, fault.line) for fault in faults()] == [("卷宗情况说明.txt", 2)]
    (folder / file_name(PaperKind.NOTE)).write_bytes(b"\xff\xff\xff")
    assert "编码" in str(template(PaperKind.NOTE).fault)


def test_written_out_templates_are_whole_and_are_not_written_over(folder: Path) -> None:
    assert len(write_out(folder)) == len(WRITTEN)
    assert changed() == []
    assert faults() == []
    path = folder / file_name(PaperKind.NOTE)
    path.write_text("【标题】我的", encoding="utf-8")
    assert write_out(folder) == []
    assert path.read_text(encoding="utf-8") == "【标题】我的"
    assert changed() == [PaperKind.NOTE]


def test_the_instructions_name_all_that_can_be_filled_in(folder: Path) -> None:
    write_out(folder)
    told = (folder / "怎样改纸样.txt").read_text(encoding="utf-8-sig")
    assert "人民调解记录：时间、次序、地点、参加人" in told
    assert "当事人（每一个有：地位、姓名、性别" in told
    assert "协议金额大写" in told


def test_a_copy_never_changed_gives_way_to_a_newer_built_in_one(folder: Path) -> None:
    write_out(folder)
    path = folder / file_name(PaperKind.NOTE)
    words = path.read_text(encoding="utf-8-sig")
    # A word changed is an office's own; the mark of an older version alone is not.
    path.write_text(words.replace("立卷人（签名）", "立卷人"), encoding="utf-8-sig")
    assert changed() == [PaperKind.NOTE]
    assert write_out(folder) == []
    older = "【标题】旧的说明"
    mark = hashlib.sha256(older.encode()).hexdigest()[:12]
    path.write_text(f"# 内置的纸样，没有改过（校验 {mark}）\r\n{older}\r\n", encoding="utf-8-sig")
    assert changed() == []
    assert _note().startswith("卷宗情况说明")
    assert write_out(folder) == [path]
    assert path.read_text(encoding="utf-8-sig") == words
