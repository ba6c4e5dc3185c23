"""What a workbook says of itself on the outside, without the key or the register it is for."""

from pathlib import Path
from typing import Any

from mediation_desk.desk.looking import Look, LookState, refused
from mediation_desk.desk.outcomes import NOTHING
from mediation_desk.domain.problems import DeskError
from mediation_desk.exchange.exact import head_in
from mediation_desk.exchange.hidden import PACKAGE, NoExactCopy
from mediation_desk.exchange.returns import returns_head_in
from mediation_desk.exchange.sealing import fingerprint
from mediation_desk.exchange.setup_file import read_setup_file
from mediation_desk.words import tr


def outside(path: Path, described: dict[str, Any]) -> Look:
    """Of a sealed file: for whom, by whom, how much; its signature has been found in order."""
    try:
        title = _title(described)
    except NoExactCopy as error:
        return refused(path, str(error))
    signer = described.get("signer")
    signed = tr("签名完好，签名密钥{code}") if signer else tr("没有签名")
    words = tr("{signed}；内有{count}条，封存给{office}，要用它的登记簿才能打开（加 --register）。")
    words = words.format(
        signed=signed.format(code=fingerprint(signer) if signer else ""),
        count=described.get("count"),
        office=described["sealed"]["name"],
    )
    return Look(path, title, words, LookState.SEALED, dict(NOTHING))


def _title(described: dict[str, Any]) -> str:
    if described["mark"] == PACKAGE:
        head = head_in(described)
        words = tr("{unit} {period}（累计第{number}份）")
        period = head.calibre.period.label()
        return words.format(unit=head.unit.name, period=period, number=head.number)
    back = returns_head_in(described)
    words = tr("{office}退回给{unit}的文件（{day}）")
    return words.format(office=back.office, unit=back.unit_name, day=back.made_on.isoformat())


def outside_setup(path: Path) -> Look:
    """Of a set-up file: for whom it was made, by which office, with which fingerprint."""
    try:
        setup = read_setup_file(path)
    except DeskError as error:
        return refused(path, str(error))
    words = tr("这是{office}给{unit}的开户文件，签名完好，核对码{code}；在那个村的调解台里打开。")
    words = words.format(office=setup.office_name, unit=setup.unit.name, code=setup.fingerprint)
    title = tr("{unit}开户文件").format(unit=setup.unit.name)
    return Look(path, title, words, LookState.SEALED, dict(NOTHING))
