"""A database that holds, and the ways of changing it behind the program's back, each with what verifying says of it."""

import json
import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing
from fractions import Fraction
from pathlib import Path

from greenstar.assessment.model import Finding, Store
from greenstar.record.allowed_signers import allowed_line
from greenstar.record.canonical import sha256_of
from greenstar.services.evidence.evidence import attach, files_of, of_visit, set_verified
from greenstar.services.findings.findings import add
from greenstar.services.stores.stores import add_store
from greenstar.services.trust.changes import add as trust_key
from greenstar.services.trust.trust import Trust, load_trust
from greenstar.services.verification.problem import Verification
from greenstar.services.verification.verify import verify
from greenstar.services.visit.lifecycle import decide, submit
from greenstar.services.visit.opening import open_visit
from greenstar.services.workspace import Workspace
from greenstar.storage.opening import open_storage
from tests.services.conftest import SCHEME

ANOTHER_DECIDES = SCHEME.replace('version: "1"\n', 'version: "1"\ndecided_by: another\n').replace(
    "{total: 80, ", "{total: 80, evidence: 50%, "
)
"""The scheme of such a database."""

Tamper = Callable[[sqlite3.Connection], object]
Open = Callable[..., Workspace]


def make_whole(opened: Open, folder: Path, go_to: Callable[[str], None]) -> None:
    """A decided visit that has evidence, a finding and a note, and a draft; `go_to` moves to another's home.

    The database that `opened` opens has the stores S-1 and S-2, or none.
    """
    photo = folder / "meter.jpg"
    photo.write_bytes(b"what a meter showed")
    with opened(assessor="Ada") as workspace:
        if workspace.storage.stores.get("S-1") is None:
            add_store(workspace, Store("S-1", "First", "Wuxi", "East"))
            add_store(workspace, Store("S-2", "Second", "Xi'an", "West"))
        visit = open_visit(workspace, "S-1")
        for question, value in (("fresh", Fraction(20)), ("used", Fraction(100)), ("W2", True), ("E1", Fraction(1))):
            visit.answer(question, value)
        visit.note("W1", "read twice")
        attach(visit, "W1", [files_of(visit).take(photo)])
        set_verified(visit, of_visit(visit)[0], on=True)
        add(visit, Finding("W1", "minor", "leaks", "mend it", None, None))
        submit(workspace, "S-1")
        open_visit(workspace, "S-2").answer("W2", True)
    (allowed,) = load_trust().signers
    go_to(str(folder / "office"))  # somebody else, with a key of their own
    with opened(assessor="Bo") as office:
        decide(office, "S-1")
    trust_key(allowed_line("Ada", allowed.key))


def verified(path: Path, *receipts: Path, trust: Trust | None = None, evidence: bool = True) -> Verification:
    with closing(open_storage(path, write=False)) as storage:
        return verify(storage, evidence=evidence, receipts=receipts, trust=trust)


def kinds(result: Verification) -> set[str]:
    return {problem.kind.value for problem in result.problems}


def tampered(path: Path, tamper: str | Tamper) -> Verification:
    """What verifying says once somebody changed the file with SQLite alone, and put its guards back in place."""
    copy = path.with_name("tampered.db")
    shutil.copy(path, copy)
    shutil.copytree(path.with_name(path.name + ".evidence"), copy.with_name("tampered.db.evidence"), dirs_exist_ok=True)
    with closing(sqlite3.connect(copy, isolation_level=None)) as file:
        guards = file.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'").fetchall()
        for name, _ in guards:
            file.execute(f"DROP TRIGGER {name}")
        if isinstance(tamper, str):
            assert file.execute(tamper).rowcount > 0, tamper
        else:
            tamper(file)
        for _, sql in guards:
            file.execute(sql)
    return verified(copy)


def resealed(file: sqlite3.Connection) -> None:
    """Another result in what was sealed, with a seal that fits."""
    (text,) = file.execute("SELECT sealed FROM assessment WHERE sealed IS NOT NULL").fetchone()
    sealed = text.replace('"region":"East"', '"region":"West"')
    assert sealed != text
    values = (sealed, sha256_of(sealed))
    file.execute("UPDATE assessment SET sealed = ?, seal = ?, region = 'West' WHERE sealed IS NOT NULL", values)


def last_event_gone(file: sqlite3.Connection) -> None:
    """The last event of a draft, and all traces of it in the journal."""
    ulid, chain, previous = file.execute(
        "SELECT ulid, chain, previous FROM event WHERE assessment = 2 ORDER BY id DESC LIMIT 1"
    ).fetchone()
    file.execute("DELETE FROM event WHERE ulid = ?", (ulid,))
    file.execute("DELETE FROM head WHERE chain = ?", (chain,))
    (parent,) = json.loads(previous)
    file.execute("INSERT INTO head SELECT chain, hash, place FROM event WHERE hash = ?", (parent,))


def another_signature(file: sqlite3.Connection) -> None:
    """The signature of a statement in the place of the seal's."""
    (seal,) = file.execute("SELECT seal FROM assessment WHERE seal IS NOT NULL").fetchone()
    (armour,) = file.execute("SELECT armour FROM signature WHERE document <> ?", (seal,)).fetchone()
    file.execute("UPDATE signature SET armour = ? WHERE document = ?", (armour, seal))


def result_alone(file: sqlite3.Connection) -> None:
    """A sealed visit made into one of which nothing is kept but a result, as in a large sample network."""
    seal, text, ulid = file.execute("SELECT seal, sealed, ulid FROM assessment WHERE id = 1").fetchone()
    document = json.loads(text)
    document["scorecard"]["criteria"] = {}
    for table in ("answer", "note", "evidence", "finding", "visit_fact"):
        file.execute(f"DELETE FROM {table} WHERE assessment = 1")
    file.execute("UPDATE scorecard SET event = (SELECT min(id) FROM event), key_1 = 100 WHERE assessment = 1")
    file.execute("DELETE FROM event WHERE chain = ?", (f"visit:{ulid}",))
    file.execute("DELETE FROM head WHERE chain = ?", (f"visit:{ulid}",))
    file.execute("DELETE FROM signature")
    file.execute("DELETE FROM statement WHERE seal = ?", (seal,))
    sealed = json.dumps(document)
    file.execute("UPDATE assessment SET sealed = ?, seal = ? WHERE id = 1", (sealed, sha256_of(sealed)))


def sample_alone(file: sqlite3.Connection) -> None:
    """The same, and an event that says that all of it is a sample."""
    file.execute("DELETE FROM event WHERE id = 1")
    columns = 'id, ulid, chain, place, "database", at, by, kind, previous, hash'
    file.execute(
        f"INSERT INTO event ({columns}) SELECT 1, '01J00000000000000000000000', 'database:' || identity.ulid, 1, "
        "identity.ulid, '2026-05-12T09:30:00.000Z', 'Ada', 'demo', '[]', hex(zeroblob(32)) FROM identity"
    )
    result_alone(file)


def closed(file: sqlite3.Connection) -> None:
    """A cycle that nobody closed, closed."""
    sealed = '{"by":"Ada","closed":"2026-05-12T09:30:00.000Z","cycle":"2026","leagues":[],"revision":1}'
    values = ("2026-05-12T09:30:00.000Z", sha256_of(sealed), sealed)
    file.execute(
        "INSERT INTO closing (cycle, cycle_key, revision, at, by, seal, sealed) "
        "SELECT cycle, cycle_key, 1, ?, 'Ada', ?, ? FROM assessment LIMIT 1",
        values,
    )


def score_of_another(file: sqlite3.Connection) -> None:
    """A draft with the scorecard of a visit that came to more, as if nothing had changed since."""
    columns = [name for _, name, *_ in file.execute("PRAGMA table_info(scorecard)")]
    values = ", ".join({"assessment": "2", "event": "1000000"}.get(name, name) for name in columns)
    file.execute(f"INSERT OR REPLACE INTO scorecard SELECT {values} FROM scorecard WHERE assessment = 1")


def kind_in_bytes(file: sqlite3.Connection) -> None:
    """A table that SQLite knows, and whoever asks for all tables does not see."""
    file.execute("PRAGMA writable_schema = ON")
    file.execute("UPDATE sqlite_master SET type = CAST(type AS BLOB) WHERE name = 'statement'")
    file.execute("PRAGMA writable_schema = OFF")


FORGERIES: list[tuple[str | Tamper, str]] = [
    ("UPDATE scorecard SET total = '100', total_number = 100 WHERE assessment = 1", "score"),
    ("UPDATE scorecard SET key_1 = 100 WHERE assessment = 1", "score"),
    ("UPDATE scorecard SET level = 'two', stars = 2 WHERE assessment = 1", "score"),
    ("UPDATE scorecard SET candidate = 1 - candidate WHERE assessment = 1", "score"),
    ("UPDATE score SET points = 1, points_exact = '1' WHERE assessment = 1", "score"),
    ("DELETE FROM scorecard WHERE assessment = 1", "score"),
    (score_of_another, "score"),
    ("UPDATE scorecard SET key_1 = NULL WHERE assessment = 1", "score"),
    ("UPDATE scorecard SET total = NULL, level = NULL WHERE assessment = 1", "score"),
    ("UPDATE scorecard SET totals_by_policy = NULL WHERE assessment = 1", "score"),
    ("UPDATE score SET share = NULL WHERE assessment = 1", "score"),
    (result_alone, "truncated"),
    (sample_alone, "truncated"),
    ("UPDATE assessment SET sealed = replace(sealed, 'East', 'West') WHERE id = 1", "rewritten"),
    (resealed, "differs"),
    ("UPDATE answer SET value = '\"1\"' WHERE assessment = 1 AND question = 'fresh'", "differs"),
    ("UPDATE answer SET by = 'Cy' WHERE assessment = 1", "differs"),
    ("UPDATE answer SET value = 'false' WHERE assessment = 2", "differs"),
    ("DELETE FROM note", "differs"),
    ("DELETE FROM finding", "differs"),
    ("UPDATE evidence SET verified = 0", "differs"),
    ("UPDATE assessment SET certificate = 'GS-2026-1' WHERE id = 1", "differs"),
    ("UPDATE assessment SET status = 'withdrawn' WHERE id = 1", "differs"),
    ("UPDATE assessment SET store_name = 'Another' WHERE id = 1", "differs"),
    ("UPDATE assessment SET visited = '2026-03-01' WHERE id = 1", "differs"),
    ("UPDATE assessment SET assessor = 'Cy' WHERE id = 1", "differs"),
    ("UPDATE store SET region = 'West' WHERE code = 'S-1'", "differs"),
    ("UPDATE event SET became = '\"7\"' WHERE kind = 'answer'", "rewritten"),
    ("UPDATE event SET by = 'Cy' WHERE kind = 'submitted'", "rewritten"),
    ("DELETE FROM event WHERE kind = 'note'", "truncated"),
    (last_event_gone, "differs"),
    ("DELETE FROM event WHERE assessment = 2", "truncated"),
    ("UPDATE scheme SET canonical = replace(canonical, '60', '61')", "scheme"),
    ("UPDATE scheme SET summary = replace(summary, 'Small', 'Large')", "scheme"),
    ("UPDATE scheme SET rules = replace(rules, substr(rules, 1, 1), 'x')", "scheme"),
    ("UPDATE event SET version = 3 WHERE kind = 'note'", "differs"),
    ("UPDATE assessment SET decided_at = '2026-03-01T09:30:00.000Z' WHERE id = 1", "differs"),
    ("UPDATE assessment SET decided_at = NULL WHERE id = 1", "differs"),
    ("UPDATE assessment SET changed_at = 'yesterday' WHERE id = 2", "damaged"),
    ("UPDATE answer SET at = CAST(x'32fd' AS TEXT) WHERE assessment = 2", "damaged"),
    ("UPDATE event SET previous = 'x' || substr(previous, 2) WHERE kind = 'note'", "damaged"),
    ("UPDATE signature SET key = replace(key, substr(key, 1, 1), 'x')", "bad_signature"),
    ("UPDATE _sqlite_migrations SET name = '0001_table' WHERE id = 1", "structure"),
    (closed, "differs"),
    ("UPDATE statement SET document = replace(document, 'Bo', 'Cy')", "rewritten"),
    ("DELETE FROM signature WHERE document = (SELECT seal FROM assessment WHERE id = 1)", "unsigned"),
    ("DELETE FROM signature WHERE document = (SELECT sha256 FROM statement WHERE kind = 'decided')", "unsigned"),
    (another_signature, "bad_signature"),
    ("DELETE FROM statement", "truncated"),
    ("UPDATE assessment SET set_aside = seal WHERE seal IS NOT NULL", "statement"),
    ("UPDATE identity SET ulid = replace(ulid, substr(ulid, 26), 'x')", "differs"),
    (lambda file: file.execute("CREATE TABLE other (x)"), "structure"),
    (kind_in_bytes, "structure"),
]
