"""When two allotment numbers (指标文号), and two reasons for one, are the same.

One document is cited in many ways: 财指〔2026〕2号, 财指[2026]２ 号, 财指2026第2号, 財指〔2026〕02号. What is
printed stays as it was written; only the question whether a number was used before goes by these keys.
"""

import re
import unicodedata

from rules.plain_text import name_key

_SIMPLIFIED = str.maketrans(
    "財號經庫預資補專項撥發國費設業農務調結轉減會環縣區總級產開證訊華東廣貿運輸關衛黨門",
    "财号经库预资补专项拨发国费设业农务调结转减会环县区总级产开证讯华东广贸运输关卫党门",
)
_PART = re.compile(r"\d+|[^\W\d_]+")
_AROUND = re.compile(r"第(?=\|)|(?<=\|)[年号]")


def number_key(number: str) -> str:
    """What tells two allotment numbers apart: words and figures, in one width and one writing, without the
    brackets, blanks and noughts before a figure, and without 第, 年 and 号 around it.

    >>> {number_key(one) for one in ("财指〔2026〕2号", "财指2026第2号", "財指[２０２６]02 号")}
    {'财指|2026||2|'}
    """
    plain = unicodedata.normalize("NFKC", number).translate(_SIMPLIFIED).casefold()
    parts = (f"|{part.lstrip('0') or '0'}|" if part[0].isdigit() else part for part in _PART.findall(plain))
    return _AROUND.sub("", "".join(parts))


def reason_key(reason: str) -> str:
    """What tells two reasons apart: what is said, without its marks and blanks.

    >>> reason_key("调减经费。") == reason_key(" 调减 经费")
    True
    """
    return "".join(filter(str.isalnum, name_key(reason)))
