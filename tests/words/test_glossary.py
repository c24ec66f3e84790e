"""One thing, one word: catalogues, manual, README, packs and the Chinese in the sources keep to
`docs/glossary.toml`."""

import ast
import re
import tomllib
from collections import defaultdict
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest

from words.compile import rooms

ROOT = Path(__file__).resolve().parents[2]
GLOSSARY: dict[str, dict[str, Any]] = tomllib.loads((ROOT / "docs/glossary.toml").read_text(encoding="utf-8"))
KEPT: dict[str, str] = GLOSSARY.pop("kept")
SENTENCES = {
    lang: {code: text for room in rooms(lang).values() for code, text in room.items()}
    for lang in ("zh", "en")
}
PAGES = {
    "zh": [
        *(ROOT / name for name in ("README.md", "docs/packs.md", "docs/banks.md")),
        *sorted((ROOT / "docs/manual/zh").glob("*.md")),
    ],
    "en": [ROOT / "README.md", *sorted((ROOT / "docs/manual/en").glob("*.md"))],
}
ROOMS = ("casework", "cli", "desktop", "models", "papers", "rules", "words")
NAMES = ("state", "act", "role", "side", "field", "account", "voucher_state", "finding", "kind")
"""Groups of codes that are names of one kind of thing: no two of them share a word."""


def never_said(
    glossary: Mapping[str, Mapping[str, Any]], sentences: Mapping[str, str], lang: str
) -> list[str]:
    """Sentences that call a thing by a word that is not its own: code, term and what was said."""
    return [
        f"{code}: {name} is never “{found[0]}”: {text}"
        for code, text in sentences.items()
        for name, term in glossary.items()
        for pattern in term.get(f"not_{lang}", ())
        if (found := re.search(pattern, text))
    ]


def apart(
    glossary: Mapping[str, Mapping[str, Any]], zh: Mapping[str, str], en: Mapping[str, str]
) -> Iterator[str]:
    """Sentences of which only one language has the thing's word: code and term."""
    for name, term in glossary.items():
        if "with" not in term:
            continue
        for code, text in zh.items():
            said_zh = term["zh"] in text
            said_en = re.search(term["with"], re.sub(r"\{\w+\}", "", en[code])) is not None
            if (said_en and not said_zh) or (term.get("only") and said_zh and not said_en):
                yield f"{code}: {name} in one language only: {text} | {en[code]}"


def shared(names: Mapping[str, str]) -> list[tuple[str, ...]]:
    """Codes of one kind of thing that share a word."""
    by_word = defaultdict(list)
    for code, word in names.items():
        by_word[word.casefold()].append(code)
    return [tuple(codes) for codes in by_word.values() if len(codes) > 1]


def of_kind(kind: str, lang: str) -> dict[str, str]:
    return {code: text for code, text in SENTENCES[lang].items() if re.fullmatch(rf"{kind}\.\w+", code)}


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_nothing_is_called_by_a_word_that_is_not_its_own(lang: str) -> None:
    found = never_said(GLOSSARY, SENTENCES[lang], lang)
    assert [line for line in found if line.partition(":")[0] not in KEPT] == []


def test_both_languages_say_the_same_thing() -> None:
    found = apart(GLOSSARY, SENTENCES["zh"], SENTENCES["en"])
    assert [line for line in found if line.partition(":")[0] not in KEPT] == []


def test_what_is_kept_still_says_otherwise() -> None:
    found = [*never_said(GLOSSARY, SENTENCES["zh"], "zh"), *never_said(GLOSSARY, SENTENCES["en"], "en")]
    found += apart(GLOSSARY, SENTENCES["zh"], SENTENCES["en"])
    assert set(KEPT) - {line.partition(":")[0] for line in found} == set()


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("kind", NAMES)
def test_a_name_names_one_thing(kind: str, lang: str) -> None:
    names = of_kind(kind, lang)
    assert names
    assert shared(names) == []


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_the_manual_and_the_readme_keep_to_it(lang: str) -> None:
    lines = {
        f"{path.relative_to(ROOT).as_posix()} {number}": line
        for path in PAGES[lang]
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1)
    }
    assert never_said(GLOSSARY, lines, lang) == []


def _texts(value: object, where: str) -> Iterator[tuple[str, str]]:
    """Every Chinese text of a pack, with where it stands."""
    if isinstance(value, str):
        yield where, value
    elif isinstance(value, dict):
        for key, inner in value.items():
            yield from _texts(inner, f"{where} {key}")
    elif isinstance(value, list):
        for inner in value:
            yield from _texts(inner, where)


def _strings(path: Path) -> Iterator[tuple[str, str]]:
    """Every string of a module but its docstrings, with where it stands."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    told = {
        id(node.value)
        for node in ast.walk(tree)
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)
    }
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in told:
            yield f"{path.relative_to(ROOT).as_posix()} {node.lineno}", node.value


NAMED = {name: term for name, term in GLOSSARY.items() if name != "scheme"}
"""A pack and the made-up applications name one scheme: theirs is its name, not the word for any."""


def test_the_packs_keep_to_it() -> None:
    packs = sorted((ROOT / "resources/policies").rglob("*.toml"))
    assert packs
    said = [
        text for path in packs for text in _texts(tomllib.loads(path.read_text(encoding="utf-8")), path.stem)
    ]
    assert [line for each in said for line in never_said(NAMED, dict([each]), "zh")] == []


def test_the_programs_own_chinese_keeps_to_it() -> None:
    modules = [path for room in ROOMS for path in sorted((ROOT / room).rglob("*.py"))]
    modules = [
        path for path in modules if not re.search("papers/(reading|invoices)/", path.as_posix())
    ]  # as others spell
    said = [text for path in modules for text in _strings(path)]
    assert len(said) > 1000
    assert [line for each in said for line in never_said(NAMED, dict([each]), "zh")] == []


def test_a_word_that_is_not_its_own_is_found() -> None:
    zh = {"case.round": "第 2 轮补正", "import.typed": "改正后", "award": "各种读法"}
    en = {"case.round": "Correction 2", "import.typed": "As corrected", "award": "Every reading"}
    assert [line.split(" is ")[0] for line in never_said(GLOSSARY, zh, "zh")] == ["award: reading"]
    assert [line.split(" in ")[0] for line in apart(GLOSSARY, zh, en)] == [
        "import.typed: correction",
        "award: reading",
    ]
    assert shared({"state.a": "暂缓", "state.b": "暂缓", "state.c": "撤回"}) == [("state.a", "state.b")]
