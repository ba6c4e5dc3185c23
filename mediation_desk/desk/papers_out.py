"""Papers leaving the register: written as PDF or Word, printed, and kept as printed."""

import hashlib
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from mediation_desk.desk.case_papers import (
    Made,
    digest_of,
    key_of,
    prints,
    source_of,
)
from mediation_desk.domain.casefile import CaseFile
from mediation_desk.domain.printing import Print, PrintWay
from mediation_desk.domain.problems import DeskError
from mediation_desk.domain.record import new_id
from mediation_desk.domain.records import canonical
from mediation_desk.exchange.placing import place_whole
from mediation_desk.store.register import Register
from mediation_desk.words import tr

if TYPE_CHECKING:
    from mediation_desk.papers.template import TemplateFault

WAYS = {".pdf": PrintWay.PDF, ".docx": PrintWay.WORD}


def way_of(target: Path) -> PrintWay:
    """What is written by the ending of a name; raises `DeskError` for another one."""
    way = WAYS.get(target.suffix.lower())
    if way is None:
        words = tr("文书只能写成 .pdf 或 .docx 文件，不能写成“{name}”。请改文件名的结尾。")
        raise DeskError(words.format(name=target.name))
    return way


def write(made: Made, target: Path) -> Path:
    """Write papers as PDF or Word by the name's ending; in one go or not at all.

    Raises `DeskError` for another ending or where it cannot be written, with what to do.
    """
    if way_of(target) is PrintWay.PDF:
        from mediation_desk.papers.drawing import pdf_of  # noqa: PLC0415

        content = pdf_of(made.pages, made.title)
    else:
        # What writes Word files takes long to load.
        from mediation_desk.papers.case_word import word_of  # noqa: PLC0415

        content = word_of(made.papers, made.title)
    place_whole(target, content)
    return target


def keep_print(
    register: Register, case: CaseFile, made: Made, way: PrintWay, actor: str, at: datetime
) -> Print:
    """Keep what was printed: which papers, when, and the hash of what stood on each."""
    source = source_of(register, case)
    papers = {key_of(entry): digest_of(source, case, entry) for entry in made.bound}
    with register.change(actor, tr("打印文书")) as change:
        return change.keep(
            Print(
                id=new_id(),
                dispute_id=case.dispute.id,
                number=max((entry.number for entry in prints(register, case)), default=0) + 1,
                title=made.title,
                way=way,
                pages=len(made.pages),
                printed_on=at.date(),
                time=f"{at:%H:%M}",
                printed_by=actor,
                papers=canonical(papers),
                digest=hashlib.sha256(canonical(papers).encode()).hexdigest(),
            )
        )


def write_templates(folder: Path) -> list[Path]:
    """Put the built-in templates into a folder to be changed; what is there stays."""
    from mediation_desk.papers.templates import write_out  # noqa: PLC0415

    return write_out(folder)


def template_faults(folder: Path | None = None) -> "Sequence[TemplateFault]":
    """The changed templates that are not used, each with its line and the reason."""
    from mediation_desk.papers.templates import faults  # noqa: PLC0415

    return faults(folder)


def changed_templates(folder: Path | None = None) -> list[str]:
    """The papers that are made by changed templates."""
    from mediation_desk.papers.templates import changed  # noqa: PLC0415

    return [kind.label for kind in changed(folder)]
