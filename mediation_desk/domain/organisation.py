"""Who mediates: units with their committees, mediators, advisers and the unit's own settings."""

from dataclasses import dataclass
from datetime import date

from mediation_desk.domain.codes import Sex, UnitKind
from mediation_desk.domain.fields import Mask, field
from mediation_desk.domain.record import Record


@dataclass(frozen=True, slots=True, kw_only=True)
class Unit(Record):
    """A village, community, township committee or office (domain.md §1, §7.1)."""

    code: str = field("统计代码", note="12位")
    name: str = field("单位")
    kind: UnitKind = field("单位类别")
    committee: str = field("人民调解委员会全称", default="")
    number_word: str = field("卷号简称", default="", note="如“梨民调”")
    parent_code: str = field("上级单位代码", default="")
    term_from: date | None = field("本届任期起", default=None)
    term_to: date | None = field("本届任期止", default=None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Mediator(Record):
    """A people's mediator of a committee (人民调解法 Art 13; allowance flag domain.md §5.5)."""

    unit_id: str = field("单位")
    name: str = field("姓名")
    sex: Sex | None = field("性别", default=None)
    born_on: date | None = field("出生日期", default=None)
    education: str = field("文化程度", default="")
    position: str = field("职务", default="", note="主任、副主任、委员、聘任")
    full_time: bool = field("专职", default=False)
    may_claim_allowance: bool = field("可领补贴", default=True)
    term_from: date | None = field("任期起", default=None)
    term_to: date | None = field("任期止", default=None)
    phone: str = field("联系方式", default="", personal=Mask.PHONE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Adviser(Record):
    """A village legal adviser (村居法律顾问)."""

    unit_id: str = field("单位")
    name: str = field("姓名")
    firm: str = field("执业机构", default="")
    term_from: date | None = field("聘期起", default=None)
    term_to: date | None = field("聘期止", default=None)
    phone: str = field("联系方式", default="", personal=Mask.PHONE)


@dataclass(frozen=True, slots=True, kw_only=True)
class LocalType(Record):
    """A local dispute type with the official type it is counted under (domain.md §3.3)."""

    code: str = field("类型代码")
    label: str = field("类型名称")
    rolls_up_to: str = field("归入18类")
