"""Invoices handed in together: twice, differently, and reds against blues."""

from __future__ import annotations

from dataclasses import replace

from papers.invoices import together
from papers.invoices.invoice import Invoice, Refusal, Source
from tests.papers.invoices import made, made_ofd, made_pdf
from tests.papers.invoices.made import OLD, Line, Paper, red
from tests.papers.invoices.readings import codes, read

BLUE = Paper()
PART, REST = red(BLUE, "26952000002000000001", 2_500_000), red(BLUE, "26952000002000000002", 7_500_000)


def one(content: bytes, name: str) -> Invoice:
    return read(content, name)[0]


def judged(*entries: Invoice | Refusal) -> list[list[str]]:
    return [codes(each) if isinstance(each, Invoice) else [each.code] for each in together.judged(entries)]


def test_the_same_invoice_in_another_carrier_is_told_on_the_later_one() -> None:
    found = together.judged(
        [one(made.xml(BLUE), "a.xml"), one(made_pdf.pdf(BLUE), "b.pdf"), one(made_ofd.ofd(BLUE), "c.ofd")]
    )
    assert [codes(each) for each in found if isinstance(each, Invoice)] == [
        [],
        ["same_invoice"],
        ["same_invoice"],
    ]
    later = found[2]
    assert isinstance(later, Invoice) and later.forbidden
    assert later.findings[0].say("zh") == "与文件“a.xml”是同一张发票，只能使用一次。"


def test_the_same_number_with_another_amount_is_told_too() -> None:
    other = replace(BLUE, lines=(Line("*信息技术服务*算力租赁费", 20_000_000, 1_200_000),))
    assert judged(one(made.xml(BLUE), "a.xml"), one(made.xml(other), "b.xml")) == [
        [], ["same_invoice", "same_differs", "same_differs", "same_differs"],
    ]  # fmt: skip


def test_numbers_of_eight_digits_are_one_only_with_their_code() -> None:
    other = replace(OLD, code="044002300222")
    assert judged(one(made.pinyin_xml(OLD), "a"), one(made.pinyin_xml(other), "b")) == [[], []]


def test_several_red_letters_take_from_one_blue() -> None:
    entries = [one(made.xml(paper), f"{n}.xml") for n, paper in enumerate((BLUE, PART, REST, OLD))]
    entries[3] = one(made.pinyin_xml(OLD), "old.xml")
    assert judged(*entries) == [["reversed", "reversed"], ["red"], ["red"], []]
    assert together.left_fen(entries) == {BLUE.number: 0, "044002300111-20445566": 10_600_000}
    assert together.left_fen(entries[:2]) == {BLUE.number: 10_600_000 - 2_650_000}
    assert together.left_fen([*entries[:2], entries[1]]) == {BLUE.number: 7_950_000}


def test_a_red_letter_without_its_blue_one_waits() -> None:
    entry = one(made.xml(PART), "r.xml")
    assert judged(entry, Refusal(Source("x"), "damaged")) == [["red"], ["damaged"]]
    assert together.left_fen([entry]) == {}
