"""Local dispute types, each with the official type under which it is counted."""

from functools import partial

from mediation_desk.desk import local_practice
from mediation_desk.domain.dispute_types import BY_CODE, EIGHTEEN
from mediation_desk.domain.organisation import LocalType
from mediation_desk.ui.pages.listed_part import ListedPart
from mediation_desk.ui.pages.record_page import Acts
from mediation_desk.ui.record_form import Place, RecordForm
from mediation_desk.ui.rows import Column
from mediation_desk.ui.workplace import Workplace, today
from mediation_desk.words import tr

# The name of the form for drafts.
_PLACE = "settings:types"
_PLACES = (
    Place("label", 5, required=True, hint="如 土地承包经营权纠纷"),
    Place("rolls_up_to", 4, required=True, label="统计时归入"),
    Place("code", 3, required=True),
)


def _official(entry: LocalType) -> str:
    official = BY_CODE.get(entry.rolls_up_to)
    return official.label if official else entry.rolls_up_to


class TypesPart(ListedPart[LocalType]):
    """The local types, and the form in which one is written."""

    def __init__(self, workplace: Workplace) -> None:
        columns = [
            Column(tr("类型名称"), lambda entry: entry.label, stretch=True),
            Column(tr("统计时归入"), _official, width=170),
            Column(tr("代码"), lambda entry: entry.code, width=92),
        ]
        empty = tr("还没有本地类型，登记时用统一的18类。")
        super().__init__(workplace, columns, tr("添加类型 (&A)"), empty)
        self.told.setText(
            tr(
                "统一的18类不能改。本地另有叫法的，可以加在这里；"
                "每个本地类型都要归入18类中的一类，统计表才对得上。报送时会随文件带给司法所。"
            )
        )

    def found(self) -> list[LocalType]:
        return local_practice.local_types(self._workplace.register)

    def add(self) -> None:
        self._write(local_practice.blank_type(self._workplace.register), tr("添加本地类型"))

    def correct(self, record: LocalType) -> None:
        self._write(record, tr("修改本地类型"))

    def _write(self, entry: LocalType, title: str) -> None:
        register, actor = self._workplace.register, self._workplace.actor
        form = RecordForm(
            LocalType,
            _PLACES,
            {"rolls_up_to": [(one.code, tr(one.label)) for one in EIGHTEEN]},
        )
        acts = Acts(
            partial(local_practice.type_findings, register, today=today()),
            partial(local_practice.keep_type, register, actor=actor, today=today()),
            partial(local_practice.void_type, register, actor=actor),
            tr("停用这个类型 (&V)"),
            tr("如 不再使用、并入别的类型"),
        )
        note = tr("停用后不再能选，已经登记的纠纷不受影响。") if entry.revision else ""
        self.write(title, form, entry, acts, _PLACE, note)
