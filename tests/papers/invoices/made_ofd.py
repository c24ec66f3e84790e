"""Made-up invoices as OFD: a page over a template, tags, attachments and a seal's digests."""

from __future__ import annotations

import base64
import hashlib
import io
import zipfile
from xml.sax.saxutils import escape

from tests.papers.invoices.made import Paper, tag, yuan

OFD = 'xmlns:ofd="http://www.ofdspec.org/2016"'


class Sheet:
    """A page of text objects; each gets a number."""

    def __init__(self, start: int) -> None:
        self.start, self.objects = start, list[str]()

    def text(self, x: float, y: float, said: str) -> int:
        number = self.start + len(self.objects)
        size = f'Boundary="{x} {y} {max(4.0, 3.2 * len(said)):g} 5" Font="2" Size="3.175"'
        code = f'<ofd:TextCode X="0" Y="3.8">{escape(said)}</ofd:TextCode>'
        self.objects.append(f'<ofd:TextObject ID="{number}" {size}>{code}</ofd:TextObject>')
        return number

    def xml(self, template: str = "") -> str:
        under = f'<ofd:Template TemplateID="{template}"/>' if template else ""
        layer = f'<ofd:Layer ID="9">{"".join(self.objects)}</ofd:Layer>'
        return f"<ofd:Page {OFD}>{under}<ofd:Content>{layer}</ofd:Content></ofd:Page>"


def labels() -> str:
    """The template below the page."""
    sheet = Sheet(10)
    for x, y, said in (
        (140, 8, "发票号码："), (140, 14, "开票日期："), (6, 28, "名称："), (106, 28, "名称："),
        (6, 36, "统一社会信用代码/纳税人识别号："), (106, 36, "统一社会信用代码/纳税人识别号："),
        (6, 48, "项目名称"), (110, 48, "金  额"), (150, 48, "税率/征收率"), (170, 48, "税  额"),
        (20, 90, "合"), (40, 90, "计"), (6, 98, "价税合计（大写）"), (135, 98, "（小写）"), (6, 108, "备"),
        (6, 112, "注"), (6, 130, "开票人："), (1, 26, "购"), (1, 30, "买"), (101, 26, "销"), (101, 30, "售"),
    ):  # fmt: skip
        sheet.text(x, y, said)
    return sheet.xml()


def ofd(
    paper: Paper,
    tags: str = "root",
    attached: str = "",
    attached_name: str = "original_invoice.xml",
    cover: bool = True,
    sealed: bool = False,
    change: dict[str, bytes] | None = None,
) -> bytes:
    """An OFD: a page over a template, and tags of a family (``root``, ``EInvoice`` or none).

    ``sealed`` lists the digest of every part; ``change`` replaces parts after that.
    """
    page, marks = _page(paper)
    parts = {
        "Doc_0/Pages/Page_0/Content.xml": page.xml("1"),
        "Doc_0/Tpls/Tpl_0/Content.xml": labels(),
        "Doc_0/Document.xml": _document(bool(tags), bool(attached)),
    }
    if tags:
        location = "<ofd:CustomTag><ofd:FileLoc>CustomTag.xml</ofd:FileLoc></ofd:CustomTag>"
        parts["Doc_0/Tags/CustomTags.xml"] = f"<ofd:CustomTags {OFD}>{location}</ofd:CustomTags>"
        parts["Doc_0/Tags/CustomTag.xml"] = _tags(tags, marks)
    if attached:
        location = f"<ofd:Attachment><ofd:FileLoc>{attached_name}</ofd:FileLoc></ofd:Attachment>"
        parts["Doc_0/Attachs/Attachments.xml"] = f"<ofd:Attachments {OFD}>{location}</ofd:Attachments>"
        parts[f"Doc_0/Attachs/{attached_name}"] = attached
    parts["OFD.xml"] = _cover(paper, cover, sealed)
    found = {name: text.encode() for name, text in parts.items()}
    if sealed:
        found |= _seal(found)
    return packed(found | (change or {}))


def packed(parts: dict[str, bytes]) -> bytes:
    """A zip of parts."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return stream.getvalue()


def _page(paper: Paper) -> tuple[Sheet, dict[str, list[int]]]:
    sheet, marks = Sheet(100), dict[str, list[int]]()

    def put(field: str, x: float, y: float, *said: str) -> None:
        for each in said:
            marks.setdefault(field, []).append(sheet.text(x, y, each))
            x += 4

    put("title", 70, 6, f"电子发票（{paper.title}）")
    put("number", 160, 8, paper.number)
    put("day", 160, 14, paper.chinese_day)
    put("buyer", 20, 28, paper.buyer)
    put("buyer_id", 54, 36, paper.buyer_id)
    put("seller", 120, 28, paper.seller)
    put("seller_id", 154, 36, paper.seller_id)
    for n, line in enumerate(paper.lines):
        y = 53 + 9 * n
        put("item", 6, y, line.name[:12])
        put("amount", 110, y, yuan(line.amount))
        put("rate", 150, y, line.rate)
        put("line_tax", 172, y, yuan(line.tax))
        if line.name[12:]:
            put("item", 6, y + 4, line.name[12:])
    put("net", 108, 90, "¥", yuan(paper.net))
    put("tax", 168, 90, "¥", yuan(paper.tax))
    put("words", 40, 98, paper.words)
    put("gross", 155, 98, "¥", yuan(paper.gross))
    put("note", 14, 108, paper.remark[:40])
    if paper.remark[40:]:
        put("note", 14, 113, paper.remark[40:])
    put("clerk", 30, 130, "样例")
    return sheet, marks


def _refs(name: str, numbers: list[int]) -> str:
    refs = "".join(f'<ofd:ObjectRef PageRef="61">{number}</ofd:ObjectRef>' for number in numbers)
    return f"<ofd:{name}>{refs}</ofd:{name}>"


def _tags(family: str, marks: dict[str, list[int]]) -> str:
    if family == "root":
        buyer = _refs("BuyerName", marks["buyer"]) + _refs("BuyerTaxID", marks["buyer_id"])
        seller = _refs("SellerName", marks["seller"]) + _refs("SellerTaxID", marks["seller_id"])
        names = {
            "InvoiceNo": "number", "IssueDate": "day", "TaxExclusiveTotalAmount": "net",
            "TaxTotalAmount": "tax", "TaxInclusiveTotalAmount": "gross", "Item": "item", "TaxScheme": "rate",
            "Amount": "amount", "TaxAmount": "line_tax", "Note": "note",
        }  # fmt: skip
        said = "".join(_refs(name, marks[field]) for name, field in names.items())
        both = f"<ofd:Buyer>{buyer}</ofd:Buyer><ofd:Seller>{seller}</ofd:Seller>"
        return f"<ofd:root {OFD}>{said}{both}</ofd:root>"
    seller = _refs("SellerName", marks["seller"]) + _refs("SellerIdNum", marks["seller_id"])
    buyer = _refs("BuyerName", marks["buyer"]) + _refs("BuyerIdNum", marks["buyer_id"])
    basic = _refs("TotalAmWithoutTax", marks["net"]) + _refs("TotalTaxAm", marks["tax"])
    basic += _refs("TotalTax-includedAmount", marks["gross"][:1])  # this family points at the ¥ alone
    basic += _refs("TotalTax-includedAmountInChinese", marks["words"])
    item = (
        _refs("ItemName", marks["item"])
        + _refs("Amount", marks["amount"])
        + _refs("ComTaxAm", marks["line_tax"])
    )
    number = _refs("InvoiceNumber", marks["number"]) + _refs("IssueTime", marks["day"])
    return (
        f"<ofd:EInvoice {OFD}><ofd:EInvoiceData><ofd:SellerInformation>{seller}</ofd:SellerInformation>"
        f"<ofd:BuyerInformation>{buyer}</ofd:BuyerInformation><ofd:BasicInformation>{basic}"
        f"</ofd:BasicInformation><ofd:IssuItemInformation>{item}</ofd:IssuItemInformation>"
        f"<ofd:AdditionalInformation>{_refs('Remark', marks['note'])}</ofd:AdditionalInformation>"
        f"</ofd:EInvoiceData><ofd:TaxSupervisionInfo>{number}</ofd:TaxSupervisionInfo></ofd:EInvoice>"
    )


def _document(tags: bool, attached: bool) -> str:
    common = "<ofd:PageArea><ofd:PhysicalBox>0 0 210 140</ofd:PhysicalBox></ofd:PageArea>"
    common += '<ofd:TemplatePage ID="1" BaseLoc="Tpls/Tpl_0/Content.xml"/>'
    said = f"<ofd:CommonData>{common}</ofd:CommonData>"
    said += '<ofd:Pages><ofd:Page ID="61" BaseLoc="Pages/Page_0/Content.xml"/></ofd:Pages>'
    said += "<ofd:Attachments>Attachs/Attachments.xml</ofd:Attachments>" if attached else ""
    said += "<ofd:CustomTags>Tags/CustomTags.xml</ofd:CustomTags>" if tags else ""
    return f"<ofd:Document {OFD}>{said}</ofd:Document>"


def _cover(paper: Paper, data: bool, sealed: bool) -> str:
    names = {
        "发票代码": paper.code, "发票号码": paper.number, "合计金额": yuan(paper.net),
        "合计税额": yuan(paper.tax), "开票日期": paper.chinese_day, "购买方纳税人识别号": paper.buyer_id,
        "销售方纳税人识别号": paper.seller_id,
    }  # fmt: skip
    each = "".join(
        f'<ofd:CustomData Name="{name}">{text}</ofd:CustomData>' for name, text in names.items() if text
    )
    data_ = f"<ofd:CustomDatas>{each if data else ''}</ofd:CustomDatas>"
    info = f"<ofd:DocInfo><ofd:DocID>1</ofd:DocID>{data_}</ofd:DocInfo>"
    body = f"{info}<ofd:DocRoot>Doc_0/Document.xml</ofd:DocRoot>"
    body += "<ofd:Signatures>/Doc_0/Signs/Signatures.xml</ofd:Signatures>" if sealed else ""
    return f"<ofd:OFD {OFD}><ofd:DocBody>{body}</ofd:DocBody></ofd:OFD>"


def _seal(parts: dict[str, bytes]) -> dict[str, bytes]:
    """The digests of all parts, as a seal lists them."""
    refs = ""
    for name, content in parts.items():
        digest = base64.b64encode(hashlib.new("sm3", content).digest()).decode()
        refs += f'<ofd:Reference FileRef="/{name}">{tag("ofd:CheckValue", digest)}</ofd:Reference>'
    info = f'<ofd:References CheckMethod="1.2.156.10197.1.401">{refs}</ofd:References>'
    listed = '<ofd:Signature ID="1" BaseLoc="/Doc_0/Signs/Sign_0/Signature.xml"/>'
    said = f"<ofd:SignedInfo>{info}</ofd:SignedInfo>"
    return {
        "Doc_0/Signs/Signatures.xml": f"<ofd:Signatures {OFD}>{listed}</ofd:Signatures>".encode(),
        "Doc_0/Signs/Sign_0/Signature.xml": f"<ofd:Signature {OFD}>{said}</ofd:Signature>".encode(),
    }


def unpacked(content: bytes) -> dict[str, bytes]:
    """The parts of an OFD by name."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}
