"""The issuing sheet."""

from datetime import date

from papers.drawing.pdfa import check
from papers.letters import letter
from papers.letters.issuing_sheet import SheetFacts, Step, sheet
from tests.papers import poppler
from tests.papers.samples import fonts

FACTS = SheetFacts(
    "湾畔市科技创新局", "approval", "湾科创券发〔2026〕1号", "7K3M-9QXT", "ab" * 32, "甲公司", "XL-1", 7,
    (
        Step("prepared", "王某", date(2026, 7, 1)),
        Step("approved", "李某", date(2026, 7, 6), "纪要〔2026〕7号"),
    ),
    99, "cd" * 32, date(2026, 7, 6),
)  # fmt: skip


def test_it_says_who_did_what_and_stands_on_one_page() -> None:
    pdf = letter.draw(sheet(FACTS), fonts())
    check(pdf)
    text = poppler.text(pdf)
    people = ("王某，2026年7月1日", "李某，2026年7月6日（纪要〔2026〕7号）")
    for said in ("资助通知书", *people, "第99条", "核算单号7", "签发（签名、日期）", "用印（经手人、日期）",
        "归档（归档号、保管期限、日期）"):  # fmt: skip
        assert said in text, said
    assert {word.page for word in poppler.placed(pdf)} == {1}


def test_what_is_not_known_has_no_row() -> None:
    bare = FACTS.__class__(**{**FACTS.__dict__, "decision": None, "log_seq": None})
    labels = [pair[0] for block in sheet(bare).body for row in getattr(block, "rows", ()) for pair in row]
    assert "核算单号" not in labels and "日志" not in labels


def test_how_long_it_is_kept_stands_there_where_the_office_has_set_it() -> None:
    kept = FACTS.__class__(**{**FACTS.__dict__, "retention": "定期30年"})
    text = poppler.text(letter.draw(sheet(kept), fonts()))
    assert "归档保管期限：定期30年（归档号、日期）" in text
