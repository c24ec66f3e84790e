"""Every text of every act comes by one reader: what no paper can hold is refused there, whatever the door."""

import inspect
import typing
from collections.abc import Callable, Mapping
from typing import Any, NamedTuple

import pytest

from casework.cases import paper_filing, providers
from casework.core import given_words
from casework.core.act_table import ACTS, function
from casework.core.change import Change
from casework.core.refused import Refused
from casework.intake import counter_entry
from casework.issuing import withdraw_suspend_revoke
from casework.people import accounts
from models import Admission, Paper, Provider
from tests.casework.desk import Desk
from tests.end_to_end.test_offered_is_not_refused import FACTS

NUL, ESCAPE, TURNED = "甲\0乙", "甲\x1b[2J乙", "甲\u202e乙"


def texts(does: Callable[..., Change]) -> list[str]:
    """The arguments of an act that are texts or hold some."""
    hints = typing.get_type_hints(inspect.unwrap(does))
    names = list(inspect.signature(does).parameters)[2:]
    return [name for name in names if "str" in str(hints[name]) and name not in given_words.UNREAD]


def holding(does: Callable[..., Change], name: str, text: str) -> Any:
    """An argument of the declared kind that holds a text."""
    kind = str(typing.get_type_hints(inspect.unwrap(does))[name])
    if "Mapping" in kind:
        return {"name": text}
    return [text] if "Sequence" in kind else text


WALK = [(name, argument) for name, line in ACTS.items() if line.stands for argument in texts(function(name))]


def test_the_walk_goes_through_every_act_with_words() -> None:
    assert len(WALK) > 80 and {name for name, _ in WALK} >= {"submit", "set_office", "add_person", "object"}


@pytest.mark.parametrize(("name", "argument"), WALK, ids=map(".".join, WALK))
def test_no_argument_of_an_act_takes_what_no_paper_can_hold(desk: Desk, name: str, argument: str) -> None:
    does = function(name)
    others: dict[str, Any] = {
        each: 0 if parameter.annotation in (int, "int") else ""
        for each, parameter in list(inspect.signature(does).parameters.items())[2:]
        if parameter.default is parameter.empty
    }
    for text in (NUL, ESCAPE, *(() if argument in (*given_words.FILES, given_words.FACTS) else (TURNED,))):
        with pytest.raises(Refused, match=r"refused\.unprintable") as refused:
            does(desk.office, "officer", **{**others, argument: holding(does, argument, text)})
        assert not {"\0", "\x1b", "\u202e"} & set(refused.value.say("zh"))
    with pytest.raises(Refused, match=r"refused\.text_long"):
        does(desk.office, "officer", **{**others, argument: holding(does, argument, "长" * 2_000_001)})


def test_five_thousand_characters_are_too_many_for_a_reason_and_two_hundred_and_one_for_a_name(
    desk: Desk,
) -> None:
    case = desk.submit()
    with pytest.raises(Refused, match=r"refused\.text_long"):
        function("withdraw")(desk.office, "officer", case, "因" * 4_001)
    with pytest.raises(Refused, match=r"refused\.text_long"):
        accounts.add_person(desk.office, "system", "newcomer", "名" * 201, "business")
    function("withdraw")(desk.office, "officer", case, "因" * 4_000)


def test_what_nobody_sees_is_taken_away_and_lines_stay_lines(desk: Desk) -> None:
    name, source = "\u200e甲 算力\u200b（深圳）\u200e", "通知\u200b\n第二条"
    providers.admit_provider(desk.office, "officer", name, " 第一批 ", "训练", source)
    assert desk.rows(Provider)[-1].name == "甲 算力（深圳）"
    assert (desk.rows(Admission)[-1].batch, desk.rows(Admission)[-1].source) == ("第一批", "通知\n第二条")


@pytest.mark.parametrize("case", ["../../x", "..\\x", "/etc/passwd", "SL\\1"])
def test_a_way_through_folders_is_no_number_of_a_case(desk: Desk, case: str) -> None:
    with pytest.raises(Refused, match=r"refused\.id_unreadable"):
        counter_entry.submit(desk.office, "officer", FACTS, case)


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("../../../../etc/cron.d/x", "x"),
        ("..\\..\\合同.pdf", "合同.pdf"),
        ("C:\\Users\\a\\合同.pdf", "合同.pdf"),
        ("C:合同.pdf", "C-合同.pdf"),
        (".bashrc", "bashrc"),
    ],
)
def test_a_paper_is_named_without_its_folders(desk: Desk, given: str, kept: str) -> None:
    case = desk.submit()
    paper_filing.add_paper(desk.office, "officer", case, "contract", given, b"%PDF-1.4")
    assert desk.rows(Paper)[-1].name == kept


def test_a_name_of_nothing_but_folders_is_refused(desk: Desk) -> None:
    with pytest.raises(Refused, match=r"refused\.paper_name"):
        paper_filing.add_paper(desk.office, "officer", desk.submit(), "contract", "../..", b"%PDF-1.4")


def test_a_value_of_several_parts_keeps_its_kind() -> None:
    class Pair(NamedTuple):
        kind: str
        text: str

    def body(
        turn: object, defects: list[object], settings: Mapping[str, str], amount_fen: int = 0
    ) -> None: ...

    said, named = given_words.read(
        inspect.signature(body), ([Pair("a\u200b", "b"), ("c", "d ")],), {"settings": {"k": "v\u200b"}}
    )
    assert (*said, named) == ([Pair("a", "b"), ("c", "d")], {"k": "v"}, {})


@pytest.mark.parametrize("said", ["无", "略", "未填写", "[无]", "TBD", "。"])
def test_a_reason_that_says_nothing_is_none(desk: Desk, said: str) -> None:
    case = desk.submit()
    with pytest.raises(Refused, match="reason_missing"):
        withdraw_suspend_revoke.withdraw(desk.office, "officer", case, said)
    withdraw_suspend_revoke.withdraw(desk.office, "officer", case, "无法按期交付")
    assert desk.state(case) == "withdrawn"


@pytest.mark.parametrize("said", ["是", "已阅", "1", "test", "同意。", "领导同意，确有需要"])
def test_what_may_be_written_under_anything_is_no_reason(desk: Desk, said: str) -> None:
    case = desk.submit()
    with pytest.raises(Refused, match="no_reason") as refused:
        withdraw_suspend_revoke.withdraw(desk.office, "officer", case, said)
    assert said in refused.value.say("zh") and said in refused.value.say("en")
    withdraw_suspend_revoke.suspend(desk.office, "officer", case, "已核对")
    assert desk.state(case) == "suspended"
