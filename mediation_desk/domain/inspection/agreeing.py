"""What an agreement says: the content of Art 29, its form, and what a court would not confirm."""

import re
from collections.abc import Iterator

from mediation_desk.domain.cases import Party
from mediation_desk.domain.checks.general import hint, warning
from mediation_desk.domain.codes import (
    AgreementForm,
    Confirmation,
    Difficulty,
    PartyKind,
)
from mediation_desk.domain.fields import label_of
from mediation_desk.domain.handling import Agreement
from mediation_desk.domain.inspection.looked_at import LookedAt, is_masked
from mediation_desk.domain.problems import Problem
from mediation_desk.words import tr

_LAND = frozenset(("03", "07"))
_FAMILY = "01"
_NATURAL = ("sex", "born_on", "address")
_ORGANISATION = ("representative", "address")
# Words by which a text says who is to do something, beside the parties' names.
_WHO = re.compile("双方|各方|三方|两家|各自|互相|[甲乙丙]方|申请人|第三人|原告|被告|由.{1,8}负责")
# Words and signs by which a text says until when.
_TIME = re.compile(
    r"\d|[一二三四五六七八九十]+个?[日天月年]|立即|即日|当日|当天|当场|前|起|内|今后|以后|长期|每"
)
_MONEY = re.compile(r"\d[\d,，.]*\s*万?元|[一二三四五六七八九十百千万]+元")
_TITLE = re.compile(r"归.{0,12}所有|所有权|使用权归|经营权归|承包权归|确权|权属.{0,4}(?:归|为|属)")
_STATUS = re.compile("离婚|解除婚姻|婚姻关系|亲子关系|收养关系|解除收养")


def _is_written(agreement: Agreement) -> bool:
    return agreement.form is AgreementForm.WRITTEN


def _lacking(party: Party) -> list[str]:
    names = _NATURAL if party.kind is PartyKind.NATURAL else _ORGANISATION
    return [name for name in names if not getattr(party, name)]


def _particulars(seen: LookedAt, agreement: Agreement) -> Iterator[Problem]:
    """JZ20: a written agreement says who the parties are (人民调解法 Art 29, domain.md §2.8)."""
    if not _is_written(agreement):
        return
    for place, party in enumerate(seen.file.parties):
        lacking = [] if is_masked(party) else _lacking(party)
        if lacking:
            labels = tr("、").join(tr(label_of(Party, name)) for name in lacking)
            words = tr("{name}：协议书上缺{labels}。").format(name=party.name, labels=labels)
            field = f"parties.{place}.{lacking[0]}"
            yield warning("JZ20", field, words, tr("请补填当事人的基本情况。"))


def _who(seen: LookedAt, agreement: Agreement) -> Iterator[Problem]:
    """JZ21: and what each of them answers for (人民调解法 Art 29: 各方当事人的责任)."""
    told = agreement.content + agreement.manner
    # Without any content there is another finding (A4).
    wanted = _is_written(agreement) and agreement.content.strip()
    if not wanted or _WHO.search(told):
        return
    promised = {entry.party_id for entry in seen.file.promises}
    parties = [party for party in seen.file.parties if party.name and not is_masked(party)]
    silent = [e.name for e in parties if e.name not in told and e.id not in promised]
    if not silent:
        return
    words = tr("协议书里没有看到由谁履行、谁承担责任。")
    if len(silent) < len(parties):
        words = tr("协议书里没有写到{names}，看不出其责任或权利。").format(
            names=tr("、").join(silent)
        )
    mend = tr("请在协议内容里写上各方的姓名和各自要做的事。")
    yield hint("JZ21", "agreement.content", words, mend)


def _time(seen: LookedAt, agreement: Agreement) -> Iterator[Problem]:
    """JZ22: and until when it is performed (人民调解法 Art 29)."""
    dated = any(entry.due_on is not None for entry in seen.file.promises)
    # Without any manner there is another finding (A5).
    wanted = _is_written(agreement) and not agreement.on_the_spot and agreement.manner.strip()
    if dated or not wanted:
        return
    if not _TIME.search(_MONEY.sub("", agreement.manner + agreement.content)):
        words = tr("书面协议没有写什么时候履行完。")
        yield warning("JZ22", "agreement.manner", words, tr("请写明履行的期限。"))


def _amount(_seen: LookedAt, agreement: Agreement) -> Iterator[Problem]:
    """JZ23: a sum in the words of the agreement is also its amount (domain.md §3.6)."""
    if agreement.amount_fen or not _MONEY.search(agreement.content):
        return
    words = tr("协议内容里写了金额，“协议涉及金额”却是0。")
    yield hint("JZ23", "agreement.amount_fen", words, tr("请核对后补填金额。"))


def _form(seen: LookedAt, agreement: Agreement) -> Iterator[Problem]:
    """JZ24: what is difficult is better written; 宁波市人民调解条例 Art 24 wants it there."""
    dispute = seen.file.dispute
    hard = dispute.complex or dispute.difficulty is not Difficulty.PLAIN
    if hard and not _is_written(agreement):
        words = tr("重大、疑难、复杂的纠纷只有口头协议。")
        yield hint("JZ24", "agreement.form", words, tr("建议改签书面协议，以后好作凭据。"))


def _to_court(seen: LookedAt, agreement: Agreement) -> Iterator[Problem]:
    """JZ25: a court confirms what it can read (民诉法解释 Art 354)."""
    asked = seen.file.dispute.confirmation is not Confirmation.NONE
    if asked and not _is_written(agreement):
        words = tr("申请司法确认的协议不是书面的。")
        yield warning("JZ25", "agreement.form", words, tr("申请时要提交调解协议，请改签书面协议。"))


def _title(seen: LookedAt, agreement: Agreement) -> Iterator[Problem]:
    """JZ26: neither mediators nor courts decide who owns land (民诉法解释 Art 355)."""
    type_ = seen.file.dispute.type
    land = seen.types.knows(type_) and seen.types.official(type_) in _LAND
    found = _TITLE.search(agreement.content) if land else None
    if found:
        words = tr("协议写了“{words}”，土地、山林、宅基地的权属不能由调解协议确定。")
        told = words.format(words=found[0])
        mend = tr("请改写成使用、相邻、赔偿等事项；归谁所有由人民政府处理。")
        yield warning("JZ26", "agreement.content", told, mend)


def _status(seen: LookedAt, agreement: Agreement) -> Iterator[Problem]:
    """JZ27: nor who is married to or descends from whom (民诉法解释 Art 355)."""
    type_ = seen.file.dispute.type
    family = seen.types.knows(type_) and seen.types.official(type_) == _FAMILY
    found = _STATUS.search(agreement.content) if family else None
    if found:
        words = tr("协议写了“{words}”，婚姻、亲子、收养等身份关系法院不予司法确认。")
        mend = tr("请告诉当事人到民政部门或法院办理，协议只写抚养费、财产等事项。")
        yield warning("JZ27", "agreement.content", words.format(words=found[0]), mend)


_RULES = (_particulars, _form, _to_court)
_OF_THE_TEXT = (_who, _time, _amount, _title, _status)


def agreement_findings(seen: LookedAt) -> Iterator[Problem]:
    """What is wrong with the agreement as a paper that parties and courts read."""
    agreement = seen.file.agreement
    if agreement is None:
        return
    readable = not (seen.masked or is_masked(agreement))
    for rule in (*_RULES, *(_OF_THE_TEXT if readable else ())):
        yield from rule(seen, agreement)
