"""Runs tortures, several at a time, and says of each in a line what came of it."""

import argparse
import os
import secrets
import sys
import time
import traceback
from collections.abc import Sequence
from concurrent.futures import Future, ProcessPoolExecutor, as_completed
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from multiprocessing import get_context

from tests.torture.outcome import MissingError, Outcome, SkippedError, TooManyError
from tests.torture.table import TORTURES, Length, Script, Torture
from tests.torture.workshop import in_memory

MINUTE_SEED = 2026  # the same runs in every `make check`: it is no lottery


@dataclass(frozen=True)
class Report:
    """A torture that was done."""

    name: str
    what: str
    number: int
    seed: int
    seconds: float
    outcome: Outcome
    skipped: str = ""
    failed: bool = False

    def lines(self) -> list[str]:
        """What to say of it: a line, and one for each fault with how to see it again."""
        outcome = self.outcome
        skipped = [f"{'✗' if self.failed else '-'} {self.name}: skipped: {self.skipped}"] if self.skipped else []
        if skipped and not outcome.runs:
            return skipped
        ways = ", ".join(f"{way} {count}" for way, count in sorted(outcome.ways.items()))
        line = f"{'✗' if self.failed else '✓'} {self.name}: {self.what}: {outcome.runs} runs, {self.seconds:.1f} s, "
        return [
            line + f"{len(outcome.faults)} lost or unnoticed" + (f" ({ways})" if ways else ""),
            *(f"    {fault}" for fault in outcome.faults),
            *skipped,
            *(
                [f"    again: python -m tests.torture {self.name} --number {self.number} --seed {self.seed}"]
                if outcome.faults
                else []
            ),
        ]


def do(name: str, what: str, number: int, seed: int, script: Script) -> Report:
    """Do one torture, in a folder of its own. However it ends, what was counted and noted until then is told."""
    began = time.perf_counter()
    outcome, skipped, missing = Outcome(), "", False
    try:
        with in_memory():
            script(outcome, number, seed)
    except TooManyError:
        pass  # all of it is noted
    except SkippedError as error:
        skipped, missing = str(error), isinstance(error, MissingError)
    except Exception:  # noqa: BLE001 - what keeps a torture from being done is told, and the others go on
        outcome.faults.append(traceback.format_exc())
    failed = missing and os.environ.get("CI") == "true"
    return Report(
        name, what, number, seed, time.perf_counter() - began, outcome, skipped, failed or bool(outcome.faults)
    )


def _do(torture: Torture, number: int, seed: int) -> Report:
    return do(torture.name, torture.what, number, seed, torture.script)


def alone(name: str) -> None:
    """Be a script of one torture: `python -m tests.torture.NAME NUMBER --seed SEED`."""
    arguments = sys.argv[1:]
    if arguments and arguments[0].isdecimal():
        arguments.insert(0, "--number")
    sys.exit(main([name, *arguments]))


def main(arguments: Sequence[str] | None = None) -> int:
    """Do the tortures that were asked for; 1 where anything was lost."""
    parser = _parser()
    asked = parser.parse_args(arguments)
    known = [torture.name for torture in TORTURES]
    for name in asked.names:
        if name not in known:
            parser.error(f"no torture '{name}'; there are {', '.join(known)}")
    seed = asked.seed
    if seed is None:
        seed = MINUTE_SEED if asked.length is Length.MINUTE else secrets.randbelow(1_000_000)
    print(f"seed {seed}", flush=True)
    chosen = [torture for torture in TORTURES if not asked.names or torture.name in asked.names]
    with ProcessPoolExecutor(asked.jobs, get_context("spawn"), max_tasks_per_child=1) as pool:
        running = {
            pool.submit(_do, torture, _number(torture, asked), seed): (torture, _number(torture, asked))
            for torture in chosen
        }
        failed = False
        for done in as_completed(running):
            report = _report_of(done, *running[done], seed)
            failed |= report.failed
            print("\n".join(report.lines()), flush=True)
    return int(failed)


def _number(torture: Torture, asked: argparse.Namespace) -> int:
    number: int = torture.number(asked.length) if asked.number is None else asked.number
    return number


def _report_of(done: "Future[Report]", torture: Torture, number: int, seed: int) -> Report:
    """What came of a torture; where its process ended otherwise, that."""
    try:
        return done.result()
    except BrokenProcessPool as error:
        outcome = Outcome(faults=[f"its process ended: {error}"])
        return Report(torture.name, torture.what, number, seed, 0.0, outcome, failed=True)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m tests.torture", description="Tortures.")
    names = ", ".join(torture.name for torture in TORTURES)
    parser.add_argument(
        "names", nargs="*", metavar="NAME", help=f"which ones, of {names}; all of them where none is named"
    )
    parser.add_argument("--number", type=int, metavar="N", help="so many times")
    parser.add_argument("--seed", type=int, metavar="S", help="what chance begins with; it is printed")
    parser.add_argument("--jobs", type=int, default=2, metavar="N", help="so many at a time; 2 where nothing is said")
    parser.set_defaults(length=Length.FULL)
    lengths = parser.add_mutually_exclusive_group()
    for length, sentence in ((Length.LONGER, "for hours"), (Length.MINUTE, "for a minute, and always the same")):
        lengths.add_argument(f"--{length}", dest="length", action="store_const", const=length, help=sentence)
    return parser
