"""The papers of a case file, as far as the records tell whether they are there."""

from collections.abc import Callable, Mapping

from mediation_desk.domain.casefile import CaseFile
from mediation_desk.domain.codes import (
    AgreementForm,
    ArchiveState,
    AttachmentKind,
    Code,
    Performance,
    SessionKind,
)


class Paper(Code):
    """A paper of the file, as far as the records tell whether it is there."""

    REGISTRATION = "10", "受理登记"
    NOTICE = "11", "权利义务告知书"
    IDENTITY = "12", "身份证明材料"
    INQUIRY = "20", "调查记录"
    EVIDENCE = "21", "证据材料"
    SESSION = "30", "调解记录"
    AGREEMENT = "40", "协议书或口头协议登记表"
    DATES = "41", "签名和盖章日期"
    SIGNED = "42", "已签名文书的扫描件"
    PERFORMED = "50", "履行完毕"
    RECEIPT = "51", "履行凭证"
    VISIT = "60", "回访记录"
    ARCHIVED = "70", "卷宗归档"


def _session(case: CaseFile, kind: SessionKind) -> bool:
    return any(entry.kind is kind for entry in case.sessions)


def _scan(case: CaseFile, kind: AttachmentKind) -> bool:
    return any(entry.kind is kind for entry in case.attachments)


def _dated(case: CaseFile) -> bool:
    """Whether the three days stand that make a written agreement effective (Art 29)."""
    agreement = case.agreement
    if agreement is None or agreement.form is AgreementForm.ORAL:
        return agreement is not None
    days = agreement.parties_signed_on, agreement.mediator_signed_on, agreement.sealed_on
    return None not in days


_THERE: Mapping[Paper, Callable[[CaseFile], bool]] = {
    Paper.REGISTRATION: lambda case: case.dispute.intake_on is not None,
    Paper.NOTICE: lambda case: case.dispute.informed_on is not None,
    Paper.IDENTITY: lambda case: _scan(case, AttachmentKind.IDENTITY),
    Paper.INQUIRY: lambda case: _session(case, SessionKind.INQUIRY),
    Paper.EVIDENCE: lambda case: _scan(case, AttachmentKind.EVIDENCE),
    Paper.SESSION: lambda case: _session(case, SessionKind.MEDIATION),
    Paper.AGREEMENT: lambda case: case.agreement is not None,
    Paper.DATES: _dated,
    Paper.SIGNED: lambda case: _scan(case, AttachmentKind.SIGNED),
    Paper.PERFORMED: lambda case: case.dispute.performance is Performance.KEPT,
    Paper.RECEIPT: lambda case: _scan(case, AttachmentKind.RECEIPT),
    Paper.VISIT: lambda case: _session(case, SessionKind.VISIT),
    Paper.ARCHIVED: lambda case: case.dispute.archive is ArchiveState.ARCHIVED,
}


def is_there(paper: Paper, case: CaseFile) -> bool:
    """Whether the records and scans of `case` hold `paper`."""
    return _THERE[paper](case)
