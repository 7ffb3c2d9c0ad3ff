"""The Chinese of the program and of the shipped criteria: punctuation, percentages, and one word for one thing."""

import re
from collections.abc import Iterator
from functools import cache
from typing import Any

import yaml

from greenstar.assessment.model import Status
from greenstar.i18n.catalogue import Catalogue
from greenstar.resources import LOCALES, SHIPPED_SCHEME
from tests.rows import rows

HAN = "\u4e00-\u9fff"
FORMAT = ("fields", "schema", "form")  # areas that show what is to be written in a file: 60%


def texts_in(value: Any, path: str, *, chinese: bool) -> Iterator[tuple[str, str]]:
    """Every text below `zh`, or all of them where the file is Chinese, with where it stands."""
    if isinstance(value, str) and chinese:
        yield path, value
    parts = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, part in parts:
        yield from texts_in(part, f"{path}.{key}", chinese=chinese or key == "zh")


FIGURES = r"\{(?:actual|needed|count|points|most|cycle|at|all)\}"


@cache
def texts() -> list[tuple[str, str]]:
    """All that is Chinese in the catalogue and in the shipped criteria."""
    files = [(file, True) for file in sorted((LOCALES / "zh").glob("*.yaml"))]
    files += [(file, False) for file in sorted(SHIPPED_SCHEME.glob("*.yaml"))]
    return [
        text
        for file, chinese in files
        for text in texts_in(
            yaml.load(file.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader), file.stem, chinese=chinese
        )
    ]


def without_examples(text: str) -> str:
    """A text without what it quotes of a file: `{{值: 得分}}`, `[低, 高]`, “键: 值”, and what stands in backticks."""
    return re.sub(r"\{\{.*\}\}|\[[^\]]*\]|“[^”]*: [^”]*”|`[^`]*`", "…", text)


@rows(
    ("fault", "wrong"),
    [
        ("punctuation of half width", rf"[{HAN}”）》}}][:,;!?]|[:,;!?][{HAN}]|[{HAN}]\(|\([{HAN}]|[{HAN}]\.[{HAN}]"),
        ("a blank beside punctuation of full width", rf"[{HAN}] [。，；、！？）]|[。，；、！？] [{HAN}]"),
        ("two stops", r"。。|[。，；、][，；、。]|……。"),
        ("another word for findings, 评审发现", "审核发现|(?<!严重)(?<!一般)不符合项"),
        ("another word for decided, 已认定", "已评定"),
        ("another word for withdrawing a visit, 撤回", "撤销(?:已提交|评审)|认定、撤销"),
        ("a score that is one", "即为得分"),
    ],
)
def test_no_chinese_text_has(fault: str, wrong: str) -> None:
    assert not [(fault, *text) for text in texts() if re.search(wrong, without_examples(text[1]))]


def test_a_state_has_one_word_on_the_screen_and_in_sentences() -> None:
    for say in (Catalogue("en").say, Catalogue("zh").say):
        assert [say(f"tui.status_{status}") for status in Status] == [say(f"storage.{status}") for status in Status]


def test_a_percentage_is_written_with_a_blank_except_where_a_file_is_quoted() -> None:
    assert not [text for text in texts() if re.search(r"\d%", text[1]) and not text[0].startswith(FORMAT)]


def test_the_label_of_the_guidance_does_not_say_its_first_word() -> None:
    label = Catalogue("zh").say("tui.look")
    guidance = [text for path, text in texts() if path.endswith("guidance.zh")]
    assert len(guidance) > 50
    assert not [text for text in guidance if text[0] in label]


def test_a_sentence_that_is_put_in_before_a_full_stop_brings_no_second_one() -> None:
    say = Catalogue("zh").say
    assert say("checklist.may_cost", what="不得分。") == say("checklist.may_cost", what="不得分")


def test_a_figure_that_is_put_in_has_a_blank_beside_a_chinese_character() -> None:
    touching = re.compile(f"[{HAN}]{FIGURES}|{FIGURES}[{HAN}]")
    assert [f"{path}: {text}" for path, text in texts() if touching.search(text)] == []
