"""Headings into fields."""

from __future__ import annotations

import pytest

from papers.reading import portal_headings
from papers.reading.portal import NAMES
from papers.reading.unreadable import Unreadable


def field_of(heading: str, group: str = "") -> str:
    found = portal_headings.candidates(group, heading)
    return found[0][1] if found else ""


KNOWN = """
case: 申报编号 申请编号 申请书编号 受理编号 项目编号 编号 case application_no *申报编号（必填）
applied_at: 申报时间 申请日期 提交时间 申报提交时间 applied_at Application_date 受理时间
applicant_name: 单位名称 企业名称 申请单位 申请单位名称 申报主体名称 申报单位全称 承租方 甲方名称
    公司名称 机构名称 需求方名称 applicant_name Company_name
applicant: 统一社会信用代码 社会信用代码 企业统一社会信用代码 统一社会信用代码（18位） 统一信用代码
    申请单位统一社会信用代码 USCC credit_code Unified_social_credit_code
applicant_kind: 单位类型 企业类型 申请单位类别 单位性质 applicant_kind 主体类型
founded_on: 成立日期 成立时间 企业成立日期 注册日期 注册成立时间 founded_on Date_of_establishment
district: 所属区 所在区 注册地所在区 区域 所属辖区 district
contact: 联系人 联系人姓名 项目联系人 contact
phone: 联系电话 手机 手机号码 联系人电话 联系人手机 联系方式 phone
provider: 服务机构 服务机构名称 算力服务商 服务商名称 供应商名称 算力提供方 乙方 入库服务机构名称
    provider 智能算力服务机构名称
provider_admitted: 服务机构是否入库 是否入库 是否为入库服务机构 服务商入库情况 provider_admitted
service: 服务事项 服务内容 算力服务类型 租用内容 service_item
contract_no: 合同编号 合同号 服务合同编号 算力租赁合同编号 协议编号 contract_no
signed_on: 合同签订日期 签约日期 签订日期 合同签署时间 合同签订时间 签订时间 signed_on Signing_date
starts_on: 服务开始日期 合同起始日期 开始日期 租赁开始时间 服务起始日 starts_on Start_date
ends_on: 服务结束日期 合同终止日期 截止日期 到期日 ends_on End_date 服务期止
contract_amount: 合同金额（元） 合同金额（含税） 合同总金额 服务合同金额 合同价款 合同总价（万元）
    合同额 合同金额万元 含税金额 签约金额 contract_amount Contract_amount_(yuan)
net_amount: 不含税金额 其中：不含税金额（元） 合同金额（不含税） 不含税合同金额 税前金额 net_amount
leased_in_year: 本年度累计租用金额（元） 本年租用总额 本年度非关联租用金额 当年累计租赁算力金额
    leased_in_year 2026年度租用金额
related_party: 是否与服务机构存在关联关系 是否关联 是否存在关联关系 与服务机构关联关系 是否为关联方
    related_party 是否关联交易
other_support: 同一合同已获其他财政资金（元） 其他财政资金 已获其他财政补贴金额 其他财政支持资金
    已享受的其他政府补贴 other_support
other_source: 其他资金来源 其他财政资金来源 补贴来源 source
other_district: 其他财政资金（区） 其他财政资金（区级）
purpose: 用途说明 用途 算力用途 使用用途 purpose
bank: 开户银行 开户行 收款银行 开户银行名称 bank
account: 银行账号 银行帐号 收款账号 账号 银行账户 对公账户 account_no
term: 服务起止日期 合同期限 服务期限
case: 项目申报编号
applicant_name: 申领单位
applicant_kind: 组织机构类型
district: 申报区 企业注册地
provider: 智算中心名称 云服务商
provider_admitted: 入库服务机构（是/否）
contract_no: 合同流水号
starts_on: 合同有效期起
ends_on: 合同有效期止
contract_amount: 含税合同金额 合同标的金额 服务金额（元）
leased_in_year: 非关联方租用金额 本年度租用非关联方算力金额（元）
other_support: 其他渠道财政资金 已获补贴金额
purpose: 模型训练用途
"""


def known() -> list[tuple[str, str]]:
    """Field and heading; ``_`` stands for a blank in an English heading with a capital."""
    found, field = [], ""
    for word in KNOWN.split():
        if word.endswith(":"):
            field = word[:-1]
        else:
            blank = word.isascii() and word[0].isupper()
            found.append((field, word.replace("_", " ") if blank else word))
    return found


@pytest.mark.parametrize(("field", "heading"), known())
def test_the_usual_words_are_known(field: str, heading: str) -> None:
    assert field_of(heading) == field


@pytest.mark.parametrize(
    "heading",
    [
        "备注",
        "入库批次",
        "服务机构统一社会信用代码",
        "账户名称",
        "户名",
        "上年度租用金额",
        "法定代表人",
        "附件",
        "合同名称",
        "是否获得其他财政资金",
        "其他资金说明",
        "联行号",
        "发票号码",
    ],
)
def test_other_columns_stay_facts(heading: str) -> None:
    assert field_of(heading) == ""


def test_a_group_of_headings_tells_whose_column_it_is() -> None:
    assert field_of("名称", "申请单位信息") == "applicant_name"
    assert field_of("名称", "服务机构信息") == "provider"
    assert field_of("统一社会信用代码", "服务机构") == ""
    assert field_of("联系电话", "服务商") == ""
    assert field_of("编号", "合同信息") == "contract_no"
    assert field_of("含税", "合同金额（万元）") == "contract_amount"
    assert field_of("不含税", "合同金额（万元）") == "net_amount"
    assert field_of("起", "服务期") == "starts_on"
    assert field_of("银行账号", "收款信息") == "account"


def assigned(*headings: str, taught: dict[str, str] | None = None) -> dict[str, str]:
    entries = [(number, "", heading) for number, heading in enumerate(headings)]
    found = portal_headings.assign(entries, portal_headings.taught_fields(taught or {}))
    return {column.heading: column.field for column in found}


def test_the_better_of_two_columns_is_the_field() -> None:
    assert assigned("项目编号", "申报编号") == {"项目编号": "", "申报编号": "case"}
    assert assigned("金额", "合同金额（元）") == {"金额": "", "合同金额（元）": "contract_amount"}


def test_two_columns_that_can_not_be_told_apart_are_refused_until_taught() -> None:
    with pytest.raises(Unreadable) as caught:
        assigned("合同金额", "服务合同金额")
    assert caught.value.code == "two_columns" and caught.value.params["first"] == "合同金额"
    assert "合同金额" in caught.value.say("zh")
    taught = {"服务合同金额": "contract_amount"}
    assert assigned("合同金额", "服务合同金额", taught=taught)["服务合同金额"] == "contract_amount"
    assert assigned("合同金额", "服务合同金额", taught={"合同金额": ""})["合同金额"] == ""


def test_what_is_taught_goes_first_however_it_is_broken() -> None:
    assert assigned("办件\n标识", taught={"办件标识": "case"}) == {"办件 标识": "case"}
    with pytest.raises(Unreadable) as caught:
        portal_headings.taught_fields({"甲": "no_such_field"})
    assert caught.value.code == "map_field"


def test_a_taught_heading_means_the_same_in_any_unit() -> None:
    """A pack's own fact goes before a field whose words fit, also where the file says it in 万元."""
    for heading in ("年度算力采购额", "年度算力采购额（万元）", "年度算力采购额/万元", "年度算力采购额(元)"):
        assert assigned(heading)[heading] == "leased_in_year"
        assert assigned(heading, taught={"年度算力采购额": "fact"})[heading] == ""


def test_counting_columns_are_nothing_and_equal_headings_are_kept_apart() -> None:
    assert assigned("序号", "No.", "备注", "备注") == {"备注": "", "备注 (2)": ""}


def test_every_field_has_a_place_in_a_row() -> None:
    assert set(portal_headings.vocabulary().fields) - {"term"} == set(NAMES)


def twice(meant: dict[str, str]) -> list[tuple[str, str]]:
    headings = [
        (place, "", text) for place, text in enumerate(("申报编号", "联系电话", "服务机构", "联系电话"))
    ]
    columns = portal_headings.assign(headings, portal_headings.taught_fields(meant))
    return [(column.heading, column.field) for column in columns][1::2]


def test_of_two_columns_of_one_heading_each_can_be_meant_by_its_place() -> None:
    first, second = ("联系电话", "phone"), ("联系电话 (2)", "")
    assert twice({"联系电话 (2)": "-"}) == twice({"联系电话 (1)": "phone"}) == [first, second]
    assert twice({"联系电话": "phone", "联系电话(2)": ""}) == [first, second]
    assert (
        twice({"联系电话 (2)": "phone"})
        == twice({"联系电话（1）": "fact"})
        == [
            ("联系电话", ""),
            ("联系电话 (2)", "phone"),
        ]
    )
    for meant in ({}, {"联系电话": "phone"}):
        with pytest.raises(Unreadable) as caught:
            twice(meant)
        assert caught.value.code == "two_columns"
        assert caught.value.params["headings"] == ["联系电话 (1)", "联系电话 (2)"]
        assert "联系电话 (2)" in caught.value.say("zh") and "联系电话 (2)" in caught.value.say("en")


def test_a_heading_that_ends_in_a_number_keeps_it() -> None:
    columns = portal_headings.assign(
        [(0, "", "申报编号"), (1, "", "备注 (1)"), (2, "", "备注"), (3, "", "备注")], {}
    )
    assert [column.heading for column in columns] == ["申报编号", "备注 (1)", "备注", "备注 (2)"]


def test_a_usual_heading_of_calculate_is_known_to_import_too() -> None:
    """But for the applicant: a portal's file tells who applies by name and by code in two columns."""
    for name, field in portal_headings.table().items():
        for usual in field.get("usual", ()):
            if name != "applicant":
                assert [each.field for each in portal_headings.assign([(0, "", usual)], {})] == [name], usual


def test_a_column_under_a_field_s_own_name_is_it() -> None:
    """`applicant` is what people call the unit; beside `applicant_name` it is `calculate`'s for the code."""
    names = tuple(portal_headings.vocabulary().fields)
    found = portal_headings.assign([(at, "", name) for at, name in enumerate(names)], {})
    assert [column.field for column in found] == list(names)

    def fields(*headings: str) -> list[str]:
        columns = portal_headings.assign([(at, "", each) for at, each in enumerate(headings)], {})
        return [column.field for column in columns]

    assert fields("Applicant", "Credit code") == ["applicant_name", "applicant"]
    assert fields("applicant", "applicant_name", "credit_code") == ["", "applicant_name", "applicant"]
    assert fields("申请单位", "applicant") == ["applicant_name", "applicant"]
    taught = portal_headings.taught_fields({"applicant": "-"})
    columns = portal_headings.assign([(0, "", "applicant"), (1, "", "applicant_name")], taught)
    assert [column.field for column in columns] == ["", "applicant_name"]
