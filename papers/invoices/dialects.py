"""The ways in which invoices are written as data, each as a table: path of an element → field.

- ``EInvoice``: the XML of 数电票 as issued. `TotalTax-includedAmount` is the sum, `TotaltaxIncludedAmount` a
  line's; `InIssuType` is Y for a blue one and N for a red one.
- ``eInvoice``: the attachment ``original_invoice.xml`` of 2020, and the tags of OFD files, whose family
  ``root`` has the same names.
- ``xbrl``: the ministry of finance's taxonomy of e-vouchers, 2021 on.
- Names alone, in Chinese or as initials of their pinyin, as accounting programs write them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from xml.etree.ElementTree import Element

from papers.invoices import values
from papers.invoices.carrier import Carrier
from papers.invoices.invoice import Line, Value
from papers.invoices.safe_xml import Leaf, leaves, local

Table = dict[str, str]

_BASIC, _LINE = "EInvoiceData/BasicInformation", "EInvoiceData/IssuItemInformation"
_LABELS = "Header/InherentLabel"
_BUYER, _SELLER = "EInvoiceData/BuyerInformation", "EInvoiceData/SellerInformation"

E_INVOICE: Table = {
    "TaxSupervisionInfo/InvoiceNumber": "number",
    "TaxSupervisionInfo/IssueTime": "issued_on",
    "Header/EIid": "number_again",
    f"{_BASIC}/RequestTime": "issued_again",
    f"{_LABELS}/InIssuType/LabelCode": "blue",
    f"{_LABELS}/GeneralOrSpecialVAT/LabelCode": "kind_code",
    f"{_LABELS}/GeneralOrSpecialVAT/LabelName": "kind",
    f"{_BUYER}/BuyerName": "buyer", f"{_BUYER}/BuyerIdNum": "buyer_id",
    f"{_SELLER}/SellerName": "seller", f"{_SELLER}/SellerIdNum": "seller_id",
    f"{_BASIC}/TotalAmWithoutTax": "net", f"{_BASIC}/TotalTaxAm": "tax",
    f"{_BASIC}/TotalTax-includedAmount": "gross",
    f"{_BASIC}/TotalTax-includedAmountInChinese": "words",
    "EInvoiceData/SpecificInformation/RedEInvoice/OriginalInvoiceCode": "original",
    "EInvoiceData/AdditionalInformation/Remark": "remark",
    f"{_LINE}/ItemName": "line.name", f"{_LINE}/SpecMod": "line.spec", f"{_LINE}/MeaUnits": "line.unit",
    f"{_LINE}/Quantity": "line.quantity", f"{_LINE}/UnPrice": "line.price",
    f"{_LINE}/Amount": "line.amount", f"{_LINE}/TaxRate": "line.rate", f"{_LINE}/ComTaxAm": "line.tax",
}  # fmt: skip

_GOODS = "GoodsInfos/GoodsInfo"
_GOODS_NAMES = {
    "Item": "line.name", "Specification": "line.spec", "MeasurementDimension": "line.unit",
    "Quantity": "line.quantity", "Price": "line.price", "Amount": "line.amount", "TaxScheme": "line.rate",
    "TaxAmount": "line.tax",
}  # fmt: skip
OF_2020: Table = {
    "InvoiceCode": "code", "InvoiceNo": "number", "IssueDate": "issued_on", "InvoiceName": "kind",
    "Buyer/BuyerName": "buyer", "Buyer/BuyerTaxID": "buyer_id", "Seller/SellerName": "seller",
    "Seller/SellerTaxID": "seller_id", "TaxExclusiveTotalAmount": "net", "TaxTotalAmount": "tax",
    "TaxInclusiveTotalAmount": "gross", "TaxInclusiveTotalAmountWithWords": "words", "Note": "remark",
    "GraphCode": "qr", **_GOODS_NAMES, **{f"{_GOODS}/{name}": field for name, field in _GOODS_NAMES.items()},
}  # fmt: skip

_TUPLE = "InformationOfTaxableGoodsOrServicesDetailItemsTuple"
_OF_BUYER = ("OfPurchaser", "OfBuyer")
XBRL: Table = {
    "TypeOfInvoice": "kind", "CodeOfInvoice": "code", "NumberOfInvoice": "number",
    "InvoiceNumber": "number", "UniqueCodeOfInvoice": "number_again", "DateOfIssue": "issued_on",
    "IssueDate": "issued_on", "NameOfPurchaser": "buyer", "NameOfBuyer": "buyer",
    **{f"TaxpayerIdentificationNumberUnifiedSocialCreditCode{of}": "buyer_id" for of in _OF_BUYER},
    **{f"UnifiedSocialCreditCodeTaxpayerIdentificationNumber{of}": "buyer_id" for of in _OF_BUYER},
    "NameOfSeller": "seller",
    "TaxpayerIdentificationNumberUnifiedSocialCreditCodeOfSeller": "seller_id",
    "UnifiedSocialCreditCodeTaxpayerIdentificationNumberOfSeller": "seller_id",
    "TotalAmountExcludingTax": "net", "TotalTaxAmount": "tax", "TaxIncludedAmountInFigures": "gross",
    "TotalTaxIncludedAmountInFigures": "gross", "TaxIncludedAmountInWords": "words",
    "TotalTaxIncludedAmountInWords": "words", "Remarks": "remark", "Notes": "remark",
    f"{_TUPLE}/NameOfTaxableGoodsOrServices": "line.name", f"{_TUPLE}/SpecificationAndModel": "line.spec",
    f"{_TUPLE}/Specification": "line.spec", f"{_TUPLE}/UnitOfGoodsOrServices": "line.unit",
    f"{_TUPLE}/UnitOfMeasurement": "line.unit", f"{_TUPLE}/Unit": "line.unit",
    f"{_TUPLE}/QuantityOfGoodsOrServices": "line.quantity", f"{_TUPLE}/Quantity": "line.quantity",
    f"{_TUPLE}/UnitPriceOfGoodsOrServices": "line.price", f"{_TUPLE}/UnitPrice": "line.price",
    f"{_TUPLE}/Amount": "line.amount", f"{_TUPLE}/AmountExcludingTax": "line.amount",
    f"{_TUPLE}/TaxRate": "line.rate", f"{_TUPLE}/TaxAmount": "line.tax",
}  # fmt: skip

BY_NAME: Table = {
    "发票代码": "code", "发票号码": "number", "数电票号码": "number", "数电发票号码": "number",
    "开票日期": "issued_on", "发票类型": "kind", "发票种类": "kind", "票种": "kind",
    "购买方名称": "buyer", "购方名称": "buyer", "购买方": "buyer",
    "购买方纳税人识别号": "buyer_id", "购买方识别号": "buyer_id", "购方识别号": "buyer_id",
    "购方税号": "buyer_id", "购买方税号": "buyer_id",
    "购买方统一社会信用代码": "buyer_id", "销售方名称": "seller", "销方名称": "seller", "销售方": "seller",
    "销售方纳税人识别号": "seller_id", "销售方识别号": "seller_id", "销方识别号": "seller_id",
    "销方税号": "seller_id", "销售方税号": "seller_id", "销售方统一社会信用代码": "seller_id",
    "合计金额": "net", "金额合计": "net", "不含税金额": "net", "合计税额": "tax", "税额合计": "tax",
    "价税合计": "gross", "价税合计小写": "gross", "价税合计大写": "words", "备注": "remark",
    "被红冲蓝字发票号码": "original", "被红冲蓝字数电票号码": "original", "原发票号码": "original",
    "货物名称": "line.name", "项目名称": "line.name", "货物或应税劳务服务名称": "line.name",
    "规格型号": "line.spec", "单位": "line.unit", "数量": "line.quantity", "单价": "line.price",
    "金额": "line.amount", "税率": "line.rate", "税额": "line.tax",
    "FPDM": "code", "FPHM": "number", "SDFPHM": "number", "QDFPHM": "number", "FPHMQD": "number",
    "KPRQ": "issued_on", "FPLX": "kind", "FPZL": "kind", "GMFMC": "buyer", "GFMC": "buyer",
    "GMFNSRSBH": "buyer_id", "GMFSBH": "buyer_id", "GFSH": "buyer_id", "XSFMC": "seller", "XHFMC": "seller",
    "XFMC": "seller", "XSFNSRSBH": "seller_id", "XSFSBH": "seller_id", "XHFNSRSBH": "seller_id",
    "XFSH": "seller_id", "HJJE": "net", "HJSE": "tax", "JSHJ": "gross", "JSHJXX": "gross",
    "JSHJDX": "words", "BZ": "remark", "YFPHM": "original", "BHCLZFPHM": "original", "LZFPHM": "original",
    "XMMC": "line.name", "SPMC": "line.name", "GGXH": "line.spec", "DW": "line.unit", "JLDW": "line.unit",
    "SPSL": "line.quantity", "SL": "line.quantity", "DJ": "line.price", "XMDJ": "line.price",
    "JE": "line.amount", "XMJE": "line.amount", "SLV": "line.rate", "SE": "line.tax",
}  # fmt: skip
"""By the element's own name, capitals and without underlines and brackets."""
_NAMED = str.maketrans("", "", "_-（）()、:：/ ")


def carriers(root: Element, carrier: str, part: str = "") -> Iterator[Carrier]:
    """Every invoice of an XML, in order.

    Args:
        root: its root element.
        carrier: what it is called: ``xml`` for a file, ``attachment`` within another.
        part: the part of the file that it stands in.
    """
    found = False
    for one in _roots(root, ("EInvoice", "eInvoice", "xbrl")):
        read = of_leaves(local(one), leaves(one, part), carrier)
        if read.is_invoice:
            found = True
            yield read
    if not found:
        yield from _by_name(root, carrier, part)


def _roots(root: Element, names: tuple[str, ...]) -> Iterator[Element]:
    """The outermost elements of these names."""
    if local(root) in names:
        yield root
        return
    for child in root:
        yield from _roots(child, names)


def _by_name(root: Element, carrier: str, part: str) -> Iterator[Carrier]:
    """Invoices whose elements are told by name: the root, or each of its equal children that is one."""
    for one in (root, *root):
        read = of_leaves("", leaves(one, part), carrier)
        numbers = sum(1 for leaf in leaves(one, part) if _field(BY_NAME, leaf.path, True) == "number")
        if numbers > 1 and one is root:
            continue  # a file of several: each child is one
        if read.is_invoice:
            yield read
            if one is root:
                return


def table_of(root: str) -> tuple[Table, bool]:
    """The table for a root's name, and whether it goes by the elements' own names."""
    known = {"EInvoice": E_INVOICE, "eInvoice": OF_2020, "root": OF_2020, "xbrl": XBRL}
    return (known[root], False) if root in known else (BY_NAME, True)


def of_leaves(root: str, found: Iterable[Leaf], carrier: str) -> Carrier:
    """What the leaves of one invoice say."""
    table, by_name = table_of(root)
    said = Carrier(carrier)
    lines: dict[int, dict[str, str]] = {}
    for leaf in found:
        field = _field(table, leaf.path, by_name)
        if field.startswith("line."):
            line = lines.setdefault(leaf.group, {})
            line.setdefault(field[5:], leaf.text)
        elif field:
            _take(said, field, leaf)
    said.lines = [Line.of(line) for line in lines.values() if "amount" in line or "name" in line]
    _settle(said)
    return said


def _field(table: Table, path: str, by_name: bool) -> str:
    if by_name:
        return table.get(path.rpartition("/")[2].translate(_NAMED).upper(), "")
    return table.get(path, "")


def _take(said: Carrier, field: str, leaf: Leaf) -> None:
    """A value; what is no field by itself (labels, what is said again) waits for `_settle`."""
    if field == "qr":
        said.codes.append((leaf.text, leaf.place))
    elif field == "blue":
        said.put("red", {"Y": "no", "N": "yes"}.get(leaf.text.upper(), ""), leaf.place)
    elif field == "kind_code":
        said.put("kind", {"01": "special", "02": "general"}.get(leaf.text, ""), leaf.place)
    elif field in ("number_again", "issued_again"):
        said.again.append(({"number_again": "number", "issued_again": "issued_on"}[field], leaf))
    else:
        said.say(field, leaf.text, leaf.place)


def _settle(said: Carrier) -> None:
    """A number or a day that only its second place says; a number that the second place says otherwise."""
    for field, leaf in said.again:
        number = values.number(leaf.text)
        if field == "issued_on" or (len(number) == 20 and "code" not in said.values):
            if field == "number" and said.text("number") not in ("", number):
                said.denied.append((field, Value(number, said.name, leaf.place)))
            said.say(field, leaf.text, leaf.place)
