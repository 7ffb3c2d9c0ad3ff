"""What the program is made of: locked with hashes, and named in the bill of materials."""

import json
import re
import tomllib
from pathlib import Path

import pytest

from greenstar import __version__
from tools.bill import BILL, DEVELOPERS_LOCK, LOCK, ROOT, bill, locked, needed, normal, requirements
from tools.checksums import checksums

LOCKS = pytest.mark.parametrize("lock", [LOCK, DEVELOPERS_LOCK], ids=["users", "developers"])


def versions(lines: str) -> set[tuple[str, str]]:
    """Each name and version of a list of requirements."""
    return {(normal(name), version) for name, version in re.findall(r"^([\w.-]+)==([^\s;]+)", lines, re.MULTILINE)}


@LOCKS
def test_each_locked_package_has_hashes_and_nothing_says_where_it_comes_from(lock: Path) -> None:
    text = lock.read_text("utf-8")
    assert versions(text)
    for entry in re.split(r"\n(?=[\w.-]+==)", text)[1:]:
        assert re.search(r"^ {4}--hash=sha256:[0-9a-f]{64}\b", entry, re.MULTILINE), entry[:80]
    assert not re.search(r"://|--(extra-)?index|--find-links|--trusted-host", text)


def test_what_is_locked_is_what_was_tested_and_all_that_is_required() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    extras = {name: requirements(lines) for name, lines in project["optional-dependencies"].items()}
    for_users, everything = (versions(path.read_text("utf-8")) for path in (LOCK, DEVELOPERS_LOCK))
    assert versions((ROOT / "constraints.txt").read_text("utf-8")) <= everything, "run `make lock`"
    assert for_users <= everything, "run `make lock`"
    wanted = {*requirements(project["dependencies"]), *(name for extra in extras.values() for name in extra)}
    assert wanted - {"greenstar"} <= {name for name, _ in everything}, "run `make lock`"
    tools = {*extras.pop("dev"), "greenstar"}
    assert wanted - tools | {name for extra in extras.values() for name in extra} <= {name for name, _ in for_users}


def test_the_bill_of_materials_names_every_locked_package_and_version() -> None:
    components = json.loads(BILL.read_text("utf-8"))["components"]
    packages = {(part["name"], part["version"]) for part in components if part["purl"].startswith("pkg:pypi/")}
    assert packages == versions(DEVELOPERS_LOCK.read_text("utf-8")), "run `make bill`"
    scopes = {part["name"]: part["scope"] for part in components}
    told = [scopes[name] for name in ("cryptography", "cffi", "duckdb", "pytest")]
    assert told == ["required", "required", "optional", "excluded"]
    assert {part["name"] for part in components if part.get("components")} == {
        "@xterm/xterm",
        "@xterm/addon-fit",
        "@xterm/addon-unicode11",
    }


def test_the_bill_of_materials_is_what_the_locks_say_and_says_no_time() -> None:
    text = BILL.read_text("utf-8")
    assert text == bill(), "run `make bill`"
    document = json.loads(text)
    assert document["metadata"] == {"component": document["metadata"]["component"]}
    assert document["metadata"]["component"]["version"] == __version__
    assert "serialNumber" not in document


def test_each_file_that_others_wrote_and_the_page_carries_is_in_the_bill() -> None:
    vendor = ROOT / "greenstar" / "web" / "page" / "vendor"
    components = json.loads(BILL.read_text("utf-8"))["components"]
    named = {file["name"] for component in components for file in component.get("components", ())}
    assert named == {path.name for path in vendor.iterdir() if path.suffix in {".mjs", ".css", ".js"}}


def test_what_needs_what_is_followed_through_the_comments_of_a_lock() -> None:
    first = "a==1 \\\n    --hash=sha256:0\n    # via -c list.txt, greenstar (pyproject.toml)\n"
    packages = locked(first + "b==2 ; x\n    # via a\nc==3\n    # via d\n")
    assert packages["b"] == ("2", ("a",))
    assert needed(["a"], packages) == {"a", "b"}


def test_checksums_are_lines_that_other_programs_check(tmp_path_factory: pytest.TempPathFactory) -> None:
    folder = tmp_path_factory.mktemp("dist")
    (folder / "b").write_bytes(b"")
    (folder / "SHA256SUMS").write_text("old")
    assert checksums(folder) == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855  b\n"
