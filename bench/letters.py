"""Letters: ours beside reportlab's canvas as its user guide shows it, with the same words on the same page.

Both sides register their fonts once, before the clock starts. The peer gets the lines already broken and
placed and only draws them (`setFont`, `drawString`, `rect`, `line`), then writes its file; ours breaks the
lines too. CPU time of this process, medians of interleaved rounds. The check of PDF/A is a measure of its
own, `letters_check`.
"""

from __future__ import annotations

import io
from collections.abc import Callable
from datetime import date
from typing import Any, NamedTuple

from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas

from bench.rounds import Row, medians, row
from papers.drawing import pdfa
from papers.drawing.fonts import FontSet, load
from papers.drawing.pages import A4, Colour, Sheets
from papers.letters import letter
from papers.letters.approval_letter import ApprovalFacts, approval
from papers.letters.letter_content import LetterContent
from papers.letters.letter_form import draw as draw_letter_form
from papers.letters.letter_issue import Issue
from papers.letters.remedies import Remedies

LETTERS = 5  # a round
MERGED = 20  # in one print file
ROUNDS = 9
UNIT = "ms CPU a letter"


def content() -> LetterContent:
    """An approval as an office sends it."""
    issue = Issue(
        office="深圳市科技创新局",
        number="深科创券〔2026〕1号",
        signed_on=date(2026, 7, 6),
        verification_code="7K3M-9QXT-2HVA-C",
        ask_at="湾畔市科技创新局网站",
        mark="demonstration",
    )
    facts = ApprovalFacts(
        scheme="训力券", unit="深圳市镕垚智能科技有限公司", credit_code="91440300MA5G00001X",
        case="XL2026-000123", voucher="XLQ2026-00001-7", contract_no="HT-2026-SZ-00123",
        contract_signed_on=date(2026, 3, 15), provider="深圳市智算中心有限公司", provider_batch="第一批",
        basis="《深圳市打造人工智能先锋城市的若干措施》（深工信规〔2024〕13号）第二条",
        calculation=(
            ("tier", "初创企业，60%"), ("base", "8,000,000.00元（含税）"),
            ("computed", "8,000,000.00元 × 60% ＝ 4,800,000.00元"),
            ("cap", "每个申请单位每年上限10,000,000.00元"), ("method", "按比例计算，未超过上限"),
        ),
        quota_fen=480_000_000, valid_from=date(2026, 7, 6), valid_until=date(2027, 7, 5),
        redeem_by=date(2027, 7, 31), remedies=Remedies("湾畔市人民政府", "湾畔市人民法院"),
    )  # fmt: skip
    return approval(facts, issue)


class _Text(NamedTuple):
    font: str
    size: float
    x: float
    baseline: float
    text: str
    spacing: float
    colour: Colour


class _Page(NamedTuple):
    texts: list[_Text]
    rules: list[tuple[float, float, float, float, float, Colour]]
    filled: list[tuple[float, float, float, float]]


class _Recorder(Sheets):
    """Notes what is drawn on each page, for the peer to draw."""

    def __init__(self, fonts: FontSet) -> None:
        super().__init__(fonts)
        self.drawn: list[_Page] = []

    def page(self, size: tuple[float, float] = A4) -> None:
        super().page(size)
        self.drawn.append(_Page([], [], []))

    def text(self, x: float, baseline: float, pieces: Any, size: float, **style: Any) -> None:
        for role, text in pieces:
            for face, part in self.fonts.runs(role, text):
                spacing = style.get("spacing", 0.0)
                colour = style.get("colour", (0, 0, 0))
                self.drawn[-1].texts.append(
                    _Text(face.name.decode(), size, x, baseline, part, spacing, colour)
                )
                x += sum(face.advance(c) * size / 1000 + spacing for c in part)

    def rule(
        self, x0: float, y0: float, x1: float, y1: float, thickness: float, colour: Colour = (0, 0, 0)
    ) -> None:
        self.drawn[-1].rules.append((x0, y0, x1, y1, thickness, colour))

    def boxes(self, boxes: Any, colour: Colour = (0, 0, 0)) -> None:
        self.drawn[-1].filled.extend(boxes)


def peer(recorded: _Recorder, title: str) -> bytes:
    """The same pages by reportlab's canvas."""
    target = io.BytesIO()
    canvas = Canvas(target, pagesize=A4)
    canvas.setTitle(title)
    for page in recorded.drawn:
        for text in page.texts:
            canvas.setFont(text.font, text.size)
            canvas.setFillColorRGB(*(part / 255 for part in text.colour))
            canvas.drawString(text.x, A4[1] - text.baseline, text.text, charSpace=text.spacing)
        for x0, y0, x1, y1, thickness, colour in page.rules:
            canvas.setStrokeColorRGB(*(part / 255 for part in colour))
            canvas.setLineWidth(thickness)
            canvas.line(x0, A4[1] - y0, x1, A4[1] - y1)
        canvas.setFillColorRGB(0, 0, 0)
        for x, y, width, height in page.filled:
            canvas.rect(x, A4[1] - y - height, width, height, stroke=0, fill=1)
        canvas.showPage()
    canvas.save()
    return target.getvalue()


def rows(rounds: int = ROUNDS) -> list[Row]:
    """The measures of letters, as name, ours, peer, ratio, unit and rounds.

    Ours never makes a file that is not PDF/A-2b, so `letters_draw` and `letters_pdfa` are the same work,
    held to two limits; `letters_merged` is a letter within one print file of many.
    """
    fonts = load(use_system=False)
    paper = content()
    page = _Recorder(fonts)
    if not draw_letter_form(page, paper):
        raise AssertionError("the letter of the measure must take the letter form")
    for face in {face.path: face for chain in fonts.chains.values() for face in chain}.values():
        pdfmetrics.registerFont(TTFont(face.name.decode(), str(face.path)))
    made = letter.draw(paper, fonts)

    def several(work: Callable[[], object]) -> Callable[[], object]:
        return lambda: [work() for _ in range(LETTERS)]

    taken = medians(
        [
            several(lambda: peer(page, paper.title)),
            several(lambda: letter.draw(paper, fonts)),
            several(lambda: pdfa.check(made)),
            lambda: letter.merge([paper] * MERGED, paper.title, paper.signed_on, fonts),
        ],
        rounds,
    )
    theirs, whole, check, merged = (
        seconds * 1000 / count for seconds, count in zip(taken, (LETTERS,) * 3 + (MERGED,), strict=True)
    )
    return [
        row("letters_draw", whole, theirs, UNIT, rounds),
        row("letters_pdfa", whole, theirs, UNIT, rounds),
        row("letters_merged", merged, theirs, UNIT, rounds),
        row("letters_check", check, theirs, UNIT, rounds),
    ]
