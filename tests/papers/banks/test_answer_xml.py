from datetime import date
from pathlib import Path

import pytest

from papers.banks import answer_xml, shipped
from papers.banks.bank_fault import BankFault
from papers.reading.unreadable import Unreadable
from tests.papers.banks.bank_samples import item, receipt

PAID = item("BF1", "755900000020202", "300000.07", "300000.07", flow="91")
FAILED = item("BF2", "741900000044", "5000000.00", "0.00", "账号已销户")


def test_a_receipt_of_the_treasury(tmp_path: Path) -> None:
    path = receipt(tmp_path / "r.xml", "5300000.07", "300000.07", PAID, FAILED)
    paid, failed = answer_xml.lines(path, shipped.treasury())
    assert (paid.ref, paid.outcome, paid.amount_fen, paid.on, paid.flow, paid.reason) == (
        "BF1",
        "paid",
        30_000_007,
        date(2026, 9, 4),
        "91",
        "",
    )
    assert (failed.ref, failed.outcome, failed.amount_fen, failed.on, failed.flow, failed.reason) == (
        "BF2",
        "failed",
        500_000_000,
        None,
        "",
        "账号已销户",
    )


def test_a_receipt_whose_sums_are_not_its_lines_is_refused(tmp_path: Path) -> None:
    for asked, done in (("300000.07", "300000.07"), ("5300000.07", "300000.08")):
        with pytest.raises(BankFault, match=r"bank.answer.sum"):
            answer_xml.lines(receipt(tmp_path / "r.xml", asked, done, PAID, FAILED), shipped.treasury())


def test_money_that_came_back_is_negative(tmp_path: Path) -> None:
    back = item("BF1", "755900000020202", "-300000.07", "-300000.07")
    (line,) = answer_xml.lines(
        receipt(tmp_path / "r.xml", "-300000.07", "-300000.07", back), shipped.treasury()
    )
    assert (line.outcome, line.amount_fen) == ("returned", -30_000_007)


def test_a_receipt_of_one_payment_alone_has_it_at_its_head(tmp_path: Path) -> None:
    path = tmp_path / "r.xml"
    path.write_text(
        f"<Voucher>{PAID.removeprefix('<Item>').removesuffix('</Item>')}</Voucher>", encoding="utf-8"
    )
    (line,) = answer_xml.lines(path, shipped.treasury())
    assert (line.ref, line.outcome) == ("BF1", "paid")


def test_an_item_without_its_amount_is_told(tmp_path: Path) -> None:
    path = receipt(tmp_path / "r.xml", "", "", "<Item><VoucherDetailNo>BF1</VoucherDetailNo></Item>")
    with pytest.raises(BankFault, match=r"bank.answer.cut_row"):
        answer_xml.lines(path, shipped.treasury())


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"<Voucher><DetailList><Item><PayAmt>1</PayAm", "damaged"),
        (b"<!DOCTYPE a [<!ENTITY b 'cccc'>]><Voucher><Id>&b;</Id></Voucher>", "harmful"),
        (b'<?xml version="1.0" encoding="EBCDIC"?><a>\xe6</a>', "encoding"),
        ("<Voucher><Id>国库</Id></Voucher>".encode("gbk"), "encoding"),
    ],
)
def test_what_is_no_receipt_ends_with_one_sentence(tmp_path: Path, content: bytes, code: str) -> None:
    (tmp_path / "r.xml").write_bytes(content)
    with pytest.raises(Unreadable) as caught:
        answer_xml.lines(tmp_path / "r.xml", shipped.treasury())
    assert caught.value.code == code


def test_xml_is_known_by_how_it_begins(tmp_path: Path) -> None:
    path = tmp_path / "r.dat"
    for content, is_xml in ((b"\xef\xbb\xbf\n<?xml?>", True), (b"<html>", False), (b"a|b", False)):
        path.write_bytes(content)
        assert answer_xml.is_xml(path) is is_xml
    with pytest.raises(Unreadable, match="not_found"):
        answer_xml.is_xml(tmp_path / "none.xml")
