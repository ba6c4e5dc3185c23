"""The verbs that make the papers of a case, its whole file, and blank forms."""

import argparse
from pathlib import Path

from mediation_desk import paths
from mediation_desk.cli.asking import (
    DONE,
    PROBLEMS,
    Add,
    actor_of,
    on_register,
    opened,
    say,
)
from mediation_desk.desk import case_papers, papers_out
from mediation_desk.desk.clock import wall_clock
from mediation_desk.desk.handing_over import case_called
from mediation_desk.domain.case_papers import WRITTEN, PaperKind
from mediation_desk.domain.casefile import CaseFile
from mediation_desk.domain.printing import PaperState
from mediation_desk.domain.problems import DeskError
from mediation_desk.store.register import Register
from mediation_desk.words import tr

_KINDS = [kind.value for kind in PaperKind]
_FORMS = [kind.value for kind in WRITTEN]


def _case(register: Register, called: str) -> CaseFile:
    case = register.case(case_called(register, called).id)
    if case is None:
        raise DeskError(tr("没有编号为“{called}”的纠纷。请核对编号。").format(called=called))
    return case


def _tell_faults() -> None:
    for fault in papers_out.template_faults():
        say(tr("{fault}这份文书改用内置的纸样。").format(fault=fault))


def _write(
    register: Register, case: CaseFile, made: case_papers.Made, given: argparse.Namespace
) -> None:
    way = papers_out.way_of(given.out)
    _tell_faults()
    path = papers_out.write(made, given.out)
    kept = papers_out.keep_print(register, case, made, way, actor_of(register, given), wall_clock())
    say(tr("已写成 {path}，{count}页；记为本件第{number}次打印。").format(
        path=path, count=len(made.pages), number=kept.number
    ))  # fmt: skip


def _paper(given: argparse.Namespace) -> int:
    with opened(given) as register:
        case = _case(register, given.case)
        made = case_papers.several(register, case, PaperKind.of(given.kind))
        _write(register, case, made, given)
    return DONE


def _file(given: argparse.Namespace) -> int:
    damaged: tuple[str, ...] = ()
    with opened(given) as register:
        case = _case(register, given.case)
        if given.out is not None:
            made = case_papers.whole(register, case)
            _write(register, case, made, given)
            damaged = made.damaged
        lacking = []
        for entry in case_papers.listed(register, case):
            if given.out is None:
                say(_line(entry))
            if entry.state is PaperState.MISSING:
                lacking.append(entry)
    for entry in lacking:
        say(tr("缺{paper}：{missing}。").format(
            paper=entry.title, missing=entry.wanted.missing
        ))  # fmt: skip
    for told in damaged:
        say(tr("{told}，卷宗里用一页说明代替。").format(told=told))
    return PROBLEMS if lacking or damaged else DONE


def _line(entry: case_papers.Listed) -> str:
    printed = ""
    if entry.printed is not None:
        printed = tr("第{number}次打印，{day} {time}").format(
            number=entry.printed.number, day=entry.printed.printed_on, time=entry.printed.time
        )
    told = (entry.wanted.need.value, entry.title, entry.state.label, printed)
    return "\t".join(filter(None, told))


def _blank(given: argparse.Namespace) -> int:
    with opened(given) as register:
        papers_out.way_of(given.out)
        made = case_papers.blanks(register, given.kinds)
    _tell_faults()
    path = papers_out.write(made, given.out)
    say(tr("已写成 {path}，{count}页。").format(path=path, count=len(made.pages)))
    return DONE


def _templates(given: argparse.Namespace) -> int:
    folder = given.folder or paths.paper_templates()
    if given.write:
        made = papers_out.write_templates(folder)
        say(tr("写出{count}份纸样到 {folder}，原来就有的没有动。").format(
            count=len(made), folder=folder
        ))  # fmt: skip
    found = papers_out.template_faults(folder)
    for fault in found:
        say(tr("{fault}打印时改用内置的纸样。").format(fault=fault))
    if not found:
        good = papers_out.changed_templates(folder)
        say(tr("{folder} 里有{count}份改过的纸样，没有发现问题。").format(
            folder=folder, count=len(good)
        ))  # fmt: skip
    return PROBLEMS if found else DONE


def _form(typed: str) -> PaperKind:
    if typed not in _FORMS:
        raise argparse.ArgumentTypeError(tr("只能是 {kinds}").format(kinds=", ".join(_FORMS)))
    return PaperKind.of(typed)


def _add_case(verb: argparse.ArgumentParser) -> None:
    verb.add_argument("case", metavar=tr("纠纷编号"), help=tr("如 2026-15，或完整的编号"))


def add_papers(add: Add) -> None:
    """Add the verbs of the case file."""
    kinds = tr("、").join(f"{kind.value}={kind.label}" for kind in PaperKind)
    words = tr("把一件纠纷的一种文书写成 PDF 或 Word，并记下这次打印；文书有：") + kinds
    paper = on_register(add, "paper", words, _paper)
    _add_case(paper)
    paper.add_argument("kind", choices=_KINDS, metavar=tr("文书"))
    paper.add_argument("--out", type=Path, required=True, help=tr("写成的文件，.pdf 或 .docx"))
    words = tr("把一件纠纷的整本卷宗写成 PDF 或 Word；不写 --out 就列出各份文书和状态")
    whole = on_register(add, "case-file", words, _file)
    _add_case(whole)
    whole.add_argument("--out", type=Path, help=tr("写成的文件，.pdf 或 .docx"))
    words = tr("把手写用的空白文书写成 PDF 或 Word，不写名称就是全部")
    blank = on_register(add, "blank-papers", words, _blank)
    blank.add_argument("kinds", nargs="*", type=_form, metavar=tr("文书"))
    blank.add_argument("--out", type=Path, required=True, help=tr("写成的文件，.pdf 或 .docx"))
    words = tr("检查改过的纸样；加 --write 先把内置的纸样写出来供修改")
    templates = add("paper-templates", help=words, description=words)
    templates.add_argument("folder", type=Path, nargs="?", help=tr("纸样文件夹，默认为程序的"))
    templates.add_argument("--write", action="store_true", help=tr("写出内置的纸样"))
    templates.set_defaults(act=_templates)
