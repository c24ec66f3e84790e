"""Letters of a made-up office, for the tests of papers."""

from __future__ import annotations

from datetime import date
from typing import Any

from papers.drawing.fonts import FontSet, load
from papers.letters.approval_letter import ApprovalFacts
from papers.letters.letter_content import Block, LetterContent, Paragraph
from papers.letters.letter_issue import Issue
from papers.letters.remedies import Remedies

BASIS = "《深圳市打造人工智能先锋城市的若干措施》（深工信规〔2024〕13号）第二条"
REMEDIES = Remedies("深圳市人民政府", "深圳市盐田区人民法院")
RARE = "镕垚𬭚䶮堃"
LONG_UNIT = f"深圳市前海深港现代服务业合作区{RARE}人工智能大模型训练与推理基础软件研究院（集团）股份有限公司"


def fonts() -> FontSet:
    """The bundled fonts, the same on every machine."""
    return load(use_system=False)


def issue(**changes: Any) -> Issue:
    usual: dict[str, Any] = {
        "office": "深圳市科技创新局",
        "number": "深科创券〔2026〕1号",
        "signed_on": date(2026, 7, 6),
        "verification_code": "7K3M-9QXT-2HVA-C",
        "ask_at": "0755-00000000",
        "mark": "demonstration",
    }
    return Issue(**{**usual, **changes})


def approved(**changes: Any) -> ApprovalFacts:
    usual: dict[str, Any] = {
        "scheme": "训力券",
        "unit": "深圳市镕垚智能科技有限公司",
        "credit_code": "91440300MA5G00001X",
        "case": "XL2026-000123",
        "voucher": "XLQ2026-00001-7",
        "contract_no": "HT-2026-SZ-00123",
        "provider": "深圳市智算中心有限公司",
        "provider_batch": "第一批",
        "basis": BASIS,
        "calculation": (
            ("tier", "初创企业，60%"),
            ("base", "8,000,000.00元（含税）"),
            ("computed", "8,000,000.00元 × 60% ＝ 4,800,000.00元"),
            ("cap", "申请单位年度上限10,000,000.00元"),
            ("method", "按比例计算，未超过上限"),
        ),
        "quota_fen": 480_000_000,
        "valid_from": date(2026, 7, 6),
        "valid_until": date(2027, 7, 5),
        "redeem_by": date(2027, 7, 31),
        "remedies": REMEDIES,
    }
    return ApprovalFacts(**{**usual, **changes})


def plain(*body: Block | str, **changes: Any) -> LetterContent:
    """A letter with these paragraphs and nothing else that is not needed."""
    usual: dict[str, Any] = {
        "office": "深圳市科技创新局",
        "number": "深科创券〔2026〕1号",
        "title": "关于发放训力券的通知",
        "addressee": "深圳市镕垚智能科技有限公司",
        "body": tuple(Paragraph(block) if isinstance(block, str) else block for block in body),
        "signed_by": "深圳市科技创新局",
        "signed_on": date(2026, 7, 6),
    }
    return LetterContent(**{**usual, **changes})
