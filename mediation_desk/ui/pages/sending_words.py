"""What a village's package holds, is, and has become, in plain words."""

from mediation_desk.desk.protection import Protection
from mediation_desk.desk.sending import Ahead, Sent
from mediation_desk.figures.ministry import COLUMNS, shown
from mediation_desk.words import tr

# Cases, settled, amount, screening rounds.
_SHOWN = (0, 2, 4, 39)
_NAMED = 6


def content_words(ahead: Ahead, handed: int) -> str:
    """What the package of the month will hold, with so many cases `handed` over by it."""
    told = _content(ahead)
    if handed:
        told += tr("移交给镇调委会的 {count} 件纠纷随它交去。").format(count=handed)
    return told


def _content(ahead: Ahead) -> str:
    if ahead.nil:
        words = tr(
            "零报告：{period}没有可计入统计的纠纷和排查，仍要报送一份零报告，按一下就做好了。"
        )
        told = words.format(period=ahead.period.label())
        if ahead.disputes:
            told += tr("附带 {count} 件有改动的纠纷。").format(count=ahead.disputes)
        return told
    values = ahead.table.grand_total.values
    counted = [(COLUMNS[number], values[number]) for number in _SHOWN if values[number]]
    numbers = "，".join(
        f"{entry.label} {shown(entry, value)} {entry.unit}" for entry, value in counted
    )
    told = tr("计入统计：{numbers}。").format(numbers=numbers or tr("见汇总表"))
    if ahead.disputes:
        told = tr("附带 {count} 件纠纷的记录；").format(count=ahead.disputes) + told
    return told


def protection_words(what: Protection) -> tuple[str, str]:
    """What the package is as to secrecy: a short word and the sentence that explains it."""
    if not what.office:
        return tr("没有签名，也没有封存"), tr(
            "本村还没有用司法所的开户文件。文件里只有遮住个人信息的记录，谁打开都一样；"
            "司法所收得下，但看不到当事人的完整信息，也不能确认是不是本村做的。"
        )
    told = tr(
        "由本机签名，司法所能确认是本村做的、没有被人改过。完整记录封存在文件里，只有{office}打得开；"
        "别人打开，看到的是遮住姓名和号码的表格。"
    ).format(office=what.office)
    if what.enclosed:
        told += tr("这次带上 {count} 个照片、扫描件。").format(count=what.enclosed)
    return tr("已签名，封存给{office}").format(office=what.office), told


def left_words(names: tuple[str, ...]) -> str:
    """Which attachments have no room; empty if all go."""
    if not names:
        return ""
    named = tr("、").join(names[:_NAMED])
    if len(names) > _NAMED:
        named = tr("{names}等 {count} 个").format(names=named, count=len(names))
    return tr("放不下、随下一份报送的附件：{names}。").format(names=named)


def full_words(receiver: str) -> str:
    """What is told of a package in full before it is made."""
    words = tr(
        "表格里会看得见当事人的姓名、身份证号、电话和住址，谁拿到都能看。"
        "只交给{receiver}本人，不要发到群里。这一次会记入登记簿的历史。"
    )
    return words.format(receiver=receiver)


def done_words(done: Sent, *, stick: bool) -> tuple[str, str]:
    """What has become of the package: a sentence, and what else is to be known of it."""
    nil = done.package.nil
    made = tr("零报告做好了") if nil else tr("报送文件做好了")
    next_ = tr("已核对，可以拔出，交给司法所。") if stick else tr("已核对，可以发给司法所。")
    told = [_secrecy(done)]
    if left := left_words(done.left_out):
        told.append(left)
    if done.cleaned:
        told.append(tr("有 {count} 个无法保存的字符已去掉。").format(count=done.cleaned))
    return tr("{made}：{next}").format(made=made, next=next_), "\n".join(told)


def _secrecy(done: Sent) -> str:
    package = done.package
    if package.unmasked_for:
        words = tr("这一份含完整个人信息，只交给{who}，不要转发。")
        return words.format(who=package.unmasked_for)
    if not done.office:
        return tr("个人信息已遮住；没有签名，也没有封存。")
    told = tr("个人信息已遮住；已签名，完整记录封存给{office}").format(office=done.office)
    if done.enclosed:
        told += tr("，内有 {count} 个附件").format(count=done.enclosed)
    return told + tr("。")
