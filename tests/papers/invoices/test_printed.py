"""What is read from a printed page by labels and what stands beside them."""

from __future__ import annotations

from papers.invoices import printed
from papers.invoices.printed_words import Word


def page(*lines: tuple[float, float, str]) -> list[Word]:
    return [Word(text, 1, x, y, x + 9.0 * len(text), y + 9) for x, y, text in lines]


def test_buyer_left_of_seller_and_buyer_above_seller() -> None:
    beside = printed.read(page((10, 50, "名称：甲方科技公司"), (300, 50, "名称：乙方算力公司")))
    above = printed.read(page((10, 50, "名称：甲方科技公司"), (10, 300, "名称：乙方算力公司")))
    for said in (beside, above):
        assert (said.text("buyer"), said.text("seller")) == ("甲方科技公司", "乙方算力公司")


def test_a_name_that_is_wrapped_and_captions_that_stand_upright() -> None:
    said = printed.read(
        page((2, 48, "购"), (14, 50, "名称："), (42, 50, "深圳市海图样例科技有限公"), (42, 60, "司"),
             (2, 60, "买"), (14, 72, "统一社会信用代码/纳税人识别号："), (160, 72, "91440300MA5EXAMP1F"))
    )  # fmt: skip
    assert said.text("buyer") in ("深圳市海图样例科技有限公", "深圳市海图样例科技有限公司")
    assert said.text("buyer_id") == "91440300MA5EXAMP1F"


def test_sums_beside_their_labels_and_a_tax_of_stars() -> None:
    said = printed.read(
        page((10, 200, "合"), (60, 200, "计"), (300, 200, "¥57.00"), (500, 200, "***"),
             (10, 230, "价税合计（大写）"), (150, 230, "伍拾柒圆整"), (400, 230, "（小写）¥57.00"))
    )  # fmt: skip
    assert [said.text(name) for name in ("net", "tax", "gross", "words")] == [
        "57.00",
        "0.00",
        "57.00",
        "57.00",
    ]


def test_a_check_code_of_twenty_digits_is_no_number() -> None:
    said = printed.read(page((300, 10, "发票代码：044002300111"), (300, 40, "校验码：12345678901234567890")))
    assert said.text("number") == ""
    assert said.text("code") == "044002300111"


def test_nothing_is_read_from_nothing() -> None:
    assert printed.read([]).values == {}
