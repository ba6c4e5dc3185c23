"""What the round trip between village and office needs: enrolment, receipts, questions, hand-over.

All but hand-overs and receipts stay in the register that made them.
"""

import uuid
from dataclasses import dataclass
from datetime import date

from mediation_desk.domain.codes import ProposalSort, ProposalState
from mediation_desk.domain.fields import Mask, field
from mediation_desk.domain.record import Record


@dataclass(frozen=True, slots=True, kw_only=True)
class Enrolment(Record):
    """One set-up file that the office made for a unit, and the key that the unit signed up with.

    `invitation` is the public half of a key that lies in the set-up file alone: what it signed
    comes from whoever holds that file. `key` is the unit's own public key, in hex as the other,
    and empty until its first package came. The newest that is not void is the one that counts.
    """

    unit_id: str = field("单位")
    made_on: date = field("制作日期")
    made_by: str = field("制作人", default="")
    invitation: str = field("开户凭据")
    key: str = field("签名公钥", default="")
    enrolled_on: date | None = field("登记公钥日期", default=None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Receipt(Record):
    """What the office answers to a package: what became of each of its records, and why.

    Made in the act that received the package, so undoing takes it back; the village keeps the
    copy that it was sent. `rows` is JSON: the ledger's row of each dispute by its id.
    """

    unit_id: str = field("单位")
    package_id: str = field("报送文件")
    number: int = field("报送编号")
    digest: str = field("校验值")
    file_name: str = field("文件名", default="")
    received_on: date = field("接收日期")
    received_by: str = field("接收人", default="")
    added: int = field("新增", default=0)
    updated: int = field("更新", default=0)
    unchanged: int = field("未变", default=0)
    older: int = field("较旧", default=0)
    conflicts: int = field("待核对", default=0)
    rejected: int = field("未接收", default=0)
    proposals: int = field("表中改动", default=0)
    remarks: str = field("说明", default="", long=True)
    rows: str = field("所在行", default="", long=True)


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposal(Record):
    """One difference that a person has to decide; until then it blocks nothing.

    `about_kind` and `about_id` name the record, `field_name` its field; `base`, `ours` and
    `theirs` are the field's values as JSON, empty where there is none. For a row typed by hand
    `theirs` is the whole row by heads; for a pair that may be one dispute `other_id` is the
    second. `place` is sheet!cell in the file. `theirs_version` is the version that brought it.
    """

    unit_id: str = field("单位")
    package_id: str = field("报送文件", default="")
    sort: ProposalSort = field("类别")
    file_name: str = field("文件名", default="")
    place: str = field("所在单元格", default="")
    dispute_id: str = field("纠纷", default="")
    about_kind: str = field("记录种类", default="")
    about_id: str = field("记录", default="")
    other_id: str = field("另一条记录", default="")
    field_name: str = field("项目", default="")
    base: str = field("原来的值", default="", long=True, personal=Mask.WITHHELD)
    ours: str = field("登记簿中的值", default="", long=True, personal=Mask.WITHHELD)
    theirs: str = field("报来的值", default="", long=True, personal=Mask.WITHHELD)
    theirs_version: str = field("报来的版本", default="")
    state: ProposalState = field("处理情况", default=ProposalState.OPEN)
    decided_on: date | None = field("处理日期", default=None)
    decided_by: str = field("处理人", default="")
    remark: str = field("处理说明", default="", long=True)

    @property
    def open(self) -> bool:
        """Whether somebody still has to decide it."""
        return self.state is ProposalState.OPEN and not self.void_reason

    def born(self, part: str) -> str:
        """The id of a record that taking the row makes, the same on every desk."""
        return uuid.uuid5(uuid.UUID(self.id), part).hex


@dataclass(frozen=True, slots=True, kw_only=True)
class HandOver(Record):
    """A case that went from one committee to another: who, when, why, and the number it had.

    The dispute's unit and number change with it; the giver keeps the case to read.
    """

    dispute_id: str = field("纠纷")
    from_unit_id: str = field("移交单位")
    to_unit_id: str = field("接收单位")
    from_year: int = field("原年度")
    from_number: int = field("原序号")
    handed_on: date = field("移交日期")
    handed_by: str = field("移交人", default="")
    reason: str = field("移交原因", long=True)
    taken_on: date | None = field("接收日期", default=None)
    taken_by: str = field("接收人", default="")


@dataclass(frozen=True, slots=True, kw_only=True)
class SameCase(Record):
    """Two entries that a person found to be one dispute; `other_id` is no longer counted."""

    main_id: str = field("统计的纠纷")
    other_id: str = field("不再统计的纠纷")
    decided_on: date = field("认定日期")
    decided_by: str = field("认定人", default="")
    reason: str = field("理由", default="", long=True)


@dataclass(frozen=True, slots=True, kw_only=True)
class LedgerMap(Record):
    """How a hand-made ledger of a unit is read, as it was answered once.

    `heads` are its heads as JSON list, `columns` JSON from head to field name, `answers` JSON
    from question to answer.
    """

    unit_id: str = field("单位")
    heads: str = field("表头", long=True)
    columns: str = field("对应关系", default="", long=True)
    answers: str = field("已答的问题", default="", long=True)
