"""The kinds of paper that come with an application."""

from pathlib import Path

KINDS = ("contract", "invoice", "payment", "licence", "relation", "use", "other")
"""Words: ``paper.kind.<kind>``. A paper's kind is stored as one of these."""

MEDIA = {
    ".pdf": "application/pdf",
    ".png": "image/png",
    ".jpg": "image/jpeg",
    ".jpeg": "image/jpeg",
    ".bmp": "image/bmp",
    ".tif": "image/tiff",
    ".tiff": "image/tiff",
    ".webp": "image/webp",
}
"""What can be shown inside, by the end of its name; anything else is kept as it is."""
_WORDS = {
    "contract": ("合同", "协议", "contract"),
    "invoice": ("发票", "invoice"),
    "payment": ("付款", "回单", "流水", "支付", "payment"),
    "licence": ("执照", "法人证书", "licence", "license"),
    "relation": ("关联", "股东", "高管", "董事"),
    "use": ("使用", "卡时", "用量", "日志"),
}


def kind_of(name: str) -> str:
    """The kind that a file's name suggests."""
    lower = name.lower()
    return next((kind for kind, parts in _WORDS.items() if any(part in lower for part in parts)), "other")


def media_of(name: str) -> str:
    """What a file is, by its name."""
    return MEDIA.get(Path(name).suffix.lower(), "application/octet-stream")
