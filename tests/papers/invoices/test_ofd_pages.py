"""Text objects of an OFD's pages: numbers, places in points, templates below."""

from __future__ import annotations

from papers.invoices.ofd_package import Package
from papers.invoices.ofd_pages import Pages
from tests.papers.invoices import made_ofd
from tests.papers.invoices.made import Paper

ROOT = "Doc_0/Document.xml"


def pages(content: bytes) -> Pages:
    package = Package(content)
    return Pages(package, ROOT, package.xml(ROOT))


def test_a_tag_finds_its_object_and_boxes_are_points_from_the_corner() -> None:
    found = pages(made_ofd.ofd(Paper()))
    assert found.sizes == ((595.28, 396.85),)
    number = found.find("61", "101")
    assert number is not None and number.text == Paper().number
    (word,) = number.words
    assert (round(word.left, 1), round(word.top, 1)) == (453.5, 22.7)  # 160 mm, 8 mm
    assert found.find("62", "101") is None


def test_the_template_lies_below_the_page() -> None:
    assert "发票号码：" in [word.text for word in pages(made_ofd.ofd(Paper())).words()]


def test_measures_that_are_no_numbers_do_no_harm() -> None:
    bad = made_ofd.Sheet(100)
    bad.objects = [
        '<ofd:TextObject ID="100" Boundary="a b c d"><ofd:TextCode X="NaN?">1</ofd:TextCode></ofd:TextObject>'
    ]
    change = {"Doc_0/Pages/Page_0/Content.xml": bad.xml("1").encode()}
    found = pages(made_ofd.ofd(Paper(), change=change)).find("61", "100")
    assert found is not None and found.text == "1"
