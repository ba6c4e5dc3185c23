"""What a finding says on the screen: its sentence, and the button to press where there is one."""

from mediation_desk.domain.casefile import CaseFile
from mediation_desk.domain.codes import SessionKind, SessionResult
from mediation_desk.domain.problems import Problem
from mediation_desk.words import tr

_UNLIKE_THE_OUTCOME = "C5"


def sentence(problem: Problem, case: CaseFile) -> str:
    """`problem` of `case` in words."""
    if problem.rule == _UNLIKE_THE_OUTCOME and case.dispute.outcome is None:
        held = [entry for entry in case.sessions if entry.kind is SessionKind.MEDIATION]
        told = [entry.result for entry in held if entry.result is not None]
        if told and told[-1] is SessionResult.FAILED:
            return tr(
                "这次没有调成：如不再调，请按“终止”；还要再调，请把这次的结果改为“有待继续调解”。"
            )
        if told and told[-1] is SessionResult.SETTLED:
            return tr("这次调解成功了：请按“达成协议”，把协议写下来。")
    return problem.message + problem.mend
