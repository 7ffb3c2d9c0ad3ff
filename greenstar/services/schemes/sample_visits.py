"""The visits that `check` found for each level, as answers files."""

import json
import os
from pathlib import Path

import yaml

from greenstar.errors import StorageError
from greenstar.resources import CRITERIA
from greenstar.services.results.documents import answers_document
from greenstar.services.schemes.check import CheckedScheme


def save_sample_visits(checked: CheckedScheme, folder: Path) -> dict[str, Path]:
    """Write an answers file for each level that a visit was found for. StorageError: it cannot be written."""
    written = {}
    for level, visit in checked.witnesses.items():
        if visit is None or checked.scheme is None:
            continue
        document = json.loads(json.dumps(answers_document(checked.scheme, visit)))  # plain texts
        if checked.path.parent != CRITERIA:
            document["scheme"] = Path(os.path.relpath(checked.path, folder)).as_posix()
        path = folder / f"{checked.scheme.name}-{level}.yaml"
        try:
            folder.mkdir(parents=True, exist_ok=True)
            text = yaml.safe_dump(document, allow_unicode=True, sort_keys=False, width=120)
            path.write_text(text, encoding="utf-8", newline="\n")
        except OSError as error:
            raise StorageError("cli.cannot_write", path=str(path), reason=error.strerror or str(error)) from error
        written[level] = path
    return written
