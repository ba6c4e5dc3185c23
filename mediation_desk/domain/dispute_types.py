"""The dispute types with their roll-ups, open to local types (domain.md §3.3)."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from mediation_desk.domain.problems import Problem, Severity
from mediation_desk.words import tr

if TYPE_CHECKING:
    from mediation_desk.domain.organisation import LocalType


@dataclass(frozen=True, slots=True)
class DisputeType:
    """A type of the 18-type list, its type in the 15-type list and its code in the 合肥 system."""

    code: str
    label: str
    fifteen: str
    hefei: str

    @property
    def short(self) -> str:
        """The label without 纠纷, for narrow columns."""
        return self.label.removesuffix("纠纷")


EIGHTEEN = (
    DisputeType("01", "婚姻家庭纠纷", "婚姻家庭", "01"),
    DisputeType("02", "邻里纠纷", "邻里", "02"),
    DisputeType("03", "房屋宅基地纠纷", "房屋宅基地", "03"),
    DisputeType("04", "合同纠纷", "合同", "04"),
    DisputeType("05", "生产经营纠纷", "生产经营", "05"),
    DisputeType("06", "损害赔偿纠纷", "损害赔偿", "06"),
    DisputeType("07", "山林土地纠纷", "山林土地", "07"),
    DisputeType("08", "征地拆迁纠纷", "征地拆迁", "08"),
    DisputeType("09", "环境污染纠纷", "环境污染", "09"),
    DisputeType("101", "拖欠农民工工资纠纷", "劳动争议", "10"),
    DisputeType("102", "其他劳动争议纠纷", "劳动争议", "10"),
    DisputeType("11", "旅游纠纷", "消费", "11"),
    DisputeType("121", "电子商务纠纷", "消费", "12"),
    DisputeType("122", "其他消费纠纷", "消费", "12"),
    DisputeType("13", "医疗纠纷", "医疗", "13"),
    DisputeType("14", "道路交通事故纠纷", "道路交通事故", "14"),
    DisputeType("15", "物业纠纷", "物业", "15"),
    DisputeType("99", "其他纠纷", "其它", "99"),
)
BY_CODE = {entry.code: entry for entry in EIGHTEEN}
FIFTEEN = tuple(dict.fromkeys(entry.fifteen for entry in EIGHTEEN))

# 合肥 codes without a type of their own in the 18-type list are counted as 其他 (domain.md §3.3).
HEFEI_ONLY = {"16": "99", "17": "99"}


@dataclass(frozen=True, slots=True)
class TypeTable:
    """All types a register knows: the eighteen, and local types rolling up to them."""

    local: tuple["LocalType", ...] = ()

    def codes(self) -> tuple[str, ...]:
        """Every code that may be chosen, official types first."""
        return (*BY_CODE, *(entry.code for entry in self.local if not entry.void_reason))

    def label(self, code: str) -> str:
        """The words of a type; an unknown code is shown as it is, so that nothing is hidden."""
        if code in BY_CODE:
            return BY_CODE[code].label
        return next((entry.label for entry in self.local if entry.code == code), code)

    def official(self, code: str) -> str:
        """The code of the 18-type list under which `code` is reported.

        Raises `KeyError` for a code that is neither official nor local.
        """
        if code in BY_CODE:
            return code
        for entry in self.local:
            if entry.code == code:
                return entry.rolls_up_to
        raise KeyError(code)

    def knows(self, code: str) -> bool:
        """Whether `code` has a place in the statistic."""
        return code in BY_CODE or any(entry.code == code for entry in self.local)


def local_type_problems(candidate: "LocalType", others: Iterable["LocalType"]) -> list[Problem]:
    """What keeps a local type from use: it needs a new code and an official type above it."""
    found = []
    if candidate.rolls_up_to not in BY_CODE:
        words = tr("本地类型“{label}”没有归入18类中的任何一类。").format(label=candidate.label)
        mend = tr("请选择它在统计表中归入的类型。")
        found.append(Problem("T1", Severity.ERROR, "rolls_up_to", words, mend))
    taken = {entry.code for entry in others if entry.id != candidate.id} | set(BY_CODE)
    if not candidate.code or candidate.code in taken:
        words = tr("类型代码“{code}”为空或已被使用。").format(code=candidate.code)
        found.append(Problem("T2", Severity.ERROR, "code", words, tr("请换一个代码。")))
    return found
