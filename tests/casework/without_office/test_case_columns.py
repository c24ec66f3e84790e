from datetime import date

import pytest

from casework.cases.field_table import FIELDS
from casework.without_office.case_columns import UNREADABLE, columns, plain_heading
from papers.reading import portal_headings
from papers.reading.text_rows import UnreadableFile
from papers.reading.unreadable import Unreadable
from rules.facts import STANDARD, Fact, FactError


@pytest.mark.parametrize(
    ("heading", "plain"),
    [
        ("合同金额", "合同金额"),
        (" 合同 金额（万元）", "合同金额"),
        ("合同金额(亿元)", "合同金额"),
        ("ＣＡＳＥ", "case"),
        ("\ufeffcase", "case"),
        ("合同金额（含税）", "合同金额(含税)"),
    ],
)
def test_headings_without_dress(heading: str, plain: str) -> None:
    assert plain_heading(heading) == plain


def test_every_usual_heading_is_one_fact_only() -> None:
    every = [heading for field in FIELDS.values() for heading in field.usual]
    assert len(every) == len(set(every)) > 60
    assert all(field.name in STANDARD for field in FIELDS.values() if field.usual)
    for field in FIELDS.values():
        for heading in field.usual:
            assert [column.fact for column in columns([heading], STANDARD.values())] == [field.name]


def test_columns_stand_in_the_order_of_the_file() -> None:
    found = columns(["合同金额", "note", "case"], STANDARD.values())
    assert [(column.place, column.fact) for column in found] == [(0, "contract_amount"), (2, "case")]


def test_two_columns_of_one_heading_are_an_error() -> None:
    with pytest.raises(UnreadableFile):
        columns(["合同金额", "合同金额（万元）"], STANDARD.values())


def test_a_packs_own_facts_are_found_by_title_and_headings() -> None:
    own = Fact("model_filed", "yes_no", title="所用模型已备案", headings=("模型是否备案",))
    assert columns(["模型是否备案"], [own])[0].read(" 是 ") is True
    assert columns(["所用模型已备案"], [own])[0].read("") is None
    with pytest.raises(FactError):
        columns(["model_filed"], [own])[0].read("大概")


def test_amounts_take_the_headings_unit_unless_the_cell_has_its_own() -> None:
    read = columns(["合同金额（万元）"], STANDARD.values())[0].read
    assert (read("1.5"), read("200元")) == (1_500_000, 20_000)
    with pytest.raises(UNREADABLE):
        read("1.234567890")


def test_a_remembered_column_forgets_in_time() -> None:
    read = columns(["founded_on"], STANDARD.values())[0].read
    for number in range(700_000, 720_000):
        assert read(date.fromordinal(number).isoformat()) is not None
    assert len(read.__self__) <= 16_384  # type: ignore[attr-defined]


def test_what_a_portal_s_file_would_mean_comes_last() -> None:
    headings = ["企业工商登记时间", "成立日期", "签约日期", "合同总金额/千元", "其他财政资金"]
    known = portal_headings.assign([(place, "", text) for place, text in enumerate(headings)], {})
    found = {one.fact: one for one in columns(headings, STANDARD.values(), (), known, 1_000_000)}
    assert {name: one.place for name, one in found.items()} == {
        "founded_on": 1, "signed_on": 2, "contract_amount": 3, "other_support": 4,
    }  # fmt: skip
    assert found["contract_amount"].read("5") == 500_000, "in thousands, as its heading says"
    assert found["other_support"].read("5") == 5_000_000, "in the unit of the note"


def test_another_currency_is_no_amount() -> None:
    with pytest.raises(Unreadable):
        columns(
            ["contract_amount（美元）", "合同金额（美元）"],
            [Fact("x", "money", headings=("合同金额(美元)",))],
        )


def test_a_code_s_own_column_goes_before_one_that_an_import_takes_for_the_name() -> None:
    """A name stood for the code: two spellings of a unit had a cap each."""

    def places(*headings: str) -> dict[str, int]:
        known = portal_headings.assign([(at, "", each) for at, each in enumerate(headings)], {})
        return {each.fact: each.place for each in columns(headings, STANDARD.values(), known=known)}

    assert places("case", "applicant", "credit_code") == {"case": 0, "applicant": 2}
    assert places("case", "申请单位", "USCC")["applicant"] == 2
    assert places("case", "applicant", "applicant_name")["applicant"] == 1
    assert places("case", "applicant")["applicant"] == 1
