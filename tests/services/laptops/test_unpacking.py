"""Unpacking: all or nothing whatever happens, and nothing that no Green Star wrote."""

import errno
import json
from collections.abc import Callable, Iterator
from dataclasses import replace
from fractions import Fraction
from pathlib import Path
from typing import Any
from unittest.mock import patch

import pytest

from greenstar.errors import BadInput, StorageError
from greenstar.record.canonical import canonical, sha256_of
from greenstar.record.statement import Statement, read_statement
from greenstar.services.evidence.evidence import attach
from greenstar.services.laptops.documents import journal_lines
from greenstar.services.laptops.packing import pack_into
from greenstar.services.laptops.unpacking import unpack
from greenstar.services.stores.stores import set_fact
from greenstar.services.verification.verify import verify
from greenstar.services.visit.lifecycle import decide, submit
from greenstar.services.workspace import Workspace
from greenstar.storage.files.receiving import ReceivingFolder
from greenstar.storage.sqlite.connection import Database
from tests.older import restore
from tests.rows import rows
from tests.services.conftest import fill
from tests.services.laptops.forging import ULID, again, altered, contents, journal_in
from tests.services.laptops.team import Team, begin, known, silent


@pytest.fixture
def sent(team: Team, tmp_path: Path) -> Path:
    """A file with a sealed visit, a draft, and a photo."""
    ada = team.laptop("ada")
    photo = tmp_path / "meters.jpg"
    photo.write_bytes(b"\xff\xd8" * 2000)
    attach(begin(ada), "W1", [ada.storage.evidence.take(photo)])
    fill(begin(ada))
    submit(ada, "S-1")
    begin(ada, "S-2").answer("W2", True)
    return team.packed(ada, "S-1", "S-2")[0]


def left_in(folder: Path) -> list[str]:
    """All files of evidence, whole or not."""
    return sorted(path.name for path in folder.rglob("*") if path.is_file())


class Stopped(BaseException):
    """A program that is stopped, as by ctrl+c."""


def test_whoever_is_stopped_anywhere_finds_what_there_was_and_can_do_it_again(team: Team, sent: Path) -> None:
    bo = team.laptop("bo")
    begin(bo).answer("W2", True)
    before, folder = known(bo), team.folder / "bo.db.evidence"
    written: dict[str, Callable[..., Any]] = {
        "execute": Database.execute,
        "insert": Database.insert,
        "write_many": Database.write_many,
    }
    for stop in range(1, 200, 7):
        steps = iter(range(1, 10_000))

        def stopping(name: str, steps: Iterator[int] = steps, stop: int = stop) -> Callable[..., Any]:
            def write(*arguments: Any) -> Any:
                if next(steps) == stop:
                    raise Stopped
                return written[name](*arguments)

            return write

        with (
            patch.object(Database, "execute", stopping("execute")),
            patch.object(Database, "insert", stopping("insert")),
            patch.object(Database, "write_many", stopping("write_many")),
        ):
            try:
                unpack(bo, [sent], silent)
            except Stopped:
                assert known(bo) == before
                assert left_in(folder) == []
            else:
                break
    assert known(bo) != before
    assert unpack(bo, [sent], silent).same == 2
    assert len(left_in(folder)) == 1


def test_a_disk_without_room_for_the_photos_leaves_everything_as_it_was(team: Team, sent: Path) -> None:
    bo = team.laptop("bo")
    with patch("greenstar.storage.files.receiving.write_all", side_effect=OSError(28, "No space left on device")):
        with pytest.raises(StorageError) as error:
            unpack(bo, [sent], silent)
        assert error.value.message.key == "evidence.disk_full"
    assert known(bo)["visits"] == {}
    with (
        patch.object(ReceivingFolder, "settle", side_effect=StorageError("evidence.disk_full")),
        pytest.raises(StorageError),
    ):
        unpack(bo, [sent], silent)
    assert known(bo)["visits"] == {}
    assert left_in(team.folder / "bo.db.evidence") == []


def test_what_a_killed_program_left_beside_the_photos_is_removed_by_the_next(team: Team, sent: Path) -> None:
    bo = team.laptop("bo")
    with (
        patch.object(ReceivingFolder, "settle", side_effect=Stopped),
        patch.object(ReceivingFolder, "drop", lambda folder: folder._held.close()),  # nobody tidies up
        pytest.raises(Stopped),
    ):
        unpack(bo, [sent], silent)
    assert left_in(team.folder / "bo.db.evidence")
    unpack(bo, [sent], silent)
    assert len(left_in(team.folder / "bo.db.evidence")) == 1


def test_of_several_files_none_is_taken_where_one_is_wrong(team: Team, sent: Path) -> None:
    bo, wrong = team.laptop("bo"), team.folder / "wrong.zip"
    wrong.write_bytes(sent.read_bytes()[:-1])
    with pytest.raises(BadInput):
        unpack(bo, [sent, wrong], silent)
    assert known(bo)["visits"] == {}


def test_files_in_a_shared_folder_are_a_laptop_s_own(team: Team) -> None:
    ada = team.laptop("ada")
    begin(ada)
    for _ in range(2):
        pack_into(ada, ["S-1"], team.folder / "a.zip", silent)
    assert [path.name for path in team.folder.glob("*.zip*")] == ["a.zip"]


# -- what no Green Star wrote --------------------------------------------------------------------------------------


@rows(
    ("kind", "place", "values"),
    [
        ("visit", 0, {"after": '{"cycle": "2026"}'}),
        ("visit", 0, {"after": "[" * 100_000}),
        ("visit", 0, {"at": "yesterday"}),
        ("visit", 0, {"at": "2026-02-31T09:30:00.000Z"}),
        ("visit", 0, {"id": "1"}),
        ("visit", 0, {"database": "../../x"}),
        ("visit", 0, {"place": 2}),
        ("visit", -1, {"kind": "note", "subject": "W1", "after": "5"}),
        ("visit", -1, {"kind": "evidence", "subject": "W1", "after": '[{"criterion":"W1","file":"x"}]'}),
        ("visit", -1, {"kind": "finding", "subject": "W1", "after": '[{"criterion":"W2"}]'}),
        ("visit", -1, {"kind": "answer", "subject": "W1", "after": "no JSON"}),
        ("visit", -1, {"kind": "submitted", "after": '{"seal": "../../x"}'}),
        ("visit", -1, {"undoes": ULID}),
        ("visit", -1, {"kind": "visited", "after": '"tomorrow"'}),
        ("store", 0, {"after": '{"code": "S-1", "name": 5, "city": "", "region": ""}'}),
        ("store", 0, {"chain": "store:S-9"}),
        ("store", 0, {"chain": "database:" + ULID}),
    ],
)
@pytest.mark.slow
def test_a_journal_that_the_tables_could_not_hold_is_refused(
    kind: str, place: int, values: dict[str, Any], team: Team, tmp_path: Path
) -> None:
    workspace = team.laptop(f"ada{len(list(tmp_path.iterdir()))}")
    begin(workspace).answer("W2", True)
    entries = contents(team.packed(workspace)[0])
    name, events = journal_in(entries, kind)
    chain = altered(events, place % len(events), **values)
    path = again(tmp_path / "x.zip", {**entries, name: b"".join(journal_lines(chain))})
    target = team.laptop(f"bo{len(list(tmp_path.iterdir()))}")
    with pytest.raises(BadInput) as error:
        unpack(target, [path], silent)
    assert error.value.message.key in ("bundle.wrong_document", "bundle.missing")
    assert known(target)["visits"] == {}


def test_a_chain_that_is_cut_swapped_or_misses_an_event_is_refused(team: Team, sent: Path, tmp_path: Path) -> None:
    bo, entries = team.laptop("bo"), contents(sent)
    name, events = journal_in(entries, "visit")
    for chain in (events[1:], [*events[:2], *events[3:]], [], [*events, events[0]]):
        path = again(tmp_path / "x.zip", {**entries, name: b"".join(journal_lines(chain))})
        with pytest.raises(BadInput) as error:
            unpack(bo, [path], silent)
        assert error.value.message.key == "bundle.wrong_document"
    others = [other for other in entries if other.startswith("journals/visit")]
    swapped = {**entries, others[0]: entries[others[1]], others[1]: entries[others[0]]}
    with pytest.raises(BadInput):
        unpack(bo, [again(tmp_path / "x.zip", swapped)], silent)


@rows(
    ("folder", "key"),
    [("seals", "bundle.missing"), ("schemes", "bundle.no_scheme"), ("journals/store", "bundle.no_store")],
)
def test_what_is_missing_is_named(folder: str, key: str, team: Team, sent: Path, tmp_path: Path) -> None:
    bo = team.laptop(f"bo{len(list(tmp_path.iterdir()))}")
    entries = {name: content for name, content in contents(sent).items() if not name.startswith(folder)}
    with pytest.raises(BadInput) as error:
        unpack(bo, [again(tmp_path / "x.zip", entries)], silent)
    assert error.value.message.key == key
    assert known(bo)["visits"] == {}


def test_a_decision_that_only_the_journal_tells_of_is_refused_unless_its_statement_is_here(
    team: Team, sent: Path, tmp_path: Path
) -> None:
    ada = team.laptop("ada")
    decide(ada, "S-1")
    whole = contents(team.packed(ada, "S-1")[0])
    (stated,) = (name for name in whole if name.startswith("statements/"))
    forged = again(tmp_path / "x.zip", {name: content for name, content in whole.items() if name != stated})
    bo = team.laptop("bo")
    unpack(bo, [sent], silent)
    before = known(bo)
    with pytest.raises(BadInput) as error:
        unpack(bo, [forged], silent)
    assert error.value.message.key == "bundle.not_stated"
    assert known(bo) == before
    bo.storage.statements.keep(read_statement(whole[stated]))
    assert len(unpack(bo, [forged], silent).visits) == 1


def test_an_event_that_only_says_that_an_older_program_wrote_it_is_no_decision(
    team: Team, sent: Path, tmp_path: Path
) -> None:
    entries = contents(sent)
    name, events = journal_in({key: text for key, text in entries.items() if b"submitted" in text}, "visit")
    last = events[-1]
    says = canonical({"certificate": "GS-2026-1", "last_day": None, "level": "two"})
    added = last._replace(id=ULID, place=last.place + 1, kind="decided", after=says, previous=(last.hash,))
    for carried, key in ((None, "bundle.not_stated"), ('{"id":1,"previous":"","hash":""}', "bundle.wrong_document")):
        chain = [*events, added._replace(carried=carried).hashed()]
        path = again(tmp_path / "x.zip", {**entries, name: b"".join(journal_lines(chain))})
        with pytest.raises(BadInput) as error:
            unpack(team.laptop(f"bo{key}"), [path], silent)
        assert error.value.message.key == key


def test_what_an_older_program_sealed_and_decided_comes_in_and_holds_though_nothing_states_it(tmp_path: Path) -> None:
    older = restore("visits", tmp_path / "old.db")
    with Workspace.open(older, assessor="ada") as ada, Workspace.open(tmp_path / "new.db", assessor="bo") as bo:
        for store in ("A-2", "A-3"):
            pack_into(ada, [store], tmp_path / f"{store}.zip", silent)
            unpack(bo, [tmp_path / f"{store}.zip"], silent)
            result = verify(bo.storage)  # a part of the old journal alone, as well
            assert result.problems == []
        assert (result.seals, result.statements) == (4, 0)


def test_a_seal_that_does_not_belong_to_its_journal_is_refused(team: Team, sent: Path, tmp_path: Path) -> None:
    bo, entries = team.laptop("bo"), contents(sent)
    name, events = journal_in({key: text for key, text in entries.items() if b"submitted" in text}, "visit")
    seal = next(key for key in entries if key.startswith("seals/"))
    changes: list[dict[str, Any]] = [
        {"revision": 2},
        {"assessment": ULID},
        {"journal": None},
        {"store": {}},
        {"answers": {"E1": "2"}},
        {"submitted": "2026-03-01T09:30:00.000Z"},
        {"assessor": "cy"},
    ]
    for change in changes:
        document = canonical({**json.loads(entries[seal]), **change})
        other = sha256_of(document)
        place = next(number for number, event in enumerate(events) if event.kind == "submitted")
        says = canonical({**json.loads(events[place].after or ""), "seal": other})
        chain = altered(events, place, after=says)
        forged = {key: text for key, text in entries.items() if not key.startswith("signatures/") and key != seal}
        forged |= {name: b"".join(journal_lines(chain)), f"seals/{other}.json": document.encode()}
        with pytest.raises(BadInput) as error:
            unpack(bo, [again(tmp_path / "x.zip", forged)], silent)
        assert error.value.message.key == "bundle.wrong_document"


def test_other_rules_under_the_version_that_is_here_are_refused(team: Team, sent: Path, tmp_path: Path) -> None:
    other = tmp_path / "other" / "small.yaml"
    other.parent.mkdir()
    scheme = team.scheme.read_text(encoding="utf-8")
    other.write_text(scheme.replace("points: 10", "points: 20"), encoding="utf-8")
    with Workspace.open(tmp_path / "cy.db", scheme=str(other), cycle="2026", assessor="cy") as cy:
        begin(cy)
        with pytest.raises(BadInput) as error:
            unpack(cy, [sent], silent)
        assert error.value.message.key == "storage.other_rules"


@pytest.mark.slow
def test_what_tables_cannot_hold_is_not_taken_over(team: Team) -> None:
    ada = team.laptop("ada")
    fill(begin(ada))
    set_fact(ada, "S-1", "area_m2", Fraction(3))
    path, _ = team.packed(ada)
    entries = contents(path)
    for number, (journal, kind, values) in enumerate(
        [
            ("store", "fact", {"kind": "answer"}),
            ("store", "store_added", {"kind": "assessor"}),
            ("visit", "answer", {"after": "{}"}),
            ("visit", "answer", {"kind": "store_closed"}),
        ]
    ):
        name, events = journal_in(entries, journal)
        place = max(place for place, event in enumerate(events) if event.kind == kind)
        forged = {**entries, name: b"".join(journal_lines(altered(events, place, **values)))}
        other = team.laptop(f"other{number}")
        with pytest.raises(BadInput):
            unpack(other, [again(path, forged)], silent)
        assert not known(other)["events"]


def test_a_signature_over_nothing_that_is_there_or_here_is_refused(sent: Path, team: Team) -> None:
    entries, stray = contents(sent), dict[str, bytes]()
    for name, content in entries.items():
        stray[name] = content
        if name.startswith("signatures/"):
            stray[name.replace(name.split("/")[1], "0" * 64)] = content
    bo = team.laptop("bo")
    with pytest.raises(BadInput) as caught:
        unpack(bo, [again(sent, stray)], silent)
    assert caught.value.message.key == "bundle.wrong_document"
    assert not known(bo)["signatures"]
    unpack(bo, [again(sent, entries)], silent)
    alone = {name: content for name, content in entries.items() if not name.startswith("seals/")}
    unpack(bo, [again(sent, alone)], silent)  # the seal is here


@rows(
    "values",
    [
        {"at": "yesterday"},
        {"at": "2026-05-12T09:30:09Z"},
        {"kind": "withdrawn", "content": {"because": "forged"}},
        {"content": {"certificate": "GS-2026-forged", "last_day": None, "level": None}},
    ],
)
def test_a_statement_by_which_the_visit_that_came_does_not_stand_is_refused(
    sent: Path, team: Team, values: dict[str, Any]
) -> None:
    entries = contents(sent)
    seal = next(name for name in entries if name.startswith("seals/")).removeprefix("seals/").removesuffix(".json")
    true = Statement("01J00000000000000000000000", "decided", seal, "2026-05-12T09:30:09.000Z", "bo", ULID)
    forged = replace(true, **values)
    places = list(entries)
    place = next(place for place, name in enumerate(places) if name.startswith("signatures/"))
    name = f"statements/{sha256_of(forged.document.decode())}.json"
    ordered = [*places[:place], name, *places[place:]]
    bo = team.laptop("bo")
    with pytest.raises(BadInput) as caught:
        unpack(bo, [again(sent, {name: entries.get(name, forged.document) for name in ordered})], silent)
    assert caught.value.message.key == "bundle.wrong_document"
    assert not known(bo)["events"]
    again(sent, entries)


def test_a_disk_that_fails_is_not_taken_for_a_photo_that_is_gone(
    sent: Path, team: Team, monkeypatch: pytest.MonkeyPatch
) -> None:
    bo = team.laptop("bo")
    unpack(bo, [sent], silent)
    (photo,) = (path for path in team.folder.glob("bo.db.evidence/*/*") if path.is_file())
    stat = Path.stat

    def fails(path: Path, **how: bool) -> object:
        if path == photo:
            raise OSError(errno.EIO, "Input/output error")
        return stat(path, **how)

    with monkeypatch.context() as patch:
        patch.setattr(Path, "stat", fails)
        with pytest.raises(BadInput) as caught:
            team.packed(bo)
    assert caught.value.message.key == "evidence.cannot_read"
    assert (team.packed(bo)[1].files, team.packed(bo)[1].lost) == (1, 0)
    photo.unlink()
    assert (team.packed(bo)[1].files, team.packed(bo)[1].lost) == (0, 1)
