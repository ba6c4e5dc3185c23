"""What opens the register: its password, to be changed here, and the recovery code."""

from datetime import datetime
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLayout, QWidget

from mediation_desk.desk import helping, recovering
from mediation_desk.desk.opened_by import has_code
from mediation_desk.domain.due import short_day
from mediation_desk.domain.problems import DeskError
from mediation_desk.store.keys import WrongPassword
from mediation_desk.ui import messages, theme
from mediation_desk.ui.days import moment_words
from mediation_desk.ui.pages.idle_card import IdleCard
from mediation_desk.ui.pages.notice import Notice
from mediation_desk.ui.pages.password_pair import PasswordPair, password_box
from mediation_desk.ui.widgets import PADDING, button, column, framed, look, row, scrolled, words
from mediation_desk.ui.workplace import Workplace, today
from mediation_desk.words import tr

_FIELD = 420
_SHOWN = 3
_NONE = tr("还没有恢复码。密码忘了，登记簿就打不开了，里面的内容谁也找不回来。")
_NONE_BUT_OFFICE = tr(
    "还没有恢复码。密码忘了，只能等{office}帮助打开；做一张恢复码，自己就能打开。"
)
_MADE = tr("恢复码做好了（{day}）。密码忘了，在输密码的那一页点“忘记密码？”，照纸上的字输。")
_UNDATED = tr("恢复码做好了。密码忘了，在输密码的那一页点“忘记密码？”，照纸上的字输。")
_NEW_VOIDS = tr("纸丢了或者被人看过，就重新做一张：新的一生效，旧的马上作废。")
_BACKUPS = tr(
    "改密码、换恢复码、司法所换密钥都不影响以前的备份：备份仍用做备份那时候的密码和恢复码打开，"
    "也可以请那时候的司法所帮助打开（它换过密钥也行，换了登记簿就不行）。"
)

_HELPING = tr(
    "村里密码忘了、恢复码的纸也没有了，凭它的申请，由本所做一个解锁文件，口令在电话里说。"
    "本所单凭自己打不开村里的登记簿；每次帮助都记入双方的操作记录。"
)
_SEALED = tr(
    "钥匙封存给了{office}：密码忘了、恢复码的纸也没有了，在输密码的那一页点“忘记密码？”，"
    "再点“请司法所帮助”。它打开一次，这里的操作记录就记一次。"
)
_NOT_SEALED = tr("没有用司法所的开户文件开过户，司法所帮不上忙。恢复码的纸请千万放好。")


class SecretsPart(QWidget):
    """Shows how the register is opened, and changes it."""

    # The first page may have reminded of the code.
    settings_kept = Signal()

    def __init__(self, workplace: Workplace) -> None:
        super().__init__()
        self._workplace = workplace
        self.notice = Notice()
        self.state = words("", wrap=True)
        self.make = button("", self.make_code, "primary")
        self._voids = words(_NEW_VOIDS, "sub", wrap=True)
        self.old = password_box(tr("现在的密码"))
        self.pair = PasswordPair()
        self.pair.entered.connect(self.change)
        self.change_button = button(tr("修改密码 (&M)"), self.change)
        self.idle = IdleCard(workplace, self.notice)
        self._log = words("", "sub", wrap=True)
        self.office_told = words("", wrap=True)
        self.help = button(tr("帮村里打开登记簿 (&H)"), self.help_village)
        self.renew = button(tr("更换本所的密钥 (&G)"), self.ask_to_renew)
        if not workplace.office:
            # Shown here, before they have their place, they would open as windows of their own.
            self.help.hide()
            self.renew.hide()
        page = column(
            self.notice,
            framed(self._code_card(), "note"),
            framed(self._password_card(), "note"),
            framed(self._office_card(), "note"),
            words(_BACKUPS, "sub", wrap=True),
            self.idle,
            self._log,
            None,
            gap=8,
        )
        page.setContentsMargins(PADDING, 10, PADDING, 10)
        self.setLayout(column(scrolled(page, PADDING)))

    def _code_card(self) -> QLayout:
        return column(
            words(tr("恢复码"), "heading"), self.state, self._voids, row(self.make, None), gap=8
        )

    def _password_card(self) -> QLayout:
        for part in (self.old, self.pair):
            part.setMaximumWidth(theme.wide(_FIELD))
        head, act = words(tr("修改密码"), "heading"), row(self.change_button, None)
        return column(head, self.old, self.pair, act, gap=6)

    def _office_card(self) -> QLayout:
        head = tr("村里忘了密码") if self._workplace.office else tr("司法所能帮助打开")
        return column(
            words(head, "heading"), self.office_told, row(self.help, self.renew, None), gap=6
        )

    def refresh(self) -> None:
        """Say how the register is opened."""
        register = self._workplace.register
        there, made_on = has_code(register), recovering.code_made_on(register)
        if not there:
            escrow = register.escrow
            told = _NONE_BUT_OFFICE.format(office=escrow.office) if escrow else _NONE
            self.state.setText(told)
        elif made_on is None:
            self.state.setText(_UNDATED)
        else:
            self.state.setText(_MADE.format(day=short_day(made_on, today())))
        look(self.state, "" if there else "minded")
        self._voids.setVisible(there)
        self.make.setText(tr("重新做一张 (&R)") if there else tr("做恢复码 (&R)"))
        self.office_told.setText(_HELPING if self._workplace.office else self._sealed_words())
        self.idle.refresh()
        self._tell_log()

    def _sealed_words(self) -> str:
        escrow = self._workplace.register.escrow
        return _SEALED.format(office=escrow.office) if escrow else _NOT_SEALED

    def _tell_log(self) -> None:
        told = tr("{when} {actor} {what}")
        lines = [
            told.format(
                when=moment_words(datetime.fromisoformat(act.at), today()),
                actor=act.actor,
                what=act.told,
            )
            for act in recovering.key_log(self._workplace.register)[:_SHOWN]
        ]
        self._log.setText("\n".join([tr("最近的改动："), *lines]) if lines else "")

    def help_village(self) -> None:
        """Open a village's register for it."""
        # Needed once in years.
        from mediation_desk.ui.pages.help_window import HelpWindow  # noqa: PLC0415

        window = HelpWindow(self, self._workplace)
        window.helped.connect(self.refresh)
        window.open()

    def ask_to_renew(self) -> None:
        """Ask before the office gets another key."""
        more = tr(
            "有人可能拿到过本所的登记簿和密码，才需要换。各村收下一份回件或打开新的开户文件，"
            "就改为封存给新密钥，不用重新开户；村里的旧备份和以前的报送，用这本登记簿仍然打得开。"
        )
        messages.ask(self, tr("更换本所的密钥？"), more, tr("更换"), self.renew_key)

    def renew_key(self) -> None:
        """Give the office another key."""
        register, actor = self._workplace.register, self._workplace.actor
        self._workplace.jobs.run(
            partial(helping.renew_key, register, actor),
            owner=self,
            done=self._renewed,
            failed=self._refused,
            words=tr("正在更换密钥…"),
        )

    def _renewed(self, code: str) -> None:
        self.refresh()
        said = tr("本所换了密钥，新的核对码：{code}。请打电话与各村核对。")
        self.notice.done(said.format(code=code))

    # The recovery code

    def make_code(self) -> None:
        """Show a new code, which comes into use when it stands on paper."""
        # Printing is loaded when something is printed.
        from mediation_desk.ui.pages.code_window import CodeWindow  # noqa: PLC0415

        window = CodeWindow(self, self._workplace)
        window.used.connect(self._kept)
        window.open()

    def _kept(self) -> None:
        self.refresh()
        self.settings_kept.emit()

    # The password

    def change(self) -> None:
        """Exchange the password, if the present one is known."""
        old = str(self.old.value() or "")
        self.old.tell("" if old else tr("请填写。"))
        if self.pair.wanting() or not old:
            return
        register, actor = self._workplace.register, self._workplace.actor
        self.change_button.setEnabled(False)
        self._workplace.jobs.run(
            partial(recovering.change_password, register, old, self.pair.password, actor),
            owner=self,
            done=self._changed,
            failed=self._refused,
            words=tr("正在修改密码…"),
        )

    def _changed(self, _nothing: object) -> None:
        self.change_button.setEnabled(True)
        self.old.show_value("")
        self.pair.empty()
        self.refresh()
        self.notice.done(tr("密码已改，下次用新密码打开。恢复码不变。"))

    def _refused(self, error: DeskError) -> None:
        self.change_button.setEnabled(True)
        if isinstance(error, WrongPassword):
            self.old.tell(str(error))
            self.old.editor.setFocus()
        else:
            self.notice.failed(str(error))
