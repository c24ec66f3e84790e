"""A portal's rows as they come out of PDFs, chats and old machines: the office stores what is meant."""

import datetime
import json
from pathlib import Path
from typing import Any

import pytest

from casework.cases import providers
from casework.intake.portal_import import Imported, Options, import_file
from models import Applicant, ApplicationVersion, Contract, Provider
from tests.casework.adopted import adopt
from tests.casework.desk import PROVIDER, Desk
from tests.papers.portal_files import HEADINGS, application, code, table, workbook
from tests.rules.round_packs import pack_text


def imported(desk: Desk, folder: Path, *rows: dict[str, Any]) -> Imported:
    return import_file(desk.office, "officer", workbook(folder / "portal.xlsx", table(*rows)))


def codes_of(found: Imported) -> set[str]:
    return {finding for _, finding, _ in found.findings}


def test_radicals_are_the_characters_that_they_look_like(desk: Desk, tmp_path: Path) -> None:
    named = "云山⾦⼯智⼒有限公司"
    providers.admit_provider(desk.office, "officer", "金工智力中心", "二", "训练", "名单")
    rows = (
        application(1, applicant_name="云山金工智力有限公司", provider="金工智力中心"),
        application(2, applicant_name=named, applicant=code(1), provider="⾦⼯智⼒中心", contract_amount=7),
    )
    found = imported(desk, tmp_path, *rows)
    assert found.rejected == () and not codes_of(found) & {"other_name", "provider_unknown"}
    assert [row.name for row in desk.rows(Applicant)] == ["云山金工智力有限公司"]
    assert {row.provider_name for row in desk.rows(ApplicationVersion)} == {"金工智力中心"}


@pytest.mark.parametrize(
    "written",
    ["湾区算力(深圳)公司", "湾区算力\n（深圳）公司", "湾区算力 （深圳） 公司", "湾区算力（深圳）公司"],
)
def test_a_provider_is_known_whatever_its_brackets_and_blanks(
    desk: Desk, tmp_path: Path, written: str
) -> None:
    for name in ("湾区算力（深圳）公司", "湾区算力(深圳)公司"):
        providers.admit_provider(desk.office, "officer", name, "二", "训练", "名单")
    assert [row.name for row in desk.rows(Provider)] == [PROVIDER, "湾区算力（深圳）公司"]
    found = imported(desk, tmp_path, application(1, provider=written))
    assert "provider_unknown" not in codes_of(found)
    (version,) = desk.rows(ApplicationVersion)
    assert version.provider_name == " ".join(written.replace("\n", "").split())
    assert desk.rows(Contract)[0].provider_id is not None


def test_marks_of_direction_go_at_the_ends_and_out_of_numbers(desk: Desk, tmp_path: Path) -> None:
    found = imported(
        desk, tmp_path,
        application(1, applicant=f"\u202d{code(1)}\u202c", applicant_name="山海公司\u200e"),
        application(2, account="\u202d62220000\u200e11112200002\u202c"),
        application(3, applicant_name="山\u202e海公司"),
    )  # fmt: skip
    assert [(each.row, each.column, each.reason) for each in found.rejected] == [(4, "单位名称", "control")]
    assert [row.applicant_code for row in desk.rows(ApplicationVersion)] == [code(1), code(2)]
    assert desk.rows(ApplicationVersion)[0].applicant_name == "山海公司"


def test_radicals_alone_are_no_finding(desk: Desk, tmp_path: Path) -> None:
    """The same applicant and provider, and a second contract."""
    providers.admit_provider(desk.office, "officer", "金工智力中心", "二", "训练", "名单")
    same = {"applicant": code(1), "signed_on": "2026-04-01", "contract_amount": 1_000_000}
    one = {"applicant_name": "云山工力公司", "provider": "金工智力中心", "contract_no": "HT-2026-001"}
    two = {"applicant_name": "云山⼯⼒公司", "provider": "⾦⼯智⼒中心", "contract_no": "HT-2026-002"}
    two |= {"signed_on": "2026-04-02"}
    found = imported(desk, tmp_path, application(1, **one, **same), application(2, **same | two))
    assert found.rejected == () and found.findings == ()
    assert len({row.contract_amount_fen for row in desk.rows(ApplicationVersion)}) == 1


def test_what_the_older_gb18030_kept_private_is_a_character_of_today(desk: Desk, tmp_path: Path) -> None:
    row = application(1, applicant_name="\u9fb4\u9fb5电子公司", applied_at="2026-05-07 14:19",
                      founded_on="2024-01-13", starts_on="", ends_on="")  # fmt: skip
    lines = [",".join(HEADINGS.values()), ",".join(str(row[name] or "") for name in HEADINGS)]
    file = tmp_path / "old.csv"
    old = "\n".join(lines).replace("\u9fb4", "\ue81e").replace("\u9fb5", "\ue826").encode("gb18030")
    assert b"\xfe\x59\xfe\x61" in old
    file.write_bytes(old)
    assert import_file(desk.office, "officer", file).rejected == ()
    assert desk.rows(ApplicationVersion)[0].applicant_name == "\u9fb4\u9fb5电子公司"


NONE = ("无", "/", "—", "——", "-", "没有", "暂无", "不适用", "N/A", "未获得", "（无）", "零元整")


def test_words_for_none_are_nothing_got_and_no_day(desk: Desk, tmp_path: Path) -> None:
    rows = [application(at, other_support=said, ends_on=said) for at, said in enumerate(NONE[:11], 1)]
    found = imported(desk, tmp_path, *rows)
    assert found.rejected == ()
    assert {row.other_support_fen for row in desk.rows(ApplicationVersion)} == {0}
    assert {row.ends_on for row in desk.rows(ApplicationVersion)} == {None}
    needed = imported(desk, tmp_path, application(90, contract_amount="无"), application(91, applied_at="/"))
    assert [(each.column, each.reason) for each in needed.rejected] == [
        ("合同金额（元）", "amount"), ("申报时间", "missing"),
    ]  # fmt: skip


def test_days_as_a_chinese_spreadsheet_shows_them(desk: Desk, tmp_path: Path) -> None:
    written = ("2026年4月1日星期三", "2026/4/1 星期三", "二〇二六年四月一日", "2026-04-01 24:00:00")
    rows = [application(at, signed_on=said) for at, said in enumerate(written, 1)]
    rows += [application(5, applied_at="2026-06-05 24:00:00"), application(6, signed_on="2026年4月1日星期五")]
    found = imported(desk, tmp_path, *rows)
    assert [(each.row, each.reason, each.why) for each in found.rejected] == [(7, "date", "weekday")]
    versions = desk.rows(ApplicationVersion)
    assert {row.signed_on for row in versions[:4]} == {datetime.date(2026, 4, 1)}
    midnight = datetime.datetime(2026, 6, 5, 16, tzinfo=datetime.UTC)
    assert versions[4].applied_at.astimezone(datetime.UTC) == midnight


def test_a_code_of_zeros_is_nobody_s(desk: Desk, tmp_path: Path) -> None:
    found = imported(desk, tmp_path, application(1, applicant="0" * 18), application(2, applicant="０" * 18))
    assert [(each.reason, each.why) for each in found.rejected] == [("credit_code", "zeros")] * 2
    assert not desk.rows(Applicant)


def test_a_packs_own_amount_is_read_in_its_headings_unit(desk: Desk, tmp_path: Path) -> None:
    headings = {**HEADINGS, "usage_fee": "算力使用费（万元）", "overrun_reason": "超额理由"}
    own = '\n[[fact]]\nid = "usage_fee"\ntype = "money"\ntitle = "算力使用费"\n'
    adopt(desk.office, pack_text('exceeded = "rest"', more=own))
    row = {**application(1), "usage_fee": 50, "overrun_reason": "无"}
    book = workbook(tmp_path / "portal.xlsx", table(row, headings=headings))
    assert import_file(desk.office, "officer", book, Options(scheme="test-voucher")).rejected == ()
    said = json.loads(desk.rows(ApplicationVersion)[0].extra)
    assert said == {"usage_fee": 50_000_000, "超额理由": "无"}, "the reason is no fact of this scheme"
