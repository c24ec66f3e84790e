"""How initials.toml was made. A tool for developers: the program never runs it.

    python resources/pinyin/make.py

The first letter of each character's usual reading, from pypinyin's table (MIT licence), for the characters of
the Unified Ideographs block; and for characters that unit names use with two readings, the other letters too
(银行 is yh, 行星 is xx). The program reads this file of some 20 KB in place of pypinyin itself, which takes
59 MB of memory and a fifth of a second in which no window would move.
"""

from __future__ import annotations

import unicodedata
from pathlib import Path

from pypinyin.pinyin_dict import pinyin_dict

FIRST, LAST = 0x4E00, 0x9FFF
SEVERAL = """
行xh 长cz 重zc 厦xs 会hk 乐ly 朝cz 藏cz 调dt 解jx 单ds 曾cz 传cz 弹dt 仇cq 查cz 区qo 覃tq 翟dz 车cj 系xj
校xj 降jx 参cs 盛sc 省sx 秘mb 尉wy 柏bp 薄bp 盖gj 贾jg 什sz 巷xh 石s 圳z 埔bp 堡bp 蕃bf 繁fp 瞿jq 奇qj
"""
"""Characters met in names of units, places and people, each with the initials it is typed by."""


def letters(code: int) -> str:
    """The initials of a character's readings, the usual one first."""
    found: list[str] = []
    for reading in pinyin_dict.get(code, "").split(","):
        letter = unicodedata.normalize("NFD", reading)[:1].lower()
        if letter.isascii() and letter.isalpha() and letter not in found:
            found.append(letter)
    return "".join(found)


def text() -> str:
    """The file."""
    first = "".join(letters(code)[:1] or "-" for code in range(FIRST, LAST + 1))
    says = "# Made by make.py. One letter for each character from U+4E00 on; - where none is known."
    lines = [says, 'first = """\\']
    lines += [first[at : at + 100] + "\\" for at in range(0, len(first), 100)]
    lines += ['"""', "", "# What one types for characters with more than one reading.", "[several]"]
    lines += [f'"{each[0]}" = "{each[1:]}"' for each in SEVERAL.split()]
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    Path(__file__).with_name("initials.toml").write_text(text(), encoding="utf-8")
