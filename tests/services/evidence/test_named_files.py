"""Evidence that answers files name: below the file, in a folder that was named, or kept already; else an error."""

import hashlib
import os
from collections.abc import Callable
from pathlib import Path

import pytest

from greenstar.assessment.answers_file import AnswersFile
from greenstar.errors import BadFile
from greenstar.i18n.catalogue import Catalogue
from greenstar.reports.text.recording import recorded_lines
from greenstar.services.evidence.evidence import of_visit
from greenstar.services.visit.import_answers import record
from greenstar.services.visit.opening import open_visit
from greenstar.services.visit.recording import Recording
from greenstar.services.workspace import Workspace
from greenstar.storage.protocols.evidence import Keeping

Read = Callable[[str], AnswersFile]
BYTES = b"both meters"
PLAIN = Recording()
SHA256 = hashlib.sha256(BYTES).hexdigest()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Another folder, outside of that of the answers file."""
    folder = tmp_path.parent / f"{tmp_path.name}-outside"
    folder.mkdir()
    (folder / "meters.jpg").write_bytes(BYTES)
    return folder


@pytest.fixture
def naming(answers: Read, tmp_path: Path) -> Callable[..., AnswersFile]:
    """An answers file with one verified piece of evidence, whose file is not made."""

    def read(name: str, keys: str = "") -> AnswersFile:
        (tmp_path / "meters.jpg").unlink(missing_ok=True)
        text = (
            f'{{store: {{code: S-1}}, cycle: "2026",\n evidence: {{W1: [{{name: "{name}", verified: true{keys}}}]}}}}'
        )
        return answers(text.replace("name:", "'file':"))

    return read


def kept(workspace: Workspace) -> list[tuple[str, str, bool, Keeping]]:
    """Name, hash, verified and how it is kept of each piece of evidence of the visit."""
    entries = of_visit(open_visit(workspace, "S-1"))
    return [(entry.file, entry.sha256, entry.verified, entry.keeping) for entry in entries]


def why(workspace: Workspace, file: AnswersFile, how: Recording = PLAIN) -> str:
    """Why it is refused, at the name of the file."""
    with pytest.raises(BadFile) as caught:
        record(workspace, file, how=how)
    (problem,) = caught.value.problems
    assert (problem.mark.line, problem.key) == (2, "file")
    return problem.message.key.removeprefix("evidence.")


def test_a_file_that_is_not_there_is_an_error_at_its_place(
    workspace: Workspace, naming: Callable[..., AnswersFile]
) -> None:
    assert why(workspace, naming("meters.jpg")) == "named_missing"


def test_a_hash_is_known_in_capitals_too(
    workspace: Workspace, naming: Callable[..., AnswersFile], folder: Path
) -> None:
    record(workspace, naming("meters.jpg", f", sha256: {SHA256.upper()}"), how=Recording(folder=folder))
    assert kept(workspace) == [("meters.jpg", SHA256, True, Keeping.KEPT)]


def test_a_file_that_is_gone_since_says_nothing_of_what_was_recorded(
    workspace: Workspace, naming: Callable[..., AnswersFile], folder: Path
) -> None:
    record(workspace, naming("meters.jpg"), how=Recording(folder=folder))
    path = workspace.storage.evidence.path_of(SHA256)
    assert path is not None
    path.unlink()
    (recorded,) = record(workspace, naming("meters.jpg", f", sha256: {SHA256}"), how=Recording(without_files=True))
    assert (recorded.changes, recorded.named_only) == ((), 1)


def test_without_files_it_is_kept_by_its_name_and_not_verified_and_told(
    workspace: Workspace, naming: Callable[..., AnswersFile]
) -> None:
    (recorded,) = record(workspace, naming("meters.jpg"), how=Recording(without_files=True))
    assert recorded.named_only == 1
    assert kept(workspace) == [("meters.jpg", "", False, Keeping.NAMED)]


def test_the_file_of_a_name_that_was_recorded_without_one_becomes_its_file(
    workspace: Workspace, naming: Callable[..., AnswersFile], tmp_path: Path
) -> None:
    record(workspace, naming("meters.jpg"), how=Recording(without_files=True))
    file = naming("meters.jpg")
    (tmp_path / "meters.jpg").write_bytes(BYTES)
    record(workspace, file)
    assert kept(workspace) == [("meters.jpg", SHA256, True, Keeping.KEPT)]
    record(workspace, naming("meters.jpg", ", caption: both"), how=Recording(without_files=True))
    assert kept(workspace) == [("meters.jpg", SHA256, True, Keeping.KEPT)]  # a name alone takes no bytes away


def test_a_file_may_lie_in_a_folder_that_is_named(
    workspace: Workspace, naming: Callable[..., AnswersFile], folder: Path
) -> None:
    record(workspace, naming("meters.jpg"), how=Recording(folder=folder))
    assert kept(workspace) == [("meters.jpg", SHA256, True, Keeping.KEPT)]


def test_a_hash_whose_bytes_are_kept_needs_no_file(
    workspace: Workspace, naming: Callable[..., AnswersFile], folder: Path
) -> None:
    workspace.storage.evidence.take(folder / "meters.jpg")
    record(workspace, naming("meters.jpg", f", sha256: {SHA256}"))
    assert kept(workspace) == [("meters.jpg", SHA256, True, Keeping.KEPT)]


def test_a_kept_file_that_is_damaged_is_mended_by_the_one_that_is_named(
    workspace: Workspace, naming: Callable[..., AnswersFile], folder: Path
) -> None:
    record(workspace, naming("meters.jpg"), how=Recording(folder=folder))
    path = workspace.storage.evidence.path_of(SHA256)
    assert path is not None
    for damage in (b"x" * len(BYTES), BYTES[:-1]):  # of the same size as well
        path.chmod(0o600)
        path.write_bytes(damage)
        named = naming("meters.jpg", f", sha256: {SHA256}")
        assert why(workspace, named) == "named_missing"  # what is damaged is not taken for what it is called
        (recorded,) = record(workspace, named, how=Recording(folder=folder))
        assert path.read_bytes() == BYTES
        assert list(recorded_lines(recorded, Catalogue("en"))) == [
            "S-1: recorded as a draft for 2026: 1 file that was lost or damaged is here now"
        ]
    (folder / "meters.jpg").write_bytes(b"another meter")
    (recorded,) = record(workspace, named, how=Recording(folder=folder))  # it is whole, so that nothing else is needed
    assert (recorded.changes, recorded.mended) == ((), 0)
    assert kept(workspace) == [("meters.jpg", SHA256, True, Keeping.KEPT)]


def test_what_is_left_of_a_damaged_file_is_not_taken_for_its_size(
    workspace: Workspace, naming: Callable[..., AnswersFile], folder: Path
) -> None:
    record(workspace, naming("meters.jpg"), how=Recording(folder=folder))
    path = workspace.storage.evidence.path_of(SHA256)
    assert path is not None
    path.chmod(0o600)
    path.write_bytes(BYTES[:-1])
    for size in (f", bytes: {len(BYTES)}", ""):  # as an export says it, and as written by hand
        again = naming("meters.jpg", f", sha256: {SHA256}{size}")
        assert why(workspace, again) == "named_missing"
        (recorded,) = record(workspace, again, how=Recording(without_files=True))
        assert (recorded.changes, recorded.named_only) == ((), 1)
        assert kept(workspace) == [("meters.jpg", SHA256, True, Keeping.DAMAGED)]


def test_the_store_of_another_database_may_be_the_folder(
    workspace: Workspace, naming: Callable[..., AnswersFile], folder: Path
) -> None:
    other = folder / "other.db.evidence"
    (other / SHA256[:2]).mkdir(parents=True)
    (other / SHA256[:2] / SHA256).write_bytes(BYTES)
    record(workspace, naming("wash bay/meters.jpg", f", sha256: {SHA256}"), how=Recording(folder=other))
    assert kept(workspace) == [("wash bay/meters.jpg", SHA256, True, Keeping.KEPT)]


def test_a_hash_without_bytes_is_kept_and_not_verified(
    workspace: Workspace, naming: Callable[..., AnswersFile]
) -> None:
    file = naming("meters.jpg", f", sha256: {SHA256}")
    assert why(workspace, file) == "named_missing"
    record(workspace, file, how=Recording(without_files=True))
    assert kept(workspace) == [("meters.jpg", SHA256, False, Keeping.GONE)]


def test_a_file_with_other_bytes_than_its_hash_is_refused(
    workspace: Workspace, naming: Callable[..., AnswersFile], folder: Path
) -> None:
    assert why(workspace, naming("meters.jpg", f", sha256: {'ab' * 32}"), Recording(folder=folder)) == (
        "named_other_bytes"
    )


@pytest.mark.parametrize("way", ["..", "absolute", "link", "linked folder"])
def test_a_file_outside_is_never_read(
    workspace: Workspace, naming: Callable[..., AnswersFile], folder: Path, tmp_path: Path, way: str
) -> None:
    (tmp_path / "link.jpg").symlink_to(folder / "meters.jpg")
    (tmp_path / "photos").symlink_to(folder)
    names = {
        "..": f"../{folder.name}/meters.jpg",
        "absolute": str(folder / "meters.jpg"),
        "link": "link.jpg",
        "linked folder": "photos/meters.jpg",
    }
    assert why(workspace, naming(names[way])) == "named_outside"
    record(workspace, naming(names[way]), how=Recording(without_files=True))
    assert [entry[1:] for entry in kept(workspace)] == [("", False, Keeping.NAMED)]


@pytest.mark.parametrize(
    ("name", "because"), [("folder", "named_folder"), ("pipe", "is_no_file"), ("empty", "named_empty")]
)
def test_what_is_no_file_to_be_kept_is_refused(
    workspace: Workspace, naming: Callable[..., AnswersFile], tmp_path: Path, name: str, because: str
) -> None:
    (tmp_path / "folder").mkdir()
    os.mkfifo(tmp_path / "pipe")
    (tmp_path / "empty").touch()
    assert why(workspace, naming(name), Recording(without_files=True)) == because
