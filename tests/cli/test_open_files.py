"""A system that lets a program open few files at a time: told before anything begins, or its limit raised."""

import pytest

from greenstar.cli.framework import open_files, output
from greenstar.cli.framework.open_files import FOR_A_COMMAND, FOR_A_SCREEN, need_open_files
from tests.cli.conftest import Greenstar

resource = pytest.importorskip("resource")


@pytest.mark.process
def test_a_limit_that_is_too_low_for_any_command_is_a_sentence(process: Greenstar) -> None:
    done = process("rank", preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_NOFILE, (10, 10)))
    assert (done.code, done.out, len(done.err.splitlines())) == (3, "", 1)
    assert f"too few files at a time: it needs room for {FOR_A_COMMAND} more" in done.err


def test_a_limit_that_is_too_low_for_the_screen_is_a_sentence(
    greenstar: Greenstar, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(output, "is_terminal", lambda: True)
    monkeypatch.setattr(output, "can_draw", lambda: True)
    monkeypatch.setattr(open_files, "_can_open", lambda count: count < FOR_A_SCREEN)
    monkeypatch.setattr(open_files, "_raise_limit", lambda: None)
    for command in (["assess", "WX-001"], ["tour"], ["serve"]):
        done = greenstar(*command)
        assert (done.code, done.out, len(done.err.splitlines())) == (3, "", 1)
        assert f"room for {FOR_A_SCREEN} more" in done.err


def test_a_limit_that_may_be_raised_is_raised() -> None:
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    try:
        resource.setrlimit(resource.RLIMIT_NOFILE, (10, hard))
        need_open_files(FOR_A_SCREEN)
        assert resource.getrlimit(resource.RLIMIT_NOFILE)[0] > FOR_A_SCREEN
    finally:
        resource.setrlimit(resource.RLIMIT_NOFILE, (soft, hard))
