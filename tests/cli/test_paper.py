"""A form on paper: written with a code a question, and keyed in by these codes."""

import io
import re
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from greenstar.reports.pdf import typesetting
from greenstar.services.schemes.registry import find_scheme
from greenstar.services.visit.paper_codes import paper_codes
from tests.cli.conftest import Called, Greenstar
from tests.rows import rows

Keys = Callable[..., Called]
SHEET = re.compile(r'<section class="sheet">.*?</section>', re.DOTALL)


@pytest.fixture
def keys(greenstar: Greenstar, monkeypatch: pytest.MonkeyPatch) -> Keys:
    """Keys in lines, as a pipe does, at a store with a car wash."""
    greenstar("stores", "add", "S-1", "--name", "</script>{{ x }}", "--fact", "has_car_wash=yes")

    def give(*lines: str, language: str = "en") -> Called:
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO("".join(f"{line}\n" for line in lines).encode())))
        return greenstar("--assessor", "A. Assessor", "--lang", language, "assess", "S-1", "--paper")

    return give


def code_of(name: str) -> str:
    codes = {name: code for code, name in paper_codes(find_scheme("leading-green-star")).items()}
    return codes[name]


def test_what_is_keyed_in_by_codes_is_recorded_and_stands_on_the_next_form(
    keys: Keys, greenstar: Greenstar, tmp_path: Path
) -> None:
    done = keys(
        f"{code_of('cars_washed_n')} 11000", f"{code_of('has_workshop').lower()}  no", f"{code_of('permits_ok')} 1"
    )
    assert (done.code, done.out.count("Recorded: ")) == (0, 3)
    path = tmp_path / "form.html"
    assert greenstar("form", "S-1", "--format", "html", "-o", path).code == 0
    page = path.read_text("utf-8")
    assert "Known: 11000" in page
    assert "</script>" not in page
    assert "[remove]" not in page
    again = keys(code_of("cars_washed_n"))
    assert "11 000" in again.out


@rows(
    ("lines", "sentence"),
    [
        (["999 1"], "Line 1 was not taken"),
        (["1 yes", "F1 perhaps"], "Line 2 was not taken"),
        (["x"], "there is no code x on the form"),
    ],
)
def test_a_line_that_is_no_code_or_no_answer_ends_a_script_with_its_number(
    keys: Keys, lines: list[str], sentence: str
) -> None:
    done = keys(*lines)
    assert done.code == 2
    assert sentence in done.err


def test_a_number_with_two_readings_is_asked_for_and_the_next_code_goes_on(keys: Keys) -> None:
    figure, other = code_of("cars_washed_n"), code_of("permits_ok")
    done = keys(
        f"{code_of('roof_area_m2')} 1.234", "2", f"{code_of('site_area_m2')} 1.234", f"{other} 1", f"{figure} 5"
    )
    assert done.code == 0
    assert done.out.count("Recorded: ") == 3


def test_commands_are_taken_between_codes(keys: Keys) -> None:
    done = keys(f"{code_of('cars_washed_n')} 11000", ":undo", ":quit")
    assert done.code == 0


@rows("language", ["en", "zh"])
def test_each_page_of_the_form_has_its_place_its_number_and_a_code(
    greenstar: Greenstar, tmp_path: Path, language: str
) -> None:
    greenstar("stores", "add", "S-1", "--name", "Store")
    path = tmp_path / f"{language}.html"
    greenstar("form", "S-1", "--format", "html", "--lang", language, "-o", path)
    text = path.read_text("utf-8")
    sheets = SHEET.findall(text)
    assert len(sheets) > 5
    assert text.split("<body>")[1].split("</body>")[0].strip().startswith("<main>"), "a reader of screens finds it"
    for number, sheet in enumerate(sheets, 1):
        assert sheet.count("<svg") == 1
        assert f"{number}/{len(sheets)}" in sheet
    within = set(re.findall(r'class="place"><[^>]+>(.+?)<', text))
    assert within - set(re.findall(r"<h1>(.+?)</h1>", text)), "a short place stands under the one before it"
    codes = re.findall(r'class="code">([^<]+)<', "".join(sheets))
    assert len(codes) == len(set(codes))
    assert set(codes) <= paper_codes(find_scheme("leading-green-star")).keys()


@pytest.mark.engine
def test_the_form_as_pdf_is_the_same_each_time_whatever_is_in_its_texts(
    keys: Keys, greenstar: Greenstar, tmp_path: Path
) -> None:
    keys("1 1")
    name = '#panic() $x$ @a \\ "' + "x" * 150
    assert greenstar("stores", "edit", "S-1", "--name", name).code == 0
    written = []
    for path in (tmp_path / "a.pdf", tmp_path / "b.pdf"):
        assert greenstar("form", "S-1", "--format", "pdf", "-o", path).code == 0
        written.append(path.read_bytes())
    assert written[0].startswith(b"%PDF")
    assert written[0] == written[1]
    pages = len(SHEET.findall(greenstar("form", "S-1", "--format", "html").out))
    assert b"/Count %d" % pages in written[0], "no page runs over"


@pytest.mark.engine
@rows("language", ["en", "zh"])
def test_without_typst_or_a_font_for_chinese_a_sentence_says_what_to_install(
    greenstar: Greenstar, tmp_path: Path, language: str
) -> None:
    greenstar("stores", "add", "S-1", "--name", "Store")
    ask = ("form", "S-1", "--format", "pdf", "--lang", language, "-o", tmp_path / "a.pdf")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(typesetting, "_families", lambda: frozenset({"Noto Sans"}))
        no_font = greenstar(*ask)
        patch.setitem(sys.modules, "typst", None)
        no_typst = greenstar(*ask)
    assert (no_font.code, no_typst.code) == (2, 2)
    assert "Noto Sans CJK SC" in no_font.err
    assert "pipx inject greenstar typst" in no_typst.err
    assert not (tmp_path / "a.pdf").exists()


def test_paper_and_plain_at_once_are_refused(greenstar: Greenstar) -> None:
    done = greenstar("assess", "S-1", "--plain", "--paper")
    assert done.code == 2
    assert "--plain" in done.err
