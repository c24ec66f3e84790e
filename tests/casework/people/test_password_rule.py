"""One rule for every password: long enough, not among the first that are tried, nobody's name."""

import pytest

from casework.core.refused import Refused
from casework.people.password_rule import figures, must_be_good, what_is_wrong

NAMES = ("wu", "system", "吴系统", "市科技创新局")


def said(password: str) -> str:
    refused = what_is_wrong(password, *NAMES)
    return refused.code.removeprefix("refused.password_") if refused else ""


@pytest.mark.parametrize(
    "password",
    [
        "a long password", "correct horse battery", "ocean-walk-17", "blue tin gate 42", "Tr0ub4dor&3",
        "纸船与灯塔共八字", "harbour lights 9", "7$2!9#4@8%1^", "éèêëàâäù", "🙂🙃😉😊😇🥰😍🤩", "k7#Qm2xL",
        "tree7lamp7tree",
    ],
)  # fmt: skip
def test_what_nobody_tries_first_is_taken(password: str) -> None:
    assert said(password) == ""
    assert must_be_good(password, *NAMES) == password


@pytest.mark.parametrize(
    "password",
    [
        "12345678", "20260101", "13800138000", "11111111", "abababab", "demodemo", "Passw0rd2026!",
        "P@ssw0rd",
        "@dmin1234", "1qaz2wsx", "1q2w3e4r", "qwertyuiop", "qwer1234", "asdfghjkl", "abcdefgh", "zyxwvuts",
        "shenzhen2026", "ShenzhenAdmin", "Huawei@123", "woaini1314", "VoucherDesk2026", "iloveyou!!",
        "woshishui", "gongzuo123",
        "管理员123456", "pаssword1", "ΡASSWORD1", "pässwörd1", "drowssap1", "2026nimda!", "wu & admin",
        "abc123abc123", "qwe123qwe123", "123qwe123qwe", "admin123admin123", "password1password1",
        "Passw0rd1Passw0rd1", "Password-2026-Password", "admin1admin2", "password1admin2", "test1test2",
        "!@#$%^&*()", "!1@2#3$4", "1998-07-17", "138 0013 8000", "12345678!",
    ],
)  # fmt: skip
def test_what_everybody_tries_first_is_refused(password: str) -> None:
    assert said(password) == "common"


@pytest.mark.parametrize(
    "password",
    [
        "wu123456",
        "WU-2026-!",
        "吴系统12345",
        "市科技创新局2026",
        "吴系统！！！！！",
        "metsys12",
        "12metsys",
        "system-system",
        "SYSTЕM2026",
        "统系吴99999",
        "system 吴系统",
        "system1wu2system",
        "吴系统2026吴系统",
    ],
)
def test_nobody_takes_a_name(password: str) -> None:
    assert said(password) == "named"


def test_it_is_neither_short_nor_endless() -> None:
    assert said("纸船灯塔") == "short" and said("x9!" * 2) == "short"
    assert said("long " * 60) == "long"
    assert (
        said("        a") == said("a" + "\u200b" * 9) == said("a\u0301" * 4) == said(" 纸船灯塔 ") == "short"
    )
    assert said("tree tree rete") == said("qzqzzqqzzzqqk") == "short"  # of too few that differ
    with pytest.raises(Refused, match=r"refused\.password_short"):
        must_be_good("")
    with pytest.raises(Refused, match=r"refused\.password_long"):
        must_be_good("long " * 60)


def test_halves_of_characters_are_no_password() -> None:
    """What a terminal of another encoding gives; it once ended founding and signing in as a bug."""
    assert said("wohlan-\udcff-Kessel77") == "no_text"
    with pytest.raises(Refused, match="password_no_text"):
        must_be_good("wohlan-\udcff-Kessel77")


def test_the_figures_are_data() -> None:
    known = figures()
    assert known.waits == (0, 0, 0, 5, 15, 60, 300, 900)
    assert known.shortest >= 8
