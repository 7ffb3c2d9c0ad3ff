"""The program begins on every system: what only Unix has is asked for where it is needed, and where it is there."""

import ast
import re
from collections.abc import Iterator

from greenstar.resources import PACKAGE

MODULES = {"fcntl", "grp", "posix", "pty", "pwd", "resource", "termios", "tty"}
NAMES = {
    "os": {
        *("O_CLOEXEC", "O_DIRECTORY", "O_NOFOLLOW", "O_NONBLOCK", "chown", "fchmod", "fork", "geteuid", "getuid"),
        *("killpg", "mkfifo", "openpty", "posix_fadvise", "pread", "sched_getaffinity", "setsid", "statvfs", "uname"),
    },
    "signal": {"SIGALRM", "SIGCHLD", "SIGHUP", "SIGKILL", "SIGPIPE", "SIGQUIT", "SIGTSTP", "SIGWINCH", "alarm"},
}
UNIX = re.compile(rf"\b({'|'.join(sorted(MODULES.union(*NAMES.values())))})\b")


def asked_at_once(tree: ast.AST) -> Iterator[str]:
    """What only Unix has and a module asks for as it is imported, without asking which system it is on."""
    for node in ast.iter_child_nodes(tree):
        match node:
            case ast.FunctionDef() | ast.AsyncFunctionDef() | ast.Lambda():
                continue
            case ast.If(test=test) if "sys.platform" in ast.unparse(test):
                continue
            case ast.Import(names=names):
                yield from (alias.name for alias in names if alias.name in MODULES)
            case ast.ImportFrom(module=str(module)) if module in MODULES:
                yield module
            case ast.Attribute(value=ast.Name(id=module), attr=name) if name in NAMES.get(module, ()):
                yield f"{module}.{name}"
        yield from asked_at_once(node)


def test_no_module_asks_for_what_only_unix_has_as_it_is_imported_but_those_behind_serve() -> None:
    asking = dict[str, list[str]]()
    for path in PACKAGE.rglob("*.py"):
        text = path.read_text(encoding="utf-8")
        if UNIX.search(text) and (names := [*asked_at_once(ast.parse(text))]):
            asking[path.relative_to(PACKAGE).as_posix()] = names
    assert {name.partition("/")[0] for name in asking} == {"web"}, asking
