"""The declaration of the keys: a key means one thing, has a second way to press it, and is told wherever it works."""

import re
from collections import Counter
from pathlib import Path

from greenstar.i18n.catalogue import LANGUAGES, Catalogue
from greenstar.keys import ALL, EVERYWHERE, SEAL
from greenstar.resources import LOCALES
from greenstar.services.settings.keymap import AS_DECLARED
from greenstar.tui import routes
from greenstar.tui.common.screen import GreenScreen
from greenstar.tui.routes import Route
from tools.keys_table import README, with_table

PLACES = {
    "STORES": "stores",
    "STORE": "store",
    "VISIT": "visit",
    "CALENDAR": "calendar",
    "CHECKLIST": "checklist",
    "CLOSING": "closing_meeting",
    "SCORECARD": "scorecard",
    "RANKING": "ranking",
    "COMPARISON": "comparison",
    "HISTORY": "history",
    "FINDINGS": "findings",
    "EVIDENCE": "evidence",
    "WELCOME": "welcome",
}
KEY = re.compile(r"\b(f[1-9][0-2]?|alt\+[a-z,]|ctrl\+[gq])(?![a-z])")


def screens() -> dict[str, type[GreenScreen]]:
    """The screens by their places; those that have only what is everywhere are called by their routes."""
    from greenstar.tui.stores.stores_screen import StoresScreen  # noqa: PLC0415 - as the app does

    loaded: dict[str, type[GreenScreen]] = {"stores": StoresScreen}
    for name, route in vars(routes).items():
        screen = route.load() if isinstance(route, Route) else None
        if isinstance(screen, type) and issubclass(screen, GreenScreen):
            loaded[PLACES.get(name, name)] = screen
    return loaded


def test_no_key_means_two_things() -> None:
    keys = Counter(key for command in ALL for key in (command.key, f"{AS_DECLARED.leader} {command.after_leader}"))
    assert [key for key, count in keys.items() if count > 1 and key.strip() != AS_DECLARED.leader] == []
    assert len({command.name for command in ALL}) == len(ALL)


def test_every_command_has_a_second_binding_that_no_terminal_takes_away() -> None:
    assert [command.name for command in ALL if not command.after_leader and command.bound] == []


def test_every_screen_has_the_commands_that_are_declared_to_work_there() -> None:
    for place, screen in screens().items():
        there = {command.name for command in screen.commands}
        declared = {command.name for command in ALL if place in command.where and command is not SEAL}
        everywhere = {command.name for command in EVERYWHERE}
        assert there - everywhere - {"enter"} == declared, place
        assert everywhere <= there, place


def test_every_command_of_a_screen_has_words_in_every_language_and_is_the_declared_one_but_for_them() -> None:
    declared = {command.name: (command.key, command.after_leader) for command in ALL}
    for screen in screens().values():
        assert len({command.name for command in screen.commands}) == len(screen.commands)
        for command in screen.commands:
            assert declared[command.name] == (command.key, command.after_leader)
            assert all(Catalogue(language).say(command.word) for language in LANGUAGES)
            assert all(Catalogue(language).say(command.sentence) for language in LANGUAGES)


def test_no_sentence_names_a_key_by_itself_as_a_user_may_have_given_another() -> None:
    named = [
        f"{path.parent.name}/{path.name}: {line.strip()}"
        for path in Path(LOCALES).rglob("*.yaml")
        for line in path.read_text(encoding="utf-8").splitlines()
        if KEY.search(line)
    ]
    assert named == []


def test_a_sentence_names_the_key_that_the_user_has() -> None:
    catalogue = Catalogue("en", pressed={command.name: f"<{command.name}>" for command in ALL})
    assert catalogue.say("tui.note_hint") == "<note>: in your own words"
    assert catalogue.following.pressed == catalogue.pressed


def test_the_readme_has_the_keys_as_they_are_declared() -> None:
    text = README.read_text(encoding="utf-8")
    assert with_table(text) == text, "run python -m tools.keys_table"
    by_key = {command.key for command in ALL} | {AS_DECLARED.leader}
    assert {key.replace(",", "comma") for key in KEY.findall(text)} <= by_key
