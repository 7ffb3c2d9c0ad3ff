"""Evidence of a visit: paths as people type them, files taken in, and the list of a criterion."""

import hashlib
import json
import os
import sys
from pathlib import Path
from typing import Any

import pytest

from greenstar.errors import BadInput, StorageError
from greenstar.record.canonical import canonical
from greenstar.services.evidence import evidence
from greenstar.services.evidence.evidence import (
    EvidenceEntry,
    attach,
    files_of,
    of_criterion,
    of_visit,
)
from greenstar.services.evidence.ingest import Ingest, IngestProgress, IngestResult
from greenstar.services.evidence.path_completion import complete
from greenstar.services.evidence.path_parsing import folder_of, located, matching_files, pasted, spelled, wanted, words
from greenstar.services.evidence.viewer_copy import copy_to_look_at, file_name, may_be_shown
from greenstar.services.visit import drafts
from greenstar.services.visit.conflict import Conflict
from greenstar.services.visit.history import history, redo, take_all_back, take_back, undo
from greenstar.services.visit.lifecycle import submit
from greenstar.services.visit.opening import open_visit
from greenstar.services.visit.visit import OpenVisit
from greenstar.storage.files.evidence_store import EvidenceStore
from greenstar.storage.protocols.evidence import Keeping, StoredFile
from tests.rows import rows
from tests.services.conftest import Opener, events_of, fill


@pytest.fixture
def photos(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with photographs, in which the program runs."""
    folder = tmp_path / "photos"
    (folder / "Wash bay").mkdir(parents=True)
    (folder / "archive").mkdir()
    for name in (
        "IMG_1.jpg",
        "IMG_2.jpg",
        "meters.jpg",
        "水表 五月.jpg",
        "Wash bay/a b.jpg",
        ".hidden.jpg",
        "it's.jpg",
    ):
        (folder / name).write_text(name, encoding="utf-8")
    monkeypatch.chdir(folder)
    monkeypatch.setenv("HOME", str(folder))
    return folder


# -- paths as they are typed


@rows(
    ("text", "paths"),
    [
        ("a.jpg", ["a.jpg"]),
        ("  a.jpg   b.jpg ", ["a.jpg", "b.jpg"]),
        (r"My\ Photos/a.jpg b\'c.jpg", ["My Photos/a.jpg", "b'c.jpg"]),
        ("'/home/My Photos/a.jpg' \"b c.jpg\"", ["/home/My Photos/a.jpg", "b c.jpg"]),
        (r"'it'\''s.jpg'", ["it's.jpg"]),
        ("/nowhere/it's.jpg", ["/nowhere/it's.jpg"]),
        ('a.jpg 5"pipe.jpg', ["a.jpg", '5"pipe.jpg']),
        (r'"say \"hi\".jpg"', ['say "hi".jpg']),
        ("'not closed.jpg", ["not closed.jpg"]),
        ("水表　五月.jpg", ["水表", "五月.jpg"]),
        ("", []),
        ("   ", []),
        ("a\\", ["a\\"]),
    ],
)
def test_several_paths_are_told_apart_as_a_shell_does(text: str, paths: list[str]) -> None:
    assert [word.path for word in words(text, windows=False)] == paths


@rows(
    ("text", "paths"),
    [
        (r"C:\Photos\new\a.jpg", [r"C:\Photos\new\a.jpg"]),
        (r'"C:\My Photos\a.jpg" "D:\b c.jpg"', [r"C:\My Photos\a.jpg", r"D:\b c.jpg"]),
        (r"C:\it's.jpg \\server\share\b.jpg", [r"C:\it's.jpg", r"\\server\share\b.jpg"]),
    ],
)
def test_a_path_of_windows_is_not_mangled_on_windows(text: str, paths: list[str]) -> None:
    assert [word.path for word in words(text, windows=True)] == paths


@rows("windows", [False, True])
@rows("path", ["a.jpg", "My Photos/a b.jpg", "水表　五月.jpg", "/x/[1] (2) & $3.jpg"])
def test_a_path_is_spelled_so_that_it_is_read_back(path: str, *, windows: bool) -> None:
    (back,) = words(spelled(path, windows=windows), windows=windows)
    assert back.path == path


@rows(
    ("address", "path", "windows"),
    [
        ("file:///home/ada/a%20b%231?.jpg", "/home/ada/a b#1?.jpg", False),
        ("file://localhost/home/%E6%B0%B4.jpg", "/home/水.jpg", False),
        ("file:///C:/Photos/a%20b.jpg", "C:/Photos/a b.jpg", True),
        ("FILE://server/share/a.jpg", "//server/share/a.jpg", True),
        ("file://[bad", "file:/[bad", False),
    ],
)
def test_a_files_address_is_a_path(address: str, path: str, *, windows: bool) -> None:
    assert str(located(address, windows=windows)) == path


def test_a_path_with_spaces_that_is_there_needs_no_quotes(photos: Path) -> None:
    assert wanted("水表 五月.jpg ") == ["水表 五月.jpg"]
    assert wanted("~/Wash bay/a b.jpg") == ["~/Wash bay/a b.jpg"]
    assert wanted("it's.jpg IMG_1.jpg") == ["it's.jpg", "IMG_1.jpg"]
    assert matching_files("~/Wash bay/a b.jpg") == [photos / "Wash bay/a b.jpg"]


@pytest.mark.parametrize("name", ["it's.jpg", 'the 5" pipe.jpg', "a\\b.jpg", "Wash bay/it's.jpg", "tab\there.jpg"])
def test_a_name_that_holds_quotes_or_escapes_is_found_as_it_is_pasted(photos: Path, name: str) -> None:
    (photos / name).touch()
    assert wanted(name) == [name]
    for text in (name, f"{photos}/{name}", f"{photos}/{name}\n{photos}/IMG_1.jpg"):
        (path, *others) = [path for typed in wanted(pasted(text)) for path in matching_files(typed)]
        assert path.samefile(photos / name)
        assert [other.name for other in others] == ["IMG_1.jpg"] * text.count("\n")


@rows(
    ("text", "folder", "windows"),
    [
        ("~/Photos/a.jpg", "~/Photos/", False),
        ("a.jpg '/media/card 1/b c.jpg' ", "/media/card\\ 1/", False),
        ("file:///home/ada/a%20b/c.jpg", "/home/ada/a\\ b/", False),
        ("a.jpg", "", False),
        ("", "", False),
        ('"C:\\My Photos\\a.jpg"', '"C:\\My Photos\\', True),
    ],
)
def test_the_folder_of_a_path_is_spelled_so_that_a_name_can_follow(text: str, folder: str, *, windows: bool) -> None:
    assert folder_of(text, windows=windows) == folder


def test_files_that_are_dropped_come_as_lines_and_stay_apart(photos: Path) -> None:
    text = f"{photos}/水表 五月.jpg\r\n'{photos}/IMG_1.jpg' \nfile://{photos}/Wash%20bay/a%20b.jpg\n"
    paths = [path for text in wanted(pasted(text)) for path in matching_files(text)]
    assert [path.name for path in paths] == ["水表 五月.jpg", "IMG_1.jpg", "a b.jpg"]
    assert all(path.exists() for path in paths)


def test_a_pattern_gives_all_files_it_matches_but_no_folder(photos: Path) -> None:
    assert [path.name for path in matching_files("*.jpg")] == [
        "IMG_1.jpg",
        "IMG_2.jpg",
        "it's.jpg",
        "meters.jpg",
        "水表 五月.jpg",
    ]
    assert [path.name for path in matching_files("*")] == [path.name for path in matching_files("*.jpg")]
    with pytest.raises(BadInput) as caught:
        matching_files("*.png")
    assert caught.value.message.key == "evidence.no_match"
    (photos / "a[1].jpg").touch()
    assert matching_files("a[1].jpg") == [Path("a[1].jpg")]


def test_a_name_that_cannot_be_seen_is_spelled_as_a_pattern_that_finds_it(photos: Path) -> None:
    name = "evil\x1b[31m[red]\u202e gpj.exe"
    (photos / name).touch()
    text = complete("evil").completed
    assert text.isprintable()
    (typed,) = wanted(text)
    assert [path.name for path in matching_files(typed)] == [name]


# -- completing


def names(text: str) -> list[str]:
    return [f"{match.name}/" if match.folder else match.name for match in complete(text).matches]


@pytest.mark.usefixtures("photos")
def test_completing_adds_what_is_certain_and_lists_what_is_not() -> None:
    assert complete("I").completed == "IMG_"
    assert names("IMG_") == ["IMG_1.jpg", "IMG_2.jpg"]
    assert complete("IMG_").completed == "IMG_"
    assert complete("IMG_1").completed == "IMG_1.jpg "
    assert complete("IMG_1.jpg me").completed == "IMG_1.jpg meters.jpg "
    assert complete("~").completed == "~/"
    assert complete("~/me").completed == "~/meters.jpg "
    assert complete("水").completed == "水表\\ 五月.jpg "
    assert complete("nothing").completed == "nothing"


@pytest.mark.usefixtures("photos")
def test_completing_goes_on_into_folders_with_spaces_quoted_or_not() -> None:
    assert complete("Wa").completed == "Wash\\ bay/"
    assert complete("Wash\\ bay/").completed == "Wash\\ bay/a\\ b.jpg "
    assert complete("'Wash b").completed == "Wash\\ bay/"
    assert complete("Wash b").completed == "Wash\\ bay/"
    assert complete("it").completed == "it\\'s.jpg "
    assert complete("img").completed == "IMG_"
    assert complete("me").matches[0].text == "meters.jpg "


@pytest.mark.usefixtures("photos")
def test_folders_come_first_and_hidden_names_only_when_asked_for() -> None:
    listed = names("./")
    assert listed[:2] == ["archive/", "Wash bay/"]
    assert ".hidden.jpg" not in listed
    assert names("./.h") == [".hidden.jpg"]
    assert names("") == names("IMG_1.jpg ") == names("/no/such/") == names("a\0") == []


def test_of_many_names_the_first_are_listed_and_the_others_counted(photos: Path) -> None:
    for number in range(250):
        (photos / f"z{number:03}").touch()
    completion = complete("z")
    assert (len(completion.matches), completion.not_shown) == (200, 50)
    assert complete("z24").completed == "z24"


# -- taking files in


def take(visit: OpenVisit, text: str) -> IngestResult:
    return Ingest(files_of(visit), wanted(text), lambda _: None).run()


def test_several_files_are_taken_and_what_is_wrong_with_one_keeps_no_other_back(visit: OpenVisit, photos: Path) -> None:
    with (photos / "big.mov").open("wb") as file:
        file.truncate(10 << 30)
    taken = take(visit, f"IMG_*.jpg big.mov none.jpg 'Wash bay' *.png {photos}/水表\\ 五月.jpg")
    assert [file.name for file in taken.stored] == ["IMG_1.jpg", "IMG_2.jpg", "水表 五月.jpg"]
    assert [phrase.key for phrase in taken.refused] == [
        f"evidence.{key}" for key in ("too_big", "no_such_file", "is_folder", "no_match")
    ]
    assert wanted(" ".join(taken.left)) == ["big.mov", "none.jpg", "Wash bay", "*.png"]


@pytest.mark.usefixtures("photos")
def test_taking_tells_its_progress_and_stops_between_two_pieces(visit: OpenVisit) -> None:
    told: list[IngestProgress] = []

    def tell(progress: IngestProgress) -> None:
        told.append(progress)
        if progress.number == 2:
            taking.stop()

    taking = Ingest(files_of(visit), ["IMG_1.jpg", "IMG_2.jpg", "meters.jpg"], tell)
    taken = taking.run()
    assert taken.stopped
    assert [file.name for file in taken.stored] == ["IMG_1.jpg"]
    assert taken.left == ["IMG_2.jpg", "meters.jpg"]
    assert [(progress.number, progress.count, progress.name) for progress in told][-1] == (2, 3, "IMG_2.jpg")
    assert told[0].share == 0
    assert told[-1].share == pytest.approx(9 / 28)


def test_without_room_for_all_none_is_copied(visit: OpenVisit, photos: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: Any) -> None:
        raise StorageError("evidence.no_room", folder="f", needed="2", free="1")

    monkeypatch.setattr(EvidenceStore, "check_room", full)
    taken = take(visit, "IMG_*.jpg")
    assert (taken.stored, [phrase.key for phrase in taken.refused]) == ([], ["evidence.no_room"])
    assert taken.left == ["IMG_1.jpg", "IMG_2.jpg"]
    assert not (photos.parent / "green.db.evidence").exists()


# -- the list of a criterion


def stored(name: str, content: str = "") -> StoredFile:
    """A file as if it were kept."""
    content = (content or name).ljust(10)
    return StoredFile(name, hashlib.sha256(content.encode()).hexdigest(), 10, "2026-05-11T08:00:00.000Z")


def attach_with_bytes(visit: OpenVisit, criterion: str, *names: str) -> None:
    """Attach files of these names whose bytes are in the store."""
    attach(visit, criterion, [stored(name) for name in names])
    for name in names:
        path = files_of(visit).path_of(stored(name).sha256)
        assert path is not None
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(name.ljust(10).encode())


def files(visit: OpenVisit, criterion: str = "W1") -> list[tuple[str, str, bool]]:
    """File, caption and verified of each entry."""
    return [(entry.file, entry.caption, entry.verified) for entry in of_criterion(visit, criterion)]


def test_attaching_is_one_event_and_is_there_after_a_restart(visit: OpenVisit, opened: Opener) -> None:
    name = drafts.field("evidence", "W1")
    drafts.keep(visit.workspace, "S-1", visit.assessment.id, name, "a.jpg b.j")
    before = len(events_of(visit.workspace))
    attached = attach(visit, "W1", [stored("a.jpg"), stored("b.jpg")], draft=name)
    assert [file.name for file in attached.added] == ["a.jpg", "b.jpg"]
    assert len(events_of(visit.workspace)) == before + 1
    assert name not in drafts.kept(visit.workspace, "S-1", visit.assessment.id)
    assert [piece.file for piece in visit.visit.evidence["W1"]] == ["a.jpg", "b.jpg"]
    with opened() as other:
        (first, _) = of_criterion(open_visit(other, "S-1"), "W1")
    assert (first.size, first.by, first.verified) == (10, "Ada", False)
    assert first.taken_at is not None
    assert first.attached_at is not None
    assert f"{first.taken_at:%d %H}" == "11 08"


def test_the_same_content_is_attached_to_a_criterion_once(visit: OpenVisit) -> None:
    attach(visit, "W1", [stored("a.jpg")])
    before = len(events_of(visit.workspace))
    again = attach(visit, "W1", [stored("copy.jpg", "a.jpg"), stored("b.jpg"), stored("b2.jpg", "b.jpg")])
    assert [file.name for file in again.added] == ["b.jpg"]
    assert [(file.name, name) for file, name in again.already] == [("copy.jpg", "a.jpg"), ("b2.jpg", "b.jpg")]
    assert len(events_of(visit.workspace)) == before + 1
    assert not attach(visit, "W1", [stored("a.jpg")]).added
    assert len(events_of(visit.workspace)) == before + 1
    assert attach(visit, "E1", [stored("a.jpg")]).added


def test_caption_and_verified_are_events_that_can_be_undone(visit: OpenVisit) -> None:
    attach_with_bytes(visit, "W1", "a.jpg", "b.jpg")
    evidence.set_caption(visit, of_criterion(visit, "W1")[1], " both\x1b[1m\nmeters ")
    evidence.set_verified(visit, of_criterion(visit, "W1")[1], on=True)
    assert files(visit) == [("a.jpg", "", False), ("b.jpg", "both[1m meters", True)]
    assert visit.visit.evidence["W1"][1].verified
    undo(visit)
    assert files(visit)[1] == ("b.jpg", "both[1m meters", False)
    undo(visit)
    assert files(visit)[1] == ("b.jpg", "", False)
    redo(visit)
    assert sorted(files(visit)) == [("a.jpg", "", False), ("b.jpg", "both[1m meters", False)]
    with pytest.raises(BadInput):
        evidence.set_caption(visit, of_criterion(visit, "W1")[1], "x" * 10_001)


def test_a_removed_file_stays_on_disk_and_comes_back(visit: OpenVisit, photos: Path) -> None:
    attach(visit, "W1", take(visit, "meters.jpg").stored)
    (entry,) = of_criterion(visit, "W1")
    evidence.remove(visit, entry)
    assert files(visit) == []
    path = evidence.path_of(visit, entry)
    assert path is not None
    assert path.read_text() == (photos / "meters.jpg").read_text()
    assert evidence.undo(visit) == "W1"
    assert files(visit) == [("meters.jpg", "", False)]
    assert of_criterion(visit, "W1")[0].row == entry.row


def test_taking_back_passes_over_what_is_no_evidence_and_what_is_taken_back(visit: OpenVisit) -> None:
    assert evidence.undo(visit) is None
    attach(visit, "W1", [stored("a.jpg")])
    attach(visit, "E1", [stored("b.jpg")])
    visit.answer("W2", True)
    assert [evidence.undo(visit), evidence.undo(visit), evidence.undo(visit)] == ["E1", "W1", None]
    assert visit.visit.answers == {"W2": True}
    assert of_visit(visit) == []


@pytest.mark.parametrize("file", [StoredFile("paper.pdf", "", 0), stored("elsewhere.jpg")])
def test_an_entry_without_bytes_cannot_be_marked_verified(visit: OpenVisit, file: StoredFile) -> None:
    attach(visit, "W1", [file])
    (entry,) = of_criterion(visit, "W1")
    with pytest.raises(BadInput) as caught:
        evidence.set_verified(visit, entry, on=True)
    key = f"evidence.not_verified_{'gone' if file.sha256 else 'named'}"
    assert (caught.value.message.key, files(visit)) == (key, [(file.name, "", False)])
    old = canonical([{**entry.row, "verified": 1}])  # as stored by a program that did not ask for bytes
    visit.put("evidence", "W1", old)
    assert (files(visit)[0][2], visit.visit.evidence["W1"][0].verified) == (True, False)  # it counts as not verified
    evidence.set_verified(visit, of_criterion(visit, "W1")[0], on=False)
    assert not files(visit)[0][2]


def test_moving_takes_all_that_is_known_to_the_other_criterion(visit: OpenVisit) -> None:
    attach_with_bytes(visit, "W1", "a.jpg", "b.jpg")
    evidence.set_verified(visit, of_criterion(visit, "W1")[0], on=True)
    evidence.move(visit, of_criterion(visit, "W1")[0], "E1")
    assert (files(visit), files(visit, "E1")) == ([("b.jpg", "", False)], [("a.jpg", "", True)])
    assert [entry.criterion for entry in of_visit(visit)] == ["W1", "E1"]
    attach_with_bytes(visit, "W1", "a.jpg")
    with pytest.raises(BadInput) as caught:
        evidence.move(visit, of_criterion(visit, "W1")[1], "E1")
    assert caught.value.message.key == "evidence.there_already"
    assert len(files(visit)) == 2
    assert set(visit.visit.evidence) == {"W1", "E1"}


def test_a_move_is_undone_and_done_again_as_a_whole(visit: OpenVisit) -> None:
    attach(visit, "W1", [stored("a.jpg"), stored("b.jpg")])
    (first, second) = of_criterion(visit, "W1")
    evidence.move(visit, first, "E1")
    for _ in range(2):
        before = len(history(visit))
        undo(visit)
        assert (of_criterion(visit, "W1"), of_criterion(visit, "E1")) == ([first, second], [])
        assert len(history(visit)) == before + 2
        redo(visit)
        assert (files(visit), files(visit, "E1")) == ([("b.jpg", "", False)], [("a.jpg", "", False)])
    assert redo(visit) is None
    evidence.undo(visit)
    assert of_visit(visit) == [first, second]
    evidence.undo(visit)
    assert of_visit(visit) == []


def test_each_half_of_a_move_can_be_taken_back_alone_and_then_the_other(visit: OpenVisit) -> None:
    attach(visit, "W1", [stored("a.jpg")])
    evidence.move(visit, of_criterion(visit, "W1")[0], "E1")
    take_back(visit, history(visit)[0])
    assert [entry.criterion for entry in of_visit(visit)] == ["W1", "E1"]
    evidence.undo(visit)
    assert [entry.criterion for entry in of_visit(visit)] == ["W1"]


def test_a_move_that_cannot_be_undone_whole_is_not_undone_half(visit: OpenVisit) -> None:
    attach_with_bytes(visit, "W1", "a.jpg")
    evidence.move(visit, of_criterion(visit, "W1")[0], "E1")
    moved = history(visit)[:2]
    evidence.set_verified(visit, of_criterion(visit, "E1")[0], on=True)
    before = len(events_of(visit.workspace))
    with pytest.raises(BadInput):
        take_all_back(visit, moved)
    assert len(events_of(visit.workspace)) == before
    assert visit.visit.evidence.keys() == {"E1"}


def test_a_file_attached_here_and_another_removed_there_are_no_move(visit: OpenVisit) -> None:
    attach(visit, "W1", [stored("a.jpg")])
    attach(visit, "E1", [stored("a.jpg")])
    evidence.remove(visit, of_criterion(visit, "W1")[0])
    undo(visit)
    assert [entry.criterion for entry in of_visit(visit)] == ["W1", "E1"]


def test_a_file_that_was_removed_comes_back_to_its_place(visit: OpenVisit) -> None:
    attach(visit, "W1", [stored(f"{name}.jpg") for name in "abcd"])
    before = files(visit)
    evidence.remove(visit, of_criterion(visit, "W1")[1])
    removed = history(visit)[0]
    evidence.remove(visit, of_criterion(visit, "W1")[0])
    undo(visit)
    attach(visit, "W1", [stored("e.jpg")])
    take_back(visit, removed)
    assert files(visit) == [*before, ("e.jpg", "", False)]


def test_a_move_that_fails_half_way_is_no_move(visit: OpenVisit, monkeypatch: pytest.MonkeyPatch) -> None:
    attach(visit, "W1", [stored("a.jpg")])

    def full(*_: Any) -> None:
        raise StorageError("storage.disk_full", file="f")

    (entry,) = of_criterion(visit, "W1")
    with monkeypatch.context() as patched:
        patched.setattr(evidence, "remove", full)
        with pytest.raises(StorageError):
            evidence.move(visit, entry, "E1")
    assert set(visit.visit.evidence) == {"W1"}
    assert of_criterion(visit, "E1") == []


def test_what_two_windows_attach_is_all_kept(visit: OpenVisit, opened: Opener) -> None:
    with opened() as other:
        theirs = open_visit(other, "S-1")
        attach(theirs, "W1", [stored("theirs.jpg")])
        attach(visit, "W1", [stored("mine.jpg")])
        assert [entry[0] for entry in files(theirs)] == ["theirs.jpg", "mine.jpg"]
    assert len(visit.visit.evidence["W1"]) == 2


def test_what_another_window_changed_is_not_overwritten(visit: OpenVisit, opened: Opener) -> None:
    attach_with_bytes(visit, "W1", "a.jpg", "b.jpg")
    first, second = of_criterion(visit, "W1")
    with opened(assessor="Bob") as other:
        theirs = open_visit(other, "S-1")
        evidence.set_caption(theirs, first, "theirs")
        evidence.remove(theirs, second)
    with pytest.raises(Conflict) as caught:
        evidence.set_caption(visit, first, "mine")
    assert caught.value.by == "Bob"
    assert json.loads(caught.value.theirs or "")[0]["caption"] == "theirs"
    with pytest.raises(Conflict):
        evidence.remove(visit, first)
    with pytest.raises(BadInput) as gone:
        evidence.set_verified(visit, second, on=True)
    assert gone.value.message.key == "evidence.removed_meanwhile"
    evidence.set_verified(visit, first, on=True)  # of which they changed nothing
    assert files(visit) == [("a.jpg", "theirs", True)]


def test_a_sealed_visit_can_be_looked_at_and_not_changed(visit: OpenVisit) -> None:
    fill(visit)
    attach_with_bytes(visit, "W1", "a.jpg")
    submit(visit.workspace, "S-1")
    sealed = open_visit(visit.workspace, "S-1")
    (entry,) = of_criterion(sealed, "W1")
    for change in (
        lambda: attach(sealed, "W1", [stored("b.jpg")]),
        lambda: evidence.set_verified(sealed, entry, on=True),
        lambda: evidence.move(sealed, entry, "E1"),
        lambda: evidence.remove(sealed, entry),
        lambda: evidence.set_caption(sealed, entry, "late"),
    ):
        with pytest.raises(BadInput) as caught:
            change()
        assert caught.value.message.key == "storage.sealed"
    assert files(sealed) == [("a.jpg", "", False)]
    assert history(sealed)[0].kind == "submitted"


def test_no_more_files_than_an_answers_file_takes_back(visit: OpenVisit, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(evidence, "MOST_ENTRIES", 2)
    attach(visit, "W1", [stored("a.jpg"), stored("b.jpg")])
    with pytest.raises(BadInput) as caught:
        attach(visit, "W1", [stored("c.jpg")])
    assert caught.value.message.key == "evidence.too_many"
    assert len(files(visit)) == 2


# -- looking at it


def entry_of(visit: OpenVisit, text: str) -> EvidenceEntry:
    attach(visit, "W1", take(visit, text).stored)
    return of_criterion(visit, "W1")[-1]


@pytest.mark.usefixtures("photos")
def test_a_copy_to_look_at_has_its_own_name_and_nobody_else_reads_it(
    visit: OpenVisit, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(tmp_path / "runtime"))
    (tmp_path / "runtime").mkdir()
    entry = entry_of(visit, "水表 五月.jpg")
    copy = copy_to_look_at(files_of(visit), entry)
    assert copy.is_relative_to(tmp_path / "runtime" / "greenstar" / "evidence")
    assert (copy.name, copy.read_text(encoding="utf-8")) == ("水表 五月.jpg", "水表 五月.jpg")
    assert not copy.parent.stat().st_mode & 0o077
    os.utime(copy.parent, (1, 1))
    assert copy_to_look_at(files_of(visit), entry).exists()
    assert not copy.exists()  # it was made long ago


@pytest.mark.usefixtures("photos")
@pytest.mark.skipif(sys.platform == "win32", reason="links and owners of Unix")
def test_what_others_left_where_copies_lie_is_neither_followed_nor_used(
    visit: OpenVisit, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(tmp_path / "runtime"))
    base, victim = tmp_path / "runtime" / "greenstar" / "evidence", tmp_path / "victim"
    victim.mkdir()
    (victim / "mine.txt").write_text("mine", encoding="utf-8")
    (victim / "mine.txt").chmod(0o444)
    base.mkdir(parents=True)
    (base / "old").mkdir()
    (base / "old" / "link.jpg").symlink_to(victim / "mine.txt")
    os.utime(base / "old", (1, 1))
    (base / "link").symlink_to(victim)
    os.utime(base / "link", (1, 1), follow_symlinks=False)
    entry = entry_of(visit, "水表 五月.jpg")
    copy_to_look_at(files_of(visit), entry)
    assert not (base / "old").exists()
    assert (victim / "mine.txt").stat().st_mode & 0o777 == 0o444

    for path in base.parent.glob("evidence"):
        path.rename(tmp_path / "aside")
    base.symlink_to(victim)
    with pytest.raises(StorageError) as caught:
        copy_to_look_at(files_of(visit), entry)
    assert caught.value.message.key == "evidence.no_copy"
    base.unlink()
    base.parent.rmdir()
    base.parent.symlink_to(victim)
    with pytest.raises(StorageError):
        copy_to_look_at(files_of(visit), entry)
    assert [path.name for path in victim.iterdir()] == ["mine.txt"]
    base.parent.unlink()
    base.mkdir(parents=True)
    base.chmod(0o777)
    with pytest.raises(StorageError):
        copy_to_look_at(files_of(visit), entry)
    base.parent.parent.chmod(0o777)  # a runtime folder that others share is none
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    assert copy_to_look_at(files_of(visit), entry).is_relative_to(tmp_path / "cache" / "greenstar" / "evidence")
    monkeypatch.setattr(os, "getuid", lambda: 54321)
    with pytest.raises(StorageError):
        copy_to_look_at(files_of(visit), entry)


@pytest.mark.usefixtures("photos")
def test_what_is_only_named_or_lost_is_known_as_such(visit: OpenVisit) -> None:
    entry = entry_of(visit, "meters.jpg")
    assert entry.keeping is Keeping.KEPT
    path = evidence.path_of(visit, entry)
    assert path is not None
    path.unlink()
    attach(visit, "E1", [StoredFile("paper.pdf", "", 0)])
    assert [entry.keeping for entry in of_visit(visit)] == [Keeping.GONE, Keeping.NAMED]
    for entry, key in zip(of_visit(visit), ("file_gone", "only_named"), strict=True):
        with pytest.raises(BadInput) as caught:
            copy_to_look_at(files_of(visit), entry)
        assert caught.value.message.key == f"evidence.{key}"


@rows(
    ("name", "safe"),
    [
        ("meters.jpg", "meters.jpg"),
        ("../../etc/passwd", "_.._etc_passwd"),
        ("..", "_"),
        ('a:b*c?"<>|.jpg', "a_b_c_____.jpg"),
        ("con.txt", "_con.txt"),
        ("LPT1", "_LPT1"),
        ("水" * 100 + ".jpg", "水" * 66 + ".jpg"),
        ("[red]x.pdf", "[red]x.pdf"),
    ],
)
def test_a_copy_is_named_so_that_every_system_takes_it(name: str, safe: str) -> None:
    assert file_name(name) == safe


@rows("name", ["a.JPG", "报告.pdf", "b.heic", "c.mp4", "d.m4a", "e.txt", "f.docx", "g.ods"])
def test_pictures_documents_films_and_sound_are_shown(name: str) -> None:
    assert may_be_shown(name)


@rows(
    "name",
    [
        *("a.EXE", "a.desktop", "run.sh", "x.jpg.lnk", "x.html", "x.svg", "x.xlsm", "x.docm", "x.doc", "x.pdf.js"),
        *("x.appimage", "x.py", "x.rtf", "x.zip", "x.iqy", "x.settingcontent-ms", "jpg", "pdf", "", "x."),
    ],
)
def test_every_other_kind_is_not_opened(name: str) -> None:
    assert not may_be_shown(name)
