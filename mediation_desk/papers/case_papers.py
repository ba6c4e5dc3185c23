"""The papers of a case, made of its records and the templates: one, blank, or the whole file."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

from mediation_desk.domain.case_papers import FRAME, LOOSE, SCANS, PaperKind, Wanted, scans_of
from mediation_desk.domain.casefile import two_sides
from mediation_desk.domain.handling import Attachment
from mediation_desk.domain.record import Record
from mediation_desk.papers.case_values import Given, case_values
from mediation_desk.papers.composing import compose, used
from mediation_desk.papers.described import Block, CasePaper, Numbering, PageBreak, Picture
from mediation_desk.papers.drawing import pages_of
from mediation_desk.papers.laying_out import Page
from mediation_desk.papers.sample import HAND, by_hand
from mediation_desk.papers.scans import damage_of, sheets
from mediation_desk.papers.subject_values import (
    count_values,
    list_values,
    signing_values,
    subject_values,
)
from mediation_desk.papers.template import Context, Value
from mediation_desk.papers.templates import built_in, template
from mediation_desk.words import tr

Content = Callable[[Attachment], bytes | None]


@dataclass(frozen=True, slots=True)
class Source:
    """All that the papers of a case are made of: its values, records by id, and scans' bytes."""

    given: Given
    subjects: Mapping[str, Record]
    content: Content


def _numbering(kind: PaperKind) -> Numbering:
    return Numbering.FREE if kind in FRAME else Numbering.COUNTED


def written_paper(kind: PaperKind, context: Context, title: str = "") -> CasePaper:
    """The paper that a template makes of a context."""
    filled = {HAND: Value(), **context}
    blocks = compose(template(kind).nodes, filled)
    return CasePaper(title or kind.label, blocks, _numbering(kind))


def blank_paper(kind: PaperKind, committee: str) -> CasePaper:
    """The form for handwriting, no page of which has a number yet."""
    return loose(written_paper(kind, by_hand(kind, committee)))


def loose(paper: CasePaper) -> CasePaper:
    """A paper that is not bound yet: its pages get their numbers in the file."""
    return replace(paper, numbering=Numbering.FREE)


def one_paper(source: Source, wanted: Wanted) -> CasePaper:
    """One paper of a case, alone: contents and back say nothing of pages then."""
    if wanted.kind is PaperKind.SIGNING:
        return _signing(source)
    if wanted.kind in SCANS:
        return _scans(source, wanted.kind)
    made = written_paper(wanted.kind, _context(source, wanted), paper_title(source, wanted))
    extra = _scans(source, wanted.kind)
    return replace(
        made,
        blocks=(*made.blocks, *extra.blocks),
        scans=extra.scans,
        enclosed=extra.enclosed,
        damaged=extra.damaged,
    )


def _context(source: Source, wanted: Wanted) -> Context:
    subject = source.subjects.get(wanted.subject)
    return {
        **case_values(source.given),
        **subject_values(wanted.kind, source.given, subject),
        **list_values([]),
        **count_values(0),
        **signing_values(""),
        HAND: Value(),
    }


def filled_in(source: Source, wanted: Wanted) -> list[tuple[str, str]]:
    """What of the records stands on a paper: whatever else changes, the paper stays as it is.

    It does not depend on how an office words its templates.
    """
    scans = [("", scan.sha256) for scan in scans_of(source.given.case, wanted.kind)]
    if wanted.kind in SCANS:
        return scans
    return [*used(built_in(wanted.kind), _context(source, wanted)), *scans]


def paper_title(source: Source, wanted: Wanted) -> str:
    """What the contents call a paper; of several sessions each says which it is."""
    session = wanted.kind is PaperKind.SESSION
    alike = [entry for entry in source.given.case.sessions if entry.kind is _kind(source, wanted)]
    if not session or len(alike) < 2:
        return wanted.kind.label
    place = next(n for n, entry in enumerate(alike, 1) if entry.id == wanted.subject)
    return tr("{paper}（第{place}次）").format(paper=wanted.kind.label, place=place)


def _kind(source: Source, wanted: Wanted) -> object:
    return getattr(source.subjects.get(wanted.subject), "kind", None)


def _signing(source: Source) -> CasePaper:
    """The agreement in large type, a sheet for each side to sign."""
    left, right = two_sides(source.given.case.parties)
    blocks: list[Block] = []
    for side in (left, right):
        name = tr("、").join(party.name for party in side)
        context = {**case_values(source.given), **signing_values(name)}
        made = written_paper(PaperKind.SIGNING, context)
        blocks += (PageBreak(), *made.blocks) if blocks else made.blocks
    return CasePaper(PaperKind.SIGNING.label, tuple(blocks), Numbering.FREE)


def _scans(source: Source, kind: PaperKind) -> CasePaper:
    scans = scans_of(source.given.case, kind)
    contents = [source.content(scan) for scan in scans]
    faults = [damage_of(*pair) for pair in zip(scans, contents, strict=True)]
    shown = [sheets(*each) for each in zip(scans, contents, faults, strict=True)]
    whole = [sheet for sheet, fault in zip(shown, faults, strict=True) if not fault]
    told = tr("附件“{name}”：{fault}")
    return CasePaper(
        kind.label,
        tuple(block for sheet in shown for block in sheet),
        _numbering(kind),
        tuple(scan.sha256 for scan in scans),
        enclosed=not all(isinstance(sheet[-1], Picture) for sheet in whole),
        damaged=tuple(
            told.format(name=scan.name, fault=fault)
            for scan, fault in zip(scans, faults, strict=True)
            if fault
        ),
    )


@dataclass(frozen=True, slots=True)
class WholeFile:
    """A file as it is bound: its papers, and the pages of each."""

    papers: tuple[CasePaper, ...]
    pages: tuple[list[Page], ...]

    @property
    def counted(self) -> int:
        """How many of its pages are numbered."""
        return sum(page.number > 0 for pages in self.pages for page in pages)


def whole_file(source: Source, wanted: Sequence[Wanted]) -> WholeFile:
    """All papers that can be made, in binding order, with a contents whose pages are true."""
    bound = [entry for entry in wanted if not entry.missing and entry.kind not in LOOSE]
    body = [one_paper(source, entry) for entry in bound if entry.kind not in FRAME]
    pages = pages_of(body)
    counted = sum(map(len, pages))
    lines = list_values([_line(*entry) for entry in zip(body, pages, strict=True)])
    context = {**case_values(source.given), **lines, **count_values(counted)}
    front = [written_paper(kind, context) for kind in (PaperKind.COVER, PaperKind.CONTENTS)]
    last = [written_paper(PaperKind.BACK, context)]
    return WholeFile((*front, *body, *last), (*pages_of(front), *pages, *pages_of(last)))


def _line(paper: CasePaper, pages: Sequence[Page]) -> tuple[str, str, str]:
    """The line of a paper in the contents: its name, its pages and what is to be said of it."""
    first, last = pages[0].number, pages[-1].number
    remarks = [tr("原件另附")] if paper.enclosed else []
    if paper.damaged:
        remarks.append(tr("{count}份损坏").format(count=len(paper.damaged)))
    remark = tr("，").join(remarks)
    return paper.title, str(first) if first == last else f"{first}—{last}", remark
