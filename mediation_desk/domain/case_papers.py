"""Which papers the file of a case holds, in binding order, and which must be there.

Order and 必须/按需 follow the catalogue of domain.md §2.2; what it does not name is 按需.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import Enum

from mediation_desk.domain.casefile import CaseFile
from mediation_desk.domain.codes import (
    AgentKind,
    AgreementForm,
    AttachmentKind,
    Code,
    Confirmation,
    Direction,
    Outcome,
    PartyKind,
    ReferralChannel,
    SessionKind,
    Source,
)
from mediation_desk.domain.handling import Attachment
from mediation_desk.domain.support import LegalAid
from mediation_desk.words import tr


class PaperKind(Code):
    """The papers of a file in the order in which it is bound."""

    COVER = "cover", "卷宗封面"
    CONTENTS = "contents", "卷内目录"
    APPLICATION = "application", "人民调解申请书"
    INTAKE = "intake", "人民调解受理登记表"
    NOTICE = "notice", "当事人权利义务告知书"
    IDENTITY = "identity", "当事人身份证明"
    PROXY = "proxy", "授权委托书"
    AUTHORITY = "authority", "代理证明材料"
    INQUIRY = "inquiry", "人民调解调查记录"
    EVIDENCE = "evidence", "人民调解证据材料"
    SESSION = "session", "人民调解记录"
    AGREEMENT = "agreement", "人民调解协议书"
    ORAL = "oral", "人民调解口头协议登记表"
    SIGNED = "signed", "已签名的文书"
    SERVICE = "service", "送达回证"
    RECEIPTS = "receipts", "履行凭证"
    VISIT = "visit", "人民调解回访记录"
    CONFIRM_PERSONS = "confirm_persons", "司法确认申请书（个人与个人）"
    CONFIRM_UNITS = "confirm_units", "司法确认申请书（个人与单位）"
    CONFIRMATION = "confirmation", "司法确认材料"
    ANSWER = "answer", "委托移送调解情况复函"
    AID = "aid", "法律援助转介函"
    LETTERS = "letters", "往来函件"
    REPORT = "report", "人民调解结案报告表"
    OTHER = "other", "其他材料"
    NOTE = "note", "卷宗情况说明"
    BACK = "back", "封底"
    SIGNING = "signing", "签字页（大字）"


# Papers that are nothing but scans, and the scans that follow a written paper.
SCANS = {
    PaperKind.IDENTITY: AttachmentKind.IDENTITY,
    PaperKind.AUTHORITY: AttachmentKind.AUTHORITY,
    PaperKind.EVIDENCE: AttachmentKind.EVIDENCE,
    PaperKind.SIGNED: AttachmentKind.SIGNED,
    PaperKind.CONFIRMATION: AttachmentKind.CONFIRMATION,
    PaperKind.LETTERS: AttachmentKind.LETTER,
    PaperKind.OTHER: AttachmentKind.OTHER,
}
_WITH_SCANS = {PaperKind.RECEIPTS: AttachmentKind.RECEIPT}
# Those that a template describes.
WRITTEN = tuple(kind for kind in PaperKind if kind not in SCANS)
# Printed for one occasion, and no part of the bound file.
LOOSE = frozenset((PaperKind.SERVICE, PaperKind.SIGNING))
# Neither counted among the pages nor listed in the contents.
FRAME = frozenset((PaperKind.COVER, PaperKind.CONTENTS, PaperKind.BACK))


class Need(Enum):
    """Whether the catalogue asks for a paper in every such file."""

    MUST = "必须"
    WHEN_NEEDED = "按需"


@dataclass(frozen=True, slots=True)
class Wanted:
    """One paper of a file; `subject` is the record it is about where there may be several.

    `missing` says in words why it cannot be made, empty if it can.
    """

    kind: PaperKind
    need: Need
    subject: str = ""
    missing: str = ""


def scans_of(case: CaseFile, kind: PaperKind) -> list[Attachment]:
    """The scans that stand in the place of a paper, or follow it."""
    wanted = SCANS.get(kind) or _WITH_SCANS.get(kind)
    return [scan for scan in case.attachments if scan.kind is wanted]


def file_of(case: CaseFile, aids: Sequence[LegalAid] = ()) -> tuple[Wanted, ...]:
    """The papers of a case in binding order; those that must be there stand even if missing."""
    return tuple(_File(case, aids).all())


class _File:
    """What the state of a case asks for."""

    def __init__(self, case: CaseFile, aids: Sequence[LegalAid]) -> None:
        self._case, self._aids = case, aids
        dispute, agreement = case.dispute, case.agreement
        self._taken_in = dispute.outcome is not Outcome.NOT_ACCEPTED
        oral = agreement is not None and agreement.form is AgreementForm.ORAL
        # An oral settlement needs no more than its record (人民调解法 Art 28).
        whole = self._taken_in and not oral
        self._usual = Need.MUST if whole else Need.WHEN_NEEDED

    def all(self) -> Iterator[Wanted]:
        yield Wanted(PaperKind.COVER, Need.MUST)
        yield Wanted(PaperKind.CONTENTS, Need.MUST)
        written = self._case.dispute.source is Source.WRITTEN
        yield Wanted(PaperKind.APPLICATION if written else PaperKind.INTAKE, Need.MUST)
        if self._usual is Need.MUST or self._case.dispute.informed_on is not None:
            yield Wanted(PaperKind.NOTICE, self._usual)
        yield from self._scans(PaperKind.IDENTITY, self._usual, tr("还没有添加身份证明材料"))
        for agent in self._case.agents:
            if agent.kind is AgentKind.ENTRUSTED:
                yield Wanted(PaperKind.PROXY, Need.WHEN_NEEDED, agent.id)
        yield from self._scans(PaperKind.AUTHORITY)
        yield from self._sessions(PaperKind.INQUIRY, SessionKind.INQUIRY)
        yield from self._scans(PaperKind.EVIDENCE)
        missing = tr("还没有记调解")
        yield from self._sessions(PaperKind.SESSION, SessionKind.MEDIATION, self._usual, missing)
        yield from self._ending()
        yield from self._scans(PaperKind.LETTERS)
        if self._case.dispute.outcome is not None:
            yield Wanted(PaperKind.REPORT, Need.WHEN_NEEDED)
        yield from self._scans(PaperKind.OTHER)
        if self._case.dispute.file_note.strip():
            yield Wanted(PaperKind.NOTE, Need.WHEN_NEEDED)
        yield Wanted(PaperKind.BACK, Need.MUST)

    def _scans(
        self, kind: PaperKind, need: Need = Need.WHEN_NEEDED, missing: str = ""
    ) -> Iterator[Wanted]:
        if scans_of(self._case, kind):
            yield Wanted(kind, need)
        elif need is Need.MUST:
            yield Wanted(kind, need, missing=missing)

    def _sessions(
        self,
        kind: PaperKind,
        of: SessionKind,
        need: Need = Need.WHEN_NEEDED,
        missing: str = "",
    ) -> Iterator[Wanted]:
        held = [session for session in self._case.sessions if session.kind is of]
        for session in held:
            yield Wanted(kind, need, session.id)
        if not held and need is Need.MUST:
            yield Wanted(kind, need, missing=missing)

    def _ending(self) -> Iterator[Wanted]:
        case = self._case
        if case.agreement is not None:
            oral = case.agreement.form is AgreementForm.ORAL
            yield Wanted(PaperKind.ORAL if oral else PaperKind.AGREEMENT, Need.MUST)
        elif case.dispute.outcome is Outcome.SETTLED:
            yield Wanted(PaperKind.AGREEMENT, Need.MUST, missing=tr("还没有登记协议"))
        yield from self._scans(PaperKind.SIGNED)
        kept = any(promise.kept_on for promise in case.promises)
        if kept or scans_of(case, PaperKind.RECEIPTS):
            yield Wanted(PaperKind.RECEIPTS, Need.WHEN_NEEDED)
        yield from self._sessions(PaperKind.VISIT, SessionKind.VISIT)
        if case.dispute.confirmation is not Confirmation.NONE:
            yield Wanted(confirmation_paper(case), Need.WHEN_NEEDED)
        yield from self._scans(PaperKind.CONFIRMATION)
        yield from self._outward()

    def _outward(self) -> Iterator[Wanted]:
        for referral in self._case.referrals:
            if referral.direction is Direction.IN and self._case.dispute.outcome is not None:
                yield Wanted(PaperKind.ANSWER, Need.WHEN_NEEDED, referral.id)
            aid = referral.channel is ReferralChannel.LEGAL_AID
            if referral.direction is Direction.OUT and aid:
                yield Wanted(PaperKind.AID, Need.WHEN_NEEDED, referral.id)
        for entry in self._aids:
            if not entry.void_reason:
                yield Wanted(PaperKind.AID, Need.WHEN_NEEDED, entry.id)


def confirmation_paper(case: CaseFile) -> PaperKind:
    """Which of the two applications to the court fits the parties."""
    natural = all(party.kind is PartyKind.NATURAL for party in case.parties)
    return PaperKind.CONFIRM_PERSONS if natural else PaperKind.CONFIRM_UNITS


def copies(case: CaseFile) -> int:
    """How many copies an agreement has: one for each party and the committee's (domain.md §2.8).

    More, where somebody else is to have one too.
    """
    least = len(case.parties) + 1
    return max(least, case.agreement.copies) if case.agreement is not None else least
