"""What was sent, received and frozen: packages, reports, and the changes of the history."""

from dataclasses import dataclass
from datetime import date

from mediation_desk.domain.codes import ReportStep
from mediation_desk.domain.fields import field
from mediation_desk.domain.record import Record


@dataclass(frozen=True, slots=True, kw_only=True)
class Package(Record):
    """A workbook between a village and its office: monthly to the office, or back to the village.

    The village's sent ones and the office's received ones are monthly packages, the office's sent
    ones and the village's received ones are what came back. It holds only what the workbook itself
    tells, so that packages received in any order end in the same records; what an import did
    stands in its act.

    `digest` is the SHA-256 of the exact copy inside, so a file saved again by another program is
    still the same package. `previous` is the package of this unit made before it. `span` says how
    many packages, with this one as the last, it makes good, because it carries all changes since
    the one before them. `returned` is number and id of the file from the office up to which the
    village had everything when it made a package; `wanted` are the numbers of packages that the
    office asks for in what it sends back.
    """

    unit_id: str = field("单位")
    number: int = field("报送编号")
    received: bool = field("收到", default=False)
    period_from: date = field("起始日期")
    period_to: date = field("截止日期")
    made_on: date = field("制作日期")
    made_by: str = field("填表人", default="")
    digest: str = field("校验值")
    previous: str = field("上一次报送", default="")
    disputes: int = field("纠纷件数", default=0)
    unmasked_for: str = field("完整信息接收人", default="", note="空为脱敏")
    nil: bool = field("零报告", default=False)
    findings: str = field("发现的问题", default="", long=True)
    signer: str = field("签名公钥", default="", note="空为未签名")
    sealed: bool = field("已封存", default=False)
    span: int = field("涵盖份数", default=1)
    returned: str = field("已收回件", default="")
    wanted: str = field("要求补发", default="")

    @property
    def base(self) -> int:
        """The number of the package since which this one carries all changes; 0 is all of them."""
        return self.number - self.span


@dataclass(frozen=True, slots=True, kw_only=True)
class AcceptedFindings(Record):
    """The office's word that a received file stands as it came, with all that was found in it.

    `findings` are those of the package when they were accepted, a line each; what is found in it
    later is not accepted with them. Nothing is repaired (domain.md §3.5).
    """

    unit_id: str = field("单位")
    package_id: str = field("报送文件")
    findings: str = field("发现的问题", long=True)
    remark: str = field("说明", long=True)
    accepted_on: date = field("接受日期")
    accepted_by: str = field("接受人", default="")


@dataclass(frozen=True, slots=True, kw_only=True)
class Report(Record):
    """A table as it was sent: figures, calibre and cases frozen (design.md §5).

    It is written once; what was done with it stands in `ReportUse`. `table` says which table it
    is, `calibre`, `settings`, `figures` and `cases` are JSON, and `sequence` is the end of the
    history when it was counted, from which it can be counted again. `digest` is the SHA-256 of all
    that was frozen.
    """

    unit_id: str = field("单位")
    number: int = field("冻结编号", default=0)
    table: str = field("报表", default="")
    title: str = field("报表名称")
    period_from: date = field("起始日期")
    period_to: date = field("截止日期")
    frozen_on: date | None = field("冻结日期", default=None)
    frozen_by: str = field("冻结人", default="")
    sequence: int = field("历史位置", default=0)
    calibre: str = field("统计口径", long=True)
    settings: str = field("本地做法", default="", long=True)
    figures: str = field("冻结数字", long=True)
    cases: str = field("案件清单", long=True)
    digest: str = field("校验值")


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportUse(Record):
    """That a frozen report was exported, printed or sent upward: when, by whom, to whom."""

    report_id: str = field("报表")
    what: ReportStep = field("事项")
    done_on: date = field("日期")
    done_by: str = field("经办人", default="")
    receiver: str = field("报送对象", default="")


@dataclass(frozen=True, slots=True)
class Change:
    """One line of the history: a record's values after one act, chained to the line before.

    `values` is the record as canonical JSON, empty where the act took the record back. `hash`
    covers the line and `hash_before`, so that no line can be altered or left out unnoticed.
    `lineage` names, separated by spaces, the version that came from another register and the
    versions it was made from; empty for what was written here, whose version is its act.
    """

    sequence: int
    act: int
    kind: str
    record_id: str
    revision: int
    values: str
    hash_before: str
    hash: str
    lineage: str = ""


@dataclass(frozen=True, slots=True)
class Act:
    """One thing a person did, all or nothing: who, when, why, and the changes it made."""

    number: int
    id: str
    kind: str
    actor: str
    reason: str
    at: str
    undone_by: int | None = None
