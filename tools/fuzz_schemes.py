"""Break the shipped scheme, and one with every key, and see that reading always ends in a scheme or in sentences.

    python tools/fuzz_schemes.py --cases 100000 --seed 1
    python tools/fuzz_schemes.py --seed 1 --only 4711          # one case again, with what came of it

Of every case: no exception but BadFile and BadInput, no more than two seconds, every problem with a place in one of the
files and a sentence in every language. What is accepted is read back from its canonical form as the same, and scored.
"""

import argparse
import faulthandler
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from greenstar.assessment.model import Store, Visit  # noqa: E402
from greenstar.errors import BadFile, BadInput, Problem  # noqa: E402
from greenstar.i18n.catalogue import LANGUAGES, Catalogue  # noqa: E402
from greenstar.i18n.phrase import Phrase  # noqa: E402
from greenstar.resources import SHIPPED_SCHEME  # noqa: E402
from greenstar.scheme.loader import HEADER, read_scheme, scheme_from_json  # noqa: E402
from greenstar.scheme.model import Scheme  # noqa: E402
from greenstar.scheme.yaml_tree import parse  # noqa: E402
from greenstar.scoring.score import score  # noqa: E402
from tools.fuzzing.mutating import break_bytes, break_tree  # noqa: E402
from tools.fuzzing.trees import slices, tree_of, written  # noqa: E402

EVERYTHING = ROOT / "tools" / "fuzzing" / "everything.yaml"
MOST_SECONDS = 2.0
_HUNG = 30  # after so many seconds the run is given up, with a traceback of where it hangs
_CATALOGUES = [Catalogue(language) for language in LANGUAGES]
_WHOLE = 0.15  # how many of the cases break the whole scheme, which takes longer to read


@dataclass
class Tally:
    """What came of a run."""

    cases: int = 0
    outcomes: Counter[str] = field(default_factory=Counter)
    slowest: float = 0.0
    failures: list[str] = field(default_factory=list)


class Fuzzer:
    """Makes and judges cases; the same seed and number always make the same case."""

    def __init__(self, seed: int) -> None:
        self.seed = seed
        self.whole = {path.name: path.read_bytes() for path in sorted(SHIPPED_SCHEME.glob("*.yaml"))}
        cut = slices(read_scheme(SHIPPED_SCHEME), {name: data.decode() for name, data in self.whole.items()})
        everything = tree_of(parse(EVERYTHING.read_text(encoding="utf-8"), EVERYTHING.name))
        self.trees = [*cut, *[everything] * (len(cut) // 2)]

    def files(self, number: int) -> dict[str, bytes]:
        """The files of a case."""
        chance = Random(f"{self.seed}:{number}")  # noqa: S311  (no secret: the same number is to make the same case)
        if chance.random() < _WHOLE:
            name = chance.choice(list(self.whole))
            return {**self.whole, name: break_bytes(self.whole[name], chance)}
        tree = chance.choice(self.trees)
        if chance.random() < 0.3:
            return {HEADER: break_bytes(written(tree).encode(), chance)}
        return {HEADER: written(break_tree(tree, chance)).encode(errors="surrogatepass")}

    def run(self, number: int, folder: Path, tally: Tally) -> None:
        """Judge one case."""
        files = self.files(number)
        for old in folder.iterdir():
            old.unlink()
        for name, data in files.items():
            (folder / name).write_bytes(data)
        began = time.process_time()
        faulthandler.dump_traceback_later(_HUNG, exit=True)
        try:
            outcome = judge(folder, files)
        except Exception as error:  # noqa: BLE001  (whatever it is: it is what is looked for)
            outcome = f"FAILED {type(error).__name__}"
            tally.failures.append(f"case {number}: {type(error).__name__}: {error}")
        took = time.process_time() - began
        faulthandler.cancel_dump_traceback_later()
        if took > MOST_SECONDS:
            tally.failures.append(f"case {number}: took {took:.1f} s")
        tally.cases += 1
        tally.outcomes[outcome] += 1
        tally.slowest = max(tally.slowest, took)


def judge(folder: Path, files: dict[str, bytes]) -> str:
    """Read a case; what came of it. AssertionError: a problem without its place or sentence."""
    try:
        scheme = read_scheme(folder)
    except BadFile as error:
        return _told(error.problems, files)
    except BadInput as error:
        _said(error.message)
        return "bad input"
    _usable(scheme)
    return "accepted"


def _told(problems: list[Problem], files: dict[str, bytes]) -> str:
    assert problems, "no problem is told"
    for problem in problems:
        name = Path(problem.mark.file).name
        assert name in files, f"no such file: {problem.mark}"
        assert 1 <= problem.mark.line <= files[name].count(b"\n") + files[name].count(b"\r") + 2, problem.mark
        assert problem.mark.column >= 1, problem.mark
        _said(problem.message)
        _said(problem.hint)
    return "1 problem" if len(problems) == 1 else f"{len(problems)} problems"


def _said(message: Phrase | None) -> None:
    for catalogue in _CATALOGUES:
        assert message is None or catalogue.render(message)


def _usable(scheme: Scheme) -> None:
    again = scheme_from_json(scheme.canonical)
    assert again.sha256 == scheme.sha256, "its canonical form is another scheme"
    score(scheme, Visit(Store("S", "S")))


def fuzz(cases: range, seed: int, on_progress: Callable[[Tally], None] | None = None) -> Tally:
    """Run the cases with these numbers."""
    fuzzer, tally = Fuzzer(seed), Tally()
    with TemporaryDirectory() as folder:
        for number in cases:
            fuzzer.run(number, Path(folder), tally)
            if on_progress is not None and tally.cases % 1000 == 0:
                on_progress(tally)
    return tally


def report(tally: Tally) -> Iterator[str]:
    """What came of a run, in lines."""
    yield f"{tally.cases} cases, slowest {tally.slowest:.2f} s, {len(tally.failures)} failures"
    for outcome, count in tally.outcomes.most_common():
        yield f"  {count:7} {outcome}"
    yield from tally.failures[:50]


def main() -> int:
    """Run from the command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--cases", type=int, default=2000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--only", type=int, help="the number of one case: shown, and judged without a net")
    given = parser.parse_args()
    if given.only is not None:
        return _only(given.seed, given.only)
    began = time.monotonic()

    def progress(tally: Tally) -> None:
        rate = tally.cases / (time.monotonic() - began)
        print(f"{tally.cases} cases, {rate:.0f} a second, {len(tally.failures)} failures", file=sys.stderr, flush=True)

    tally = fuzz(range(given.cases), given.seed, progress)
    print("\n".join(report(tally)))
    return 1 if tally.failures else 0


def _only(seed: int, number: int) -> int:
    files = Fuzzer(seed).files(number)
    with TemporaryDirectory() as folder:
        for name, data in files.items():
            Path(folder, name).write_bytes(data)
        if len(files) == 1:
            sys.stdout.buffer.write(files[HEADER] + b"\n")
        sys.stdout.flush()
        print(judge(Path(folder), files))
    return 0


if __name__ == "__main__":
    sys.exit(main())
