"""``invoice``: what programs and people are told, and the exit status."""

from pathlib import Path

from tests.commandline import Desk
from tests.papers.invoices import made, made_ofd, made_pdf
from tests.papers.invoices.made import Paper, red

PAPER = Paper()


def test_the_answer_for_programs(desk: Desk, tmp_path: Path) -> None:
    (path,) = made.write(tmp_path, a__ofd=made_ofd.ofd(PAPER))
    answer = desk("--json", "invoice", path)
    assert answer.status == 0
    (found,) = answer.json["invoices"]
    sources = found.pop("from")
    assert (sources["number"], sources["kind"], sources["gross"]) == ("tag", "text", "tag")
    assert found == {
        "file": "a.ofd", "status": "read", "kind": "special", "code": "", "number": PAPER.number,
        "issued_on": "2026-06-09", "red": False, "original": "", "buyer": PAPER.buyer,
        "buyer_id": PAPER.buyer_id, "seller": PAPER.seller, "seller_id": PAPER.seller_id,
        "net": "100000.00", "tax": "6000.00", "gross": "106000.00", "lines": 1, "remark": "合同号：HT-2026-7",
        "findings": [], "say": "",
    }  # fmt: skip


def test_what_forbids_payment_or_is_refused_ends_with_1_and_the_others_are_read(
    desk: Desk, tmp_path: Path
) -> None:
    made.write(
        tmp_path, a__xml=made.xml(PAPER), b__pdf=made_pdf.pdf(PAPER), c__xml=made.xml(PAPER)[:900],
        d__xml=made.xml(red(PAPER, "26952000002000000001", 2_500_000)),
    )  # fmt: skip
    answer = desk("--json", "--lang", "en", "invoice", tmp_path)
    assert answer.status == 1
    first, again, cut, back = answer.json["invoices"]
    assert [each["finding"] for each in first["findings"]] == ["reversed"]
    assert (
        first["say"]
        == 'The red letter 26952000002000000001 in the file "d.xml" takes 26,500.00 yuan from it.'
    )
    assert again["findings"] == [
        {"finding": "same_invoice", "say": 'It is the same invoice as in the file "a.xml" and counts once.'}
    ]
    assert (cut["status"], cut["number"], cut["lines"]) == ("refused", "", 0)
    assert (
        cut["say"]
        == 'The file "c.xml" is incomplete or damaged and can\'t be read; download the original again.'
    )
    assert (back["red"], back["gross"], back["original"]) == (True, "-26500.00", PAPER.number)


def test_red_and_reversed_alone_end_with_0(desk: Desk, tmp_path: Path) -> None:
    made.write(tmp_path, a__xml=made.xml(PAPER), d__xml=made.xml(red(PAPER, "26952000002000000001")))
    assert desk("--json", "invoice", tmp_path).status == 0


def test_people_read_a_table_and_sentences(desk: Desk, tmp_path: Path) -> None:
    made.write(tmp_path, a__xml=made.xml(PAPER), b__xml=b"")
    answer = desk("invoice", tmp_path)
    assert answer.status == 1
    assert "专用发票" in answer.out and PAPER.number in answer.out and "106000.00" in answer.out
    assert "文件“b.xml”没有内容，请重新下载发票。\n读出 1 张发票，1 个文件未能读取。\n" in answer.out


def test_a_path_that_is_not_there_is_no_request(desk: Desk, tmp_path: Path) -> None:
    answer = desk("invoice", tmp_path / "无.xml")
    assert answer.status == 2
    assert answer.err.count("\n") == 1 and "无.xml" in answer.err
