"""Text as it comes out of files, chats and input methods, made what it looks like.

The same name reaches an office in many bytes: with marks that nobody sees, with radicals that a PDF gave for
characters (⼯ U+2F2F for 工), with a line break in the middle, in another width. `clean` is how every text is
taken in, `identity` how a number that names something is, and `name_key` what tells two names apart. What
can't be mended is refused and never guessed.

>>> clean(' 深圳市\\u3000云海⼯⼒\\n有限公司\\u200e ')
'深圳市 云海工力有限公司'
>>> identity('ＨＴ–２０２６ 号')
'HT-2026 号'
>>> name_key('云海算力（深圳）') == name_key('云海 算力(深圳)')
True

Sources: the radicals' characters are Unicode's (NFKC, and Equivalent_Unified_Ideograph for those that have no
decomposition); the twenty-four private-use characters are those that GB 18030-2022 gave a place in Unicode.
"""

import functools
import re
import unicodedata
from collections.abc import Callable, Mapping

_DIRECTION = "\u200e\u200f\u061c\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
"""Marks of direction: at the ends they say nothing; within a text they turn what is read around."""

_UNSEEN = (
    0x00AD, 0x034F, 0x115F, 0x1160, 0x17B4, 0x17B5, *range(0x180B, 0x1810), *range(0x200B, 0x200E),
    *range(0x2060, 0x2065), *range(0x206A, 0x2070), 0xFEFF, *range(0xFE00, 0xFE10), *range(0xE0100, 0xE01F0),
)  # fmt: skip
"""Characters that draw nothing: joiners, soft hyphens, fillers, choosers of a variant."""

_BLANKS = (0x2800, 0x3164, 0xFFA0)
"""Characters that draw a blank and are none to Unicode: a braille cell without dots, Hangul fillers."""

_RADICALS = (
    "⺁厂 ⺂乛 ⺃乚 ⺄乙 ⺅亻 ⺆冂 ⺇𠘨 ⺈刀 ⺉刂 ⺊卜 ⺋㔾 ⺌小 ⺍小 ⺎兀 ⺏尣 ⺐尢 ⺑𡯂 ⺒巳 ⺓幺 "
    "⺔彑 ⺕彐 ⺖忄 ⺗心 ⺘扌 ⺙攵 ⺛旡 ⺜日 ⺝月 ⺞歺 ⺟母 ⺠民 ⺡氵 ⺢氺 ⺣灬 ⺤爫 ⺥爫 ⺦丬 ⺧牛 "
    "⺨犭 ⺩王 ⺪𤴔 ⺫目 ⺬示 ⺭礻 ⺮𥫗 ⺯糹 ⺰纟 ⺱罓 ⺲罒 ⺳㓁 ⺴冗 ⺵𦉫 ⺶羊 ⺷𦍌 ⺸𦍋 ⺹耂 ⺺肀 "
    "⺻聿 ⺼肉 ⺽𦥑 ⺾艹 ⺿艹 ⻀艹 ⻁虎 ⻂衤 ⻃覀 ⻄西 ⻅见 ⻆角 ⻇𧢲 ⻈讠 ⻉贝 ⻊𧾷 ⻋车 ⻌辶 ⻍辶 "
    "⻎辶 ⻏邑 ⻐钅 ⻑長 ⻒镸 ⻓长 ⻔门 ⻕𨸏 ⻖阝 ⻗雨 ⻘青 ⻙韦 ⻚页 ⻛风 ⻜飞 ⻝食 ⻞𩙿 ⻟飠 ⻠饣 "
    "⻡𩠐 ⻢马 ⻣骨 ⻤鬼 ⻥鱼 ⻦鸟 ⻧卤 ⻨麦 ⻩黄 ⻪黾 ⻫斉 ⻬齐 ⻭歯 ⻮齿 ⻯竜 ⻰龙 ⻱龜 ⻲亀 ⻳龟 "
)
"""CJK radicals of the supplement with the character that each is the radical of."""

_OLD_GB18030 = {
    0xE78D: 0xFE10, 0xE78E: 0xFE12, 0xE78F: 0xFE11, 0xE790: 0xFE13, 0xE791: 0xFE14, 0xE792: 0xFE15,
    0xE793: 0xFE16, 0xE794: 0xFE17, 0xE795: 0xFE18, 0xE796: 0xFE19, 0xE816: 0x20087, 0xE817: 0x20089,
    0xE818: 0x200CC, 0xE81E: 0x9FB4, 0xE826: 0x9FB5, 0xE82B: 0x9FB6, 0xE82C: 0x9FB7, 0xE831: 0x215D7,
    0xE832: 0x9FB8, 0xE83B: 0x2298F, 0xE843: 0x9FB9, 0xE854: 0x9FBA, 0xE855: 0x241FE, 0xE864: 0x9FBB,
    0xE7C7: 0x1E3F,
}  # fmt: skip
"""Private-use characters of the older GB 18030 and what they are today (ḿ since 2005, the rest 2022)."""


def _folded() -> dict[int, str | int | None]:
    table: dict[int, str | int | None] = dict.fromkeys(_UNSEEN)
    table |= dict.fromkeys(_BLANKS, " ")
    table |= {ord(pair[0]): pair[1] for pair in _RADICALS.split()}
    for first, last in ((0x2F00, 0x2FD5), (0xF900, 0xFAFF), (0x2F800, 0x2FA1F)):
        for code in range(first, last + 1):
            plain = unicodedata.normalize("NFKC", chr(code))
            if plain != chr(code):
                table[code] = plain
    return table | _OLD_GB18030


_FOLDED = _folded()
UNSEEN: Mapping[int, None] = dict.fromkeys((*_UNSEEN, *map(ord, _DIRECTION)))
"""What draws nothing and goes wherever a code, an amount or a day is read; for `str.translate`."""
_USUAL = "!-~一-\u9fff\u3400-\u4dbf、-】《》“”‘’·—…！-～"
_UNUSUAL = re.compile(f"[^ {_USUAL}]|  |^ | $")
"""What makes a text worth a second look; most have nothing of it."""
_HAN = "\u3001-\u30ff\u3400-\u9fff\uf900-\ufaff\uff01-\uff5e\U00020000-\U0003ffff()"
_BROKEN = re.compile(rf"(?<=[{_HAN}])[^\S\r\n]*[\r\n\v\f\x85\u2028\u2029]\s*(?=[{_HAN}])")
"""A line break inside Chinese text is nothing, and no blank."""
_ENDS = re.compile(rf"^[\s{_DIRECTION}]+|[\s{_DIRECTION}]+$")

_WIDE = (*range(0xFF10, 0xFF1A), *range(0xFF21, 0xFF3B), *range(0xFF41, 0xFF5B))
_NARROW: dict[int, int | None] = {code: code - 0xFEE0 for code in _WIDE}
_NARROW |= {0xFF0F: ord("/"), 0xFF3F: ord("_"), 0xFF0E: ord(".")}
DASHES = "\u2010\u2011\u2012\u2013\u2014\u2015\u2212\ufe58\ufe63\uff0d"
"""Dashes that stand for a hyphen in numbers."""
_NARROW |= dict.fromkeys(map(ord, DASHES), ord("-"))
PLAIN_ID = re.compile(r"[-/A-DF-Z0-9]*[0-9]")
"""A number that names something, with nothing to tidy up nor an E that a spreadsheet may have put there."""
_USUAL_ID = re.compile(r"[-/A-Z0-9]*[A-Z0-9]")
_FORCED_TEXT = re.compile(r'="([^"]*)"')
_EXPONENT = re.compile(r"\d(?:\.\d+)?[eE]\+?\d{1,3}")


class Unprintable(ValueError):
    """A text with characters that no paper can hold: controls, or marks of direction within it."""


def clean(text: str) -> str:
    """A text on one line as it looks; empty where there is nothing to see.

    Blanks of all kinds become one plain blank, characters that draw nothing go, marks of direction go at the
    ends; radicals, compatibility ideographs and the private-use characters of the older GB 18030 become
    the characters that they are.

    Raises:
        Unprintable: what is left holds a control character or a mark of direction.
    """
    if _UNUSUAL.search(text) is None:
        return text
    text = text.translate(_FOLDED)
    text = " ".join(_BROKEN.sub("", _ENDS.sub("", text)).split())
    for letter in text:
        if not letter.isprintable() and unicodedata.category(letter) in ("Cc", "Cf", "Cs"):
            raise Unprintable(text)
    return text


def visible(text: str) -> str:
    """A text for a message: what can't be seen in it is seen."""
    return "".join(letter if letter.isprintable() else "\N{REPLACEMENT CHARACTER}" for letter in text)


def is_whole(text: str) -> bool:
    """Whether a text is one: what a terminal gave in another encoding holds halves of characters, which no
    database and no hash takes."""
    return not any("\ud800" <= letter <= "\udfff" for letter in text)


def identity(text: str) -> str:
    """A number that names something: as `clean`, in half width, its dashes hyphens, and no mark at all.

    Raises:
        Unprintable: it holds a control character.
    """
    if _USUAL_ID.fullmatch(text):
        return text
    text = clean(text.translate(UNSEEN))
    return text if text.isascii() else text.translate(_NARROW)


def unforced(text: str) -> str:
    """A text without the marks that make a spreadsheet take it as text: ``="0012"``, ``'0012``."""
    if "=" not in text and "'" not in text:
        return text
    forced = _FORCED_TEXT.fullmatch(text.strip())
    return forced[1] if forced else text.removeprefix("'")


def is_exponent(text: str) -> bool:
    """Whether a text is what a spreadsheet leaves of a long number (``6.71E+18``); its end is lost."""
    return ("E" in text or "e" in text) and _EXPONENT.fullmatch(text.strip()) is not None


def unblanked(text: str) -> str:
    """A code or an account: as `identity`, without its blanks.

    Raises:
        Unprintable: it holds a control character.
    """
    return identity(text).replace(" ", "")


def account_key(account: str) -> str:
    """What tells two bank accounts apart: people part the figures of one by blanks and hyphens as they like.

    >>> account_key("6222-0000-1111-2200001") == account_key("6222 0000 1111 2200001")
    True
    """
    return (account if account.isalnum() else "".join(filter(str.isalnum, account))).upper()


def narrowed(text: str) -> str:
    """A text in the width of a keyboard, for words, amounts and days: NFKC of what is seen, without ends.

    What cannot be seen goes; nothing is refused, for what stays is no word, amount or day.
    """
    if not text.isascii():
        text = unicodedata.normalize("NFKC", text.translate(_FOLDED).translate(UNSEEN))
    return text.strip()


def word(text: str) -> str:
    """A text as a word to look up: narrow, small, without what stands in brackets behind it."""
    said = narrowed(text).casefold()
    said = re.sub(r"\([^()]*\)", "", said) if not said.startswith("(") else said
    return " ".join(said.split()).strip("。.;,")


_SMALL = str.maketrans("аеорсухѕіјαονϲ", "aeopcyxsijaovc")
_CAPITAL = str.maketrans("АВЕКМНОРСТУХЅІЈΑΒΕΖΗΙΚΜΝΟΡΤΥΧϹ", "ABEKMHOPCTYXSIJABEZHIKMNOPTYXC")
"""Cyrillic and Greek letters that no eye tells from Latin ones."""


def capital_latin(text: str) -> str:
    """A text in capitals, letters of other scripts that look like Latin ones as these.

    >>> capital_latin("аВ-1")
    'AB-1'
    """
    return text.translate(_SMALL).upper().translate(_CAPITAL)


@functools.lru_cache(maxsize=8192)
def name_key(name: str) -> str:
    """What tells two names apart: no blanks, one width, one case."""
    return "".join(narrowed(name).split()).casefold()


_OF_SUPPORT = "(?:过)?(?:其[他它])?(?:公共|财政|政府)*(?:资金|补贴|补助|资助|支持|奖励)*"
_NOTHING = re.compile(
    f"(?:暂|尚)?(?:无|没有?)(?:获得|取得|享受|领取|申请|申领)?{_OF_SUPPORT}"
    f"|(?:暂|尚|从)?未(?:曾)?(?:获|获得|取得|享受|领取|申请|申领){_OF_SUPPORT}"
    "|(?:暂|尚)?无(?:此项|此类|数据|内容|说明|理由|原因)|零元?|不适用|不涉及|否|空"
    "|n/?a|nil|none|null|not applicable|no|n"
)
_LEFT_OUT = re.compile(
    "(?:暂|尚|并|从)?(?:未|不|无|没有?|不存在|未发生)(?:超额?|超出|超过|超标)(?:的)?(?:理由|原因|说明|情况|部分|金额|事项)?"
    "|不|未(?:填写?|提供|说明|写明|发生)?|(?:不|无)(?:需要?|须|必)(?:填写?|提供|说明)?(?:理由|原因)?|不存在"
    "|好的?|o[.]?k[.]?|okay|空白|省?略|待(?:补充?|填写?|提供)|暂?缺|0+(?:[.]0+)?万?[元圆]|0+[.]0+"
    "|n[.]a|nan|tb[acd]|to be (?:added|confirmed|decided|determined)"
)
"""What stands for an answer that was left out, or for nothing gone beyond, or says that all is well. It says
nothing as a text or a reason, and is no word for none: an amount that was not given (未提供) is not an amount
of nothing."""
_ASSENT = re.compile(
    "已?(?:同意|批准|认可|确认|核实|核对|审核|知悉|知道)(?:了|无误|通过)?"
    "|(?:是|对|好|行|有|可|可以|属实|合理|正常|通过|收到|无误|没问题|无问题|情况属实|已阅|阅)(?:的|了|吧)?"
    "|(?:申请|超额?|超出|超过|超标|额度)?(?:的)?(?:理由|原因|事由|说明|情况|情况说明|备注)(?:充分|合理|正当)?"
    "|(?:有|另有|存在)(?:特殊|其他|正当|合理|客观)?(?:理由|原因|情况)|(?:特殊|其他|客观)(?:理由|原因|情况)"
    "|超额?|超出|超过|超标|其他|特殊|测试"
    "|(?:已|已经|确已|金额|额度)?(?:超过?|超出|高于|大于)了?(?:原定|规定|一般|年度)?(?:的)?(?:上限|限额|额度|限度|标准|金额)"
    "|(?:额度|金额|限额|上限)(?:不足|不够|偏低|较低|太低|太小)(?:了)?"
    "|(?:确|确实|确因|因|的确)?(?:有)?(?:工作|业务|实际|生产|研发|项目|客观|现实)?(?:需要|必要|需求|急需)|必需|必须"
    "|(?:经|经过|由|请示|报)?(?:局|处|科|主要|分管|上级|单位)?领导(?:已)?(?:研究)?(?:同意|批准|审批|签字|要求|安排|指示|决定|意见|审定|认可)(?:了)?"
    "|经?(?:上级|集体|研究|集体研究)(?:研究)?(?:已)?(?:同意|批准|决定)"
    "|不是|不详|不清楚|未知|待(?:定|核|核实|查|确认)|(?:无法|不能)(?:判断|确定)|不确定"
    "|unknown|can(?:no|')t tell|yes|yep|y|sure|fine|good|done|agreed?|approved?|right|true|false"
    "|test|other|reason"
    "|(?:见|详见|见于)(?:附件|附页|附表|材料)|另附|同上|see (?:above|attachment|attached)|ditto"
    r"|[\d.,+]+|([a-z])\1*"
)
"""Words under which no reason stands: assent, the heading itself, another place, figures, one letter."""
_CHECKED = re.compile("(?:已经?|经)?(?:核实|核对|审核|复核|核查)(?:了|无误|通过|属实)?|(?:情况)?属实")
_MAY_BE_NOTHING = frozenset("无没暂尚从并未不否空零略省待缺好0０nNｎＮtTｔＴoOｏＯ")
"""How a word for none, or for what was left out, begins; most texts begin otherwise."""
_STROKES = re.compile(rf"[-/\\|_~\s{DASHES}]+")
_NO_LETTER = re.compile(r"[\W_]+")
_DRESS = "()[]{}<>【】〔〕〖〗「」『』《》〈〉“”‘’\"'/\\|-—– "
"""What a word for none stands in: （无）, [无], /无."""


def says_none(text: str) -> bool:
    """Whether an amount, a day or an answer is a word for none: 无, 不适用, N/A, a stroke.

    >>> [says_none(said) for said in ('无', '——', 'Ｎ／Ａ', '（无）', '0', '')]
    [True, True, True, True, False, False]
    """
    if text[:1] not in _MAY_BE_NOTHING and text[:1].isalnum():
        return False
    said = _bare(text)
    return _NOTHING.fullmatch(said) is not None or _STROKES.fullmatch(narrowed(text) or "0") is not None


def says_nothing(text: str) -> bool:
    """Whether a text says nothing: a word for none or for what was left out, several of
    them, or no letter nor digit at all.

    >>> [says_nothing(said) for said in ('无超额', '未填写', '0.00', '[无]', '无，略', '无法按期交付', '0')]
    [True, True, True, True, True, False, False]
    """
    if text[:1] not in _MAY_BE_NOTHING and text[:1].isalnum():
        return False
    if _NO_LETTER.fullmatch(text) is not None:
        return True
    said = _bare(text)
    return _all_parts(_is_nothing, said)


def gives_no_reason(text: str) -> bool:
    """Whether a text asked for as a reason is none: it says nothing, or only that somebody agrees, that all
    is well or that there is a reason, which everybody may write under anything. One character is none, and
    words of which each gives none give none together.

    >>> [gives_no_reason(said) for said in ('不', 'ok', '是，同意', '一', '超额理由', '123', '用量大', 'IPO')]
    [True, True, True, True, True, True, False, False]
    """
    said = _bare(text)
    return says_nothing(text) or _all_parts(_is_no_reason, said)


def says_checked(text: str) -> bool:
    """Whether a text says that somebody looked: it tells why a person sets a figure down or judges, and is
    still no reason for going beyond a limit.

    >>> [says_checked(said) for said in ('已核对', '核实无误', '属实', '同意')]
    [True, True, True, False]
    """
    return _CHECKED.fullmatch(_bare(text)) is not None


def _is_nothing(said: str) -> bool:
    return _NOTHING.fullmatch(said) is not None or _LEFT_OUT.fullmatch(said) is not None


def _is_no_reason(said: str) -> bool:
    return len(said) == 1 or _is_nothing(said) or _ASSENT.fullmatch(said) is not None


def _all_parts(tells: Callable[[str], bool], said: str) -> bool:
    """Whether a text as a whole tells so, or each part of it between marks and blanks does."""
    if tells(said):
        return True
    parts = [part for part in _NO_LETTER.split(said) if part]
    return len(parts) > 0 and parts != [said] and all(map(tells, parts))


def _bare(text: str) -> str:
    """A word without the brackets and strokes that it stands in."""
    return word(text).strip(_DRESS)
