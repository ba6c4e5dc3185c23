"""The templates of all papers: built in, and the copies that an office has changed.

A changed copy that has a fault is left aside, the built-in one is used, and the fault is told.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from mediation_desk import paths
from mediation_desk.domain.case_papers import WRITTEN, PaperKind
from mediation_desk.domain.problems import DeskError
from mediation_desk.papers.sample import known
from mediation_desk.papers.template import Node, TemplateFault, parse
from mediation_desk.words import tr

_LARGEST = 100_000


@dataclass(frozen=True, slots=True)
class Template:
    """The lines that describe a paper; `fault` is that of a changed copy which is not used."""

    nodes: Sequence[Node]
    changed: bool = False
    fault: TemplateFault | None = None


def file_name(kind: PaperKind) -> str:
    """What the changed copy of a template is called."""
    return f"{kind.label}.txt"


@cache
def _built_in_text(kind: PaperKind) -> str:
    return (paths.resources() / "papers" / f"{kind.value}.txt").read_text(encoding="utf-8")


@cache
def _built_in(kind: PaperKind) -> Template:
    return Template(parse(kind.label, _built_in_text(kind), known(kind)))


def built_in(kind: PaperKind) -> Sequence[Node]:
    """The lines of the template that came with the program."""
    return _built_in(kind).nodes


def template(kind: PaperKind, folder: Path | None = None) -> Template:
    """The template of a paper: the copy in `folder` if there is one without fault."""
    path = (folder or paths.paper_templates()) / file_name(kind)
    if not path.is_file():
        return _built_in(kind)
    try:
        return Template(_read(kind, path), changed=True)
    except TemplateFault as fault:
        return Template(_built_in(kind).nodes, fault=fault)


def _read(kind: PaperKind, path: Path) -> Sequence[Node]:
    try:
        content = path.read_bytes()
    except OSError as error:
        raise TemplateFault(path.name, 1, tr("文件读不出来。")) from error
    if len(content) > _LARGEST:
        raise TemplateFault(path.name, 1, tr("文件太大，不像是纸样。"))
    return parse(path.name, _decoded(path, content), known(kind))


def _decoded(path: Path, content: bytes) -> str:
    # Older Notepads write the local encoding.
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise TemplateFault(path.name, 1, tr("文字编码不认识。请用记事本另存为UTF-8。"))


def _how() -> str:
    return (paths.resources() / "papers" / "how.txt").read_text(encoding="utf-8")


def write_out(folder: Path, kinds: Sequence[PaperKind] = WRITTEN) -> list[Path]:
    """Put the built-in templates into `folder` to be changed; copies that are there stay.

    Raises `DeskError` where nothing can be written.
    """
    made = []
    try:
        folder.mkdir(parents=True, exist_ok=True)
        (folder / tr("怎样改纸样.txt")).write_text(_how(), encoding="utf-8-sig")
        for kind in kinds:
            path = folder / file_name(kind)
            if not path.exists():
                # Old editors tell the encoding only by the mark in front.
                path.write_text(_built_in_text(kind), encoding="utf-8-sig")
                made.append(path)
    except OSError as error:
        words = tr("写不了文件夹“{folder}”。请检查路径，或换一个文件夹再试。")
        raise DeskError(words.format(folder=folder)) from error
    return made


def faults(folder: Path | None = None) -> list[TemplateFault]:
    """What is wrong with the changed copies, one fault for each that is not used."""
    found = (template(kind, folder).fault for kind in WRITTEN)
    return [fault for fault in found if fault is not None]


def changed(folder: Path | None = None) -> list[PaperKind]:
    """The papers for which a changed copy is used."""
    return [kind for kind in WRITTEN if template(kind, folder).changed]
