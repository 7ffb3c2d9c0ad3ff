"""The sample network: the shipped scheme, the Wuxi store as the press describes it, and invented stores in two cycles.

Everything invented says so. The same seed makes the same network; no clock is asked.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from random import Random

from greenstar.assessment.answers_file import read_answers_files
from greenstar.assessment.model import Answer, Finding, Status, Store, Visit
from greenstar.record.canonical import canonical
from greenstar.record.event import Change
from greenstar.resources import SHIPPED_SCHEME
from greenstar.scheme.document import Question
from greenstar.scheme.loader import EXAMPLES
from greenstar.scheme.model import Scheme
from greenstar.scheme.question_types import is_yes_no
from greenstar.scheme.severities import Severity
from greenstar.services.demo.cities import CITIES, City
from greenstar.services.demo.large_network import LargeNetwork
from greenstar.services.demo.sample import MADE
from greenstar.services.demo.sample_files import keep_sample_files, with_sample_files
from greenstar.services.demo.visits import Inventor
from greenstar.services.evidence.hashed import HashedFiles
from greenstar.services.progress import Progress
from greenstar.services.schemes.registry import find_scheme
from greenstar.services.stores.stores import added
from greenstar.services.visit import lifecycle, sealing
from greenstar.services.visit.import_answers import recorded
from greenstar.services.visit.visit import OpenVisit
from greenstar.services.workspace import Workspace
from greenstar.storage.opening import replace_storage
from greenstar.storage.protocols.storage import Storage

SEED = 2026
STORES, MOST_STORES = 120, 200_000
MOST_IN_FULL = 1_000  # stores: more of them have sealed scorecards only
CYCLES = ("2025", "2026")
FILE = "greenstar.db"
_MODEL = "wuxi.yaml"
_ASSESSORS = (
    "Synthetic assessor A · 合成评审员甲",
    "Synthetic assessor B · 合成评审员乙",
    "Synthetic assessor C · 合成评审员丙",
)
_MAKER = "greenstar demo"
_DECIDES = "Synthetic certification office · 合成审定办公室"
_FINDINGS: tuple[tuple[Severity, str], ...] = (
    ("observation", "Synthetic finding: labels faded · 合成示例：标识褪色"),
    ("minor", "Synthetic finding: records of one month missing · 合成示例：缺一个月记录"),
    ("minor", "Synthetic finding: meter without a seal · 合成示例：计量表无铅封"),
    ("major", "Synthetic finding: no valid certificate on site · 合成示例：现场无有效证明"),
)


@dataclass(frozen=True)
class Demo:
    """What was made: the database to open, and how much is in it; not `in_full`: sealed scorecards only."""

    path: Path
    stores: int
    visits: int
    cycles: tuple[str, ...] = CYCLES
    in_full: bool = True


@dataclass
class _Clock:
    """A clock that stands still until it is set."""

    at: datetime = datetime(2025, 3, 3, 9, 0, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.at

    def set(self, day: date, hour: int) -> None:
        self.at = datetime(day.year, day.month, day.day, hour, tzinfo=UTC)


@dataclass
class _Plan:
    """An invented store: what it is, how good, how large; and what was open at the end of its last visit."""

    store: Store
    facts: dict[str, Answer]
    quality: float
    size: float
    open_findings: tuple[Finding, ...] = ()


def make_demo(
    folder: Path,
    *,
    seed: int = SEED,
    stores: int = STORES,
    again: bool = False,
    in_full: bool | None = None,
    progress: Progress | None = None,
) -> Demo:
    """Make the sample network in `folder`, in the place of an earlier one; not `in_full`, sealed scorecards only.

    BadInput: a database lies there that is no sample, or one in which somebody recorded something since, unless
    `again`. It is made under another name and only then put in place.
    """
    path = folder / FILE
    with replace_storage(path, MADE, None if again else (_MAKER, _DECIDES, *_ASSESSORS)) as storage:
        if not (stores <= MOST_IN_FULL if in_full is None else in_full):
            large = LargeNetwork(storage, find_scheme(None), seed=seed, stores=stores, cycles=CYCLES, maker=_MAKER)
            return Demo(path, stores, large.fill(progress), in_full=False)
        visits = _Network(storage, seed, stores).fill(progress)
    return Demo(path, stores + 1, visits)


class _Network:
    """Fills a new database."""

    def __init__(self, storage: Storage, seed: int, stores: int) -> None:
        self.random = Random(seed)  # noqa: S311 - invented data
        self.clock = _Clock()
        self.workspace = Workspace(storage, cycle=CYCLES[-1], assessor=_MAKER, clock=self.clock)
        self.office = Workspace(storage, cycle=CYCLES[-1], assessor=_DECIDES, clock=self.clock)
        self.scheme: Scheme = find_scheme(None)
        examples = SHIPPED_SCHEME / EXAMPLES
        files = [path for path in sorted(examples.glob("*.yaml")) if path.name != _MODEL]
        self.models = [
            file.visit
            for path in (examples / _MODEL, *files)
            for file in read_answers_files(path, lambda _name, _base: self.scheme)
        ]
        self.inventor = Inventor(self.scheme, self.models)
        self.hashed = HashedFiles(storage.evidence)
        self.seed = seed
        self.stores = stores

    def fill(self, progress: Progress | None) -> int:
        """Make everything; how many visits."""
        keep_sample_files(self.workspace.storage.evidence)
        with self.workspace.storage.transaction():
            made_of = canonical({"seed": self.seed, "stores": self.stores})
            change = Change(MADE, "synthetic sample network", after=made_of)
            self.workspace.storage.events.append([change], self.workspace.now(), self.workspace.assessor)
        plans = [self._plan(number) for number in range(1, self.stores + 1)]
        with self.workspace.storage.transaction():
            for plan in plans:  # all of them: a store that nobody has visited yet is one as well
                added(self.workspace, plan.store, self.workspace.now())
        steps = [(plan, cycle) for cycle in CYCLES for plan in plans]
        count = 0
        for step, (plan, cycle) in enumerate(steps, 1):
            count += self._visit(plan, cycle)
            if progress is not None:
                progress(step, len(steps) + 1)
        self._record(self.models[0], date(2026, 5, 12), "decided")
        if progress is not None:
            progress(len(steps) + 1, len(steps) + 1)
        return count + 1

    # -- the stores ----------------------------------------------------------------------------------------------

    def _plan(self, number: int) -> _Plan:
        """An invented store: of a kind that the examples show, in a city, of some quality and size."""
        random = self.random
        city = random.choice(CITIES)
        kinds = [model for model in self.models if model.answers]
        kind = random.choices(kinds, [6 if len(model.facts) and _has_all(model) else 2 for model in kinds])[0]
        digits = f"{number:0{max(3, len(str(self.stores)))}}"
        store = Store(f"SYN-{digits}", city.store_name(digits), city.name, city.region)
        size = random.uniform(0.35, 1.25)
        facts = {
            name: self._fact(name, question, kind.facts.get(name), city, size)
            for name, question in self.scheme.facts.items()
        }
        return _Plan(store, facts, min(0.99, max(0.1, random.gauss(0.68, 0.2))), size)

    def _fact(self, name: str, question: Question, value: Answer | None, city: City, size: float) -> Answer:
        if name == "rain_mm":
            return self.inventor.number(question, float(city.rain_mm))
        if value is not None and is_yes_no(question):
            return value if self.random.random() > 0.03 else not value
        return self.inventor.fact(self.random, name, question, value, size)

    # -- the visits ----------------------------------------------------------------------------------------------

    def _visit(self, plan: _Plan, cycle: str) -> int:
        """One store's visit in a cycle, if it had one: 1, else 0."""
        random = self.random
        plan.quality = min(0.99, plan.quality + (random.gauss(0.05, 0.05) if cycle != CYCLES[0] else 0))
        chance = random.random()
        if chance < 0.12:
            return 0
        day = date(int(cycle), 3, 2) + timedelta(days=random.randrange(200))
        assessor = random.choice(_ASSESSORS)
        header = Visit(plan.store, cycle=cycle, assessor=assessor, visited=day, facts=plan.facts)
        visit = replace(
            self.inventor.visit(random, header, plan.quality, plan.size), findings=self._findings(plan, day)
        )
        if cycle == CYCLES[0]:
            status = "decided" if chance < 0.97 else "withdrawn"
        else:
            status = "draft" if chance < 0.27 else "submitted" if chance < 0.6 else "decided"
        self._record(self._begun(visit) if status == "draft" else visit, day, status)
        if status in ("submitted", "decided"):
            plan.open_findings = tuple(finding for finding in visit.findings if finding.closed is None)
        return 1

    def _findings(self, plan: _Plan, day: date) -> tuple[Finding, ...]:
        """What was open at the last visit, then new ones: the weaker the store, the more; most are mended at once."""
        random = self.random
        count = sum(random.random() < (1 - plan.quality) * 0.8 for _ in range(3))
        findings = []
        for _ in range(count):
            severity, text = random.choices(_FINDINGS, [5, 4, 4, 1])[0]
            criterion = random.choice(list(self.scheme.criteria))
            due, closed = day + timedelta(days=60), None
            if random.random() < 0.6:
                due, closed = day + timedelta(days=random.randrange(1, 50)), day
            findings.append(Finding(criterion, severity, text, "Synthetic action · 合成整改", due, closed))
        return (*self._taken_over(plan, day, findings), *findings)

    @staticmethod
    def _taken_over(plan: _Plan, day: date, new: list[Finding]) -> Iterator[Finding]:
        """What was open at the last visit: closed by now, but for what a store with other open findings left."""
        careless = any(finding.closed is None for finding in new)
        for finding in plan.open_findings:
            yield finding if careless and finding.severity != "major" else replace(finding, closed=day)

    def _begun(self, visit: Visit) -> Visit:
        """A visit that was left half way: what was answered up to there, in walking order."""
        walk = self.scheme.walk
        done = set(walk[: self.random.randrange(8, len(walk) - 6)])
        answers = {name: value for name, value in visit.answers.items() if self.scheme.criterion_of[name] in done}
        evidence = {name: pieces for name, pieces in visit.evidence.items() if name in done}
        notes = {name: text for name, text in visit.notes.items() if name in done}
        return replace(visit, answers=answers, evidence=evidence, notes=notes, findings=())

    def _record(self, visit: Visit, day: date, status: str) -> None:
        """Record a visit, in one transaction, and bring it to its status."""
        self.clock.set(day, 9)
        sampled = with_sample_files(self.scheme, visit, self.workspace.now())
        with self.workspace.storage.transaction():
            opened: OpenVisit = recorded(self.workspace, self.scheme, sampled, self.workspace.now())
            if status == "draft":
                self._left_at(opened)
                return
            self.clock.set(day, 17)
            sealing.sealed(self.workspace, opened, self.workspace.now(), self.hashed)
            row = opened.assessment
            decided_on = day + timedelta(days=14)
            self.clock.set(decided_on, 10)
            if status == "decided":
                level = opened.scorecard.level
                lifecycle.decided(self.office, row, self.scheme, level, at=self.office.now(), day=decided_on)
            elif status == "withdrawn":
                row = replace(row, status=Status.SUBMITTED)
                lifecycle.withdrawn(self.workspace, row, "Synthetic reason · 合成示例", at=self.workspace.now())

    def _left_at(self, opened: OpenVisit) -> None:
        """Where a draft was left: at the first criterion, in walking order, that is still open."""
        here = next(name for name in self.scheme.walk if opened.scorecard.criteria[name].open)
        self.workspace.storage.assessments.put_cursor(opened.assessment.id, here, None, self.workspace.now())


def _has_all(model: Visit) -> bool:
    return sum(value is True for value in model.facts.values()) >= 12
