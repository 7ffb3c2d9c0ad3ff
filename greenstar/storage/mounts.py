"""What is mounted where, on Linux and macOS; Windows is asked by drive."""

import re
import sys
from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

_TABLE = Path("/proc/self/mountinfo")
_ESCAPED = re.compile(r"\\([0-7]{3})")
_OF_MACOS = re.compile(r".*? on (/.*) \(([^(),]+)(?:, [^()]*)?\)")
_SECONDS = 2.0  # for a program that only says what the system knows


class Mount(NamedTuple):
    """A folder at which something is mounted, and the kind of file system, as the system names it."""

    point: str
    kind: str


def mounts() -> Sequence[Mount]:
    """All that is mounted, in the order in which it was; nothing where the system does not say."""
    if sys.platform == "darwin":
        return macos_mounts(_said_by_mount())
    return linux_mounts(mount_table())


@lru_cache(maxsize=1)  # it is asked for at each opening, and hardly ever another one
def linux_mounts(table: str) -> Sequence[Mount]:
    """What `/proc/self/mountinfo` says."""
    lines = [line.partition(" - ") for line in table.splitlines()]
    rows = [(before.split(" "), after.partition(" ")[0]) for before, _, after in lines]
    return tuple(Mount(_ESCAPED.sub(_sign, fields[4]), kind) for fields, kind in rows if len(fields) > 4)


def _sign(match: re.Match[str]) -> str:
    return chr(int(match[1], 8))


def macos_mounts(table: str) -> Sequence[Mount]:
    """What macOS' program `mount` says: `//ann@server/share on /Volumes/share (smbfs, nodev, mounted by ann)`."""
    matches = [_OF_MACOS.fullmatch(line) for line in table.splitlines()]
    return [Mount(match[1], match[2]) for match in matches if match is not None]


def mount_table() -> str:
    """The table as Linux writes it; empty on other systems."""
    try:
        return _TABLE.read_text(encoding="utf-8", errors="surrogateescape")
    except OSError:
        return ""


if sys.platform == "darwin":
    import subprocess

    def _said_by_mount() -> str:
        try:
            return subprocess.run(
                ["/sbin/mount"], capture_output=True, timeout=_SECONDS, check=True, encoding="utf-8", errors="replace"
            ).stdout
        except (OSError, subprocess.SubprocessError):
            return ""
