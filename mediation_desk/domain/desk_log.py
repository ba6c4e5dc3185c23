"""Who may work at a desk, and what was done there that changes no record of a case."""

from dataclasses import dataclass

from mediation_desk.domain.codes import Code
from mediation_desk.domain.fields import field
from mediation_desk.domain.record import Record


class Access(Code):
    """What a person at the desk may do."""

    WRITES = "1", "办理"
    READS = "2", "只读"


class LogAct(Code):
    """What the log tells of: keys, passwords, numbers that were shown, backups put back."""

    PASSWORD = "01", "修改密码"
    CODE = "02", "制作恢复码"
    RECOVERED = "03", "凭恢复码重设密码"
    WRONG = "04", "输错密码"
    REVEALED = "05", "显示号码"
    RESTORED = "06", "恢复备份"
    PERSON = "07", "人员变动"
    IDLE = "08", "自动锁定时间"
    SEALED = "09", "把钥匙封存给司法所"
    OPENED = "10", "由司法所帮助打开"
    HELPED = "11", "帮村里打开登记簿"
    RENEWED = "12", "更换司法所的密钥"
    MOVED = "13", "做转移文件"
    SETTLED = "14", "凭转移文件搬来"


@dataclass(frozen=True, slots=True, kw_only=True)
class DeskPerson(Record):
    """Somebody who works at this desk and is chosen when it is opened; void when gone."""

    name: str = field("姓名")
    access: Access = field("权限", default=Access.WRITES)


@dataclass(frozen=True, slots=True, kw_only=True)
class LogEntry(Record):
    """One act that changed no case; never a password, a code or a value that was shown.

    It is a record like others, so that the history's chain of hashes holds it. `about_kind`,
    `about_id` and `about_field` name what was shown; `at` is a moment as ISO text, with its zone.
    """

    what: LogAct = field("事项")
    at: str = field("时间")
    by: str = field("办理人", default="")
    told: str = field("说明", default="")
    about_kind: str = field("记录类别", default="")
    about_id: str = field("记录", default="")
    about_field: str = field("栏目", default="")
