"""What documents and messages name exists: commands, options, files, make targets; the README names every command."""

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import click

from greenstar.cli.root import root
from greenstar.reports.views.tables import COLUMNS, LAST
from greenstar.resources import LOCALES, PACKAGE
from tests.rows import rows

ROOT = PACKAGE.parent
PAGES = ("README", "CONTRIBUTING", "SECURITY", "CHANGELOG", "criteria/README")
DOCUMENTS = [*(ROOT / f"{name}.md" for name in PAGES), *ROOT.glob("docs/**/*.md")]
LOCALE_FILES = sorted(LOCALES.glob("*/*.yaml"))
COMMAND = re.compile(r"(?<!inject )\bgreenstar ([a-z]+(?:-[a-z]+)*)(?: ([a-z]+)\b)?")
OPTION = re.compile(r"(?<![\w-])--[a-z][a-z-]+")
OF_OTHERS = {
    "--open",
    "--setting",
    "--require-hashes",
    "--snapshot-update",
    "--stat",
    "--number",
}  # datasette, pip, pytest, git, tortures
CODE = re.compile(r"`([^`\n]+)`")
MODULE = re.compile(r"`([\w/]+\.py)`")
LINK = re.compile(r"\]\(([^)#\s]+)\)")
MAKE = re.compile(r"`?\bmake ([a-z-]+)`")


CONTEXT = click.Context(root)
COMMANDS = root.list_commands(CONTEXT)


def subcommands(name: str) -> list[str]:
    group = root.get_command(CONTEXT, name)
    return group.list_commands(CONTEXT) if isinstance(group, click.Group) else []


def relative(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


@rows("path", [*DOCUMENTS, *LOCALE_FILES])
def test_every_command_that_is_named_exists(path: Path) -> None:
    unknown = []
    for command, word in COMMAND.findall(path.read_text(encoding="utf-8")):
        known = subcommands(command) if command in COMMANDS else []
        if command not in COMMANDS or (known and word and word not in known):
            unknown.append(f"greenstar {command} {word}".strip())
    assert not unknown


def options_of(command: click.Command) -> Iterator[str]:
    """The options of a command, and of all that are in it."""
    yield from (name for parameter in command.get_params(CONTEXT) for name in parameter.opts)
    if isinstance(command, click.Group):
        for name in command.list_commands(CONTEXT):
            part = command.get_command(CONTEXT, name)
            assert part is not None
            yield from options_of(part)


def test_every_option_that_is_named_exists() -> None:
    known = {*options_of(root), *OF_OTHERS}
    texts = {path: path.read_text(encoding="utf-8") for path in (*DOCUMENTS, *LOCALE_FILES)}
    named = {
        f"{relative(path)}: {option}"
        for path, text in texts.items()
        for option in OPTION.findall(text)
        if option not in known
    }
    assert not named


def test_every_command_stands_in_the_readme() -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    assert not [name for name in COMMANDS if not re.search(rf"\b{name}\b", readme)]


@rows("path", DOCUMENTS)
def test_every_file_that_is_named_is_there(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    linked = [target for target in LINK.findall(text) if "://" not in target]
    assert not [target for target in linked if not (path.parent / target).exists()]
    assert not [named for named in files_named(text) if not list(ROOT.glob(named))]
    assert not [module for module in MODULE.findall(text) if not any(path.endswith(f"/{module}") for path in modules())]


@cache
def modules() -> list[str]:
    """Every module of the repository, with a slash before its path."""
    return [
        f"/{relative(path)}"
        for folder in (PACKAGE, *map(ROOT.joinpath, ("tests", "tools", "bench")))
        for path in folder.rglob("*.py")
    ]


def files_named(text: str) -> Iterator[str]:
    """What stands in code marks and begins like a path of the repository; `NAME` in it stands for anything."""
    tops = {entry.name for entry in ROOT.iterdir()}
    for code in CODE.findall(text):
        words = code.split()
        if len(words) == 1 and "/" in code and code.split("/")[0] in tops:
            yield re.sub(r"N[A-Z]+|\{[^}]*\}", "*", code).strip("/")


def test_every_make_target_that_is_named_exists_and_says_what_it_is_for() -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    targets = dict(re.findall(r"^([a-z-]+):[^#\n]*(?:## (.+))?$", makefile, re.MULTILINE))
    named = {name for path in DOCUMENTS for name in MAKE.findall(path.read_text(encoding="utf-8"))}
    assert named <= targets.keys()
    assert not [name for name, says in targets.items() if not says]


@rows("table", COLUMNS)
def test_the_page_of_data_names_the_columns_of_every_table_in_their_order(table: str) -> None:
    page = (ROOT / "docs" / "data.md").read_text(encoding="utf-8")
    section = page.partition(f"### `{table}`\n")[2].partition("\n#")[0]
    listed = re.findall(r"^`([^`\n]+)`$", section, re.MULTILINE)
    assert listed == [", ".join(columns) for columns in (COLUMNS[table], LAST.get(table)) if columns]


def test_every_decision_has_a_number_of_its_own_a_date_and_a_line_in_the_index() -> None:
    folder = ROOT / "docs" / "decisions"
    names = sorted(path.name for path in folder.glob("0*.md"))
    numbers = [name[:4] for name in names]
    assert numbers == sorted(set(numbers))
    assert LINK.findall((folder / "README.md").read_text(encoding="utf-8"))[: len(names)] == names
    heads = {name: (folder / name).read_text(encoding="utf-8").splitlines()[:3] for name in names}
    assert not [
        name
        for name, (title, _, status) in heads.items()
        if not title.startswith(f"# {name[:4]} ") or not re.match(r"\d{4}-\d\d-\d\d · ", status)
    ]
