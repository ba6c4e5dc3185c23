"""Work that keeps quarrels from growing: screening rounds, findings, preventions, publicity."""

from dataclasses import dataclass
from datetime import date

from mediation_desk.domain.codes import PreventionKind, PublicityKind
from mediation_desk.domain.fields import Mask, field
from mediation_desk.domain.record import Record


@dataclass(frozen=True, slots=True, kw_only=True)
class Prevention(Record):
    """Something worse that was prevented: 件 and 人, entered with its reason (domain.md §10)."""

    unit_id: str = field("单位")
    dispute_id: str = field("纠纷", default="")
    prevented_on: date = field("日期")
    kind: PreventionKind = field("防止事项")
    cases: int = field("件数", default=1)
    persons: int = field("人数", default=1)
    reason: str = field("依据", default="", long=True, personal=Mask.WITHHELD)


@dataclass(frozen=True, slots=True, kw_only=True)
class Screening(Record):
    """One screening round (排查, counted in 次) with what it found and prevented."""

    unit_id: str = field("单位")
    screened_on: date = field("排查日期")
    area: str = field("排查区域", default="")
    screeners: str = field("排查人员", default="")
    found: int = field("发现纠纷", default=0)
    prevented: int = field("预防纠纷", default=0)
    note: str = field("排查情况", default="", long=True, personal=Mask.WITHHELD)


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding(Record):
    """One matter found in a screening round; it may become a dispute."""

    unit_id: str = field("单位")
    screening_id: str = field("排查轮次")
    matter: str = field("线索内容", long=True, personal=Mask.WITHHELD)
    persons: str = field("涉及人员", default="", personal=Mask.WITHHELD)
    dispute_id: str = field("转为纠纷", default="")


@dataclass(frozen=True, slots=True, kw_only=True)
class Publicity(Record):
    """One publicity or training event (普法宣传)."""

    unit_id: str = field("单位")
    kind: PublicityKind = field("活动类别", default=PublicityKind.PUBLICITY)
    held_on: date = field("日期")
    topic: str = field("主题")
    form: str = field("形式", default="")
    place: str = field("地点", default="")
    audience: int = field("受众人数", default=0)
    materials: int = field("发放资料份数", default=0)
