"""Files for the evidence that answers files name: where a visit is stored, verified evidence has bytes."""

import os
import re
import shutil
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

from greenstar.resources import SHIPPED_SCHEME
from greenstar.scheme.loader import EXAMPLES
from tests.remembering import kept_folders

_TAKEN = datetime(2026, 5, 1, 8, tzinfo=UTC).timestamp()
_NAMED = re.compile(r"\bfile: *([^,}\]\n]+)")


def make_named_files(answers: Path) -> None:
    """Put the files that an answers file names beside it: those of a kind are of the same few bytes."""
    for name in _NAMED.findall(answers.read_text(encoding="utf-8")):
        path = answers.parent / name.strip().strip("'\"")
        if not path.exists():
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(f"a test's {path.suffix} file", encoding="utf-8")
            os.utime(path, (_TAKEN, _TAKEN))


@cache
def _examples() -> TemporaryDirectory[str]:
    folder = TemporaryDirectory(prefix="greenstar-examples-")
    kept_folders.append(folder.name)
    for path in sorted((SHIPPED_SCHEME / EXAMPLES).glob("*.yaml")):
        make_named_files(Path(shutil.copy(path, folder.name)))
    return folder


def examples_with_files() -> Path:
    """A folder with the examples of the shipped scheme and all the files that they name; made once, gone at the end."""
    return Path(_examples().name)
