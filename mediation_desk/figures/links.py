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


def due_words(answer_days: int) -> str:
    """By which day an answer is in time, in words."""
    return tr(
        "按时答复：在来函写明的答复期限内答复；来函没有写期限的，在结案后{days}天内答复（设置中的天数）。"
    ).format(days=answer_days)
