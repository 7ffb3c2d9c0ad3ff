"""`greenstar serve` says what it lacks before it serves anything; what it serves is tested in `tests/web`."""

import socket
from importlib.util import find_spec

import pytest

from greenstar.cli.commands import serve
from tests.cli.conftest import Greenstar


@pytest.mark.parametrize(("missing", "sentence"), [("aiohttp", "greenstar[web]"), ("pty", "needs a pseudo-terminal")])
def test_where_something_is_missing_a_sentence_says_so(
    greenstar: Greenstar, monkeypatch: pytest.MonkeyPatch, missing: str, sentence: str
) -> None:
    monkeypatch.setattr(serve, "find_spec", lambda name: None if name == missing else find_spec(name))
    done = greenstar("serve")
    assert (done.code, done.out) == (2, "")
    assert sentence in done.err


@pytest.mark.slow
def test_a_port_that_is_taken_is_named(greenstar: Greenstar) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        done = greenstar("serve", "--port", port)
    assert (done.code, done.out) == (2, "")
    assert f"Port {port} cannot be used" in done.err
    assert greenstar("serve", "--port", "66000").code == 2
