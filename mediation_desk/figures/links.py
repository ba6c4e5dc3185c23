"""The linkage channels and how their letters were answered, as codes of a case (domain.md §5.1)."""

from mediation_desk.domain.codes import ReferralChannel
from mediation_desk.words import tr

CHANNELS = (
    ReferralChannel.COURT,
    ReferralChannel.POLICE,
    ReferralChannel.PETITION,
    ReferralChannel.PROCURATORATE,
    ReferralChannel.REVIEW,
)
# How the letters of one channel were answered: one not at all, one late, all in time.
UNANSWERED, LATE, IN_TIME = "0", "1", "2"
STATES = (UNANSWERED, LATE, IN_TIME)


def link_codes(
    channels: tuple[ReferralChannel, ...] = CHANNELS, states: tuple[str, ...] = STATES
) -> frozenset[str]:
    """The codes of cases that came by one of `channels` and were answered so."""
    return frozenset(f"{channel.value}:{state}" for channel in channels for state in states)


def due_words(term: str) -> str:
    """By which day an answer is in time, in words; `term` is how long there is after closing."""
    told = tr(
        "按时答复：在来函写明的期限内答复；没有写明的，法院委派、委托的按最高人民法院规定的期限，"
        "其他的在结案后{term}内答复（设置中的天数）。"
    )
    return told.format(term=term or tr("规定的时间"))
