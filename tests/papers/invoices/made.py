"""Invoices that the tests make up, as data in more than one way of writing each.

All parties, numbers and accounts are made up; credit codes have their check characters. The same papers as
OFD are in `made_ofd`, as PDF and pictures in `made_pdf`.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path
from xml.sax.saxutils import escape

from papers.invoices.square_code import crc
from rules import creditcode, money

BUYER_ID = "91440300MA5EXAMP1" + creditcode.make_check("91440300MA5EXAMP1")
SELLER_ID = "91440300MA5EXAMP2" + creditcode.make_check("91440300MA5EXAMP2")


@dataclass(frozen=True)
class Line:
    """A line: name, quantity, amount and tax in fen."""

    name: str
    amount: int
    tax: int
    rate: str = "6%"
    quantity: str = "1"
    unit: str = "项"


@dataclass(frozen=True)
class Paper:
    """What an invoice says; amounts are fen."""

    number: str = "26952000001234567890"
    code: str = ""
    kind: str = "special"
    year: int = 2026
    month: int = 6
    day: int = 9
    buyer: str = "深圳市海图样例科技有限公司"
    buyer_id: str = BUYER_ID
    seller: str = "深圳市北辰样例算力有限公司"
    seller_id: str = SELLER_ID
    lines: tuple[Line, ...] = (Line("*信息技术服务*算力租赁费", 10_000_000, 600_000),)
    remark: str = "合同号：HT-2026-7"
    original: str = ""
    check_code: str = ""

    @property
    def net(self) -> int:
        return sum(line.amount for line in self.lines)

    @property
    def tax(self) -> int:
        return sum(line.tax for line in self.lines)

    @property
    def gross(self) -> int:
        return self.net + self.tax

    @property
    def title(self) -> str:
        return {"special": "增值税专用发票", "general": "普通发票"}[self.kind]

    @property
    def words(self) -> str:
        said = money.capital(abs(self.gross)).replace("元", "圆")
        return f"（负数）{said}" if self.gross < 0 else said

    @property
    def chinese_day(self) -> str:
        return f"{self.year}年{self.month:02d}月{self.day:02d}日"

    @property
    def iso_day(self) -> str:
        return f"{self.year}-{self.month:02d}-{self.day:02d}"

    @property
    def square(self) -> str:
        """The text of its square code: gross for those of today, net for the older kinds."""
        types = {("special", False): "31", ("general", False): "32", ("special", True): "08"}
        type_ = types.get((self.kind, bool(self.code)), "10")
        amount = money.yuan(self.net if self.code else self.gross)
        day = self.iso_day.replace("-", "")
        head = f"01,{type_},{self.code},{self.number},{amount},{day},{self.check_code},"
        return head + crc(head)


OLD = Paper(
    number="20445566", code="044002300111", kind="general", year=2023, month=3, day=8,
    check_code="12345678901234567890",
)  # fmt: skip
"""One of the older electronic kind: code, number of eight digits, check code."""


def red(blue: Paper, number: str, amount: int | None = None) -> Paper:
    """A red letter against a blue one, whole or of part of its net (with 6 % tax)."""
    net = blue.net if amount is None else amount
    tax = blue.tax if amount is None else amount * 6 // 100
    remark = f"被红冲蓝字数电发票号码：{blue.number} 红字发票信息确认单编号：44030026061234567890"
    line = Line(blue.lines[0].name, -net, -tax, quantity="-1")
    return replace(blue, number=number, lines=(line,), remark=remark, original=blue.number)


def yuan(fen: int) -> str:
    return money.yuan(fen)


def tag(name: str, text: str) -> str:
    return f"<{name}>{escape(text)}</{name}>"


def e_invoice(paper: Paper, namespace: str = "", date: str = "") -> str:
    """The element of 数电票 as issued, with the traps: a signature that repeats names, labels, a discount."""
    mark = f' xmlns="{namespace}"' if namespace else ""
    head = tag("EIid", paper.number) + "<InherentLabel><InIssuType>"
    head += tag("LabelCode", "N" if paper.gross < 0 else "Y") + "</InIssuType><GeneralOrSpecialVAT>"
    head += tag("LabelCode", "01" if paper.kind == "special" else "02") + tag("LabelName", paper.title)
    head += "</GeneralOrSpecialVAT></InherentLabel>"
    seller = tag("SellerIdNum", paper.seller_id) + tag("SellerName", paper.seller)
    buyer = tag("BuyerIdNum", paper.buyer_id) + tag("BuyerName", paper.buyer)
    basic = tag("TotalAmWithoutTax", yuan(paper.net)) + tag("TotalTaxAm", yuan(paper.tax))
    basic += tag("TotalTax-includedAmount", yuan(paper.gross))
    basic += tag("TotalTax-includedAmountInChinese", paper.words)
    basic += tag("RequestTime", f"{paper.iso_day} 09:00:00")
    lines = ""
    for line in paper.lines:
        said = tag("ItemName", line.name) + tag("Quantity", line.quantity) + tag("Amount", yuan(line.amount))
        said += tag("TaxRate", "0.06") + tag("ComTaxAm", yuan(line.tax))
        said += tag("TotaltaxIncludedAmount", yuan(line.amount + line.tax))
        lines += f"<IssuItemInformation>{said}</IssuItemInformation>"
    special = (
        f"<RedEInvoice>{tag('OriginalInvoiceCode', paper.original)}</RedEInvoice>" if paper.original else ""
    )
    tax = tag("InvoiceNumber", paper.number) + tag("IssueTime", date or f"{paper.iso_day} 09:00:01")
    return (
        f"<EInvoice{mark}><Header>{head}</Header><EInvoiceData><SellerInformation>{seller}</SellerInformation>"
        f"<BuyerInformation>{buyer}</BuyerInformation><BasicInformation>{basic}</BasicInformation>{lines}"
        f"<SpecificInformation>{special}</SpecificInformation><AdditionalInformation>"
        f"{tag('Remark', paper.remark)}</AdditionalInformation></EInvoiceData>"
        f"<Signature><TaxSupervisionInfo>{tag('InvoiceNumber', '9' * 20)}</TaxSupervisionInfo></Signature>"
        f"<TaxSupervisionInfo>{tax}</TaxSupervisionInfo></EInvoice>"
    )


def xml(*papers: Paper, namespace: str = "", encoding: str = "UTF-8") -> bytes:
    """An XML file of one invoice, or of several below a root."""
    said = "".join(e_invoice(paper, namespace) for paper in papers)
    body = said if len(papers) == 1 else f"<Invoices>{said}</Invoices>"
    return f'<?xml version="1.0" encoding="{encoding}"?>{body}'.encode(encoding)


def chinese_xml(paper: Paper) -> bytes:
    """Chinese names, in GBK, as an accounting program writes them."""
    said = tag("发票代码", paper.code) + tag("发票号码", paper.number) + tag("开票日期", paper.iso_day)
    said += tag("发票类型", paper.title) + tag("购买方名称", paper.buyer)
    said += tag("购买方纳税人识别号", paper.buyer_id) + tag("销售方名称", paper.seller)
    said += tag("销售方纳税人识别号", paper.seller_id) + tag("合计金额", yuan(paper.net))
    said += tag("合计税额", yuan(paper.tax)) + tag("价税合计", yuan(paper.gross)) + tag("备注", paper.remark)
    for line in paper.lines:
        item = tag("项目名称", line.name) + tag("金额", yuan(line.amount)) + tag("税率", line.rate)
        said += f"<明细>{item}{tag('税额', yuan(line.tax))}</明细>"
    return f'<?xml version="1.0" encoding="GBK"?><发票>{said}</发票>'.encode("gbk")


def pinyin_xml(*papers: Paper) -> bytes:
    """Initials of pinyin, several invoices in one file."""
    rows = ""
    for paper in papers:
        said = (
            tag("FPDM", paper.code) + tag("FPHM", paper.number) + tag("KPRQ", paper.iso_day.replace("-", ""))
        )
        said += tag("FPLX", paper.title) + tag("GMF_MC", paper.buyer) + tag("GMF_NSRSBH", paper.buyer_id)
        said += (
            tag("XSF_MC", paper.seller) + tag("XSF_NSRSBH", paper.seller_id) + tag("HJJE", yuan(paper.net))
        )
        said += tag("HJSE", yuan(paper.tax)) + tag("JSHJ", yuan(paper.gross)) + tag("BZ", paper.remark)
        items = "".join(
            f"<XM>{tag('XMMC', line.name)}{tag('JE', yuan(line.amount))}{tag('SE', yuan(line.tax))}</XM>"
            for line in paper.lines
        )
        rows += f"<FP>{said}<XMS>{items}</XMS></FP>"
    return f'<?xml version="1.0" encoding="utf-8"?><business>{rows}</business>'.encode()


def of_2020(paper: Paper) -> str:
    """The attachment of the older electronic kind."""
    space = ' xmlns:fp="http://www.edrm.org.cn/schema/e-invoice/2019"'
    names = {
        "InvoiceCode": paper.code, "InvoiceNo": paper.number, "IssueDate": paper.chinese_day,
        "InvoiceCheckCode": paper.check_code, "TaxExclusiveTotalAmount": yuan(paper.net),
        "TaxTotalAmount": yuan(paper.tax), "TaxInclusiveTotalAmount": yuan(paper.gross),
        "GraphCode": paper.square, "Note": paper.remark,
    }  # fmt: skip
    said = "".join(tag(f"fp:{name}", text) for name, text in names.items())
    buyer = tag("fp:BuyerName", paper.buyer) + tag("fp:BuyerTaxID", paper.buyer_id)
    seller = tag("fp:SellerName", paper.seller) + tag("fp:SellerTaxID", paper.seller_id)
    goods = "".join(
        f"<fp:GoodsInfo>{tag('fp:Item', line.name)}{tag('fp:Amount', yuan(line.amount))}"
        f"{tag('fp:TaxScheme', line.rate)}{tag('fp:TaxAmount', yuan(line.tax))}</fp:GoodsInfo>"
        for line in paper.lines
    )
    return (
        f"<eInvoice{space}>{said}<fp:Buyer>{buyer}</fp:Buyer><fp:Seller>{seller}</fp:Seller>"
        f"<fp:GoodsInfos>{goods}</fp:GoodsInfos></eInvoice>"
    )


def xbrl(paper: Paper) -> str:
    """The instance of the ministry's taxonomy."""
    space = 'xmlns="http://www.xbrl.org/2003/instance" '
    space += 'xmlns:inv="http://xbrl.mof.gov.cn/taxonomy/2023-05-15/inv"'
    party = "TaxpayerIdentificationNumberUnifiedSocialCreditCodeOf"
    names = {
        "TypeOfInvoice": paper.title, "CodeOfInvoice": paper.code, "NumberOfInvoice": paper.number,
        "DateOfIssue": paper.iso_day, "NameOfPurchaser": paper.buyer, f"{party}Purchaser": paper.buyer_id,
        "NameOfSeller": paper.seller, f"{party}Seller": paper.seller_id,
        "TotalAmountExcludingTax": yuan(paper.net), "TotalTaxAmount": yuan(paper.tax),
        "TaxIncludedAmountInWords": paper.words, "TaxIncludedAmountInFigures": yuan(paper.gross),
        "Remarks": paper.remark,
    }  # fmt: skip
    said = "".join(tag(f"inv:{name}", text) for name, text in names.items() if text)
    item = "inv:InformationOfTaxableGoodsOrServicesDetailItemsTuple"
    said += "".join(
        f"<{item}>{tag('inv:NameOfTaxableGoodsOrServices', line.name)}"
        f"{tag('inv:AmountExcludingTax', yuan(line.amount))}{tag('inv:TaxAmount', yuan(line.tax))}</{item}>"
        for line in paper.lines
    )
    return f"<xbrl {space}>{said}</xbrl>"


def write(folder: Path, **files: bytes) -> list[Path]:
    """Files by name; two underlines stand for the dot before the ending."""
    found = []
    for name, content in files.items():
        path = folder / name.replace("__", ".")
        path.write_bytes(content)
        found.append(path)
    return found
