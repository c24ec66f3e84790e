"""Which font draws which character.

A letter names *roles* (body 仿宋, title 小标宋, heading 黑体, kai 楷体). For each the order is: the
office's own font folder, the system's FangSong, KaiTi or SimHei, the fonts that travel with the program;
and within a role every character that the first font lacks is taken from the next. Behind every role stand
the rare ones, read only when a character asks for them: with them 通用规范汉字表 and level 2 of GB 18030-2022
are drawn whole in each role, and most of what lies beyond. A character that no font has is an error before
anything is drawn: reportlab would leave an empty place and say nothing.

Fonts are read once a process: reading them for each letter costs ten times the letter.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from functools import cache, lru_cache
from pathlib import Path
from typing import Literal

from platformdirs import user_data_dir
from reportlab.pdfbase.ttfonts import TTFError

from papers.drawing.embed import Face

Role = Literal["body", "title", "heading", "kai"]
ROLES: tuple[Role, ...] = ("body", "title", "heading", "kai")
BUNDLED = Path(__file__).resolve().parents[2] / "resources" / "fonts"

_SERIF, _LIGHT = "noto-serif-sc/NotoSerifSC-Bold.ttf", "noto-serif-sc/NotoSerifSC-Light.ttf"
_BODY, _KAI = "fang-song/DeskFangSong-Regular.ttf", "kai/DeskKai-Regular.ttf"
_SANS = "noto-sans-sc/NotoSansSC-Regular.ttf"
_CHAINS: dict[Role, tuple[str, ...]] = {
    "body": (_BODY, _LIGHT, _SANS),
    "title": (_SERIF, _LIGHT, _BODY, _SANS),
    "heading": (_SANS, _LIGHT, _BODY),
    "kai": (_KAI, _LIGHT, _BODY, _SANS),
}

_RARE = ("rare/DeskRareA-Regular.ttf", "rare/DeskRareB-Regular.ttf", _KAI)

# How the fonts of each role are called, in file names without blanks, hyphens and underscores.
_CALLED: dict[Role, tuple[str, ...]] = {
    "body": ("仿宋", "fangsong", "simfang", "fzfsk", "fzfs"),
    "title": ("小标宋", "xiaobiaosong", "fzxbs"),
    "heading": ("黑体", "simhei", "heiti", "fzht"),
    "kai": ("楷体", "kaiti", "simkai", "fzkt"),
}
# Of the system only these are taken; its other fonts may be anything.
_OF_SYSTEM: dict[str, Role] = {
    "simfang.ttf": "body",
    "fangsong.ttf": "body",
    "simkai.ttf": "kai",
    "kaiti.ttf": "kai",
    "simhei.ttf": "heading",
    "fzxbsjw.ttf": "title",
}
# Of the system too, behind the rare ones that travel with the program: what these draw beyond them.
_RARE_OF_SYSTEM = ("simsunb.ttf", "hanaminb.ttf", "babelstonehan.ttf")
# Marks that many fonts draw half as wide, for Latin text: in a Chinese line they fill a place of their own.
WHOLE_MARKS = frozenset("“”‘’…—·")


class UncoveredCharacter(ValueError):
    """Text that no font can draw. `characters` holds each such character once, in the text's order."""

    def __init__(self, characters: Iterable[str]) -> None:
        self.characters = tuple(dict.fromkeys(characters))
        shown = " ".join(f"{character} (U+{ord(character):04X})" for character in self.characters)
        super().__init__(f"no font has the character {shown}")


@dataclass(eq=False)
class FontSet:
    """The fonts of every role, in their order. Made by `load`.

    Attributes:
        chains: role to faces, the first that has a character draws it.
        skipped: font files that were found and could not be used, with the reason.
        rare: reads the fonts that stand behind every role.
    """

    chains: dict[Role, tuple[Face, ...]]
    skipped: tuple[tuple[Path, str], ...] = ()
    rare: Callable[[], Sequence[Face]] = tuple
    _chosen: dict[tuple[Role, str], tuple[Face, float] | None] = field(default_factory=dict, repr=False)

    def choose(self, role: Role, character: str) -> tuple[Face, float] | None:
        """The face that draws a character, and its advance in sizes; None where no font has it."""
        key = (role, character)
        try:
            return self._chosen[key]
        except KeyError:
            found = self._chosen[key] = self._search(role, character)
            return found

    def _search(self, role: Role, character: str) -> tuple[Face, float] | None:
        having = [face for face in self.chains[role] if face.covers(character)]
        having = having or [face for face in self.rare() if face.covers(character)]
        if character in WHOLE_MARKS:
            having = [face for face in having if face.advance(character) >= 850] or having
        return (having[0], having[0].advance(character) / 1000) if having else None

    def advance(self, role: Role, character: str) -> float:
        """Width of a character as a share of the size.

        Raises:
            UncoveredCharacter: no font has it.
        """
        found = self.choose(role, character)
        if found is None:
            raise UncoveredCharacter([character])
        return found[1]

    def width(self, role: Role, text: str) -> float:
        """The length of a text, as a share of the size of the type."""
        return sum(self.advance(role, character) for character in text)

    def runs(self, role: Role, text: str) -> list[tuple[Face, str]]:
        """The text cut where the face changes.

        Raises:
            UncoveredCharacter: with every character of the text that no font has.
        """
        runs: list[tuple[Face, str]] = []
        missing: list[str] = []
        for character in text:
            found = self.choose(role, character)
            if found is None:
                missing.append(character)
            elif runs and runs[-1][0] is found[0]:
                runs[-1] = (found[0], runs[-1][1] + character)
            else:
                runs.append((found[0], character))
        if missing:
            raise UncoveredCharacter(missing)
        return runs

    def undrawn(self, text: str) -> str:
        """The characters of a text that no font has, each once, in their order."""
        return "".join(dict.fromkeys(c for c in text if self.choose("body", c) is None))

    def require(self, texts: Iterable[tuple[Role, str]]) -> None:
        """Refuse, naming every character at once, a text that can't be drawn whole."""
        missing = [c for role, text in texts for c in text if self.choose(role, c) is None]
        if missing:
            raise UncoveredCharacter(missing)


@cache
def _face(path: Path) -> Face:
    return Face(path)


def load(office_folder: Path | None = None, *, use_system: bool = True) -> FontSet:
    """The fonts of this office, read once a process.

    Args:
        office_folder: a folder with the office's own licensed fonts (TrueType outlines), known by their file
            names, such as 仿宋_GB2312.ttf or 方正小标宋简体.ttf; any other font there serves as a last
            fallback.
        use_system: whether FangSong, KaiTi and SimHei of the system come before the bundled fonts. A
            demonstration leaves them out, so that it looks the same on every machine.
    """
    if office_folder is None:
        return _load(None, use_system)
    # a font that somebody puts there is seen without starting the program again
    return _load(office_folder.resolve(), use_system, office_folder.stat().st_mtime_ns)


def own_folder() -> Path:
    """Where an office puts fonts of its own on this machine; `VOUCHER_DESK_FONTS` names another folder."""
    named = os.environ.get("VOUCHER_DESK_FONTS")
    return Path(named) if named else Path(user_data_dir("voucher-desk", appauthor=False)) / "fonts"


def of_office(demonstration: bool = False) -> FontSet:
    """The fonts that papers of an office are drawn with: its own, the system's, the bundled; a demonstration
    has the bundled ones alone, so that its papers are the same on every machine."""
    if demonstration:
        return load(use_system=False)
    folder = own_folder()
    return load(folder if folder.is_dir() else None)


@lru_cache(maxsize=8)
def _load(office_folder: Path | None, use_system: bool, changed: int = 0) -> FontSet:
    skipped: list[tuple[Path, str]] = []

    def read(paths: Iterable[Path]) -> list[Face]:
        faces = []
        for path in paths:
            try:
                faces.append(_face(path))
            except (TTFError, OSError, ValueError) as error:
                skipped.append((path, str(error)))
        return faces

    own = _font_files([office_folder]) if office_folder else []
    system = _font_files(_system_folders()) if use_system else []
    last = read(path for path in own if _role_of(path) is None)
    beyond = [path for path in system if path.name.lower() in _RARE_OF_SYSTEM]
    chains: dict[Role, tuple[Face, ...]] = {}
    for role in ROLES:
        first = read(path for path in own if _role_of(path) == role)
        then = read(path for path in system if _OF_SYSTEM.get(path.name.lower()) == role)
        bundled = [_face(BUNDLED / name) for name in _CHAINS[role]]
        chains[role] = (*first, *then, *bundled, *last)
    rare = cache(lambda: (*(_face(BUNDLED / name) for name in _RARE), *read(beyond)))
    return FontSet(chains, tuple(skipped), rare)


def _role_of(path: Path) -> Role | None:
    name = path.stem.lower().translate({ord(" "): None, ord("-"): None, ord("_"): None})
    return next((role for role in ROLES if any(called in name for called in _CALLED[role])), None)


def _font_files(folders: Iterable[Path]) -> list[Path]:
    found: list[Path] = []
    for folder in folders:
        if folder.is_dir():
            found += [p for p in folder.rglob("*") if p.suffix.lower() == ".ttf" and p.is_file()]
    return sorted(found, key=lambda path: (path.name.lower(), str(path)))


def _system_folders() -> list[Path]:
    home = Path.home()
    if sys.platform == "win32":
        roots = [os.environ.get("WINDIR", r"C:\Windows"), os.environ.get("LOCALAPPDATA", str(home))]
        return [Path(roots[0]) / "Fonts", Path(roots[1]) / "Microsoft" / "Windows" / "Fonts"]
    if sys.platform == "darwin":
        return [home / "Library" / "Fonts", Path("/Library/Fonts")]
    return [home / ".local" / "share" / "fonts", Path("/usr/share/fonts"), Path("/usr/local/share/fonts")]
