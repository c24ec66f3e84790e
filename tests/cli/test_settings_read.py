"""``settings`` and ``act set_office``: the settings of the office from the command line."""

from pathlib import Path

import pytest

from tests.commandline import Desk


@pytest.fixture
def office(desk: Desk, tmp_path: Path) -> Path:
    desk("init", tmp_path / "office.db", "--demo-people")
    return tmp_path / "office.db"


def test_a_new_office_says_what_is_missing_and_which_papers_wait_for_it(desk: Desk, office: Path) -> None:
    answer = desk("--json", "--office", office, "settings")
    assert answer.json["settings"]["court"] == ""
    assert {"name", "court", "reconsideration_authority", "agency_code"} <= set(answer.json["missing"])
    assert "postcode" not in answer.json["missing"]
    shown = desk("--office", office, "settings").out
    assert "行政诉讼管辖法院" in shown and "不予资助" in shown and "act set_office" in shown
    english = desk("--lang", "en", "--office", office, "settings").out
    assert "court for suits" in english and "、" not in english


def test_what_is_set_is_read_with_its_history(desk: Desk, office: Path) -> None:
    setting = ("act", "set_office", "--set", "court=甲法院", "--set", "telephone=0755-8800 1234")
    without = desk("--json", "--office", office, "--user", "system", *setting)
    assert (without.status, without.json["error"]) == (2, "cli.act.missing")
    done = desk("--json", "--office", office, "--user", "system", *setting, "--reason", "设立")
    assert done.status == 0, done.err
    assert done.json["settings"] == {"court": "甲法院", "telephone": "0755-8800 1234"}
    again = ("act", "set_office", "--set", "court=乙法院", "--reason", "集中管辖")
    told_of = desk("--office", office, "--user", "system", *again)
    assert told_of.status == 0 and "    行政诉讼管辖法院：乙法院" in told_of.out.splitlines()
    read = desk("--json", "--office", office, "settings", "--history").json
    assert read["settings"]["court"] == "乙法院" and "court" not in read["missing"]
    told = [(one["value"], one["reason"], one["person"]) for one in read["history"] if one["key"] == "court"]
    assert told == [("乙法院", "集中管辖", "顾川"), ("甲法院", "设立", "顾川")]
    shown = desk("--office", office, "settings", "--history").out
    assert "集中管辖" in shown and "改为" in shown and "+00:00" not in shown


def test_an_unknown_setting_and_a_wrong_person_are_refused(desk: Desk, office: Path) -> None:
    unknown = ("act", "set_office", "--set", "fax=1", "--reason", "设立")
    answer = desk("--json", "--office", office, "--user", "system", *unknown)
    assert (answer.status, answer.json["error"]) == (2, "refused.no_such_setting")
    assert "court" in answer.json["say"]
    known = ("act", "set_office", "--set", "court=甲法院", "--reason", "设立")
    assert (
        desk("--json", "--office", office, "--user", "officer", *known).json["error"] == "refused.not_allowed"
    )
