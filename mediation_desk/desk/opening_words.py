"""What is to be said of how a register was found when it was opened; nothing of a good one."""

from dataclasses import dataclass

from mediation_desk.store.closing_seal import Since
from mediation_desk.store.register import Register
from mediation_desk.words import tr


@dataclass(frozen=True, slots=True)
class Told:
    """A sentence and what to do; `bad` where the register must not be worked with."""

    sentence: str
    mend: str
    bad: bool = False


def told(register: Register) -> Told | None:
    """What whoever opened the register has to know; None where all is well."""
    opening = register.opening
    if opening.problems:
        sentence = tr("登记簿有{count}处和修改历史对不上：{first}").format(
            count=len(opening.problems), first=opening.problems[0].message
        )
        mend = tr(
            "可能有人用别的程序改过，或者磁盘坏了。请先不要登记："
            "到“设置—备份”恢复最近的备份，或者请司法所帮忙。"
        )
        return Told(sentence, mend, bad=True)
    if opening.since is Since.NOT_CLOSED:
        checked = (
            tr("已经检查过，登记簿完好。")
            if opening.thorough
            else tr("登记簿较大，只查了一部分：有空时请到“设置—备份”点“全面检查”。")
        )
        sentence = tr("上次没有正常关闭（停电、强行关机或者程序中断）。")
        mend = tr("请看看后面还登记过没有，少了的再登记一次。")
        return Told(sentence + checked, _last(register) + mend)
    if opening.since is Since.CHANGED:
        sentence = tr("登记簿文件在关闭以后被动过，例如从别处拷回来的。已经检查过，没有发现损坏。")
        mend = tr("如果不是您自己拷回来的，请核对最近登记的内容和设置，问问谁用过这台电脑。")
        return Told(sentence, _last(register) + mend)
    return None


def _last(register: Register) -> str:
    acts = register.newest_act()
    if acts is None:
        return ""
    number, at = acts
    act = register.act(number)
    reason = act.reason if act is not None else ""
    words = tr("最后保存的是{at}的“{reason}”。")
    return words.format(at=f"{at.astimezone():%Y-%m-%d %H:%M}", reason=reason)
