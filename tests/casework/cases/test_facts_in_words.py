"""Facts in words, as the command line gives them."""

import datetime

import pytest

from casework.core.refused import Refused
from casework.intake import counter_entry
from casework.review import checking, corrections
from models import ApplicationVersion, CorrectionItem
from tests.casework.desk import MODEL, Desk

WORDS = (
    "applicant=91440300MA50050230; applicant_name=湾畔语言模型有限公司; applicant_kind=enterprise;"
    "contract_amount=8,000,000.00; signed_on=2026年4月1日; related_party=否; contract_no=HT-1"
)


def test_an_application_in_words(desk: Desk) -> None:
    counter_entry.submit(desk.office, "officer", WORDS)
    version = desk.rows(ApplicationVersion)[0]
    assert (version.contract_amount_fen, version.related_party) == (800_000_000, False)
    assert version.signed_on == datetime.date(2026, 4, 1)


def test_a_correction_asked_and_answered_in_words(desk: Desk) -> None:
    desk.set("correction_days", "5")
    case = desk.submit(related_party=None)
    corrections.ask_correction(desk.office, "officer", case, ["field:related_party:未填写: 请补充"])
    item = desk.rows(CorrectionItem)[0]
    assert (item.about, item.target, item.defect) == ("field", "related_party", "未填写: 请补充")
    answered = corrections.answer_correction(desk.office, "officer", case, "related_party=no")
    assert answered.facts["fields"] == ["related_party"]


def test_an_empty_word_says_that_it_is_not_known(desk: Desk) -> None:
    case = desk.submit(related_party=False)
    checking.verify_facts(desk.office, "officer", case, "related_party=", "无法核实")
    assert desk.rows(ApplicationVersion)[-1].related_party is None


@pytest.mark.parametrize(
    ("words", "code"),
    [
        ("colour=red", "refused.no_such_field"),
        ("contract_amount", "refused.no_such_field"),
        ("contract_amount=many", "refused.bad_field"),
        ("model_filed=yes", "refused.no_such_field"),  # only another scheme asks for it
    ],
)
def test_words_that_say_nothing(desk: Desk, words: str, code: str) -> None:
    case = desk.submit()
    with pytest.raises(Refused, match=code):
        checking.verify_facts(desk.office, "officer", case, words, "核对")


def test_a_defect_says_what_it_is_about(desk: Desk) -> None:
    desk.set("correction_days", "5")
    case = desk.submit()
    with pytest.raises(Refused, match="no_such_defect"):
        corrections.ask_correction(desk.office, "officer", case, ["未填写"])


def test_a_packs_own_facts_are_read_as_it_declares_them(desk: Desk) -> None:
    model = {"model_filed": "是", "overrun_reason": "\u202d用量大\u202c", "contract_amount": "100万元"}
    case = desk.submit(MODEL, **model)
    version = desk.rows(ApplicationVersion)[0]
    assert version.extra == '{"model_filed":true,"overrun_reason":"用量大"}'
    checking.verify_facts(desk.office, "officer", case, {"model_filed": "no", "overrun_reason": "无"}, "核对")
    assert desk.rows(ApplicationVersion)[-1].extra == '{"model_filed":false}'
    with pytest.raises(Refused, match="bad_field"):
        checking.verify_facts(desk.office, "officer", case, {"model_filed": "maybe"}, "核对")
    with pytest.raises(Refused, match="bad_field"):
        checking.verify_facts(desk.office, "officer", case, {"model_filed": 1}, "核对")


@pytest.mark.parametrize(
    "said",
    [
        *("无", "/", "-", "否", "是", "有", "yes", "。", "N/A", "无超额", "未填写", "0元", "[无]", "同上"),
        *("不", "ok", "OK.", "好", "同意", "情况属实", "超额", "超额理由", "有特殊原因", "1", "x", "（ok）"),
    ],
)
def test_words_that_give_no_reason_are_none(desk: Desk, said: str) -> None:
    desk.submit(MODEL, model_filed="是", overrun_reason=said)
    assert desk.rows(ApplicationVersion)[0].extra == '{"model_filed":true}'


def test_a_lower_rate_is_refused_where_it_would_lower_nothing(desk: Desk) -> None:
    """The training voucher's rates are as they stand: a lower one was taken, and the full rate awarded."""
    case = desk.submit()
    with pytest.raises(Refused) as refused:
        checking.verify_facts(
            desk.office, "officer", case, "officer_rate=0.3; officer_rate_reason=减", "核实"
        )
    assert (refused.value.code, refused.value.params["field"]) == ("refused.no_such_field", "officer_rate")


def test_a_defect_names_no_fact_that_only_another_scheme_asks_for(desk: Desk) -> None:
    desk.set("correction_days", "5")
    case = desk.submit()
    with pytest.raises(Refused, match="no_such_field"):
        corrections.ask_correction(desk.office, "officer", case, ["field:model_filed:未填写"])
