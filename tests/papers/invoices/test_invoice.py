"""An invoice as a value: amounts in fen, identity, and what its findings say."""

from __future__ import annotations

from datetime import date

from papers.invoices.invoice import Finding, Refusal, Source, identity_of
from tests.papers.invoices.made import OLD, Paper, red, xml
from tests.papers.invoices.readings import read

PAPER = Paper()


def test_amounts_are_fen_and_the_day_is_a_day() -> None:
    (invoice,) = read(xml(PAPER))
    assert (invoice.fen("net"), invoice.fen("tax"), invoice.fen("gross")) == (10_000_000, 600_000, 10_600_000)
    assert invoice.issued_on == date(2026, 6, 9)
    assert not invoice.red and not invoice.forbidden
    (back,) = read(xml(red(PAPER, "26952000009999999999", 2_500_000)))
    assert back.red and back.fen("gross") == -2_650_000


def test_identity_is_twenty_digits_or_code_and_number_and_never_the_number_alone() -> None:
    assert identity_of("", PAPER.number) == PAPER.number
    assert identity_of(OLD.code, OLD.number) == "044002300111-20445566"
    assert identity_of("", OLD.number) == ""


def test_a_finding_names_fields_and_carriers_in_words() -> None:
    params = {"field": "gross", "first": "1.00", "first_from": "text", "other": "2.00", "other_from": "qr"}
    finding = Finding("carriers_differ", params)
    assert finding.forbids
    assert finding.say("zh") == "价税合计不一致：票面文字为“1.00”，二维码为“2.00”。请核对原件。"
    assert finding.say("en") == (
        'No agreement on the gross amount: the printed text has "1.00", the square code has "2.00". '
        "Compare the original."
    )


def test_a_refusal_names_the_file() -> None:
    said = Refusal(Source("/tmp/发票/甲.pdf"), "encrypted").say("zh")
    assert said == "文件“甲.pdf”设有密码，不能读取；请向开票方索取不带密码的原件。"
