"""Kinds of paper and what a file is, by its name."""

from casework.cases.paper_kinds import KINDS, kind_of, media_of
from words import LANGUAGES, has


def test_kinds_and_media_by_name() -> None:
    assert (kind_of("服务合同.PDF"), kind_of("电子发票.pdf"), kind_of("银行回单.jpg")) == (
        "contract", "invoice", "payment",
    )  # fmt: skip
    assert kind_of("scan001.tif") == "other"
    assert (media_of("A.PDF"), media_of("b.JPeG"), media_of("c.docx")) == (
        "application/pdf", "image/jpeg", "application/octet-stream",
    )  # fmt: skip
    assert all(has(f"paper.kind.{kind}", lang) for kind in KINDS for lang in LANGUAGES)
