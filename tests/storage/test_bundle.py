"""Bundles: written in one way only, and refused, in a sentence, wherever they are anything else."""

import io
import os
import tracemalloc
import zipfile
from pathlib import Path
from time import process_time
from unittest.mock import patch
from zlib import crc32

import pytest

from greenstar.errors import BadInput
from greenstar.i18n.catalogue import LANGUAGES, Catalogue
from greenstar.record.canonical import canonical
from greenstar.services.progress import unwatched
from greenstar.services.spread import in_this_process
from greenstar.services.verification.received_files import verify_file
from greenstar.storage.bundle import layout
from greenstar.storage.bundle.manifest import MANIFEST, ManifestLine, manifest
from greenstar.storage.bundle.reading import NotReadHere, open_bundle
from greenstar.storage.bundle.writing import BundleWriter
from tests.rows import rows
from tests.storage.bundles import (
    CONTENT,
    DATABASE,
    HOSTILE,
    JOURNAL,
    PHOTO,
    RIGHT,
    STORE,
    claims,
    evidence_name,
    forged,
    packed,
)


def read(path: Path) -> dict[str, bytes]:
    """All of a bundle."""
    with open_bundle(path) as bundle:
        return {name: bundle.read(name) for name in bundle.listed}


def refusal(path: Path, content: bytes) -> str:
    """Why a bundle of that content is refused, in every language."""
    path.write_bytes(content)
    with pytest.raises(BadInput) as error:
        read(path)
    sentences = [Catalogue(language).render(error.value.message) for language in LANGUAGES]
    assert all("b.zip" in sentence and "\n" not in sentence and "{" not in sentence for sentence in sentences)
    return error.value.message.key.removeprefix("bundle.")


def test_what_was_packed_is_read_back_and_any_program_for_zip_files_opens_it(tmp_path: Path) -> None:
    path = tmp_path / "b.zip"
    path.write_bytes(packed())
    assert read(path) == CONTENT
    with zipfile.ZipFile(path) as file:
        assert file.testzip() is None
        assert file.namelist() == [*CONTENT, MANIFEST]
        assert file.read(evidence_name(PHOTO)) == PHOTO


def test_the_same_entries_are_the_same_bytes_and_what_is_there_is_added_once() -> None:
    again = io.BytesIO()
    writer = BundleWriter(again, DATABASE)
    for name, content in CONTENT.items():
        pieces = [content[:100], content[100:]]
        assert writer.add_pieces(name, pieces)
        assert writer.add_pieces(name, [])
    writer.close()
    assert again.getvalue() == packed()
    assert forged(*RIGHT) == packed()


def test_a_photo_that_is_not_what_it_was_is_left_out(tmp_path: Path) -> None:
    file = io.BytesIO()
    writer = BundleWriter(file, DATABASE)
    writer.add(STORE, b"{}")
    assert not writer.add_pieces(evidence_name(PHOTO), [PHOTO[:-1]], evidence_name(PHOTO)[9:])
    writer.add(JOURNAL, b"")
    writer.close()
    (tmp_path / "b.zip").write_bytes(file.getvalue())
    assert read(tmp_path / "b.zip") == {STORE: b"{}", JOURNAL: b""}


def test_what_lies_far_behind_in_a_large_bundle_is_found(tmp_path: Path) -> None:
    with (
        patch("greenstar.storage.bundle.layout.FAR", 900),
        patch("greenstar.storage.bundle.directory.FAR", 900),
    ):
        (tmp_path / "b.zip").write_bytes(packed())
        assert read(tmp_path / "b.zip") == CONTENT


def test_what_lies_behind_four_gigabytes_is_found(tmp_path: Path) -> None:
    path, gigabyte = tmp_path / "b.zip", 1 << 30
    entries: list[layout.ZipEntry] = []
    directory = b""
    with path.open("wb") as file:  # gigabytes of nothing, which take no room on a disk
        for number in range(5):
            entries.append(layout.ZipEntry(f"evidence/{number:064x}", gigabyte, 0, entries[-1].end if entries else 0))
        listed = {entry.name: ManifestLine(entry.size, entry.name[9:]) for entry in entries}
        text = canonical(manifest(DATABASE, listed)).encode()
        entries.append(layout.ZipEntry(MANIFEST, len(text), crc32(text), entries[-1].end))
        for entry in entries:
            file.seek(entry.offset)
            file.write(layout.local_header(entry))
            directory += layout.central_header(entry)
        file.write(text + directory + layout.ending(len(entries), len(directory), entries[-1].end))
    with open_bundle(path) as bundle, zipfile.ZipFile(path) as other:
        assert [*bundle.listed, MANIFEST] == other.namelist()


@rows(("problem", "content"), HOSTILE)
def test_what_no_bundle_is_is_refused_by_what_it_is(problem: str, content: bytes, tmp_path: Path) -> None:
    assert refusal(tmp_path / "b.zip", content) == problem


def test_what_a_newer_program_packed_is_told_from_what_is_damaged(tmp_path: Path) -> None:
    path = tmp_path / "newer.zip"
    path.write_bytes(forged(*RIGHT, version=2))
    with pytest.raises(NotReadHere):
        verify_file(path, evidence=False, receipts=(), step=unwatched, spread=in_this_process)
    for version in (0, -1, True):
        assert refusal(tmp_path / "b.zip", forged(*RIGHT, version=version)) == "not_ours"


def test_a_file_that_claims_too_much_costs_neither_time_nor_memory(tmp_path: Path) -> None:
    for problem, path in claims(tmp_path):
        tracemalloc.start()
        begun = process_time()
        with pytest.raises(BadInput) as error, open_bundle(path):
            pass
        assert error.value.message.key == f"bundle.{problem}"
        assert process_time() - begun < 2
        assert tracemalloc.get_traced_memory()[1] < 60 << 20
        tracemalloc.stop()


def test_one_flipped_bit_anywhere_is_noticed(tmp_path: Path) -> None:
    right, path = packed(), tmp_path / "b.zip"
    step = int(os.environ.get("GREENSTAR_BITS_APART", "97"))
    for bit in range(0, 8 * len(right), step):
        flipped = bytearray(right)
        flipped[bit // 8] ^= 1 << bit % 8
        path.write_bytes(flipped)
        with pytest.raises(BadInput):
            read(path)


def test_what_is_no_file_is_refused_without_being_opened(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    for path, key in (
        (tmp_path, "files.is_a_folder"),
        (tmp_path / "pipe", "bundle.is_no_file"),
        (tmp_path / "none", "bundle.cannot_read"),
        (tmp_path / "a\0b", "bundle.cannot_read"),
    ):
        with pytest.raises(BadInput) as error, open_bundle(path):
            pass
        assert error.value.message.key == key
