"""The window's language: every word it shows comes from `words`, in the language chosen."""

from typing import Any

from casework.rulebook.rule_titles import pack_called
from rules.pack import Pack
from words import DEFAULT, has, say

_language = DEFAULT


def speak(language: str) -> None:
    """Choose the language of everything shown from now on."""
    global _language
    _language = language


def language() -> str:
    """The language chosen."""
    return _language


def t(code: str, /, **params: Any) -> str:
    """The sentence of a code in the window's language."""
    return say(code, _language, **params)


def t_or(code: str, otherwise: str) -> str:
    """The sentence of a code, or other words where the catalogue has none (names that packs bring)."""
    return say(code, _language) if has(code, _language) else otherwise


def called(pack: Pack) -> str:
    """A version of the rules, by its title and version."""
    return pack_called(pack).say(_language)


def titled(named: object) -> str:
    """What a pack calls one of its rules, facts, parameters or readings, in the language chosen."""
    own = str(getattr(named, "title", ""))
    return own if _language == "zh" else str(getattr(named, "title_en", "")) or own
