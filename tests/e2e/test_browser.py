"""A visit in a real browser, by way of `greenstar serve`: answered, interrupted, gone on with."""

import os
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.e2e.terminal import PATIENCE, settings

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

pytestmark = pytest.mark.terminal

QUICKLY = 3.0  # seconds


@pytest.fixture
def served(home: Path) -> "Iterator[tuple[str, subprocess.Popen[str]]]":
    """The address of a server on the home folder, and its process."""
    command = [sys.executable, "-m", "greenstar", "--lang", "zh", "serve"]
    environment = {**os.environ, **settings(home)}
    server = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True, env=environment)
    assert server.stdout is not None
    with server.stdout:
        yield server.stdout.readline().strip(), server
    server.kill()
    server.wait()


def shown(page: "Page") -> str:
    """What the terminal in a page shows."""
    return page.locator(".xterm-rows").inner_text()


def wait_for(page: "Page", *texts: str) -> None:
    """Wait until the terminal shows all the texts. AssertionError after a while."""
    wait_until(page, lambda: all(text in shown(page) for text in texts))


def wait_until(page: "Page", holds: Callable[[], bool]) -> None:
    """Wait until something holds. AssertionError after a while."""
    deadline = time.monotonic() + PATIENCE
    while not holds():
        assert time.monotonic() < deadline, shown(page)
        page.wait_for_timeout(60)


def rows(home: Path, query: str) -> list[tuple[str, ...]]:
    """What the database has."""
    with closing(sqlite3.connect(home / "greenstar.db")) as database:
        return database.execute(query).fetchall()


def test_a_visit_in_a_browser_is_answered_in_chinese_and_outlives_reload_crash_and_the_end_of_the_server(
    browser: "Browser", served: "tuple[str, subprocess.Popen[str]]", unvisited_store: str, home: Path, tmp_path: Path
) -> None:
    address, server = served
    photo = tmp_path / "水表 读数.txt"
    photo.write_text("1234 m³", encoding="utf-8")
    context = browser.new_context(viewport={"width": 1100, "height": 700})
    page = context.new_page()
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(address)
    wait_for(page, unvisited_store, "查找")
    page.keyboard.press("F8")
    wait_for(page, "MGT-P1", "备注")
    page.keyboard.type("y")
    wait_until(page, lambda: rows(home, "SELECT value FROM answer") == [("true",)])
    page.keyboard.press("F7")
    _compose(page, "雨水表已亲自抄读")
    wait_for(page, "雨水表已亲自抄读")
    _attach(page, photo)

    page.keyboard.press("F9")
    wait_for(page, "查找条款")
    page.keyboard.type("MGT-03")
    page.keyboard.press("Enter")
    wait_for(page, "MGT-03")
    page.keyboard.press("Tab")
    page.keyboard.type("1234x")
    page.reload()
    wait_for(page, "MGT-03", "1234x")
    page.keyboard.type("5")
    wait_for(page, "1234x5")
    assert not [url for url in asked if not url.startswith(address.partition("?")[0])]

    context.close()  # without a word, as where it crashes
    again = browser.new_context(viewport={"width": 900, "height": 560}).new_page()
    again.goto(address)
    wait_for(again, "MGT-03", "1234x5")
    again.keyboard.type("6")
    wait_for(again, "1234x56")
    before = time.monotonic()
    server.send_signal(signal.SIGTERM)
    assert server.wait(PATIENCE) == 0
    assert time.monotonic() - before < QUICKLY
    assert rows(home, "SELECT text FROM draft") == [("1234x56",)]
    assert rows(home, "SELECT text FROM note") == [("雨水表已亲自抄读",)]
    assert rows(home, "SELECT file FROM evidence") == [(photo.name,)]


def _compose(page: "Page", text: str) -> None:
    """Type a text by an input method: it is composed first, and comes at once."""
    session = page.context.new_cdp_session(page)
    session.send("Input.imeSetComposition", {"text": "yushui", "selectionStart": 6, "selectionEnd": 6})
    session.send("Input.insertText", {"text": text})


def _attach(page: "Page", photo: Path) -> None:
    page.keyboard.press("F5")
    wait_for(page, "尚未添加任何文件")
    page.locator("#files").set_input_files(photo)
    wait_for(page, "uploads/", photo.suffix)
    page.keyboard.press("Enter")
    wait_for(page, "已添加", "SHA-256")
    page.keyboard.press("ArrowDown")
    with page.context.expect_page() as opened:
        page.keyboard.press("Enter")
    assert opened.value.locator("body").inner_text() == photo.read_text(encoding="utf-8")
    opened.value.close()
    page.keyboard.press("Escape")
    wait_for(page, "MGT-P1", "备注")
