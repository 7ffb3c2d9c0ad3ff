"""The screens that one can go to."""

import pytest
from textual.binding import Binding
from textual.screen import Screen

from greenstar.tui import routes
from greenstar.tui.common.screen import GreenScreen
from greenstar.tui.routes import Route

ROUTES = {name: route for name, route in vars(routes).items() if isinstance(route, Route)}


@pytest.mark.parametrize("name", ROUTES)
def test_every_route_leads_to_a_screen(name: str) -> None:
    screen = ROUTES[name].load()
    assert isinstance(screen, type)
    assert issubclass(screen, Screen)


@pytest.mark.parametrize("name", sorted({*ROUTES} - {"PALETTE"}))
def test_every_command_of_a_screen_has_a_key_and_something_that_it_does(name: str) -> None:
    screen = ROUTES[name].load()
    assert isinstance(screen, type)
    assert issubclass(screen, GreenScreen)
    assert {command.key for command in screen.commands if command.bound} <= {
        str(binding.key) for binding in _bindings(screen)
    }
    assert all(callable(getattr(screen, f"do_{command.name}", None)) for command in screen.commands)


def _bindings(screen: type[GreenScreen]) -> list[Binding]:
    return [binding for binding in screen.BINDINGS if isinstance(binding, Binding)]
