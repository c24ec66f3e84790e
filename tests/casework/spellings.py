"""How people, portals and spreadsheets spell one value: strategies that draw a spelling of it."""

import datetime
from collections.abc import Mapping
from typing import Any

from hypothesis import strategies as st

from rules.money import capital, grouped, yuan
from tests.casework.desk import CODE

UNSEEN = "\u200b\u200c\u200d\u2060\ufeff\u00ad\u200e\u200f\u202a\u202c\u202d\u2066\u2069"
FULL = str.maketrans({chr(code): chr(code + 0xFEE0) for code in range(0x30, 0x3A)})


def days(on: datetime.date) -> st.SearchStrategy[str]:
    week = "一二三四五六日"[on.weekday()]
    return st.sampled_from(
        [
            on.isoformat(),
            f"{on:%Y/%m/%d}",
            f"{on.year}/{on.month}/{on.day}",
            f"{on.year}年{on.month}月{on.day}日",
            f"{on.year}年{on.month}月{on.day}日星期{week}",
            f"{on.year}/{on.month}/{on.day} 周{week}",
            f"{on:%Y%m%d}",
            f"{on.isoformat()} 24:00:00",
            f"{on.isoformat()}T00:00:00.000Z",
            on.isoformat().translate(FULL),
            f"\u202d{on.isoformat()}\u202c",
            f" {on.year}.{on.month}.{on.day}\u3000",
        ]
    )


def amounts(fen: int) -> st.SearchStrategy[str]:
    return st.sampled_from(
        [
            yuan(fen),
            grouped(fen),
            f"￥{grouped(fen)}",
            f"{yuan(fen)}元",
            yuan(fen).translate(FULL),
            capital(fen),
            f"人民币{capital(fen)}",
            f"\u200e{yuan(fen)}\u200b",
            f" {yuan(fen)}\xa0",
        ]
    )


def names(name: str) -> st.SearchStrategy[str]:
    marks = st.lists(st.sampled_from("\u200b\u200d\u2060\ufeff\u00ad"), max_size=3).map("".join)
    ends = st.sampled_from(["", " ", "\u202d", "\u200e", "\u3000", "\n"])
    middle = st.integers(0, len(name)).flatmap(lambda at: marks.map(lambda m: name[:at] + m + name[at:]))
    radical = st.just(name.replace("工", "⼯").replace("力", "⼒").replace("金", "⾦"))
    broken = st.just(name[:3] + "\n" + name[3:])
    whole = middle | radical | broken
    return st.tuples(ends, whole, ends).map("".join)


def ids(number: str) -> st.SearchStrategy[str]:
    at = st.integers(0, len(number))
    noise = st.lists(st.sampled_from(UNSEEN), max_size=3).map("".join)
    noisy = st.tuples(at, noise).map(lambda two: number[: two[0]] + two[1] + number[two[0] :])
    dashes = st.sampled_from("-–—－‐").map(lambda dash: number.replace("-", dash))
    return noisy | dashes | st.just(number.translate(FULL)) | st.just(f'="{number}"') | st.just(f"'{number}")


def codes(code: str) -> st.SearchStrategy[str]:
    parted = st.sampled_from(["-", " ", "—", "\u00ad"]).map(
        lambda mark: mark.join((code[:8], code[8:17], code[17:]))
    )
    return ids(code) | parted | st.just(code.lower())


def words(*said: str) -> st.SearchStrategy[str]:
    return st.sampled_from(said)


NONE = ("无", "没有", "暂无", "不适用", "N/A", "未获得", "/", "—", "——", "-", "零元整", "0")
SPELLED: Mapping[str, tuple[Any, st.SearchStrategy[str]]] = {
    "applicant": (CODE, codes(CODE)),
    "applicant_name": ("湾畔人工智力金融公司", names("湾畔人工智力金融公司")),
    "provider": ("云海算力（深圳）公司", names("云海算力（深圳）公司")),
    "contract_no": ("HT-2026-001", ids("HT-2026-001")),
    "signed_on": (datetime.date(2026, 4, 1), days(datetime.date(2026, 4, 1))),
    "founded_on": (datetime.date(2019, 3, 1), days(datetime.date(2019, 3, 1))),
    "contract_amount": (123_456_700, amounts(123_456_700)),
    "other_support": (0, words(*NONE)),
    "other_city": (5_000, amounts(5_000)),
    "related_party": (
        False,
        words("否", "无", "×", "no", "No", "０", "没有", "不存在", "无关联关系", "否（见附件）"),
    ),
    "provider_admitted": (True, words("是", "√", "已入库", "yes", "✓", "在库")),
    "applicant_kind": (
        "enterprise",
        words("企业", "有限公司", "enterprise", "Enterprise", "民营企业", " 企业 "),
    ),
    "account": ("6222000011112222333", ids("6222000011112222333")),
    "purpose": (None, words("无", "/", "——", "。", "")),
    "district": ("南山区", names("南山区")),
}
