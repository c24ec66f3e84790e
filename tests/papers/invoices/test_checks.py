"""What is wrong with an invoice by itself, read or typed."""

from __future__ import annotations

from papers.invoices import checks
from tests.papers.invoices import made
from tests.papers.invoices.made import BUYER_ID, Paper
from tests.papers.invoices.readings import codes, read

TYPED = {
    "number": "26952000001234567890", "issued_on": "2026-06-09", "net": "100.00", "tax": "6.00",
    "gross": "106.00", "buyer_id": BUYER_ID,
}  # fmt: skip


def found(**values: str) -> list[str]:
    return [finding.say("zh") for finding in checks.of_values({**TYPED, **values})]


def test_what_is_typed_rightly_has_no_finding() -> None:
    assert found() == []
    assert found(number="20445566", code="044002300111") == []
    assert found(tax="", gross="") == []


def test_each_check_says_what_does_not_fit() -> None:
    assert found(number="25952000001234567890") == [
        "发票号码 25952000001234567890 的前两位应是开票年份，与开票日期 2026-06-09 不符，请对照票面核对。"
    ]
    assert found(gross="106.01") == ["金额 100.00 元加税额 6.00 元，不等于价税合计 106.01 元。"]
    assert found(buyer_id=BUYER_ID[:17] + "0") == [
        f"购买方代码“{BUYER_ID[:17]}0”的校验位不符，可能读错或者写错，请对照票面核对。"
    ]
    assert found(number="2695200000123456789", issued_on="") == [
        "发票号码“2695200000123456789”不是 8 位或者 20 位，请对照票面核对。"
    ]


def test_lines_of_data_add_up_to_the_net() -> None:
    content = made.xml(Paper()).replace(b"<Amount>100000.00", b"<Amount>99999.99")
    (invoice,) = read(content)
    assert codes(invoice) == ["lines"]
    assert (
        invoice.findings[0].say("en")
        == "The lines come to 99,999.99 yuan and not to the net 100,000.00 yuan."
    )
