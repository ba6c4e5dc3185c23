"""The templates of all papers: built in, and the copies that an office has changed.

A changed copy that has a fault is left aside, the built-in one is used, and the fault is told. A
copy that was written out and never changed counts for nothing, so that it does not outlive a better
built-in one.
"""

import hashlib
import os
import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from mediation_desk import paths
from mediation_desk.domain.case_papers import WRITTEN, PaperKind
from mediation_desk.domain.problems import DeskError
from mediation_desk.papers.sample import known
from mediation_desk.papers.template import Context, Node, TemplateFault, Value, parse
from mediation_desk.words import tr

_LARGEST = 100_000
# The first line of a copy as it was written out, with the hash of what follows.
_MARK = re.compile(r"# .*校验 ([0-9a-f]{12})")


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
        text = _text(path)
        if _untouched(text):
            return _built_in(kind)
        return Template(parse(path.name, text, known(kind)), changed=True)
    except TemplateFault as fault:
        return Template(_built_in(kind).nodes, fault=fault)


def _hash(text: str) -> str:
    # Editors differ in how they end lines, and whether the last one.
    body = "\n".join(text.splitlines()).rstrip()
    return hashlib.sha256(body.encode()).hexdigest()[:12]


def _untouched(text: str) -> bool:
    first, _, rest = text.partition("\n")
    mark = _MARK.match(first.strip())
    return mark is not None and mark.group(1) == _hash(rest)


def _marked(kind: PaperKind) -> str:
    text = _built_in_text(kind)
    words = tr("# 内置的纸样，没有改过（校验 {hash}）")
    return f"{words.format(hash=_hash(text))}\n{text}"


def _text(path: Path) -> str:
    try:
        content = path.read_bytes()
    except OSError as error:
        raise TemplateFault(path.name, 1, tr("文件读不出来。")) from error
    if len(content) > _LARGEST:
        raise TemplateFault(path.name, 1, tr("文件太大，不像是纸样。"))
    return _decoded(path, content)


def _decoded(path: Path, content: bytes) -> str:
    # Older Notepads write the local encoding.
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise TemplateFault(path.name, 1, tr("文字编码不认识。请用记事本另存为UTF-8。"))


def _how() -> str:
    """How templates are changed, and the names of all that can be filled in."""
    text = (paths.resources() / "papers" / "how.txt").read_text(encoding="utf-8")
    names = {kind: known(kind) for kind in WRITTEN}
    common = set.intersection(*(set(context) for context in names.values()))
    lines = [tr("可以填的内容"), _names(names[PaperKind.COVER], common)]
    for kind, context in names.items():
        if own := set(context) - common:
            lines.append(f"{kind.label}：{_names(context, own)}")
    return "\n".join((text, *lines, ""))


def _names(context: Context, wanted: Collection[str]) -> str:
    """Some of the names in their order; those that come several times with what is in them."""
    told = []
    for name, value in context.items():
        if name in wanted and isinstance(value, Value):
            told.append(name)
        elif name in wanted and not isinstance(value, Value):
            inside = tr("、").join(entry for entry in value[0] if entry != name)
            told.append(tr("{name}（每一个有：{inside}）").format(name=name, inside=inside))
    return tr("、").join(told)


def write_out(folder: Path, kinds: Sequence[PaperKind] = WRITTEN) -> list[Path]:
    """Put the built-in templates into `folder` to be changed; copies changed already stay.

    Raises `DeskError` where nothing can be written.
    """
    made = []
    try:
        folder.mkdir(parents=True, exist_ok=True)
        _put(folder / tr("怎样改纸样.txt"), _how())
        for kind in kinds:
            path = folder / file_name(kind)
            if not path.exists() or _older(path, kind):
                _put(path, _marked(kind))
                made.append(path)
    except OSError as error:
        words = tr("写不了文件夹“{folder}”。请检查路径，或换一个文件夹再试。")
        raise DeskError(words.format(folder=folder)) from error
    return made


def _put(path: Path, text: str) -> None:
    """Whole or not at all: the first half of a template would pass for one changed by hand."""
    aside = path.with_name(f".{path.name}.part")
    # Old editors tell the encoding only by the mark in front.
    with aside.open("w", encoding="utf-8-sig") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
    aside.replace(path)


def _older(path: Path, kind: PaperKind) -> bool:
    """Whether a copy was never changed and is that of another version."""
    try:
        text = _text(path)
    except TemplateFault:
        return False
    return _untouched(text) and text.strip() != _marked(kind).strip()


def faults(folder: Path | None = None) -> list[TemplateFault]:
    """What is wrong with the changed copies, one fault for each that is not used."""
    found = (template(kind, folder).fault for kind in WRITTEN)
    return [fault for fault in found if fault is not None]


def changed(folder: Path | None = None) -> list[PaperKind]:
    """The papers for which a changed copy is used."""
    return [kind for kind in WRITTEN if template(kind, folder).changed]
