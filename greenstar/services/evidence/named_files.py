"""The files that answers files name as evidence: they are looked for, and their bytes are kept.

A file lies below the folder of the answers file, or in a folder that was named; never outside of it, be it by `..`, by
a path from the root, or by a link. One whose `sha256` is kept already need not be there.
"""

import os
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from greenstar.assessment.answers_file import AnswersFile
from greenstar.assessment.model import Evidence, Visit
from greenstar.errors import BadFile, BadInput, Problem
from greenstar.i18n.phrase import Phrase
from greenstar.services.evidence.stored_file import store_file
from greenstar.storage.protocols.evidence import EvidenceFiles, Keeping, StoredFile

_IN_A_FILE = {  # what a store says of these speaks of the field that a path is typed into
    "evidence.is_folder": Phrase("evidence.named_folder"),
    "evidence.is_empty": Phrase("evidence.named_empty"),
}


@dataclass(frozen=True)
class KeptVisit:
    """A visit whose evidence has its bytes; `named_only`: how many pieces have none, which are not verified then.

    `new`: the SHA-256 of the files that were not here before, or not whole.
    """

    visit: Visit
    named_only: int
    new: frozenset[str] = frozenset()


class EvidenceKeeper:
    """Keeps the files that answers files name. `folder` is searched after the folder of the answers file.

    `takes`: whether a visit that was looked through names a file that is there. Each file is taken once.
    """

    def __init__(self, store: EvidenceFiles, folder: Path | None = None, *, without_files: bool = False) -> None:
        self._store = store
        self._folder = folder
        self._without_files = without_files
        self._taken: dict[Path, StoredFile] = {}
        self._whole: dict[str, bool] = {}
        self.takes = False

    def problems(self, file: AnswersFile) -> list[Problem]:
        """What is wrong with the evidence that a visit names, before anything is copied.

        A file is not there (unless `without_files`), lies outside, or cannot be kept.
        """
        search = self._search(file)
        self.takes = self.takes or any(path is not None for path in search.paths.values())
        return search.problems

    def keep(self, file: AnswersFile) -> KeptVisit:
        """Keep the files of a visit. BadFile: as `problems`, or one has not the bytes that its `sha256` says."""
        search = self._search(file)
        kept = search.kept(self._taken) if not search.problems else None
        if kept is None or search.problems:
            raise BadFile(search.problems, file.lines)
        return kept

    def _search(self, file: AnswersFile) -> "_Search":
        return _Search(self._store, file, self._folder, self._whole, without_files=self._without_files)


class _Search:
    """Where the evidence of one answers file lies: for each piece a path, or None where no file is needed or there.

    `whole`: of which files it was seen that their kept bytes are as they were, to which it adds.
    """

    def __init__(
        self,
        store: EvidenceFiles,
        file: AnswersFile,
        folder: Path | None,
        whole: dict[str, bool],
        *,
        without_files: bool,
    ) -> None:
        self.store = store
        self.file = file
        self.folders = [file.path.parent, *(each for each in (file.media, folder) if each is not None)]
        self.whole = whole
        self.without_files = without_files
        self.problems: list[Problem] = []
        self.paths = {place: self._path(place, piece) for place, piece in self._pieces()}

    def _pieces(self) -> Iterator[tuple[tuple[str, int], Evidence]]:
        for criterion, pieces in self.file.visit.evidence.items():
            for index, piece in enumerate(pieces):
                yield (criterion, index), piece

    def _path(self, place: tuple[str, int], piece: Evidence) -> Path | None:
        names = [piece.file, *([f"{piece.sha256[:2]}/{piece.sha256}"] if piece.sha256 else [])]  # as a store names it
        inside = [path for folder in self.folders for name in names if (path := _below(folder, name)) is not None]
        path = next((path for path in inside if os.path.exists(path)), None)  # noqa: PTH110 - no error where it cannot be
        if self._is_here(piece) and (path is None or self._is_whole(piece.sha256)):
            return None
        if path is not None:
            try:
                self.store.check(path)
            except BadInput as error:
                self._refuse(place, _IN_A_FILE.get(error.message.key, error.message))
        elif not self.without_files:
            folder = str(self.folders[-1].absolute())
            key = "evidence.named_missing" if inside else "evidence.named_outside"
            hint = None if self.problems else Phrase("evidence.named_hint")  # once says it
            self._refuse(place, Phrase(key, file=piece.file[:60], folder=folder), hint)
        return path

    def _is_here(self, piece: Evidence) -> bool:
        """Whether its bytes are kept already, as many as it says.

        Where it says no size they are read: a file that was cut off has a size too.
        """
        kept = self.store.keeping(piece.sha256, piece.bytes) is Keeping.KEPT
        return kept and (piece.bytes > 0 or self._is_whole(piece.sha256))

    def _is_whole(self, sha256: str) -> bool:
        """Whether kept bytes are as they were; those of the right size are looked at where a file is at hand."""
        if sha256 not in self.whole:
            self.whole[sha256] = self.store.is_whole(sha256)
        return self.whole[sha256]

    def _refuse(self, place: tuple[str, int], message: Phrase, hint: Phrase | None = None) -> None:
        mark = self.file.at.value(("evidence", *place, "file"))
        self.problems.append(Problem(mark, "file", message, hint))

    def kept(self, taken: dict[Path, StoredFile]) -> KeptVisit:
        """The visit with what is kept of each file. `taken`: the files that were kept before, to which it adds."""
        evidence: dict[str, tuple[Evidence, ...]] = {}
        named_only = 0
        for place, piece in self._pieces():
            path, (criterion, _) = self.paths[place], place
            with_bytes = self._without_path(piece) if path is None else self._taken(place, piece, path, taken)
            named_only += with_bytes is None
            piece_kept = replace(piece, verified=False) if with_bytes is None else with_bytes
            evidence[criterion] = (*evidence.get(criterion, ()), piece_kept)
        files = (taken[path] for path in self.paths.values() if path is not None)
        new = frozenset(file.sha256 for file in files if file.is_new)
        return KeptVisit(replace(self.file.visit, evidence=evidence), named_only, new)

    def _without_path(self, piece: Evidence) -> Evidence | None:
        """A piece whose bytes are kept already; None where they are not."""
        if not self._is_here(piece):
            return None
        path = self.store.path_of(piece.sha256)
        return piece if path is None else replace(piece, bytes=path.stat().st_size)

    def _taken(
        self, place: tuple[str, int], piece: Evidence, path: Path, taken: dict[Path, StoredFile]
    ) -> Evidence | None:
        if path not in taken:
            taken[path] = store_file(self.store, path)
        stored = taken[path]
        if piece.sha256 not in ("", stored.sha256):
            self._refuse(place, Phrase("evidence.named_other_bytes"))
        taken_at = piece.taken_at or stored.taken_at
        return replace(piece, sha256=stored.sha256, bytes=stored.bytes, taken_at=taken_at)


def _below(folder: Path, name: str) -> Path | None:
    """The file of that name below a folder, links followed; None: it would lie outside."""
    root = Path(os.path.realpath(folder))
    path = Path(os.path.realpath(root / name))
    return path if path != root and path.is_relative_to(root) else None
