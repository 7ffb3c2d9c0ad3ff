"""Bundles that somebody made to do harm, and right ones changed at random: refused, or taken over as a right one is.

Each within two seconds and 100 MB, in a sentence; nothing is written outside of the database and its evidence, and of
what is refused nothing at all.
"""

import hashlib
import json
import os
import shutil
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from fractions import Fraction
from pathlib import Path
from random import Random
from typing import Any
from zlib import crc32

from greenstar.errors import GreenStarError
from greenstar.i18n.catalogue import LANGUAGES, Catalogue
from greenstar.record.canonical import canonical
from greenstar.services.evidence.evidence import attach
from greenstar.services.laptops.documents import journal_lines
from greenstar.services.laptops.unpacking import unpack
from greenstar.services.progress import unwatched
from greenstar.services.verification.damage import damage_in
from greenstar.services.visit.lifecycle import submit
from greenstar.services.workspace import Workspace
from greenstar.storage.bundle.layout import (
    CENTRAL_SIGN,
    END,
    END_SIGN,
    LOCAL_SIGN,
    ZipEntry,
    central_header,
    ending,
    local_header,
)
from greenstar.storage.bundle.manifest import MANIFEST, ManifestLine, manifest
from greenstar.storage.bundle.reading import open_bundle
from tests.services.conftest import fill
from tests.services.laptops.forging import altered, journal_in
from tests.services.laptops.team import Team, begin
from tests.storage.bundles import DATABASE, Forged, forged, zipped
from tests.torture.outcome import MOST_FAULTS, Outcome, TooManyError
from tests.torture.running import alone
from tests.torture.workshop import a_team, in_child

SECONDS, MEGABYTES = 2.0, 100
_BATCH = 250  # changed at random and taken by a process each, so that what each needs at most is known
_HASH = "ab" * 32
_NAMES = (
    *(
        "../greenstar.db",
        "evidence/../../x",
        "..\\x",
        "/etc/passwd",
        "C:\\x",
        "C:x",
        "\\\\server\\x",
        "./x",
        "a//b",
        "",
    ),
    *(
        "CON",
        "evidence/NUL",
        "aux.txt",
        "journals/visit-\r\n.jsonl",
        "evidence/\x1b[2J",
        "evidence/\u202egnp.exe",
        "~/x",
    ),
    *("evidence/" + "a" * 300, "x" * 60_000, "evidence/ ", "evidence/.", "journals/visit-%2e%2e.jsonl", "é" * 80),
)


class Post:
    """A right bundle, and a laptop that knows nothing yet: whoever takes a bundle takes it into a copy of that."""

    def __init__(self, team: Team) -> None:
        self.folder = team.folder
        ada = team.laptop("ada")
        photo = team.folder / "meters.jpg"
        photo.write_bytes(b"\xff\xd8" * 1_000)
        attach(begin(ada), "W1", [ada.storage.evidence.take(photo)])
        fill(begin(ada))
        submit(ada, "S-1")
        begin(ada, "S-2").answer("E1", Fraction(1, 2))
        path, _ = team.packed(ada, "S-1", "S-2")
        self.right = path.read_bytes()
        with open_bundle(path) as bundle:
            self.entries = {name: bundle.read(name) for name in bundle.listed}
        self.place = team.folder / "place"
        self.place.mkdir()
        with self._opened(self.place / "bo.db", team.scheme):
            pass
        self._scheme, self._empty = team.scheme, (self.place / "bo.db").read_bytes()
        self._before = self._state()

    @staticmethod
    def _opened(path: Path, scheme: Path) -> Workspace:
        return Workspace.open(path, scheme=str(scheme), cycle="2026", assessor="bo")

    def take(self, file: Path) -> str:
        """Take a bundle over, if it can be; how that ended. AssertionError: it did harm."""
        began, database = time.process_time(), self.place / "bo.db"
        key = "taken"
        with self._opened(database, self._scheme) as bo:
            try:
                unpack(bo, [file], unwatched)
            except GreenStarError as error:
                key = error.message.key
                for language in LANGUAGES:
                    sentence = Catalogue(language).render(error.message)
                    assert sentence, key
                    assert sentence.isprintable(), sentence
        seconds = time.process_time() - began
        assert seconds < SECONDS, f"it takes {seconds:.1f} s"
        if key == "taken":
            damage = damage_in(database)
            self.reset()
            assert damage is None, f"what was taken over does not hold: {damage}"
        assert self._state() == self._before, f"{key}: something was written"
        return "taken" if key == "taken" else "refused"

    def reset(self) -> None:
        """The laptop knows nothing again."""
        shutil.rmtree(self.place)
        self.place.mkdir()
        (self.place / "bo.db").write_bytes(self._empty)

    def _state(self) -> Any:
        """All that lies in and around the laptop's folder."""
        around = sorted(path.name for path in self.folder.iterdir() if path.suffix != ".hostile")
        inside = sorted(path for path in self.place.rglob("*") if path.is_file() and path.suffix == ".db")
        others = sorted(path.name for path in self.place.rglob("*") if path.is_file())
        return around, others, [path.read_bytes() for path in inside]


# -- made to do harm -----------------------------------------------------------------------------------------------


def hostile(post: Post) -> Iterator[tuple[str, bytes]]:
    """Bundles that somebody made to do harm, each by what it does."""
    right = [Forged(name, content) for name, content in post.entries.items()]
    for name in _NAMES:
        yield f"an entry named {name[:40]!r}", forged(*right, Forged(name, b"x"))
    for content in (b"/etc/passwd", b"../bo.db"):
        yield "a link", forged(*right, Forged(f"evidence/{_HASH}", content, mode=0o120777))
    yield "a device", forged(*right, Forged(f"evidence/{_HASH}", b"", mode=0o060644))
    yield "a bomb", forged(*right, Forged(f"evidence/{_HASH}", b"\3\0" * 1_000, method=8, size=1 << 40 - 9))
    yield "a size that is not there", forged(*right, Forged(f"evidence/{_HASH}", b"x", size=1 << 31))
    yield "one entry twice", forged(*right, right[0])
    yield "names that are alike", forged(*right, Forged(right[0].name.upper(), b"x"))
    yield "two entries in one place", forged(*right, Forged(f"evidence/{_HASH}", b"x", offset=0))
    yield "encrypted", forged(*right, Forged(f"evidence/{_HASH}", b"x" * 20, flags=1))
    yield "data descriptors", forged(*right, Forged(f"evidence/{_HASH}", b"x" * 20, flags=8))
    yield "a bundle in a bundle", forged(*right, Forged("inner.zip", post.right))
    yield "a comment", post.right[:-2] + b"\4\0abcd"
    yield "a comment that is another bundle", post.right[:-2] + b"\xff\xff" + post.right[:0xFFFF]
    yield "bytes before it", b"#!/bin/sh\n" + post.right
    yield "a bundle before it", post.right + post.right
    yield "bytes behind it", post.right + b"\0"
    yield "an offset of zip64", post.right[:-6] + b"\xff\xff\xff\xff" + post.right[-2:]
    fields = END.unpack(post.right[-END.size :])
    for name, place in (("entries", 4), ("bytes of the directory", 5), ("where the directory is", 6)):
        for value in (0, 1, 0xFFFF if place == 4 else 0xFFFF_FFFF):
            lie = [*fields[:place], value, *fields[place + 1 :]]
            yield f"{name}: {value}", post.right[: -END.size] + END.pack(*lie)
    yield "a manifest that nests", zipped([Forged(MANIFEST, b"[" * 1_000_000)])
    yield "a manifest of numbers", zipped([Forged(MANIFEST, b"1" * 1_000_000)])
    many = {f"evidence/{number:064x}": ManifestLine(0, _HASH) for number in range(20_000)}
    text = canonical(manifest(DATABASE, many)).encode()
    yield "very many entries", zipped([*(Forged(name) for name in many), Forged(MANIFEST, text)])
    yield "a journal that nests", again(post.entries, "journals/visit", lambda _: b"[" * 5_000_000 + b"\n")
    yield "a journal of one line", again(post.entries, "journals/visit", lambda _: b"x" * 20_000_000)
    yield "a journal of empty lines", again(post.entries, "journals/visit", lambda _: b"\n" * 5_000_000)
    yield "a journal that repeats", again(post.entries, "journals/visit", lambda text: text * 200)
    yield "a scheme that nests", again(post.entries, "schemes/", lambda _: b'{"a":' * 200_000)
    yield from ((f"cut at {cut}", post.right[:cut]) for cut in range(0, len(post.right), len(post.right) // 16))


def sparse(file: Path) -> None:
    """A bundle whose photo is a terabyte of nothing, which takes no room on a disk."""
    photo = ZipEntry(f"evidence/{_HASH}", 1 << 32 - 1, 0, 0)
    text = canonical(manifest(DATABASE, {photo.name: ManifestLine(photo.size, _HASH)})).encode()
    end = ZipEntry(MANIFEST, len(text), crc32(text), photo.end)
    directory = central_header(photo) + central_header(end)
    with file.open("wb") as target:
        target.write(local_header(photo))
        target.seek(end.offset)
        target.write(local_header(end) + text + directory + ending(2, len(directory), end.end))


def again(entries: dict[str, bytes], start: str, change: Callable[[bytes], bytes]) -> bytes:
    """A bundle that is right but for one entry, whose name and manifest fit it."""
    wanted = next(name for name in entries if name.startswith(start))
    changed: dict[str, bytes] = {}
    for name, content in entries.items():
        if name != wanted:
            changed[name] = content
            continue
        other = change(content)
        changed[_renamed(name, other)] = other
    return forged(*(Forged(name, content) for name, content in changed.items()))


def _renamed(name: str, content: bytes) -> str:
    """The name of an entry with another content: some are called by their hash."""
    folder, _, rest = name.partition("/")
    if folder not in ("seals", "statements", "schemes", "evidence"):
        return name
    return f"{folder}/{hashlib.sha256(content).hexdigest()}{rest[64:]}"


# -- changed at random ---------------------------------------------------------------------------------------------


def changed(post: Post, chance: Random) -> bytes:
    """A right bundle, changed somewhere at random."""
    way = chance.choice((_bytes, _bytes, _moved, _field, _json, _json, _json, _chain))
    return way(post, chance)


def _bytes(post: Post, chance: Random) -> bytes:
    content = bytearray(post.right)
    for _ in range(chance.choice((1, 1, 2, 8))):
        content[chance.randrange(len(content))] = chance.choice((0, 0xFF, chance.randrange(256)))
    return bytes(content)


def _moved(post: Post, chance: Random) -> bytes:
    """A piece that is gone, there twice, or elsewhere."""
    first, last = sorted(chance.randrange(len(post.right)) for _ in range(2))
    start, piece, rest = post.right[:first], post.right[first:last], post.right[last:]
    return chance.choice((start + rest, start + piece + piece + rest, start + rest + piece, piece + start + rest))


def _field(post: Post, chance: Random) -> bytes:
    """A number in a header that is another one."""
    content = bytearray(post.right)
    sign = chance.choice((LOCAL_SIGN, CENTRAL_SIGN, END_SIGN))
    places = [at for at in range(len(content)) if content.startswith(sign, at)]
    at, size = chance.choice(places) + chance.randrange(4, 40), chance.choice((2, 4))
    value = chance.choice((0, 1, 0x7FFF_FFFF, 0xFFFF_FFFF, chance.getrandbits(32))) & (1 << 8 * size) - 1
    content[at : at + size] = value.to_bytes(size, "little")
    return bytes(content)


def _json(post: Post, chance: Random) -> bytes:
    """A document that says something else, with hashes that fit."""
    start = chance.choice(("journals/visit", "journals/store", "seals/", "statements/", "schemes/"))
    if not any(name.startswith(start) for name in post.entries):
        start = "journals/"

    def change(content: bytes) -> bytes:
        lines = content.decode().split("\n")
        number = chance.randrange(len(lines))
        if not lines[number]:
            number = 0
        lines[number] = _canonical(_other(json.loads(lines[number]), chance))
        return "\n".join(lines).encode()

    return again(post.entries, start, change)


def _chain(post: Post, chance: Random) -> bytes:
    """An event that says what no program writes, with all hashes of its chain as they are then."""
    name, events = journal_in(post.entries, chance.choice(("visit", "store")))
    field = chance.choice(("id", "at", "by", "kind", "subject", "before", "after", "because", "undoes"))
    junk = chance.choice(("", "x", "\0", "../x", "null", "true", "[null]", '{"seal": "x"}', "1970-01-01T00:00:00.000Z"))
    chain = altered(events, chance.randrange(len(events)), **{field: junk})
    return again(post.entries, name, lambda _: b"".join(journal_lines(chain)))


def _canonical(value: Any) -> str:
    try:
        return canonical(value)
    except ValueError:
        return json.dumps(value)


def _other(value: Any, chance: Random) -> Any:
    """The same but for one value somewhere in it, which is another, gone, or of another kind."""
    if isinstance(value, dict) and value and chance.random() < 0.95:
        name = chance.choice(sorted(value))
        if chance.random() < 0.1:
            return {key: each for key, each in value.items() if key != name}
        return {**value, name: _other(value[name], chance)}
    if isinstance(value, list) and value and chance.random() < 0.9:
        at = chance.randrange(len(value))
        return [*value[:at], *([] if chance.random() < 0.1 else [_other(value[at], chance)]), *value[at + 1 :]]
    if isinstance(value, str) and value[:1] in '{["' and chance.random() < 0.8:
        try:
            return _canonical(_other(json.loads(value), chance))
        except ValueError:
            pass
    if isinstance(value, str) and value and chance.random() < 0.5:
        at = chance.randrange(len(value))
        return value[:at] + chance.choice(("", "0", "Z", "é", "\0", "\u202e", "😀", "/", '"')) + value[at + 1 :]
    return chance.choice((None, "", "x" * 5_000, 0, 1, -1, 1 << 53, 1.5, True, False, [], {}, [[]], "1", "2026-02-31"))


# -- doing it ------------------------------------------------------------------------------------------------------


def _highest() -> float:
    """How many megabytes this process needed at most."""
    status = Path("/proc/self/status").read_text(encoding="ascii")
    return int(status.split("VmHWM:")[1].split()[0]) / 1024


def measured(work: Callable[[Outcome], None], outcome: Outcome) -> None:
    """Do something in a process of its own, which may need 100 MB more than there was; what came of it is added."""
    with tempfile.NamedTemporaryFile("w+", encoding="utf-8") as report:

        def child() -> None:
            own = Outcome()
            Path("/proc/self/clear_refs").write_text("5", encoding="ascii")  # the highest is what it is now
            before = _highest()
            try:
                with suppress(TooManyError):
                    work(own)
                needed = _highest() - before
                if needed > MEGABYTES:
                    own.faults.append(f"it needs {needed:.0f} MB")
            finally:
                json.dump([own.runs, own.faults, own.ways], report)
                report.flush()

        code = os.waitpid(in_child(child), 0)[1]
        report.seek(0)
        text = report.read()
    with outcome.run("a process of its own"):
        outcome.runs -= 1
        assert not code, f"it ended with {code}"
        assert text
    runs, faults, ways = json.loads(text) if text else (0, [], {})
    outcome.runs += runs
    outcome.ways.update(ways)
    outcome.faults += faults
    if len(outcome.faults) >= MOST_FAULTS:
        raise TooManyError


def torture(outcome: Outcome, number: int, seed: int) -> None:
    """Each that was made to do harm, and so many changed at random."""
    chance = Random(seed)
    with a_team() as team:
        post = Post(team)
        file = team.folder / "x.hostile"

        def take(name: str, own: Outcome) -> None:
            with own.run(name):
                own.ended(post.take(file))

        sparse(file)
        measured(lambda own: take("a terabyte of nothing", own), outcome)
        for name, content in hostile(post):
            file.write_bytes(content)
            measured(lambda own, name=name: take(name, own), outcome)  # type: ignore[misc]
        assert not outcome.ways["taken"], "a bundle that was made to do harm was taken over"
        for start in range(0, number, _BATCH):
            batch = chance.getrandbits(32)

            def some(own: Outcome, batch: int = batch, start: int = start) -> None:
                own_chance = Random(batch)
                for at in range(start, min(start + _BATCH, number)):
                    file.write_bytes(changed(post, own_chance))
                    take(f"changed at random, {at}", own)

            measured(some, outcome)


if __name__ == "__main__":
    alone("hostile_bundle")
