"""The window's words in the language chosen, also those that packs bring along."""

from collections.abc import Iterator
from typing import NamedTuple

import pytest

from desktop.kit.language import language, speak, t, t_or, titled


class Named(NamedTuple):
    title: str
    title_en: str = ""


@pytest.fixture(autouse=True)
def _chinese_again() -> Iterator[None]:
    yield
    speak("zh")


def test_the_same_code_in_both_languages() -> None:
    speak("zh")
    chinese = t("page.home")
    speak("en")
    assert language() == "en"
    assert t("page.home") == "My work" != chinese


def test_what_has_no_sentence_keeps_its_own_name() -> None:
    assert t_or("kind.none-such", "other words") == "other words"
    assert t_or("page.home", "other words") == t("page.home")


def test_a_packs_rule_is_called_in_the_language_where_it_has_a_name() -> None:
    speak("zh")
    assert titled(Named("初创企业", "start-up")) == "初创企业"
    speak("en")
    assert titled(Named("初创企业", "start-up")) == "start-up"
    assert titled(Named("初创企业")) == "初创企业"
