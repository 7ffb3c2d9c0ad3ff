"""The report in a real browser: everybody can read it, on paper, on a telephone and in the dark, and it is valid."""

import json
import shutil
import subprocess
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from greenstar.cli.main import run
from greenstar.resources import SHIPPED_SCHEME

if TYPE_CHECKING:
    from playwright.sync_api import Browser

pytestmark = pytest.mark.terminal

PACKAGES = Path(__file__).parents[2] / "node_modules"
AXE, VALIDATOR = PACKAGES / "axe-core" / "axe.min.js", PACKAGES / "html-validate" / "bin" / "html-validate.mjs"
PAGES = ("report.html", "network.html", "compare.html")
RULES = "{runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']}"


@pytest.fixture(scope="module")
def reports(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the reports on a certified store, on the network and on two stores, in both languages."""
    folder = tmp_path_factory.mktemp("report")
    database, both = ["--db", str(folder / "green.db")], ["--lang", "both", "-o"]
    examples = [str(SHIPPED_SCHEME / "examples" / f"{name}.yaml") for name in ("mall-showroom", "wuxi")]
    for command in (
        ["record", *examples, "--without-files", "--cycle", "2026"],
        ["submit", "SH-004"],
        ["submit", "WX-001"],
        ["decide", "SH-004", "--assessor", "Ben"],
        ["report", "SH-004", *both, str(folder / "report.html")],
        ["report", "--network", *both, str(folder / "network.html")],
        ["report", "--compare", "SH-004", "WX-001", *both, str(folder / "compare.html")],
    ):
        with pytest.MonkeyPatch.context() as patch:
            if command[0] == "decide":  # by somebody else, with a key of their own
                patch.setenv("GREENSTAR_HOME", str(folder / "office"))
            assert run([*command, *database]) == 0
    return folder


@pytest.mark.skipif(not AXE.exists(), reason="not installed: npm install --no-save axe-core")
@pytest.mark.parametrize("name", PAGES)
@pytest.mark.parametrize(("look", "width"), [("light", 1300), ("dark", 360)])
def test_nothing_keeps_anybody_from_reading_it(
    browser: "Browser", reports: Path, name: str, look: Any, width: int
) -> None:
    report = reports / name
    context = browser.new_context(
        viewport={"width": width, "height": 900}, color_scheme=look, bypass_csp=True, offline=True
    )
    page = context.new_page()
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(report.as_uri())
    page.evaluate(AXE.read_text(encoding="utf-8"))
    result = page.evaluate(f"async () => await axe.run(document, {RULES})")
    assert [(violation["id"], violation["nodes"][0]["html"]) for violation in result["violations"]] == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert [url for url in asked if not url.startswith(("data:", report.as_uri()))] == []
    context.close()


@pytest.mark.skipif(
    not VALIDATOR.exists(), reason="html-validate is not installed: npm install --no-save html-validate"
)
@pytest.mark.skipif(shutil.which("node") is None, reason="Node is not installed")
@pytest.mark.parametrize("name", PAGES)
def test_it_is_valid(reports: Path, name: str) -> None:
    report = reports / name
    done = subprocess.run(
        ["node", str(VALIDATOR), "--formatter", "json", report.name],
        cwd=report.parent,
        capture_output=True,
        text=True,
        check=False,
    )
    messages = [message for file in json.loads(done.stdout or "[]") for message in file["messages"]]
    assert [(message["ruleId"], message["line"], message["message"]) for message in messages] == []
    assert done.returncode == 0, done.stderr


def test_it_prints_on_whole_pages_each_with_its_number(browser: "Browser", reports: Path, tmp_path: Path) -> None:
    if shutil.which("pdftotext") is None:
        pytest.skip("poppler-utils is not installed")
    page = browser.new_page()
    page.goto((reports / "report.html").as_uri())
    page.pdf(path=tmp_path / "report.pdf", prefer_css_page_size=True, print_background=True)
    page.close()
    text = subprocess.run(
        ["pdftotext", tmp_path / "report.pdf", "-"], capture_output=True, text=True, check=True
    ).stdout
    *pages, _ = text.split("\f")
    assert "Certificate" in pages[0]
    assert "证书" in pages[1]
    assert all(page.strip() for page in pages)
    numbered = [
        f"page {number} of {len(pages)}" in page or f"第 {number} 页，共 {len(pages)} 页" in page
        for number, page in enumerate(pages, 1)
    ]
    assert numbered == [False, False, *[True] * (len(pages) - 2)]
