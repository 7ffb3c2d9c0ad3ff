"""Finding a scheme: by name, by path, or by its hash in the storage; and keeping it there."""

import json
from pathlib import Path
from typing import Any

from greenstar.errors import BadFile, BadInput, StorageError
from greenstar.numbers import written
from greenstar.record.canonical import sha256_of
from greenstar.resources import CRITERIA, SHIPPED_SCHEME
from greenstar.scheme.document import RankKey
from greenstar.scheme.loader import HEADER, read_scheme, scheme_from_json
from greenstar.scheme.model import Scheme
from greenstar.scheme.suggestions import sentence_end
from greenstar.scoring.edges import of_total
from greenstar.services import settings
from greenstar.storage.protocols.schemes import SchemeRow
from greenstar.storage.protocols.storage import Storage

EDITION = 2
"""By which measure a scheme is read and scored that this program stores; that of programs up to 0.2 is 1."""

_by_hash: dict[str, Scheme] = {}  # reading one takes longer than all else; a hash never means another one


def find_scheme(name: str | None, base: Path | None = None) -> Scheme:
    """The shipped scheme of that name, else the one at that path (relative to `base`); None: the shipped one."""
    if name is None:
        return read_scheme(SHIPPED_SCHEME)
    shipped = shipped_schemes()
    if name in shipped:
        return read_scheme(shipped[name])
    path = (base or Path()) / settings.expand_home(name)
    if not path.exists():
        raise BadInput("storage.unknown_scheme", name=name, known=tuple(shipped), hint=sentence_end(name, shipped))
    return read_scheme(path)


def scheme_of_file(name: str | None, base: Path) -> Scheme:
    """The scheme that an answers file in the folder `base` names; None: it names none.

    BadInput: there is none, or what is there is no scheme that can be read. It is only named, never quoted: whoever
    sent the answers file may have named any file of this machine.
    """
    try:
        return find_scheme(name, base)
    except BadFile as error:
        raise BadInput("storage.file_is_no_scheme", path=str(base / (name or ""))) from error


def shipped_schemes() -> dict[str, Path]:
    """The schemes that ship with the program, by name."""
    return {path.name: path for path in sorted(CRITERIA.iterdir()) if (path / HEADER).is_file()}


def is_path(name: str) -> bool:
    """Whether `find_scheme` takes it for a path to what is there, and so for one version of a scheme."""
    return name not in shipped_schemes() and settings.expand_home(name).exists()


def scheme_of(storage: Storage, name: str | None) -> Scheme:
    """The scheme of that name; without one the only one in the storage, else the shipped one."""
    schemes = storage.schemes.all()
    if name is None:
        return stored(storage, schemes[0].sha256) if len(schemes) == 1 else find_scheme(None)
    of_name = [scheme.sha256 for scheme in schemes if scheme.name == name]
    if of_name and name not in shipped_schemes() and not is_path(name):
        return stored(storage, of_name[-1])
    return find_scheme(name)


def kept_scheme(storage: Storage, name: str, version: str | None) -> Scheme | None:
    """The scheme of that name and version (None: any) that was kept last in the storage, if there is one."""
    of_name = [row for row in storage.schemes.all() if row.name == name and version in (None, row.version)]
    return stored(storage, of_name[-1].sha256) if of_name else None


def stored(storage: Storage, sha256: str) -> Scheme:
    """The scheme of that hash, from the storage."""
    scheme = _by_hash.get(sha256)
    if scheme is None:
        text = storage.schemes.canonical_of(sha256)
        if text is None or sha256_of(text) != sha256:
            raise StorageError("storage.damaged", file=storage.where)
        scheme = _by_hash[sha256] = scheme_from_json(text)
    return scheme


def keep(storage: Storage, scheme: Scheme, at: str) -> None:
    """Put a scheme into the storage, where it is not there yet."""
    _by_hash[scheme.sha256] = scheme
    if storage.schemes.get(scheme.sha256) is None:
        text = json.dumps(summary(scheme), ensure_ascii=False)
        rules = scheme.rules_sha256
        row = SchemeRow(scheme.sha256, scheme.name, scheme.version, text, at, rules, EDITION)
        storage.schemes.keep(row, scheme.canonical)


def summary(scheme: Scheme) -> dict[str, Any]:
    """What a ranking shows of a scheme, so that it need not read it; texts by language, figures exact."""
    edges = of_total(scheme)
    keys = scheme.lighthouse.rank_by
    return {
        "title": scheme.title.by_language,
        "categories": [{"id": group.category, "title": group.title.by_language} for group in scheme.categories],
        "levels": [{"id": level.id, "title": level.title.by_language, "stars": level.stars} for level in scheme.levels],
        "rank_by": [
            {"id": key.id, "title": key.title.by_language} if isinstance(key, RankKey) else {"id": "total"}
            for key in keys
        ],
        "edges": {
            "total": [written(edge) for edge in edges.points],
            "share": [written(edge) for edge in edges.shares],
        },
    }
