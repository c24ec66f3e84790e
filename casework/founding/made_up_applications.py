"""Made-up applications for the demonstration: the rows of a portal's workbook, the same for the same seed.

Nothing here is anybody's: names come from `resources/demo/made_up.toml`, credit codes carry a division number
that is not assigned. The rows hold what a careful officer meets in a round: thresholds, caps, both readings
of an unset rule, other grants, a contract claimed twice, and a few rows that can't be read.
"""

import datetime
import io
import random
import tomllib
from collections.abc import Mapping, Sequence
from importlib import resources
from typing import Any

import xlsxwriter

from rules import creditcode, money
from rules.months import add_months

HEADINGS = (
    "序号", "申报编号", "申报时间", "单位名称", "统一社会信用代码", "单位类型", "成立日期", "所属区",
    "联系人", "联系电话",
    "服务机构名称", "服务机构是否入库", "服务事项", "合同编号", "合同签订日期", "服务开始日期",
    "服务结束日期", "合同金额（元）",
    "其中：不含税金额（元）", "本年度累计租用金额（元）", "是否与服务机构存在关联关系",
    "同一合同已获其他财政资金（元）",
    "其他资金来源", "用途说明", "开户银行", "银行账号",
)  # fmt: skip
AT_THE_COUNTER = {
    "单位名称": "applicant_name", "统一社会信用代码": "applicant", "单位类型": "applicant_kind",
    "成立日期": "founded_on", "所属区": "district", "联系人": "contact", "联系电话": "phone",
    "服务机构名称": "provider", "服务机构是否入库": "provider_admitted", "服务事项": "service",
    "合同编号": "contract_no", "合同签订日期": "signed_on", "服务开始日期": "starts_on",
    "服务结束日期": "ends_on", "合同金额（元）": "contract_amount", "其中：不含税金额（元）": "net_amount",
    "本年度累计租用金额（元）": "leased_in_year", "是否与服务机构存在关联关系": "related_party",
    "同一合同已获其他财政资金（元）": "other_support", "其他资金来源": "other_source",
    "用途说明": "purpose", "开户银行": "bank", "银行账号": "account",
}  # fmt: skip
"""Under which name each heading is typed at the counter."""
SHEET, TITLE = "申报汇总", "2026年度训力券申报情况汇总表（演示数据，全部虚构）"
OPENS = datetime.datetime(2026, 5, 6, 9, 0)
SPAN = datetime.timedelta(days=30)

CYCLE = (
    "general", "general", "startup", "general", "capped", "general", "supported", "general", "startup",
    "small",
    "general", "reference", "general", "ceiling", "university", "general", "related", "general", "exact",
    "general",
    "untold", "general", "startup", "unadmitted", "general", "institute", "again", "general", "ceiling",
    "general",
    "young_capped", "general", "same_contract", "general", "early", "general", "bad_code", "general",
    "bad_account",
    "bad_amount",
)  # fmt: skip
"""What each row in turn is made to show; after the last it starts anew."""

_WEIGHTS = (3, 7, 9, 10, 5, 8, 4, 2)


def ingredients() -> dict[str, Any]:
    """What names, places and people are made of."""
    return tomllib.loads((resources.files("resources") / "demo/made_up.toml").read_text("utf-8"))


def providers() -> list[dict[str, Any]]:
    """The made-up register of admitted providers."""
    text = (resources.files("resources") / "demo/providers.toml").read_text("utf-8")
    return list(tomllib.loads(text)["provider"])


def credit_code(division: str, number: int) -> str:
    """A well-formed credit code that nobody bears: `number` makes the organisation code (GB 11714)."""
    body = "MA" + "".join(creditcode.ALPHABET[number // 31**place % 31] for place in (5, 4, 3, 2, 1, 0))
    weighted = sum((int(character, 36)) * weight for character, weight in zip(body, _WEIGHTS, strict=True))
    check = (11 - weighted % 11) % 11
    first = f"91{division}{body}{'X' if check == 10 else check}"
    return first + creditcode.make_check(first)


def rows(count: int, seed: int, first: int = 0) -> list[dict[str, Any]]:
    """`count` rows by heading, in order of arrival; numbered from `first` on, above those of another file."""
    maker = _Maker(random.Random(f"voucher-desk demonstration {seed}"))
    arrivals = [(OPENS + SPAN * index / count).replace(second=0, microsecond=0) for index in range(count)]
    return [maker.row(index, CYCLE[index % len(CYCLE)], at) for index, at in enumerate(arrivals, first)]


Arrival = tuple[str, datetime.datetime]
"""What an application is made to show, and when it came, by Shanghai's clock (no zone)."""


def by_hand(lot: str, seed: int, first: int, arrivals: Sequence[Arrival]) -> list[dict[str, str]]:
    """Applications as somebody types them at the counter: facts under their names, as texts.

    Args:
        lot: `second` or `model`; the firms of each have trades, so names, of their own.
        first: the number of the first, above those of all other lots: no two firms have one credit code.
    """
    maker = _Maker(random.Random(f"voucher-desk demonstration {lot} {seed}"))
    maker.stuff["trade"] = maker.stuff[f"{lot}_trade"]
    made = [maker.row(index, *arrival) for index, arrival in enumerate(arrivals, first)]
    moments = [{"applied_at": f"{at:%Y-%m-%d %H:%M}"} for _, at in arrivals]
    return [_typed(row) | moment for row, moment in zip(made, moments, strict=True)]


def _typed(row: Mapping[str, Any]) -> dict[str, str]:
    values = {field: row.get(heading) for heading, field in AT_THE_COUNTER.items()}
    return {
        field: value.isoformat() if isinstance(value, datetime.date) else str(value)
        for field, value in values.items()
        if value is not None
    }


class _Maker:
    def __init__(self, chance: random.Random) -> None:
        self.chance = chance
        self.stuff = ingredients()
        self.providers = providers()
        self.firms: list[dict[str, Any]] = []
        self.last: dict[str, Any] = {}

    def row(self, index: int, kind: str, applied_at: datetime.datetime) -> dict[str, Any]:
        firm = self._firm(index, kind, applied_at.date())
        facts = self._contract(index, kind, applied_at.date())
        row: dict[str, Any] = {
            "序号": index + 1,
            "申报编号": f"YS2026{index + 1:06d}",
            "申报时间": applied_at.strftime("%Y/%m/%d %H:%M") if index % 3 else applied_at,
            **firm,
            **facts,
            "用途说明": self.chance.choice(self.stuff["purpose"]),
        }
        spoil = getattr(self, f"_{kind}", None)
        if spoil is not None:
            spoil(row, index)
        self.last = row
        return row

    def _firm(self, index: int, kind: str, on: datetime.date) -> dict[str, Any]:
        if kind == "again" and self.firms:
            return dict(self.firms[0])
        chance, stuff = self.chance, self.stuff
        unit_kind = {"university": "高等院校", "institute": "科研机构"}.get(kind, "企业")
        if kind in ("university", "institute"):
            name = stuff[kind][index // len(CYCLE) % len(stuff[kind])] + (
                "" if index < 120 else f"第{index}分部"
            )
        else:
            syllables = chance.choice(stuff["first"]) + chance.choice(stuff["second"])
            name = f"深圳{syllables}{chance.choice(stuff['trade'])}有限公司"
            if any(firm["单位名称"] == name for firm in self.firms[-400:]):
                name = name.replace("有限公司", f"（{index}号）有限公司")
        founded = {
            "startup": on - datetime.timedelta(days=chance.randint(90, 240)),
            "ceiling": on - datetime.timedelta(days=chance.randint(90, 240)),
            "young_capped": on - datetime.timedelta(days=chance.randint(90, 240)),
            "reference": add_months(on, -12) - datetime.timedelta(days=10),
            "early": on - datetime.timedelta(days=60),
        }.get(kind, on - datetime.timedelta(days=chance.randint(800, 6000)))
        firm = {
            "单位名称": name,
            "统一社会信用代码": credit_code(stuff["division"], 5_000_000 + index * 7_919),
            "单位类型": unit_kind,
            "成立日期": founded,
            "所属区": chance.choice(stuff["district"]),
            "联系人": chance.choice(stuff["surname"]) + chance.choice(stuff["given"]),
            "联系电话": f"1990000{chance.randint(0, 9999):04d}",
            "开户银行": chance.choice(stuff["bank"]),
            "银行账号": f"{chance.randint(4, 8)}{chance.randint(0, 10**18 - 1):018d}",
        }
        self.firms.append(firm)
        return dict(firm)

    def _contract(self, index: int, kind: str, on: datetime.date) -> dict[str, Any]:
        chance = self.chance
        amount = chance.randint(600_000, 9_000_000) * 100
        if chance.random() < 0.4:
            amount += chance.randint(1, 99)
        amount = {
            "capped": chance.randint(22, 40) * 100_000_000,
            "young_capped": 2_000_000_000,
            "small": 49_999_999,
            "exact": 50_000_000,
        }.get(kind, amount)
        signed = {
            "reference": on - datetime.timedelta(days=30),
            "early": on - datetime.timedelta(days=75),
        }.get(kind, on - datetime.timedelta(days=chance.randint(5, 60)))
        starts = signed + datetime.timedelta(days=chance.choice((0, 5, 12)))
        return {
            "服务机构名称": self.providers[chance.randint(0, 4)]["name"],
            "服务机构是否入库": "是",
            "服务事项": "智能算力租赁",
            "合同编号": f"YS-SL-2026-{index + 1:05d}",
            "合同签订日期": signed,
            "服务开始日期": starts,
            "服务结束日期": add_months(starts, 12) - datetime.timedelta(days=1),
            "合同金额（元）": _yuan(amount, index),
            "其中：不含税金额（元）": _yuan(amount * 100 // 106, index + 1),
            "是否与服务机构存在关联关系": "否",
        }

    # -- what some rows are made to show -------------------------------------------------------------

    def _supported(self, row: dict[str, Any], index: int) -> None:
        row["同一合同已获其他财政资金（元）"] = _yuan(self.chance.randint(50, 250) * 100_000, index)
        row["其他资金来源"] = row["所属区"]

    def _ceiling(self, row: dict[str, Any], index: int) -> None:
        """A startup with another grant: whether 50 or 60 per cent is the ceiling is not settled."""
        self._supported(row, index)

    def _again(self, row: dict[str, Any], index: int) -> None:
        row["本年度累计租用金额（元）"] = "30000000.00"

    def _related(self, row: dict[str, Any], index: int) -> None:
        row["是否与服务机构存在关联关系"] = "是"

    def _untold(self, row: dict[str, Any], index: int) -> None:
        row["是否与服务机构存在关联关系"] = None

    def _unadmitted(self, row: dict[str, Any], index: int) -> None:
        row["服务机构名称"] = self.providers[5 + index // len(CYCLE) % 2]["name"]

    def _same_contract(self, row: dict[str, Any], index: int) -> None:
        row["合同编号"] = self.last.get("合同编号", row["合同编号"])

    def _same_account(self, row: dict[str, Any], index: int) -> None:
        row["银行账号"] = self.last.get("银行账号", row["银行账号"])

    def _net_above(self, row: dict[str, Any], index: int) -> None:
        """Somebody has written the two amounts of the contract the wrong way round."""
        gross, net = "合同金额（元）", "其中：不含税金额（元）"
        row[gross], row[net] = row[net], row[gross]

    def _bad_code(self, row: dict[str, Any], index: int) -> None:
        code = str(row["统一社会信用代码"])
        row["统一社会信用代码"] = code[:-1] + ("0" if code[-1] != "0" else "1")

    def _bad_account(self, row: dict[str, Any], index: int) -> None:
        row["银行账号"] = float(row["银行账号"])

    def _bad_amount(self, row: dict[str, Any], index: int) -> None:
        row["合同金额（元）"] = "详见合同"


def _yuan(fen: int, dress: int) -> str:
    """An amount as different people type it into a portal."""
    plain, grouped = money.yuan(fen), money.grouped(fen)
    return (plain, grouped, f"￥{grouped}", f"{plain}元")[dress % 4]


def workbook(table: list[Mapping[str, Any]] | list[dict[str, Any]]) -> bytes:
    """The rows as a portal's export: a title, a note, an empty line, the headings, rows, a total, a
    remark."""
    target = io.BytesIO()
    book = xlsxwriter.Workbook(target, {"in_memory": True, "strings_to_numbers": False})
    book.set_properties({"title": TITLE, "created": datetime.datetime(2026, 6, 6, 9, 12)})
    sheet = book.add_worksheet(SHEET)
    moment = book.add_format({"num_format": "yyyy-mm-dd hh:mm"})
    day = book.add_format({"num_format": "yyyy-mm-dd"})
    sheet.write_string(0, 0, TITLE)
    sheet.write_string(1, 0, "导出时间：2026-06-06 09:12    金额单位：元")
    for column, heading in enumerate(HEADINGS):
        sheet.write_string(3, column, heading)
    for number, row in enumerate(table, 4):
        for column, heading in enumerate(HEADINGS):
            value = row.get(heading)
            if isinstance(value, datetime.datetime):
                sheet.write_datetime(number, column, value, moment)
            elif isinstance(value, datetime.date):
                sheet.write_datetime(number, column, value, day)
            elif isinstance(value, int | float):
                sheet.write_number(number, column, value)
            elif value is not None:
                sheet.write_string(number, column, value)
    sheet.write_string(len(table) + 4, 0, "合计")
    sheet.write_string(len(table) + 5, 0, "填表说明：金额以元为单位，保留两位小数。")
    book.close()
    return target.getvalue()
