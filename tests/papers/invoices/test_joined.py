"""Carriers put together: who is believed first, what differs, what is red."""

from __future__ import annotations

from papers.invoices import joined
from papers.invoices.carrier import Carrier
from papers.invoices.invoice import NOWHERE, Invoice, Source
from tests.papers.invoices.readings import codes

NUMBER = "26952000001234567890"


def said(carrier: str, **values: str) -> Carrier:
    found = Carrier(carrier)
    for field, text in {"number": NUMBER, **values}.items():
        found.say(field, text)
    return found


def one(*carriers: Carrier) -> Invoice:
    found = joined.invoice(Source("a.ofd"), carriers)
    assert found is not None
    return found


def test_the_structured_one_is_believed_first_whatever_the_order() -> None:
    invoice = one(said("qr", gross="3.00"), said("text", gross="2.00", net="1.00"), said("tag", gross="1.00"))
    assert invoice.values["gross"].carrier == "tag" and invoice.text("gross") == "1.00"
    assert [(value.carrier, value.text) for value in invoice.others["gross"]] == [
        ("text", "2.00"),
        ("qr", "3.00"),
    ]
    assert codes(invoice) == ["carriers_differ", "carriers_differ"]


def test_words_against_figures() -> None:
    invoice = one(said("text", gross="1000000.00", words="壹佰零壹万圆整"))
    assert invoice.findings[0].params["other"] == "1010000.00"
    assert invoice.findings[0].say("zh") == (
        "价税合计不一致：票面文字为“1000000.00”，大写金额为“1010000.00”。请核对原件。"
    )


def test_a_gross_that_only_words_say_needs_net_and_tax_that_come_to_it() -> None:
    fits = one(said("tag", net="100.00", tax="6.00", words="壹佰零陆圆整"))
    assert (fits.text("gross"), fits.values["gross"].carrier) == ("106.00", "words")
    assert one(said("tag", net="100.00", tax="6.00", words="壹佰零柒圆整")).text("gross") == ""


def test_a_printed_name_may_be_cut_and_data_may_not_differ() -> None:
    whole, cut = "深圳市海图样例科技有限公司", "深圳市海图样例科技有限"
    assert codes(one(said("xml", gross="1.00", buyer=whole), said("text", buyer=cut, gross="1.00"))) == []
    differ = one(said("xml", gross="1.00", buyer=whole), said("tag", buyer=cut, gross="1.00"))
    assert codes(differ) == ["carriers_differ"]
    brackets = one(
        said("xml", gross="1.00", buyer="甲（深圳）公司"), said("tag", buyer="甲(深圳)公司", gross="1.00")
    )
    assert codes(brackets) == []


def test_below_zero_is_red_and_a_discount_is_not() -> None:
    assert codes(one(said("text", gross="-1.00"))) == ["red_alone"]
    assert codes(one(said("text", gross="-1.00", remark=f"被红冲蓝字数电票号码：{NUMBER}"))) == ["red"]
    assert codes(one(said("text", gross="1.00"))) == []


def test_a_number_alone_is_no_invoice() -> None:
    assert joined.invoice(Source("a"), [said("text")]) is None


def test_only_a_code() -> None:
    code = Carrier("qr")
    code.codes = [("01,31,,26442000009900000031,1000000.00,20260511,,605C", NOWHERE)]
    assert codes(one(code)) == ["qr_only", "qr_crc"]
