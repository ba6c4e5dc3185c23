"""Raising what the rules find as notices, so that it travels with the next package."""

from datetime import date
from typing import cast

from mediation_desk.desk import watching
from mediation_desk.desk.recording import own_committee
from mediation_desk.domain.cases import Dispute
from mediation_desk.domain.early_warning import raised, uncovered
from mediation_desk.domain.warning_notice import WarningNotice
from mediation_desk.store.register import Register
from mediation_desk.words import tr

RAISING = "warning"


def raise_signs(register: Register, actor: str, today: date) -> int:
    """Keep a notice of everything new that the rules find in the own disputes; how many.

    It waits to be verified; nothing else changes. What was found unfounded before is raised again
    only when there is more evidence.
    """
    own = own_committee(register).id
    signs = watching.signs(register, today)
    disputes = cast(list[Dispute], register.some("dispute", {sign.dispute_id for sign in signs}))
    mine = {entry.id for entry in disputes if entry.unit_id == own}
    signs = [sign for sign in signs if sign.dispute_id in mine]
    notices = cast(list[WarningNotice], register.some("warning", mine, "dispute_id"))
    new = uncovered(signs, notices)
    if not new:
        return 0
    known = {entry.id: entry for entry in notices}
    reason = tr("预警：规则提示 {count} 项").format(count=len(new))
    with register.change(actor, reason, RAISING) as change:
        for sign in new:
            blank = raised(sign, None, own, actor, today)
            change.keep(raised(sign, known.get(blank.id), own, actor, today))
    return len(new)
