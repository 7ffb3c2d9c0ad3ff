"""Writes the bill of materials, CycloneDX in JSON, from what is locked: `python -m tools.bill`.

It says nothing of its own: no time and no serial number, so that the same locks give the same bytes.
"""

import hashlib
import json
import re
import tomllib
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any, NamedTuple

from greenstar import __version__

ROOT = Path(__file__).parent.parent
BILL, LOCK, DEVELOPERS_LOCK = ROOT / "bom.cdx.json", ROOT / "requirements.lock", ROOT / "requirements-dev.lock"
VENDOR = ROOT / "greenstar" / "web" / "page" / "vendor"
PINNED = re.compile(r"^([\w.-]+)==([^\s;]+)", re.MULTILINE)
NAME = re.compile(r"[\w.-]+")
VENDORED = re.compile(r"(@xterm/[\w-]+) (\d+(?:\.\d+)+)")


class Locked(NamedTuple):
    """A package as a lock holds it."""

    version: str
    needed_by: tuple[str, ...]


def normal(name: str) -> str:
    """A package's name as package indices compare it."""
    return re.sub(r"[-_.]+", "-", name).lower()


def locked(lock: str) -> dict[str, Locked]:
    """The packages of a lock by name, in its order; who needs each is said in the comment below its hashes."""
    packages = {}
    starts = [*PINNED.finditer(lock)]
    for start, following in zip(starts, [*starts[1:], None], strict=True):
        lines = lock[start.start() : following.start() if following else None].splitlines()
        reasons = next(line for line in lines if line.lstrip().startswith("# via")).split("# via", 1)[1].split(",")
        needed_by = tuple(reason.strip() for reason in reasons if not reason.strip().startswith("-c "))
        packages[normal(start[1])] = Locked(start[2], needed_by)
    return packages


def needed(roots: Iterable[str], packages: Mapping[str, Locked]) -> set[str]:
    """The names of these packages, and of all that they need in turn."""
    names, waiting = set[str](), {*roots}
    while waiting:
        names |= waiting
        waiting = {name for name, package in packages.items() if waiting & {*package.needed_by}} - names
    return names


def requirements(lines: Iterable[str]) -> list[str]:
    """The names of what a list in pyproject.toml requires."""
    return [normal(match[0]) for line in lines if (match := NAME.match(line))]


def _vendored() -> list[dict[str, Any]]:
    """What was copied into the page of the screen in a browser, with the hashes of its files."""
    components = []
    for name, version in VENDORED.findall((VENDOR / "README.md").read_text(encoding="utf-8")):
        stem = name.removeprefix("@xterm/")
        files = sorted(path for path in VENDOR.iterdir() if path.stem == stem)
        purl = f"pkg:npm/{name.replace('@', '%40')}@{version}"
        parts = [{"type": "file", "name": path.name, "hashes": [_sha256(path)]} for path in files]
        components.append(
            {"type": "library", "bom-ref": purl, "name": name, "version": version, "scope": "optional", "purl": purl}
            | {"licenses": [{"license": {"id": "MIT"}}], "components": parts}
        )
    return components


def _sha256(path: Path) -> dict[str, str]:
    return {"alg": "SHA-256", "content": hashlib.sha256(path.read_bytes()).hexdigest()}


def bill() -> str:
    """The bill: `required` is what the program always needs, `optional` comes with extras, `excluded` are tools."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    for_users = locked(LOCK.read_text(encoding="utf-8"))
    packages = locked(DEVELOPERS_LOCK.read_text(encoding="utf-8"))
    required = needed(requirements(project["dependencies"]), for_users)
    references = {name: f"pkg:pypi/{name}@{package.version}" for name, package in packages.items()}
    components, itself = [], f"pkg:pypi/greenstar@{__version__}"
    depends: dict[str, list[str]] = {itself: [], **{reference: [] for reference in references.values()}}
    for name, package in packages.items():
        reference = references[name]
        scope = "required" if name in required else "optional" if name in for_users else "excluded"
        known = {"type": "library", "bom-ref": reference, "name": name, "version": package.version}
        components.append({**known, "scope": scope, "purl": reference})
        for reason in package.needed_by:
            depends[references.get(reason, itself)].append(reference)
    vendored = _vendored()
    depends[itself] += [component["bom-ref"] for component in vendored]
    about = {"type": "application", "bom-ref": itself, "name": "greenstar", "version": __version__, "purl": itself}
    document = {
        "$schema": "http://cyclonedx.org/schema/bom-1.6.schema.json",
        "bomFormat": "CycloneDX",
        "specVersion": "1.6",
        "version": 1,
        "metadata": {"component": {**about, "licenses": [{"license": {"id": project["license"]}}]}},
        "components": components + vendored,
        "dependencies": [{"ref": ref, "dependsOn": sorted(on)} if on else {"ref": ref} for ref, on in depends.items()],
    }
    return json.dumps(document, indent=1, ensure_ascii=False) + "\n"


if __name__ == "__main__":
    BILL.write_text(bill(), encoding="utf-8", newline="\n")
