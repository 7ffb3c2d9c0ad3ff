"""OpenSSH's list of allowed signers, and its list of revoked keys: whose signatures count, and from when.

A line says names, options and a key: `"A. Assessor" namespaces="greenstar",valid-after="20260101" ssh-ed25519 AAAA…`.
The formats: ssh-keygen(1), "ALLOWED SIGNERS" and `-r`.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from greenstar.record.public_key import NotOurs, PublicKey, read_public_key
from greenstar.record.signing import NAMESPACE
from greenstar.text import folded

_NAMES = re.compile(r'\s*(?:"([^"]*)"|([^\s"]+))\s+(.*)')
_OPTION = re.compile(r'([a-zA-Z-]+)(?:="([^"]*)")?(?:,|\s+|$)')
_SPECIAL = re.compile(r'[,*?!"]')  # what has a meaning in such a list, and cannot be written otherwise
_TIMES = {8: "%Y%m%d", 12: "%Y%m%d%H%M", 14: "%Y%m%d%H%M%S"}


@dataclass(frozen=True, slots=True)
class AllowedSigner:
    """A key that counts: for whom, in which line (from 1), from when and until when; None: always.

    `names`: patterns, as OpenSSH reads them. Both times are local ones where they do not end in Z.
    """

    names: tuple[str, ...]
    key: PublicKey
    line: int
    after: datetime | None = None
    before: datetime | None = None

    @property
    def name(self) -> str:
        """The names, as one text to show."""
        return ", ".join(self.names)

    def is_named(self, name: str) -> bool:
        """Whether the key is somebody's."""
        refused = [pattern[1:] for pattern in self.names if pattern.startswith("!")]
        allowed = [pattern for pattern in self.names if not pattern.startswith("!")]
        return any(_fits(name, pattern) for pattern in allowed) and not any(_fits(name, each) for each in refused)

    def counts_at(self, at: datetime) -> bool:
        """Whether it counts for what was signed at that time."""
        return (self.after is None or at >= self.after) and (self.before is None or at < self.before)


@dataclass(frozen=True, slots=True)
class BadLine:
    """A line that counts for nothing. `why`: broken, kind (of key), option, time, namespace."""

    line: int
    why: str
    what: str = ""


def read_allowed_signers(text: str) -> Iterator[AllowedSigner | BadLine]:
    """The signers of a list in its order, and the lines that are none."""
    for number, line in _lines(text):
        yield _signer(number, line)


def read_revoked(text: str) -> Iterator[tuple[int, PublicKey] | BadLine]:
    """The keys of a list of revoked ones, with their lines (from 1), and the lines that are none."""
    for number, line in _lines(text):
        try:
            yield number, read_public_key(line)[0]
        except NotOurs as error:
            yield BadLine(number, "kind" if error.kind else "broken", error.kind)


def allowed_line(names: str, key: PublicKey, *, after: str = "", before: str = "") -> str:
    """A line of the list. `names`: patterns, with commas between.

    `after`, `before`: times as OpenSSH writes them, such as 20260101; empty: always.
    """
    options = [f'namespaces="{NAMESPACE}"']
    options += [f'{option}="{time}"' for option, time in (("valid-after", after), ("valid-before", before)) if time]
    return f'"{names}" {",".join(options)} {key.line}'


def pattern_of(name: str) -> str:
    """A name as such a list can hold it: what has a meaning there becomes `?`, which stands for any sign."""
    return _SPECIAL.sub("?", name)


def _lines(text: str) -> Iterator[tuple[int, str]]:
    for number, line in enumerate(text.split("\n"), 1):
        if line.strip() and not line.lstrip().startswith("#"):
            yield number, line.strip()


def _signer(number: int, line: str) -> AllowedSigner | BadLine:
    match = _NAMES.fullmatch(line)
    if match is None:
        return BadLine(number, "broken")
    names = tuple(name for name in (match[1] or match[2] or "").split(",") if name)
    try:
        options, rest = _options(match[3])
        key, _ = read_public_key(rest)
    except NotOurs as error:
        return BadLine(number, "kind" if error.kind else "broken", error.kind)
    if not names:
        return BadLine(number, "broken")
    unknown = [option for option in options if option not in ("namespaces", "valid-after", "valid-before")]
    if unknown:
        return BadLine(number, "option", unknown[0])
    if "namespaces" in options and not _among(NAMESPACE, options["namespaces"].split(",")):
        return BadLine(number, "namespace", options["namespaces"])
    times = {}
    for option in ("valid-after", "valid-before"):
        try:
            times[option] = _time(options[option]) if option in options else None
        except ValueError:
            return BadLine(number, "time", options[option])
    return AllowedSigner(names, key, number, times["valid-after"], times["valid-before"])


def _options(text: str) -> tuple[dict[str, str], str]:
    """The options at the start of a text, and what follows them."""
    options: dict[str, str] = {}
    while not text.startswith(("ssh-", "ecdsa-", "sk-")):
        match = _OPTION.match(text)
        if match is None or not match[0]:
            raise NotOurs
        options[match[1].lower()] = match[2] or ""
        text = text[match.end() :]
    return options, text


def _time(text: str) -> datetime:
    """A time as OpenSSH writes it, by this computer's clock or (Z) in UTC. ValueError: it is none."""
    digits = text.removesuffix("Z")
    if len(digits) not in _TIMES:
        raise ValueError(text)
    at = datetime.strptime(digits, _TIMES[len(digits)])  # noqa: DTZ007 - the zone comes next
    return at.replace(tzinfo=UTC) if text.endswith("Z") else at.astimezone()


def _among(text: str, patterns: Sequence[str]) -> bool:
    return any(_fits(text, pattern) for pattern in patterns)


def _fits(text: str, pattern: str) -> bool:
    """Whether a text fits a pattern with `*` and `?`; capitals and the width of signs are one."""
    signs = {"*": ".*", "?": "."}
    expression = "".join(signs.get(sign) or re.escape(sign) for sign in folded(pattern))
    return re.fullmatch(expression, folded(text), re.DOTALL) is not None
