"""One bit flipped in a database, a sealed document in it, a bundle, a file of evidence, or a backup.

It is noticed, in a sentence; or it is proved to mean nothing: all that can be read is what it was, or at least all that
commands say of visits, where what docs/record.md names was changed (half-typed text, say).
"""

import sqlite3
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from pathlib import Path
from random import Random

from greenstar.errors import GreenStarError
from greenstar.i18n.catalogue import Catalogue
from greenstar.storage.backup.reading import open_backup
from greenstar.storage.bundle.reading import open_bundle
from greenstar.storage.files.evidence_store import EvidenceStore
from tests.services.verification.forgeries import verified
from tests.torture.columns import UNCOVERED, columns, results
from tests.torture.outcome import Outcome
from tests.torture.running import alone
from tests.torture.whole import Whole, a_whole, held_in

NOTICED, MEANS_NOTHING = "noticed", "means nothing"
_ENGLISH = Catalogue("en")


class Target:
    """A file of which bits are flipped, where in it, and what says of each flip how it ended."""

    def __init__(self, path: Path, judge: Callable[[Path], str], places: Sequence[int] = ()) -> None:
        self.right = path.read_bytes()
        self.places = places or range(len(self.right))
        self.judge = judge
        self._path = path

    @property
    def written(self) -> list[int]:
        """Where bytes lie that are not zero: not free pages, nor the room that is left in others."""
        return [place for place, byte in enumerate(self.right) if byte]

    def flip(self, chance: Random) -> str:
        """Flip a bit somewhere, and put it back: how it ended."""
        bit = 8 * chance.choice(self.places) + chance.randrange(8)
        content = bytearray(self.right)
        content[bit // 8] ^= 1 << bit % 8
        self._path.write_bytes(content)
        try:
            return self.judge(self._path)
        except AssertionError as error:
            raise AssertionError(f"bit {bit}: {error}") from error
        finally:
            self._path.write_bytes(self.right)


def _told(error: GreenStarError) -> str:
    """Noticed, in a sentence."""
    sentence = _ENGLISH.render(error.message)
    assert sentence, error.message.key
    return NOTICED


def _judge_database(whole: Whole) -> Callable[[Path], str]:
    before, said = held_in(whole.path), list(results(whole.path))

    def judge(path: Path) -> str:
        for beside in (f"{path}-wal", f"{path}-shm"):
            Path(beside).unlink(missing_ok=True)
        try:
            problems = verified(path, trust=whole.trust, evidence=False).problems
        except GreenStarError as error:
            return _told(error)
        if problems:
            assert all(_ENGLISH.render(problem.sentence) for problem in problems)
            return NOTICED
        after = held_in(path)
        changed = {name for name in {**before, **after} if before.get(name) != after.get(name)}
        unnoticed = (changed & columns()) - UNCOVERED.keys()  # what views give follows from them
        assert not unnoticed, f"another content of {sorted(unnoticed)} is not noticed"
        assert not changed or changed & UNCOVERED.keys(), f"another content of {sorted(changed)} is not noticed"
        assert not changed or list(results(path)) == said, f"with another {sorted(changed)} a result is another one"
        return MEANS_NOTHING

    return judge


def _judge_bundle(path: Path) -> str:
    try:
        with open_bundle(path) as bundle:
            for name in bundle.listed:
                bundle.read(name)
    except GreenStarError as error:
        return _told(error)
    raise AssertionError("another bundle is taken for a right one")


def _judge_backup(whole: Whole) -> Callable[[Path], str]:
    with open_backup(whole.backup) as backup:
        before = backup.manifest.written()

    def judge(path: Path) -> str:
        try:
            with open_backup(path) as backup:
                backup.verify(lambda _: None)
                manifest = backup.manifest.written()
        except GreenStarError as error:
            return _told(error)
        assert manifest == before, "another manifest is taken for a right one"
        return MEANS_NOTHING  # dates of zip entries and the like; all that is restored has its SHA-256

    return judge


def _judge_evidence(whole: Whole) -> Callable[[Path], str]:
    store, chance = EvidenceStore(whole.path), Random(0)

    def judge(path: Path) -> str:
        assert not store.is_whole(path.name), "other bytes are taken for the evidence"
        if not chance.randrange(50):  # and so it is told
            assert {problem.kind.value for problem in verified(whole.path, trust=whole.trust).problems} == {"evidence"}
        return NOTICED

    return judge


def _sealed_in(path: Path) -> Iterator[int]:
    """Where in a database the pieces of its first sealed document lie."""
    with closing(sqlite3.connect(f"{path.as_uri()}?mode=ro", uri=True)) as connection:
        (text,) = connection.execute("SELECT sealed FROM assessment WHERE sealed IS NOT NULL").fetchone()
    content, document = path.read_bytes(), text.encode()
    place = 0
    while place < len(document):
        length = min(64, len(document) - place)
        start = content.find(document[place : place + length])
        while (
            start >= 0
            and content[start : start + length + 1] == document[place : place + length + 1] != document[place:]
        ):
            length += 1
        if start >= 0:
            yield from range(start, start + length)
        place += length


def _targets(whole: Whole) -> Iterator[tuple[str, int, Target]]:
    """What is flipped, and how often of a hundred times."""
    whole.photo.chmod(0o600)
    judge = _judge_database(whole)
    database = Target(whole.path, judge)
    yield "database", 10, database
    yield "what is written in the database", 30, Target(whole.path, judge, database.written)
    yield "sealed document", 10, Target(whole.path, judge, list(_sealed_in(whole.path)))
    yield "bundle", 20, Target(whole.bundle, _judge_bundle)
    yield "evidence", 10, Target(whole.photo, _judge_evidence(whole))
    yield "backup", 20, Target(whole.backup, _judge_backup(whole))


def torture(outcome: Outcome, number: int, seed: int) -> None:
    """Flip so many bits."""
    chance = Random(seed)
    with a_whole() as whole:
        for name, share, target in _targets(whole):
            for _ in range(max(1, number * share // 100)):
                with outcome.run(name):
                    outcome.ended(f"{name} {target.flip(chance)}")


if __name__ == "__main__":
    alone("bit_flip")
