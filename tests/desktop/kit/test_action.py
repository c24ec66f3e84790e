"""An action's words and its method follow from its name, on every page."""

import pytest

from desktop.frame.places import PLACES
from desktop.kit.action import Action
from desktop.kit.page import Page
from desktop.program.app import makers
from words import LANGUAGES, has


def test_words_and_method_are_named_after_it() -> None:
    assert (Action("send_back").words, Action("send_back").method) == ("action.send_back", "do_send_back")


@pytest.mark.parametrize("name", [place.name for place in PLACES])
def test_every_page_can_do_what_it_offers(name: str) -> None:
    assert name in makers()
    from importlib import import_module

    module = import_module(f"desktop.pages.{'import_' if name == 'import' else name}")
    kind = module.make.__annotations__["return"]
    assert issubclass(kind, Page) and kind.name == name
    for action in kind.offers:
        assert callable(getattr(kind, action.method, None)), action.name
        assert all(has(action.words, lang) for lang in LANGUAGES)
