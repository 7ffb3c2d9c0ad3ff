"""The visits that `check` found for each level, as answers files."""

import json
import os
from pathlib import Path

import yaml

from greenstar.errors import BadInput, StorageError, reason_of
from greenstar.resources import CRITERIA
from greenstar.services.results.documents import answers_document
from greenstar.services.schemes.check import CheckedScheme
from greenstar.storage.user_file import write_user_file


def save_sample_visits(checked: CheckedScheme, name: str | Path) -> dict[str, Path]:
    """Write an answers file for each level that a visit was found for into the folder of that name.

    BadInput, StorageError: it cannot be written.
    """
    folder = _made(name)
    written = {}
    for level, visit in checked.sample_visits.items():
        if visit is None or checked.scheme is None:
            continue
        document = json.loads(json.dumps(answers_document(checked.scheme, visit)))  # plain texts
        if checked.path.parent != CRITERIA:
            document["scheme"] = Path(os.path.relpath(checked.path, folder)).as_posix()
        path = folder / f"{checked.scheme.name}-{level}.yaml"
        text = yaml.safe_dump(document, allow_unicode=True, sort_keys=False, width=120)
        write_user_file(path, text.encode())
        written[level] = path
    return written


def _made(name: str | Path) -> Path:
    """The folder of that name, made where there is none."""
    if not os.fspath(name).strip():
        raise BadInput("files.no_name")
    folder = Path(name)
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise StorageError("files.cannot_write", path=str(name), reason=reason_of(error)) from error
    return folder
