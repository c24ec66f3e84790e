"""Made-up invoices as PDF, with text or as a scan, and as pictures."""

from __future__ import annotations

import io
from pathlib import Path

import segno
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas

from tests.papers.invoices.made import Paper, yuan

SANS = Path(__file__).resolve().parents[3] / "resources/fonts/noto-sans-sc/NotoSansSC-Regular.ttf"
OUTSIDE, INSIDE = "STSong-Light", "DeskSans"
"""A font that the reader must have, and one that is within the file."""


def font(inside: bool) -> str:
    """The font's name, once it is known to what draws."""
    name = INSIDE if inside else OUTSIDE
    if name not in pdfmetrics.getRegisteredFontNames():
        pdfmetrics.registerFont(TTFont(INSIDE, str(SANS)) if inside else UnicodeCIDFont(OUTSIDE))
    return name


def pdf(
    *papers: Paper,
    labels_first: bool = False,
    square: bool = True,
    square_of: Paper | None = None,
    old: bool = False,
    inside: bool = True,
) -> bytes:
    """A PDF of one page an invoice: label and value in one text, or all labels first and values after."""
    stream = io.BytesIO()
    canvas = Canvas(stream, pagesize=(595, 397), invariant=1)
    for paper in papers:
        pairs = _old_pairs(paper) if old else _pairs(paper)
        canvas.setFont(font(inside), 9)
        if labels_first:
            for x, y, label, _ in pairs:
                canvas.drawString(x, y, label)
            for x, y, label, value in pairs:
                canvas.drawString(x + 9.3 * len(label), y, value)
        else:
            for x, y, label, value in pairs:
                canvas.drawString(x, y, label + value)
        if square:
            draw_square(canvas, (square_of or paper).square, 20, 330, 55)
        canvas.showPage()
    canvas.save()
    return stream.getvalue()


Pair = tuple[float, float, str, str]


def _pairs(paper: Paper) -> list[Pair]:
    found = [
        (212.0, 370.0, f"电子发票（{paper.title}）", ""), (415, 372, "发票号码：", paper.number),
        (415, 356, "开票日期：", paper.chinese_day), (36, 304, "名称：", paper.buyer),
        (36, 284, "统一社会信用代码/纳税人识别号：", paper.buyer_id), (316, 304, "名称：", paper.seller),
        (316, 284, "统一社会信用代码/纳税人识别号：", paper.seller_id),
        *((x, 262.0, name, "") for x, name in _HEADINGS), *_item_pairs(paper, 245),
        (36, 135, "合", ""), (66, 135, "计", ""), (345, 135, "", f"¥{yuan(paper.net)}"),
        (500, 135, "", f"¥{yuan(paper.tax)}"), (36, 113, "价税合计（大写）", ""), (150, 113, "", paper.words),
        (405, 113, "（小写）", f"¥{yuan(paper.gross)}"), (36, 87, "备注：", paper.remark[:45]),
        (36, 25, "开票人：", "样例"),
    ]  # fmt: skip
    if paper.remark[45:]:
        found.append((60, 74, "", paper.remark[45:]))
    return found


_HEADINGS = (
    (30, "项目名称"),
    (190, "单位"),
    (230, "数量"),
    (360, "金额"),
    (430, "税率/征收率"),
    (500, "税额"),
)


def _item_pairs(paper: Paper, top: float) -> list[Pair]:
    found: list[Pair] = []
    for n, line in enumerate(paper.lines):
        y = top - 22 * n
        found += [
            (30, y, "", line.name[:16]), (190, y, "", line.unit), (230, y, "", line.quantity),
            (345, y, "", yuan(line.amount)), (430, y, "", line.rate), (500, y, "", yuan(line.tax)),
        ]  # fmt: skip
        if line.name[16:]:
            found.append((30, y - 10, "", line.name[16:]))
    return found


def _old_pairs(paper: Paper) -> list[Pair]:
    """The older kind: buyer above, seller below, code beside the number."""
    return [
        (200, 370, f"深圳增值税电子{paper.title.removeprefix('增值税')}", ""),
        (420, 380, "发票代码：", paper.code), (420, 366, "发票号码：", paper.number),
        (420, 352, "开票日期：", paper.chinese_day), (420, 338, "校 验 码：", paper.check_code),
        (60, 318, "名        称：", paper.buyer), (60, 304, "纳税人识别号：", paper.buyer_id),
        (30, 262, "货物或应税劳务、服务名称", ""), (360, 262, "金额", ""), (430, 262, "税率", ""),
        (500, 262, "税额", ""), *_item_pairs(paper, 245), (36, 135, "合        计", ""),
        (345, 135, "", f"¥{yuan(paper.net)}"), (500, 135, "", f"¥{yuan(paper.tax)}"),
        (36, 113, "价税合计（大写）", ""), (150, 113, "", paper.words),
        (405, 113, "（小写）", f"¥{yuan(paper.gross)}"), (60, 90, "名        称：", paper.seller),
        (60, 76, "纳税人识别号：", paper.seller_id), (330, 90, "备", ""), (330, 70, "注", ""),
        (350, 84, "", paper.remark), (36, 25, "收款人：", "样例"),
    ]  # fmt: skip


def draw_square(canvas: Canvas, text: str, x: float, y: float, size: float) -> None:
    """A square code as filled squares, as issuers draw it."""
    rows = [list(row) for row in segno.make_qr(text, error="m").matrix_iter(border=2)]
    side = size / len(rows)
    for down, row in enumerate(rows):
        for across, dark in enumerate(row):
            if dark:
                canvas.rect(x + across * side, y + size - (down + 1) * side, side, side, stroke=0, fill=1)


def scan(paper: Paper, kind: str = "png", turned: float = 0.0) -> bytes:
    """A picture of a page on which only the square code can be read, a little turned where said."""
    from PIL import Image

    code = io.BytesIO()
    segno.make_qr(paper.square, error="m").save(code, kind="png", scale=5, border=3)
    page = Image.new("L", (1240, 827), 235)
    page.paste(Image.open(code).convert("L"), (420, 260))
    page = page.rotate(turned, fillcolor=235, resample=Image.Resampling.BICUBIC)
    stream = io.BytesIO()
    page.save(stream, kind.upper().replace("JPG", "JPEG"))
    return stream.getvalue()


def scanned_pdf(paper: Paper) -> bytes:
    """A PDF that holds a scan and no text."""
    from reportlab.lib.utils import ImageReader

    stream = io.BytesIO()
    canvas = Canvas(stream, pagesize=(595, 397), invariant=1)
    canvas.drawImage(ImageReader(io.BytesIO(scan(paper, "jpg", 1.5))), 0, 0, 595, 397)
    canvas.showPage()
    canvas.save()
    return stream.getvalue()


def with_attachment(content: bytes, name: str, data: bytes) -> bytes:
    """A PDF with a file attached."""
    import pikepdf

    stream = io.BytesIO()
    with pikepdf.open(io.BytesIO(content)) as document:
        document.attachments[name] = pikepdf.AttachedFileSpec(document, data, filename=name)  # type: ignore[call-arg]
        document.save(stream)
    return stream.getvalue()
