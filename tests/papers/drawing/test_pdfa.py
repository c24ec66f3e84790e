"""PDF/A-2b, checked by another hand, and the faults that the check must find."""

import io
import re
import warnings
from dataclasses import replace
from datetime import date, datetime

import pikepdf
import pytest

from papers.drawing import pdfa
from papers.drawing.pdfa import About, NotArchivable
from papers.letters import letter
from papers.letters.letter import made_at
from tests.papers.samples import fonts, plain

ABOUT = About("标题<&>𬭚", "深圳市科技创新局", "资助通知书", made_at(date(2026, 7, 6)))


def paper() -> bytes:
    return letter.draw(plain("核定额度4,800,000.00元。"), fonts())


def changed(change: object) -> bytes:
    with pikepdf.open(io.BytesIO(paper())) as pdf:
        change(pdf)  # type: ignore[operator]
        target = io.BytesIO()
        pdf.save(target)
    return target.getvalue()


def test_a_letter_passes() -> None:
    pdfa.check(paper())


def test_the_check_finds_what_is_taken_away() -> None:
    def no_intent(pdf: pikepdf.Pdf) -> None:
        del pdf.Root.OutputIntents

    def no_font(pdf: pikepdf.Pdf) -> None:
        for item in pdf.objects:
            if isinstance(item, pikepdf.Dictionary) and "/FontFile2" in item:
                del item["/FontFile2"]

    def no_metadata(pdf: pikepdf.Pdf) -> None:
        del pdf.Root.Metadata

    def script(pdf: pikepdf.Pdf) -> None:
        pdf.Root.OpenAction = pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS="1")

    for change in (no_intent, no_font, no_metadata, script):
        with pytest.raises(NotArchivable) as caught:
            pdfa.check(changed(change))
        assert caught.value.findings, change


def test_what_something_else_warns_of_meanwhile_is_no_finding(monkeypatch: pytest.MonkeyPatch) -> None:
    recorded = [0]

    class Noisy(warnings.catch_warnings):
        """What records the warnings of the process hears once of another's file."""

        def __enter__(self) -> list[warnings.WarningMessage] | None:
            caught = super().__enter__()
            if caught is not None and not recorded[0]:
                recorded[0] += 1
                warnings.warn("unclosed file", UserWarning, stacklevel=1)
            return caught

    monkeypatch.setattr(warnings, "catch_warnings", Noisy)
    pdfa.check(paper())
    assert recorded == [1]


def test_something_else_is_no_paper() -> None:
    with pytest.raises(NotArchivable):
        pdfa.check(b"%PDF-1.7 nothing")


def test_xmp_says_what_the_information_says() -> None:
    with pikepdf.open(io.BytesIO(paper())) as pdf:
        xmp = pdf.Root.Metadata.read_bytes().decode()
        information = {key: str(value) for key, value in pdf.docinfo.items()}
    assert information["/CreationDate"] == information["/ModDate"] == "D:20260706000000+08'00'"
    assert re.findall(r"<xmp:\w+Date>(.*?)<", xmp) == ["2026-07-06T00:00:00+08:00"] * 2
    for key in ("/Title", "/Author", "/Subject", "/Producer"):
        assert information[key] in xmp


def test_marks_of_xml_are_escaped() -> None:
    assert "标题&lt;&amp;&gt;𬭚" in pdfa.xmp(ABOUT).decode()


def test_a_moment_needs_its_zone() -> None:
    with pytest.raises(ValueError, match="zone"):
        replace(ABOUT, made_at=datetime(2026, 7, 6))


def test_every_font_is_embedded_and_none_is_helvetica() -> None:
    with pikepdf.open(io.BytesIO(paper())) as pdf:
        programs = [
            item for item in pdf.objects if isinstance(item, pikepdf.Dictionary) and "/FontName" in item
        ]
        assert programs and all("/FontFile2" in item for item in programs)
    assert b"Helvetica" not in paper()


def test_the_identifier_follows_the_content() -> None:
    def identifier(text: str) -> bytes:
        found = re.search(rb"\[<(\w+)>", letter.draw(plain(text), fonts()))
        assert found is not None
        return found[1]

    assert identifier("核定额度") == identifier("核定额度") != identifier("核定额定")
