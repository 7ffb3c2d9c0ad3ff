"""What holds for every command: streams, exit codes, usage, and what is loaded."""

import errno
import os
import subprocess
import sys
from pathlib import Path
from types import ModuleType

import pytest

from greenstar.__main__ import main as begin
from greenstar.cli.framework import output
from greenstar.cli.session import Session
from greenstar.errors import INTERRUPTED
from greenstar.i18n.catalogue import LANGUAGES
from tests.cli.conftest import EXAMPLES, WUXI, Greenstar
from tests.rows import rows

GREENSTAR = [sys.executable, "-m", "greenstar"]


def test_options_that_stand_everywhere_stand_before_and_after_the_command(greenstar: Greenstar, tmp_path: Path) -> None:
    database = tmp_path / "own.db"
    assert greenstar("--db", database, "record", WUXI).code == 0
    assert greenstar("rank", "--drafts", "--db", database).out == greenstar("--db", database, "rank", "--drafts").out
    assert greenstar("--db", "nowhere.db", "rank", "--db", database).code == 0
    assert greenstar("stores", "--db", database, "list").code == 0


@rows(
    ("arguments", "said"),
    [
        (["scor"], "There is no command scor. Did you mean score?"),
        (["xyzzy"], "There is no command xyzzy. There are demo, "),
        (["stores", "lst"], "There is no command lst. Did you mean list?"),
        (["score"], "ANSWERS… is missing.\ngreenstar score --help shows"),
        (["score", "--jsn", "x"], "There is no option --jsn.\nDid you mean --json?"),
        (["score", "--scheme"], "The option --scheme is used wrongly"),
        (["rank", "too", "many"], "Got unexpected extra arguments"),
        (
            ["--lang", "french", "rank"],
            f"--lang: french is no language; the program has {', '.join(LANGUAGES)},",
        ),
        (["reopen", "WX-001"], "--because is missing."),
        (
            ["export", "scores", "--format", "ods"],
            "--format: ods is not possible; possible are csv, json, xlsx, parquet, ics.",
        ),
        (
            ["export", "everything"],
            (
                "everything is not possible; possible are scores, criteria, answers, findings, facts, evidence, "
                "events, certificates, ranking, indicators, stores, all."
            ),
        ),
    ],
)
def test_a_command_asked_wrongly_is_told_so(greenstar: Greenstar, arguments: list[str], said: str) -> None:
    done = greenstar(*arguments)
    assert (done.code, done.out) == (2, "")
    assert said in done.err


@rows("command", [["rank"], ["stores", "list"], ["export", "scores"], ["explain", "WX-001"]])
def test_a_command_that_only_reads_never_makes_a_database(
    greenstar: Greenstar, tmp_path: Path, command: list[str]
) -> None:
    done = greenstar(*command)
    assert (done.code, done.out) == (2, "")
    assert "There is no database" in done.err
    assert not (tmp_path / "home").exists()


def test_the_screen_without_a_terminal_is_one_sentence(process: Greenstar, greenstar: Greenstar) -> None:
    for done in (process(), greenstar("assess", "WX-001")):
        assert (done.code, done.out) == (2, "")
        assert done.err == "The screen needs a terminal. Without one, use the commands: greenstar --help lists them.\n"


@pytest.fixture
def homeless(monkeypatch: pytest.MonkeyPatch) -> None:
    """A user of whom the system knows no home folder, as in a container."""

    def nobody(*_: object) -> None:
        raise KeyError

    pwd = pytest.importorskip("pwd")
    for variable in ("HOME", "GREENSTAR_HOME", "XDG_DATA_HOME"):
        monkeypatch.delenv(variable, raising=False)
    monkeypatch.setattr(pwd, "getpwuid", nobody)
    monkeypatch.setattr(pwd, "getpwnam", nobody)


@pytest.mark.usefixtures("homeless")
@pytest.mark.parametrize("command", [["rank"], ["stores", "add", "A-1"], ["demo"], ["record", WUXI]])
def test_without_a_home_folder_it_is_said_what_to_do(greenstar: Greenstar, command: list[str]) -> None:
    done = greenstar(*command)
    assert (done.code, done.out, len(done.err.splitlines())) == (3, "", 1)
    assert "--db" in done.err


@pytest.mark.slow
@pytest.mark.usefixtures("homeless", "few_stores")
def test_without_a_home_folder_a_database_that_is_named_works(
    greenstar: Greenstar, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    database = tmp_path / "own.db"
    assert greenstar("--db", database, "stores", "add", "A-1").code == 0
    assert greenstar("--db", database, "export", "scores", "-o", "scores.csv").code == 0
    assert greenstar("demo", tmp_path / "demo").code == 0
    for command in (["--db", "~/x.db", "rank"], ["--scheme", "~x/y", "check"], ["check", "~/scheme"]):
        done = greenstar(*command)
        assert (done.code in (1, 2, 3), "Traceback" in done.err) == (True, False)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["demo", "own.db", "scores.csv"]


@pytest.mark.parametrize("term", ["dumb", "unknown"])
def test_a_terminal_that_moves_no_cursor_gets_a_sentence(
    greenstar: Greenstar, monkeypatch: pytest.MonkeyPatch, term: str
) -> None:
    monkeypatch.setattr(output, "is_terminal", lambda: True)
    monkeypatch.setenv("TERM", term)
    done = greenstar("assess", "WX-001")
    assert (done.code, done.out) == (2, "")
    assert done.err.startswith(f"This terminal (TERM={term}) cannot show the screen.")


def test_a_folder_in_place_of_a_database_is_a_sentence(greenstar: Greenstar, tmp_path: Path) -> None:
    for folder in (tmp_path, ".", "/"):
        for command in (["rank"], ["stores", "add", "A-1"], ["backup", tmp_path / "green.backup"]):
            done = greenstar("--db", folder, *command)
            assert done.code in (2, 3)
            assert len(done.err.splitlines()) == 1


def test_a_file_that_is_no_database_is_a_sentence(greenstar: Greenstar, tmp_path: Path) -> None:
    path = tmp_path / "letter.db"
    path.write_text("Dear sir or madam, " * 100, encoding="utf-8")
    done = greenstar("--db", path, "rank")
    assert done.code in (2, 3)
    assert len(done.err.splitlines()) == 1


def test_what_the_system_refuses_is_a_sentence_even_where_no_sentence_can_be_read(
    greenstar: Greenstar, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fails(*_: object, **__: object) -> None:
        raise OSError(errno.EIO, "Input/output error", "/program/part")

    monkeypatch.setattr("greenstar.services.schemes.check.read_scheme", fails)
    done = greenstar("check")
    assert (done.code, done.out, len(done.err.splitlines())) == (3, "", 1)
    assert done.err.startswith("The system would not go on ([Errno 5] Input/output error: '/program/part').")
    monkeypatch.setattr(Session, "text", fails)
    done = greenstar("check")
    assert (done.code, done.err) == (3, "[Errno 5] Input/output error: '/program/part'\n")


def import_error(name: str = "greenstar.gone", text: str = "no such part", cause: Exception | None = None) -> Exception:
    """What an import ends in where a part of the program is not given."""
    error = ModuleNotFoundError(text, name=name)
    error.__cause__ = cause
    return error


@rows(
    ("error", "is_system"),
    [
        (import_error(), False),
        (import_error("gone_altogether"), False),
        (ImportError("cannot import name 'x' from 'greenstar.errors'", name="greenstar.errors"), False),
        (import_error(cause=ValueError()), False),
        (import_error(cause=OSError(errno.EIO, "Input/output error")), True),
        (import_error("greenstar.errors"), True),  # it is there: its disk did not give it
        (ImportError(f"lib.so: cannot read file data: {os.strerror(errno.EIO)}"), True),
    ],
)
def test_only_an_import_that_a_disk_refused_is_told_as_the_system_s_and_no_broken_installation(
    greenstar: Greenstar, monkeypatch: pytest.MonkeyPatch, error: Exception, is_system: bool
) -> None:
    def fails(*_: object, **__: object) -> None:
        raise error

    monkeypatch.setattr("greenstar.services.schemes.check.read_scheme", fails)
    if is_system:
        done = greenstar("check")
        assert (done.code, len(done.err.splitlines())) == (3, 1)
        assert done.err.startswith(f"The system would not go on ({error}).")
    else:
        with pytest.raises(ImportError):
            greenstar("check")


def test_ctrl_c_ends_quietly(greenstar: Greenstar, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupted(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("greenstar.services.schemes.check.read_scheme", interrupted)
    done = greenstar("check")
    assert (done.code, done.out, done.err.strip()) == (INTERRUPTED, "", "")


def test_ctrl_c_while_the_program_loads_ends_it_quietly(monkeypatch: pytest.MonkeyPatch) -> None:
    class Loading(ModuleType):
        def __getattr__(self, name: str) -> object:
            raise KeyboardInterrupt

    monkeypatch.setitem(sys.modules, "greenstar.cli.main", Loading("greenstar.cli.main"))
    assert begin() == INTERRUPTED


@pytest.mark.process
@pytest.mark.skipif(sys.platform == "win32", reason="needs a Unix shell")
def test_a_reader_that_has_enough_ends_it_quietly() -> None:
    files = " ".join([str(EXAMPLES / "wuxi.yaml")] * 8)
    shell = (
        f"set -o pipefail; {' '.join(GREENSTAR)} score --json {files} | head -c 10 >/dev/null; echo ${{PIPESTATUS[0]}}"
    )
    done = subprocess.run(["bash", "-c", shell], check=False, capture_output=True, timeout=60)
    assert (done.stdout, done.stderr) == (b"0\n", b"")


@pytest.mark.process
@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs /dev/full")
@pytest.mark.usefixtures("wuxi_recorded")
def test_a_full_disk_at_the_other_end_is_a_sentence() -> None:
    done = subprocess.run(
        ["bash", "-c", f"{' '.join(GREENSTAR)} rank --drafts --json > /dev/full"],
        check=False,
        capture_output=True,
        timeout=60,
    )
    assert done.returncode == 3
    assert done.stderr == b"The result cannot be written to standard output: No space left on device.\n"


@pytest.mark.process
@pytest.mark.skipif(sys.platform == "win32", reason="needs a Unix shell")
@pytest.mark.parametrize("closed", [">&-", "2>&-", "<&-", ">&- 2>&- <&-"])
@pytest.mark.usefixtures("wuxi_recorded")
def test_closed_streams_do_no_harm(closed: str) -> None:
    command = f"{' '.join(GREENSTAR)} rank --drafts {closed}"
    done = subprocess.run(["bash", "-c", command], check=False, capture_output=True, timeout=60)
    assert done.returncode == 0
    assert (b"WX-001" in done.stdout) is not closed.startswith(">")
    assert b"Traceback" not in done.stderr


@pytest.mark.process
@pytest.mark.skipif(sys.platform != "linux", reason="file names of any bytes")
def test_a_file_name_that_is_no_utf8_is_told_without_a_traceback(greenstar: Greenstar, tmp_path: Path) -> None:
    name = bytes(tmp_path) + b"/\xff\xfe.yaml"
    in_a_shell = subprocess.run([*GREENSTAR, b"score", name], check=False, capture_output=True, timeout=60)
    for code, told in (
        (in_a_shell.returncode, in_a_shell.stderr.decode()),
        *((done.code, done.err) for done in (greenstar(command, os.fsdecode(name)) for command in ("score", "check"))),
    ):
        assert code == 2
        assert "Traceback" not in told
        assert len(told.splitlines()) == 1


@pytest.mark.parametrize(
    "arguments",
    [["rank", "--cycle", "\udcff"], ["submit", "\udcff"], ["explain", "\udcff"], ["stores", "list", "\udcff"]],
)
@pytest.mark.usefixtures("wuxi_recorded")
def test_bytes_of_another_encoding_are_refused_as_text(greenstar: Greenstar, arguments: list[str]) -> None:
    done = greenstar(*arguments)
    assert (done.code, done.out) == (2, "")
    assert "is not text in this terminal's encoding" in done.err


@pytest.mark.usefixtures("wuxi_recorded")
def test_json_into_a_pipe_is_utf8_whatever_the_locale(process: Greenstar, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PYTHONIOENCODING", "ascii")
    done = process("rank", "--drafts", "--json", "--lang", "zh")
    assert done.code == 0
    assert "无锡灯塔示例店" in done.out


def loaded_by(*commands: list[str]) -> list[set[str]]:
    """What modules were loaded after each of the calls, made one after the other in one process."""
    code = (
        "import sys\nfrom greenstar.cli.main import run\n"
        f"for command in {list(commands)!r}:\n    run(command)\n    print(*sys.modules, file=sys.stderr)"
    )
    done = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, timeout=60, input=b"")
    return [set(line.split()) for line in done.stderr.decode().splitlines()[-len(commands) :]]


@pytest.mark.process
@pytest.mark.usefixtures("wuxi_recorded")
def test_no_command_loads_the_screen_library() -> None:
    commands = [["--help"], ["rank", "--drafts"], ["score", WUXI], ["explain", WUXI], ["check"]]
    commands += [["assess", "WX-001", "--plain"], ["serve", "--help"], ["report", "--help"]]
    for command, modules in zip(commands, loaded_by(*commands), strict=True):
        assert "greenstar.cli.main" in modules
        heavy = (
            "textual",
            "greenstar.tui",
            "openpyxl",
            "xlsxwriter",
            "greenstar.reports.xlsx",
            "aiohttp",
            "jinja2",
            "segno",
            "duckdb",
            "numpy",
        )
        assert not {name for name in modules if name.startswith(heavy)}, command


@pytest.mark.process
@pytest.mark.usefixtures("wuxi_recorded")
def test_the_ranking_loads_neither_schemes_nor_scoring(greenstar: Greenstar) -> None:
    greenstar("submit", "WX-001")
    (modules,) = loaded_by(["rank"])
    heavy = ("pydantic", "greenstar.scheme.", "greenstar.scoring.score", "greenstar.assessment.answer_types")
    assert not {name for name in modules if name.startswith(heavy)}
    assert "rich" not in modules


def test_a_whole_file_takes_the_place_of_the_old_one_or_it_stays(tmp_path: Path) -> None:
    target = tmp_path / "out.csv"
    target.write_bytes(b"old")
    output.data(b"new", str(target))
    assert target.read_bytes() == b"new"
    assert [path.name for path in tmp_path.iterdir()] == ["out.csv"]


@pytest.mark.usefixtures("wuxi_recorded")
def test_a_file_in_a_folder_that_does_not_exist_is_a_sentence(greenstar: Greenstar, tmp_path: Path) -> None:
    done = greenstar("export", "scores", "-o", tmp_path / "nowhere" / "out.csv")
    assert done.code == 3
    assert "cannot be written" in done.err
    assert greenstar("export", "scores", "-o", tmp_path).code == 2
