"""The doors by which an application comes in, each with the applicant's facts in its own words."""

import datetime
from collections.abc import Callable
from pathlib import Path
from typing import Any

import xlsxwriter

from casework.core.office import Office
from casework.intake import counter_entry, portal_import
from casework.intake.portal_import import Options
from tests.commandline import Answer
from tests.end_to_end.own_model.awards import Facts

Run = Callable[..., Answer]

PROVIDER, SERVICE = "湾畔云计算", "智能算力租赁"
KINDS = {"enterprise": "企业", "university": "高等院校", "research_institute": "科研机构"}
YES_NO = {True: "是", False: "否", None: ""}
OWN_HEADINGS = {
    "through_exchange": "是否经数据交易平台购买",
    "model_filed": "模型是否备案",
    "overrun_reason": "超额理由",
    "usage_fee": "算力使用费用",
}


def typed(facts: Facts, contract: str, at: datetime.datetime) -> dict[str, Any]:
    """The facts as a form hands them over."""
    national, city, district = facts.levels
    said: dict[str, Any] = {
        "applied_at": at,
        "applicant": facts.applicant,
        "applicant_name": f"示例单位{facts.applicant[-4:]}",
        "applicant_kind": facts.kind,
        "founded_on": facts.founded_on,
        "provider": PROVIDER,
        "service": SERVICE,
        "contract_no": contract,
        "signed_on": facts.signed_on,
        "contract_amount": facts.amount,
        "leased_in_year": facts.leased,
        "related_party": facts.related,
        "other_support": facts.support,
        "other_national": national,
        "other_city": city,
        "other_district": district,
        "awarded_before": facts.before,
        **facts.own,
    }
    return {name: value for name, value in said.items() if value is not None}


def by_form(office: Office, facts: Facts, contract: str, at: datetime.datetime) -> str:
    """Typed at the counter."""
    done = counter_entry.submit(office, "officer", typed(facts, contract, at), "", None, facts.scheme)
    return str(done.facts["case"])


def by_words(run: Run, path: Path, facts: Facts, contract: str, at: datetime.datetime) -> str:
    """By the command line, in words."""
    words = []
    for name, value in typed(facts, contract, at).items():
        match value:
            case bool():
                text = YES_NO[value]
            case int():
                text = f"{value // 100:,}.{value % 100:02}"
            case datetime.datetime():
                text = f"{value:%Y-%m-%d %H:%M:%S}"
            case datetime.date():
                text = f"{value.year}年{value.month}月{value.day}日"
            case _:
                text = str(value)
        words += ["--set", f"{name}={text}"]
    answer = run(
        *("--json", "--office", path, "--user", "officer", "act", "submit"),
        *("--set", f"scheme={facts.scheme}", *words),
    )
    assert answer.status == 0, answer.out + answer.err
    return str(answer.json["case"])


def by_file(
    office: Office, folder: Path, facts: Facts, case: str, contract: str, at: datetime.datetime
) -> str:
    """In a portal's workbook, amounts in 万元."""
    national, city, district = facts.levels
    row: dict[str, Any] = {
        "申报编号": case,
        "申报时间": f"{at:%Y/%m/%d %H:%M:%S}",
        "单位名称": f"示例单位{facts.applicant[-4:]}",
        "统一社会信用代码": facts.applicant,
        "单位类型": KINDS[facts.kind],
        "成立日期": _day(facts.founded_on),
        "服务机构名称": PROVIDER,
        "服务事项": SERVICE,
        "合同编号": contract,
        "合同签订日期": _day(facts.signed_on),
        "合同金额（万元）": _wan(facts.amount),
        "本年度非关联租用金额（万元）": _wan(facts.leased),
        "是否与服务机构存在关联关系": YES_NO[facts.related],
        "同一合同已获其他财政资金（万元）": _wan(facts.support or None),
        "其他财政资金国家级（万元）": _wan(national or None),
        "其他财政资金市级（万元）": _wan(city or None),
        "其他财政资金区级（万元）": _wan(district or None),
        "本年度此前已核定额度（万元）": _wan(facts.before or None),
    }
    for name, value in facts.own.items():
        heading = OWN_HEADINGS[name]
        if isinstance(value, bool):
            row[heading] = YES_NO[value]
        elif isinstance(value, int):
            row[f"{heading}（万元）"] = _wan(value)
        else:
            row[heading] = value
    path = folder / f"{case}.xlsx"
    book = xlsxwriter.Workbook(str(path))
    sheet = book.add_worksheet()
    for column, (heading, value) in enumerate(row.items()):
        sheet.write(0, column, heading)
        sheet.write_string(1, column, str(value))
    book.close()
    done = portal_import.import_file(office, "officer", path, Options(scheme=facts.scheme))
    assert done.accepted == 1, done
    return case


def _day(day: datetime.date | None) -> str:
    return "" if day is None else f"{day:%Y.%m.%d}"


def _wan(fen: int | None) -> str:
    """Fen as 万元, exactly."""
    return "" if fen is None else f"{fen // 1_000_000}.{fen % 1_000_000:06}"
