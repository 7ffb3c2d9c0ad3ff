"""Finding a scheme: by name, by path, or by its hash in the storage."""

from collections.abc import Iterable, Mapping
from contextlib import suppress
from functools import cache
from pathlib import Path
from weakref import WeakKeyDictionary

from greenstar.assessment.cycles import cycle_key
from greenstar.errors import BadFile, BadInput, GreenStarError, StorageError
from greenstar.record.canonical import sha256_of
from greenstar.resources import CRITERIA, SHIPPED_SCHEME
from greenstar.scheme.loader import HEADER, read_scheme, scheme_from_json
from greenstar.scheme.model import Scheme
from greenstar.scheme.suggestions import sentence_end
from greenstar.services.settings import settings
from greenstar.storage.protocols.schemes import SchemeRow
from greenstar.storage.protocols.storage import Storage

_read: dict[tuple[str, int], Scheme] = {}  # by hash of the text, and edition: reading takes long
_stored: WeakKeyDictionary[Storage, dict[str, Scheme]] = WeakKeyDictionary()  # what is stored never changes


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


@cache
def shipped_schemes() -> Mapping[str, Path]:
    """The schemes that ship with the program, by name."""
    return {path.name: path for path in sorted(CRITERIA.iterdir()) if (path / HEADER).is_file()}


def is_path(name: str) -> bool:
    """Whether `find_scheme` takes it for a path to what is there, and so for one version of a scheme."""
    return name not in shipped_schemes() and settings.expand_home(name).exists()


def scheme_of(storage: Storage, name: str | None) -> Scheme:
    """The scheme of that name; without one the newest version in the storage, else the shipped one."""
    schemes = storage.schemes.all()
    if name is None:
        return _newest(storage, schemes[-1].name) if schemes else find_scheme(None)
    if name not in shipped_schemes() and not is_path(name) and any(scheme.name == name for scheme in schemes):
        return _newest(storage, name)
    return find_scheme(name)


def _newest(storage: Storage, name: str) -> Scheme:
    """The highest version of a scheme in the storage, in its last words."""
    versions = [row for row in storage.schemes.all() if row.name == name]
    return stored(
        storage, max(enumerate(versions), key=lambda place: (version_key(place[1].version), place[0]))[1].sha256
    )


def version_key(version: str) -> str:
    """Orders versions as cycles are: by the numbers in them, in turn, then by their text."""
    return cycle_key(version)


def kept_scheme(storage: Storage, name: str, version: str | None) -> Scheme | None:
    """The scheme of that name and version (None: any) that was kept last in the storage, if there is one."""
    of_name = [row for row in storage.schemes.all() if row.name == name and version in (None, row.version)]
    return stored(storage, of_name[-1].sha256) if of_name else None


def stored(storage: Storage, sha256: str) -> Scheme:
    """The scheme of that hash, from the storage, to be scored by the measure by which it was stored."""
    known = _stored.setdefault(storage, {})
    if sha256 not in known:
        known[sha256] = read_canonical(*_stored_edition(storage, sha256))
    return known[sha256]


def stored_by_hash(storage: Storage, hashes: Iterable[str]) -> dict[str, Scheme]:
    """The schemes of these hashes, each once, as `stored` reads them."""
    return {sha256: stored(storage, sha256) for sha256 in set(hashes)}


def _stored_edition(storage: Storage, sha256: str) -> tuple[str, int]:
    """The canonical form of the scheme of that hash, and its edition. StorageError: it is not there, or another."""
    row, text = storage.schemes.get(sha256), storage.schemes.canonical_of(sha256)
    if row is None or text is None or sha256_of(text) != sha256:
        raise StorageError("storage.damaged", file=storage.where)
    return text, row.edition


class KeptSchemes:
    """Schemes that a storage keeps, apart from it, as texts: each is read where it is first asked for."""

    def __init__(self, storage: Storage, hashes: Iterable[str]) -> None:
        self._where = storage.where
        self._texts: dict[str, tuple[str, int]] = {}
        self._schemes: dict[str, Scheme] = {}
        for sha256 in hashes:
            with suppress(GreenStarError, ValueError, TypeError, AttributeError):  # it is told where it is asked for
                self._texts[sha256] = _stored_edition(storage, sha256)

    def get(self, sha256: str) -> Scheme:
        """As `stored`."""
        if sha256 not in self._texts:
            raise StorageError("storage.damaged", file=self._where)
        if sha256 not in self._schemes:
            self._schemes[sha256] = read_canonical(*self._texts[sha256])
        return self._schemes[sha256]


def read_canonical(text: str, edition: int) -> Scheme:
    """The scheme of that canonical form, which is read once. BadFile: it is none."""
    key = sha256_of(text), edition
    if key not in _read:
        _read[key] = scheme_from_json(text, edition)
    return _read[key]


def remember(scheme: Scheme) -> None:
    """A scheme that is about to be stored need not be read again."""
    _read.setdefault((scheme.sha256, scheme.edition), scheme)


def wordings_of(storage: Storage, rules: str | None) -> list[SchemeRow]:
    """The wordings of the rules of that hash, in the order in which they came."""
    return [row for row in storage.schemes.all() if row.rules == rules]


def scheme_by_rules(storage: Storage, rules: str) -> Scheme:
    """The scheme of rules that are stored, in the words that came last."""
    return stored(storage, wordings_of(storage, rules)[-1].sha256)


def newest_wording(storage: Storage, scheme: Scheme) -> Scheme:
    """The same rules in the words that came last."""
    alike = wordings_of(storage, scheme.rules_sha256)
    return stored(storage, alike[-1].sha256) if alike else scheme
