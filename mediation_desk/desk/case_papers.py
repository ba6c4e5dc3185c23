"""The papers of a case: which there are and how they stand, made to be looked at or taken away."""

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, cast

from mediation_desk.domain.case_papers import (
    FRAME,
    LOOSE,
    SCANS,
    WRITTEN,
    Need,
    PaperKind,
    Wanted,
    file_of,
)
from mediation_desk.domain.casefile import CaseFile, title
from mediation_desk.domain.handling import Attachment
from mediation_desk.domain.numbering import case_number
from mediation_desk.domain.organisation import Mediator, Unit
from mediation_desk.domain.printing import PaperState, Print
from mediation_desk.domain.problems import DeskError
from mediation_desk.domain.record import Record
from mediation_desk.domain.records import canonical
from mediation_desk.domain.support import LegalAid
from mediation_desk.papers.case_values import Given
from mediation_desk.store.register import Register
from mediation_desk.words import tr

# What draws papers brings Qt's fonts along and what writes Word lxml: neither is loaded before a
# paper is asked for.
if TYPE_CHECKING:
    from mediation_desk.papers.case_papers import Source
    from mediation_desk.papers.described import CasePaper
    from mediation_desk.papers.laying_out import Page


@dataclass(frozen=True, slots=True)
class Listed:
    """One paper of a file, what it is called, and how it stands."""

    wanted: Wanted
    title: str
    state: PaperState
    printed: Print | None = None


@dataclass(frozen=True, slots=True)
class Made:
    """Papers with their pages, ready to be shown, printed or written; `bound` are what they are."""

    title: str
    papers: "tuple[CasePaper, ...]"
    pages: "tuple[Page, ...]"
    bound: tuple[Wanted, ...]

    @property
    def damaged(self) -> tuple[str, ...]:
        """The attachments that it cannot show, each with the reason in words."""
        return tuple(told for paper in self.papers for told in paper.damaged)


def _aids(register: Register, case: CaseFile) -> list[LegalAid]:
    return cast(list[LegalAid], register.all("legal_aid", dispute_id=case.dispute.id))


def _check_whole(case: CaseFile) -> None:
    """Papers are in full: nobody signs under half a name (人民调解法 Art 29)."""
    masked = [party for party in case.parties if party.revision and not party.personal_revision]
    if masked:
        words = tr("这件纠纷的个人信息是遮住的，打印出来的文书不能用。")
        raise DeskError(words + tr("请由登记这件纠纷的村打印，或请村里把完整的信息报来。"))


def source_of(register: Register, case: CaseFile) -> "Source":
    """All that the papers of a case are made of; raises `DeskError` if only masked values came."""
    from mediation_desk.papers.case_papers import Source  # noqa: PLC0415

    _check_whole(case)
    unit = cast(Unit | None, register.get("unit", case.dispute.unit_id))
    committee = (unit.committee or unit.name) if unit else ""
    pattern = register.settings.numbering_pattern
    mediators = cast(list[Mediator], register.all("mediator", unit_id=case.dispute.unit_id))
    given = Given(
        case,
        committee,
        case_number(case.dispute, unit, pattern),
        register.types,
        {entry.id: entry.name for entry in mediators},
    )
    subjects: list[Record] = [*case.sessions, *case.agents, *case.referrals]
    subjects += _aids(register, case)

    def content(scan: Attachment) -> bytes | None:
        return register.attachment_bytes(scan.sha256)

    return Source(given, {entry.id: entry for entry in subjects}, content)


def wanted_papers(register: Register, case: CaseFile) -> tuple[Wanted, ...]:
    """The papers of a case in binding order."""
    return file_of(case, _aids(register, case))


def loose_papers(case: CaseFile) -> tuple[Wanted, ...]:
    """Papers for one occasion that the case can have beside its file."""
    if case.agreement is None:
        return ()
    return tuple(Wanted(kind, Need.WHEN_NEEDED) for kind in PaperKind if kind in LOOSE)


def prints(register: Register, case: CaseFile) -> list[Print]:
    """What was printed of a case, the last first."""
    found = cast(list[Print], register.all("print", dispute_id=case.dispute.id))
    return sorted(found, key=lambda entry: -entry.number)


def listed(register: Register, case: CaseFile) -> tuple[Listed, ...]:
    """The papers of a case in binding order with how each stands, then those not bound."""
    from mediation_desk.papers.case_papers import paper_title  # noqa: PLC0415

    source, kept = source_of(register, case), prints(register, case)
    found = []
    for wanted in (*wanted_papers(register, case), *loose_papers(case)):
        called = paper_title(source, wanted)
        if wanted.missing:
            found.append(Listed(wanted, called, PaperState.MISSING))
            continue
        last = next((entry for entry in kept if key_of(wanted) in digests(entry)), None)
        state = PaperState.READY
        if last is not None:
            same = digests(last)[key_of(wanted)] == digest_of(source, case, wanted)
            state = PaperState.PRINTED if same else PaperState.CHANGED
        found.append(Listed(wanted, called, state, last))
    return tuple(found)


def bound(found: Sequence[Listed]) -> list[Listed]:
    """Those of the listed papers that are bound into the file."""
    return [entry for entry in found if entry.wanted.kind not in LOOSE]


def key_of(wanted: Wanted) -> str:
    """What a paper is called in a print."""
    return f"{wanted.kind.value}:{wanted.subject}"


def digests(entry: Print) -> Mapping[str, str]:
    """The hashes of what a print showed, by its papers."""
    return cast(dict[str, str], json.loads(entry.papers or "{}"))


def digest_of(source: "Source", case: CaseFile, wanted: Wanted) -> str:
    """The hash of what the records fill into a paper; of the contents, which papers there are."""
    from mediation_desk.papers.case_papers import filled_in  # noqa: PLC0415

    told = filled_in(source, wanted)
    if wanted.kind is PaperKind.CONTENTS:
        aids = [entry for entry in source.subjects.values() if isinstance(entry, LegalAid)]
        told = [*told, *((key_of(entry), entry.missing) for entry in file_of(case, aids))]
    return hashlib.sha256(canonical(told).encode()).hexdigest()


def one(register: Register, case: CaseFile, wanted: Wanted) -> Made:
    """One paper, laid out; raises `DeskError` for one that is missing, with what to do."""
    from mediation_desk.papers.case_papers import loose, one_paper, paper_title  # noqa: PLC0415

    source = source_of(register, case)
    if wanted.missing:
        words = tr("“{paper}”还不能打印：{missing}。").format(
            paper=wanted.kind.label, missing=wanted.missing
        )
        raise DeskError(words + tr("请先在纠纷里补上，或打印空白表手写。"))
    if wanted.kind in FRAME:
        return _of_file(register, case, wanted.kind)
    papers = (loose(one_paper(source, wanted)),)
    return Made(paper_title(source, wanted), papers, _pages(papers), (wanted,))


def _of_file(register: Register, case: CaseFile, kind: PaperKind) -> Made:
    """Cover, contents or back as they are in the file, whose pages they tell."""
    from mediation_desk.papers.case_papers import whole_file  # noqa: PLC0415

    wanted = wanted_papers(register, case)
    made = whole_file(source_of(register, case), wanted)
    place = next(n for n, paper in enumerate(made.papers) if paper.title == kind.label)
    bound = tuple(entry for entry in wanted if entry.kind is kind)
    return Made(kind.label, (made.papers[place],), tuple(made.pages[place]), bound)


def several(register: Register, case: CaseFile, kind: PaperKind) -> Made:
    """All papers of a kind, such as the records of all sessions."""
    found = [
        entry
        for entry in (*wanted_papers(register, case), *loose_papers(case))
        if entry.kind is kind
    ]
    if not found:
        # Whoever asks for a paper that the case does not call for may still want it.
        if kind in SCANS or kind in _ABOUT_A_RECORD:
            words = tr("这件纠纷没有“{paper}”。").format(paper=kind.label)
            raise DeskError(words + tr("请先在纠纷里登记，或打印空白表手写。"))
        found = [Wanted(kind, Need.WHEN_NEEDED)]
    parts = [one(register, case, entry) for entry in found]
    papers = tuple(paper for part in parts for paper in part.papers)
    return Made(
        kind.label,
        papers,
        _pages(papers),
        tuple(entry for part in parts for entry in part.bound),
    )


_ABOUT_A_RECORD = frozenset(
    (PaperKind.PROXY, PaperKind.INQUIRY, PaperKind.SESSION, PaperKind.VISIT, PaperKind.ANSWER,
     PaperKind.AID)
)  # fmt: skip


def _pages(papers: "Sequence[CasePaper]") -> "tuple[Page, ...]":
    from mediation_desk.papers.drawing import pages_of  # noqa: PLC0415

    return tuple(page for part in pages_of(papers) for page in part)


def whole(register: Register, case: CaseFile) -> Made:
    """The whole file as it is bound: cover, contents with true pages, papers, back."""
    from mediation_desk.papers.case_papers import whole_file  # noqa: PLC0415

    wanted = wanted_papers(register, case)
    made = whole_file(source_of(register, case), wanted)
    pages = tuple(page for part in made.pages for page in part)
    bound = tuple(entry for entry in wanted if not entry.missing)
    name = tr("{title}卷宗").format(title=title(case, register.types))
    return Made(name, made.papers, pages, bound)


def missing(register: Register, case: CaseFile) -> list[Wanted]:
    """The papers that must be in the file and cannot be made yet."""
    return [entry for entry in wanted_papers(register, case) if entry.missing]


def blanks(register: Register, kinds: Sequence[PaperKind] = ()) -> Made:
    """Forms for handwriting, all of them or some."""
    from mediation_desk.papers.case_papers import blank_paper  # noqa: PLC0415

    unit = register.committee or register.unit
    chosen = kinds or tuple(kind for kind in WRITTEN if kind is not PaperKind.SIGNING)
    papers = tuple(blank_paper(kind, unit.committee or unit.name) for kind in chosen)
    called = chosen[0].label if len(chosen) == 1 else tr("调解文书")
    name = tr("空白{paper}").format(paper=called)
    return Made(name, papers, _pages(papers), ())
