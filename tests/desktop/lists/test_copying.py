"""What is copied arrives whole in other programs: headings, plain amounts, long numbers as text."""

from desktop.lists.copying import cells, copied
from desktop.lists.spec import Column

COLUMNS = (Column("applicant_name"), Column("applicant_code", "number_text"), Column("award", "money"))
ROWS = [("深圳\t<智算>\n公司", "914403001234567890", 123456700), ("湾畔大学", None, None)]


def test_text_between_tabs() -> None:
    table = cells(COLUMNS, ROWS)
    assert table == [["深圳 <智算> 公司", "914403001234567890", "1234567.00"], ["湾畔大学", "", ""]]
    data = copied(["单位", "代码", "额度"], COLUMNS, table)
    assert data.text() == "单位\t代码\t额度\n深圳 <智算> 公司\t914403001234567890\t1234567.00\n湾畔大学\t\t\n"


def test_a_spreadsheet_is_told_what_is_text() -> None:
    html = copied(["a", "b", "c"], COLUMNS, cells(COLUMNS, ROWS)).html()
    assert "mso-number-format:'\\@'\">914403001234567890</td>" in html
    assert "<td>1234567.00</td>" in html
    assert "&lt;智算&gt;" in html
