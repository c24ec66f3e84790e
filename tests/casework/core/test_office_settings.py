"""Settings of the office: set by the system's side with their history, and asked by every letter."""

import threading

import pytest

from casework.audit import verify
from casework.core import office_settings
from casework.core.office import Office
from casework.core.office_settings import KEYS, PAPERS, Settings, lacking, set_office, settings_of
from casework.core.refused import Refused
from models import OfficeSetting
from tests.casework.desk import SETTINGS, Desk
from words import LANGUAGES, has


def now(office: Office) -> Settings:
    with office.read() as session:
        return settings_of(session)


def test_a_new_office_has_its_name_and_nothing_else(office: Office) -> None:
    settings = now(office)
    assert settings.name == "测试"
    assert set(settings) - {"测试"} == {""}
    assert all(lacking(settings, paper) for paper in PAPERS)


def test_what_is_set_is_there_and_what_was_set_before_is_its_history(office: Office) -> None:
    set_office(office, "system", SETTINGS, "机关三定方案")
    set_office(
        office, "system", {"court": "湾畔铁路运输法院", "name": "湾畔市科技创新委员会"}, "集中管辖调整"
    )
    settings = now(office)
    assert (settings.court, settings.name) == ("湾畔铁路运输法院", "湾畔市科技创新委员会")
    assert settings.agency_code == "深科创"
    assert [paper for paper in PAPERS if lacking(settings, paper)] == []
    with office.read() as session:
        said = [one for one in office_settings.history(session) if one.key == "court"]
    assert [(one.value, one.reason, one.person) for one in said] == [
        ("湾畔铁路运输法院", "集中管辖调整", "顾川"),
        ("湾畔市第一人民法院", "机关三定方案", "顾川"),
    ]


def test_what_is_as_it_was_is_passed_over_and_an_empty_value_takes_it_back(office: Office) -> None:
    set_office(office, "system", {"court": "甲法院", "email": "a@b.cn"}, "设立")
    with pytest.raises(Refused, match="nothing_to_set"):
        set_office(office, "system", {"court": " 甲法院 "}, "再设")
    change = set_office(office, "system", {"court": "甲法院", "email": ""}, "邮箱停用")
    assert change.facts["settings"] == {"email": ""}
    assert (now(office).court, now(office).email) == ("甲法院", "")


@pytest.mark.parametrize(
    ("key", "value", "code"),
    [
        ("self_name", "本局", "setting_form"),
        ("agency_code", "深科创〔2026〕", "setting_form"),
        ("retention", "30年", "setting_form"),
        ("court", "市政府", "setting_form"),
        ("telephone", "请致电", "setting_form"),
        ("postcode", "51800", "setting_form"),
        ("email", "无", "setting_form"),
        ("disclosure", "内部", "setting_form"),
        ("address", "长" * 201, "setting_form"),
        ("address", "湾畔\U00016a38路", "uncovered"),
        ("fax", "1", "no_such_setting"),
    ],
)
def test_what_no_letter_could_print_is_refused_whole(office: Office, key: str, value: str, code: str) -> None:
    with pytest.raises(Refused) as refused:
        set_office(office, "system", {"department": "一处", key: value}, "设立")
    assert refused.value.code == f"refused.{code}"
    assert "{" not in refused.value.say("zh") + refused.value.say("en")
    assert now(office).department == ""


def test_a_reason_is_asked_for_and_only_the_system_sets(office: Office) -> None:
    with pytest.raises(Refused, match="reason_missing"):
        set_office(office, "system", SETTINGS, " ")
    for person in ("officer", "approver", "finance", "auditor", "rights"):
        with pytest.raises(Refused, match="not_allowed"):
            set_office(office, person, SETTINGS, "越权")


def test_everything_that_a_paper_lacks_is_said_at_once_in_words(desk: Desk) -> None:
    lacks = ("reconsideration_authority", "court", "telephone")
    set_office(desk.office, "system", dict.fromkeys(lacks, ""), "撤下")
    with desk.office.read() as session:
        missing = lacking(settings_of(session), "refusal")
    assert missing == lacks
    say = Refused("refused.settings_missing", setting=missing).say("zh")
    assert "行政复议机关、行政诉讼管辖法院、联系电话" in say and "本机关" in say


def test_every_setting_has_its_name_and_its_form_in_both_languages() -> None:
    assert Settings._fields == KEYS
    assert all(
        has(f"{group}.{key}", lang) for group in ("setting", "form") for key in KEYS for lang in LANGUAGES
    )
    assert all(has(f"letter.kind.{paper}", lang) for paper in PAPERS for lang in LANGUAGES)


def test_two_who_set_at_once_both_stay_on_record(office: Office) -> None:
    """Neither is lost: the last counts, and the history has both."""
    values = ("甲法院", "乙法院")
    doing = [
        threading.Thread(target=set_office, args=(office, "system", {"court": value}, value))
        for value in values
    ]
    for one in doing:
        one.start()
    for one in doing:
        one.join()
    with office.read() as session:
        said = [one.value for one in office_settings.history(session)]
    assert sorted(said) == sorted(values)
    assert now(office).court == said[0]


def test_a_setting_changed_behind_the_log_is_found(desk: Desk) -> None:
    from models import sqlite

    assert len(desk.rows(OfficeSetting)) == len(SETTINGS)
    with desk.office.write() as session:
        for name, _ in sqlite.triggers():
            session.connection().exec_driver_sql(f"DROP TRIGGER IF EXISTS {name}")
        session.connection().exec_driver_sql("UPDATE office_setting SET value = '丙法院' WHERE key = 'court'")
    failed = [check.name for check in verify.checks(desk.office) if not check.ok]
    assert "rows" in failed
