"""The office's in-box: looking at a workbook and receiving it as one batch."""

from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path
from typing import cast

from mediation_desk.desk import coming_back, taking_ledgers
from mediation_desk.desk.accepting import acceptance, accepted, words_of
from mediation_desk.desk.desk_key import own_key
from mediation_desk.desk.duplicates import suggest
from mediation_desk.desk.editing import proposals_from, replaced_problems
from mediation_desk.desk.handing_over import coming, take_handed
from mediation_desk.desk.helping import keep_escrow
from mediation_desk.desk.ledger_look import Told
from mediation_desk.desk.looking import (
    IMPORT,
    RECEIVABLE,
    Look,
    LookState,
    Received,
    light,
    merge_problems,
    refused,
)
from mediation_desk.desk.merging import merged
from mediation_desk.desk.outcomes import NOTHING, counts_words, outcome_counts
from mediation_desk.desk.outside import outside
from mediation_desk.desk.package_doubts import (
    known_packages,
    not_ours,
    number_problems,
    sequence_problems,
    undone_packages,
)
from mediation_desk.desk.parking import Origin, carry_out
from mediation_desk.desk.receipts import receipt_of
from mediation_desk.desk.trusting import keep_scans, package_in, replayed, sign_up, wrong_signer
from mediation_desk.domain.cases import Dispute
from mediation_desk.domain.codes import Role
from mediation_desk.domain.problems import DeskError, Problem, Severity
from mediation_desk.domain.reporting import Package
from mediation_desk.exchange.children import reading_ahead
from mediation_desk.exchange.cycles import without_looking_for_cycles
from mediation_desk.exchange.hidden import AnotherKind, Locked
from mediation_desk.exchange.incoming import Incoming, read_package
from mediation_desk.exchange.meeting import Outcome
from mediation_desk.exchange.merging import Beside, Plan, plan
from mediation_desk.exchange.sealing import DeskKey
from mediation_desk.figures.identities import RULE_IDS
from mediation_desk.store.changing import ChangeDoor
from mediation_desk.store.connection import NotAllowed
from mediation_desk.store.register import Register, Why
from mediation_desk.words import tr

__all__ = [
    "IMPORT",
    "RECEIVABLE",
    "Look",
    "LookState",
    "Received",
    "check",
    "look",
    "receive",
    "receive_all",
]


def _title(incoming: Incoming) -> str:
    head = incoming.head
    words = tr("{unit} {period}（累计第{number}份）")
    return words.format(unit=head.unit.name, period=head.calibre.period.label(), number=head.number)


def _untaken(incoming: Incoming, made: Plan) -> list[Problem]:
    head = incoming.head
    return merge_problems(made, incoming.records, head.unit, head.pattern, incoming.rows)


def _disputes(incoming: Incoming) -> int:
    """How many disputes a package reports, as its sender counts them: without what it gave away."""
    own = incoming.head.unit.id
    return sum(isinstance(entry, Dispute) and entry.unit_id == own for entry in incoming.records)


def _same(path: Path, incoming: Incoming, register: Register, package: Package) -> Look:
    first = register.history("package", package.id)[-1]
    at = next((act.at[:10] for act in register.acts(IMPORT) if act.number == first.act), "")
    words = tr("与{day}收到的完全相同，没有变化。").format(day=at)
    counts = dict(NOTHING) | {Outcome.UNCHANGED.value: len(incoming.records)}
    if (stands := accepted(register, [package]).get(package.id)) is not None:
        words += words_of(stands)
    return Look(path, _title(incoming), words, LookState.SAME, counts, incoming.problems)


def _looked(register: Register, incoming: Incoming, path: Path, *, nil: bool) -> Look:
    if wrong := not_ours(register, incoming):
        return refused(path, wrong, _title(incoming))
    known = known_packages(register, incoming)
    edited = proposals_from(register, incoming) if incoming.edits else []
    for package in known:
        # The records may be the same and somebody have written into the sheets since.
        if package.digest == incoming.digest and not edited:
            return _same(path, incoming, register, package)
    numbers = [*known, *undone_packages(register, incoming)]
    if wrong := wrong_signer(register, incoming) or replayed(incoming, numbers):
        return refused(path, wrong, _title(incoming))
    sequence = register.sequence()
    made = merged(register, incoming)
    counts = outcome_counts(made)
    newest = max((entry.number for entry in known), default=0)
    older = incoming.head.number < newest
    words = tr("纠纷{disputes}件；").format(disputes=_disputes(incoming)) + counts_words(counts)
    if edited:
        words += tr("；表中手工改动{count}处，接收后逐条核对").format(count=len(edited))
    if older:
        words = tr("比已收到的累计第{newest}份早；").format(newest=newest) + words
    problems = (
        *incoming.problems,
        *_untaken(incoming, made),
        *replaced_problems(register, edited),
        *number_problems(register, incoming),
        *sequence_problems(incoming, known),
        *coming(register, incoming.records, {step.id for step in made.steps if step.record}),
    )
    state = LookState.OLDER if older else LookState.READY
    words = tr("零报告；") + words if nil else words
    title = _title(incoming)
    return Look(path, title, words, state, counts, problems, nil, incoming, made, sequence)


def look(
    register: Register,
    path: Path,
    today: date,
    told: Told | None = None,
    came: Incoming | DeskError | None = None,
) -> Look:
    """What receiving `path` would do; nothing is written. A bad file is told, never raised.

    On a village's desk it is what came back from the office, on the office's a package; on both
    it may be a ledger kept by hand, about which `told` says what the person knows. `came` is what
    an office already read of the file.
    """
    if register.role is not Role.OFFICE:
        return coming_back.look(register, path, today, told)
    with without_looking_for_cycles():
        if came is None:
            came = package_in(path, own_key(register), today)
        if isinstance(came, DeskError):
            return taking_ledgers.instead(register, path, today, came, told)
        return _looked(register, came, path, nil=came.nil)


def check(path: Path, today: date) -> Look:
    """What an import into an empty register would say; of a sealed file what its outside says."""
    try:
        incoming = read_package(path, today)
    except AnotherKind:
        return coming_back.check(path)
    except Locked as error:
        return outside(path, error.described)
    except DeskError as error:
        return taking_ledgers.check(path, today, error)
    made = plan(incoming.records, incoming.rejected, Beside(lambda _kind, _id: None))
    counts, nil = outcome_counts(made), incoming.nil
    problems = (*incoming.problems, *_untaken(incoming, made))
    words = (tr("零报告；") if nil else "") + counts_words(counts)
    return Look(path, _title(incoming), words, LookState.READY, counts, problems, nil, incoming)


def _to_answer(problem: Problem) -> bool:
    """Whether a finding stays with the file: every error, and whatever breaks R1 to R14."""
    return problem.severity is Severity.ERROR or problem.rule in RULE_IDS


def _package(look_: Look) -> Package:
    incoming = cast(Incoming, look_.incoming)
    head = incoming.head
    findings = [problem.sentence() for problem in incoming.problems if _to_answer(problem)]
    return Package(
        id=head.id,
        unit_id=head.unit.id,
        number=head.number,
        received=True,
        period_from=head.calibre.period.first,
        period_to=head.calibre.period.last,
        made_on=head.made_on,
        made_by=head.made_by,
        digest=incoming.digest,
        previous=head.previous,
        disputes=_disputes(incoming),
        unmasked_for=head.unmasked_for,
        nil=look_.nil,
        findings="\n".join(findings),
        signer=incoming.signer,
        sealed=incoming.sealed,
        span=head.span,
        returned=head.returned,
        wanted=" ".join(map(str, head.wanted)),
    )


def _keep_package(register: Register, change: ChangeDoor, package: Package) -> None:
    ours = register.get("package", package.id)
    revision = ours.revision if ours else 0
    change.keep(replace(package, revision=revision, personal_revision=revision))


def _accept(
    register: Register, change: ChangeDoor, package: Package, remark: str, actor: str, day: date
) -> None:
    """Keep why what was found in a file stands, where somebody said so on receiving it."""
    if remark.strip() and package.findings:
        change.keep(acceptance(register, package, remark, actor, day))


def _origin(incoming: Incoming) -> Origin:
    head = incoming.head
    return Origin(head.unit.id, head.id, incoming.path.name, incoming.rows)


def receive(
    register: Register, look_: Look, actor: str, *, backed_up: bool = False, remark: str = ""
) -> Received:
    """Receive a file that was looked at, as one batch: all or nothing, undoable later.

    What the file does is worked out anew, because another file may have come in between. A file
    that is refused or the same as before writes nothing. The register is backed up first, unless
    the caller has just done so. With a `remark` what was found in the file is accepted as it is.
    """
    if look_.ledger is not None:
        return taking_ledgers.receive(register, look_, actor, backed_up=backed_up)
    if look_.returned is not None:
        return coming_back.receive(register, look_, actor, backed_up=backed_up)
    incoming = look_.incoming
    if look_.state not in RECEIVABLE or incoming is None:
        return Received(look_, 0)
    if not backed_up:
        register.back_up(Why.IMPORT)
    # Planning takes a third of the time; once is enough while nothing was written in between.
    again = look_
    if look_.plan is None or look_.sequence != register.sequence():
        again = _looked(register, incoming, look_.path, nil=look_.nil)
    if again.state not in RECEIVABLE or again.plan is None:
        return Received(again, 0)
    reason = tr("接收 {title}：{words}").format(title=again.title, words=again.words)
    with without_looking_for_cycles(), register.change(actor, reason, IMPORT) as change:
        same = again.sequence == register.sequence()
        made = again.plan if same else merged(register, incoming)
        _take_in(register, change, again, made, actor, remark)
        return Received(light(again), change.number)


def _take_in(
    register: Register, change: ChangeDoor, again: Look, made: Plan, actor: str, remark: str
) -> None:
    """Carry out what was planned for a file, and keep what is to be known of the file itself."""
    incoming = cast(Incoming, again.incoming)
    carry_out(register, change, made, _origin(incoming), incoming.texts)
    day = incoming.read_on or incoming.head.made_on
    take_handed(register, change, actor, day)
    package = _package(again)
    _keep_package(register, change, package)
    _accept(register, change, package, remark, actor, day)
    suggest(register, change, made, _origin(incoming))
    edited = proposals_from(register, incoming)
    for proposal in edited:
        change.keep(proposal)
    change.keep(receipt_of(incoming, made, len(edited), actor))
    sign_up(register, change, incoming)
    keep_escrow(register, incoming)
    keep_scans(register, change, incoming)


def is_lock_file(path: Path) -> bool:
    """Whether a file only says that a workbook is open in WPS or Excel."""
    return path.name.startswith("~$")


# What of the register is held while many files are received, so that memory does not grow with
# them; with less the pages of indexes, which every file touches, would be read again and again.
_MEGABYTES = 24

# So many files are written in one transaction where many come: pages of indexes, which every file
# touches, are encrypted once for all of them.
_TOGETHER = 3

_Came = tuple[Path, Incoming | DeskError | None]


def _nobody_asks(_received: Received) -> None:
    return


@dataclass(slots=True)
class _Taking:
    """Takes one file after the other as the person asked; backs up before the first is written."""

    register: Register
    actor: str
    today: date
    dry_run: bool
    told: Told | None
    remark: str
    key: DeskKey | None
    backed_up: bool = False
    results: list[Received] = field(default_factory=list)
    told_of: int = 0

    def read(self, path: Path) -> Incoming | DeskError | None:
        """What an office reads of a file; a village's desk looks for itself."""
        if self.register.role is not Role.OFFICE:
            return None
        return package_in(path, self.key, self.today)

    def at_once(self, left: int) -> int:
        """How many of the files that are left are written as one, once there is a backup."""
        alone = self.dry_run or not self.backed_up or left < _TOGETHER
        return 1 if alone else _TOGETHER

    def take_all(self, batch: Sequence[_Came]) -> None:
        """Take some files, all of which become durable at once."""
        if len(batch) > 1:
            # Nothing is written if one of them fails: then each is taken by itself.
            with suppress(DeskError):
                with self.register.acts_together():
                    taken = [self.take(path, came) for path, came in batch]
                self.results += taken
                return
        for path, came in batch:
            self.results.append(self._alone(path, came))

    def _alone(self, path: Path, came: Incoming | DeskError | None) -> Received:
        """A file by itself: what the register does not take stops no other file."""
        try:
            return self.take(path, came)
        except NotAllowed as error:
            return Received(refused(path, str(error)), 0)

    def tell(self, done: Callable[[Received], None]) -> None:
        """Tell of the files that have become durable."""
        if not self.dry_run:
            for result in self.results[self.told_of :]:
                done(result)
            self.told_of = len(self.results)

    def take(self, path: Path, came: Incoming | DeskError | None) -> Received:
        """What became of a file, or what would in a dry run."""
        seen = look(self.register, path, self.today, self.told, came)
        if self.dry_run:
            return Received(light(seen), 0)
        if seen.state in RECEIVABLE and not self.backed_up:
            self.register.back_up(Why.IMPORT)
            self.backed_up = True
        return receive(self.register, seen, self.actor, backed_up=True, remark=self.remark)


def receive_all(
    register: Register,
    paths: Sequence[Path],
    actor: str,
    today: date,
    *,
    dry_run: bool = False,
    told: Told | None = None,
    remark: str = "",
    done: Callable[[Received], None] = _nobody_asks,
) -> list[Received]:
    """Receive several files, each as its own batch; a bad one is told first and stops no other.

    The lock files that WPS and Excel leave beside an open workbook are passed over. `done` is
    told of each file as it comes; the next one is being read while one is received. With a
    `remark` what was found in them is accepted as it is.
    """
    if not dry_run:
        register.refuse_reader()
    files = [path for path in paths if not is_lock_file(path)]
    take = _Taking(register, actor, today, dry_run, told, remark, own_key(register))
    with (
        reading_ahead() as soon,
        without_looking_for_cycles(),
        register.sparing(_MEGABYTES),
        register.acts_in_a_row(0 if dry_run else len(files)),
    ):
        while files:
            size = take.at_once(len(files))
            batch, files = files[:size], files[size:]
            # Meanwhile the files before become durable, and only then they are told.
            came = [(path, take.read(path)) for path in batch]
            register.settle()
            take.tell(done)
            soon(*files[:_TOGETHER])
            take.take_all(came)
        register.settle()
        take.tell(done)
    return sorted(take.results, key=lambda entry: entry.look.state is not LookState.REFUSED)
