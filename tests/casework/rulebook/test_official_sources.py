"""What a letter may cite: the pack's own source where it is official, else what two people recorded."""

import datetime
import tomllib

import pytest

from casework.award.whatif import draft_policy
from casework.core.refused import Refused
from casework.core.who_may import Who
from casework.rulebook import official_sources, packs, supplements
from casework.rulebook.in_force import Shelf
from casework.rulebook.official_sources import Citation, Citations
from models import Supplement
from rules.pack import Pack, load
from tests.casework.desk import PACK, Desk

DAY = datetime.date(2026, 4, 20)
GUIDE = ("2026年度训力券申报指南", "第三条")


def pack_of(desk: Desk) -> Pack:
    with desk.office.read() as session:
        return load(bytes(packs.find(session, PACK).canonical).decode())


def cited(desk: Desk, rule: str) -> Citation | None:
    with desk.office.read() as session:
        return Citations(session).of(pack_of(desk), rule)


def record(desk: Desk, rule: str, number: str = "") -> int:
    said = official_sources.propose_source(desk.office, "officer", PACK, rule, *GUIDE, DAY, number)
    supplements.confirm_supplement(desk.office, "approver", said.facts["supplement"])
    return int(said.facts["supplement"])


def test_a_rule_of_grade_a_is_cited_by_the_packs_own_document(desk: Desk) -> None:
    found = cited(desk, "applicant_year")
    assert found is not None
    assert (found.grade, found.number) == ("A", "深工信规〔2024〕13号")
    assert found.text.startswith("《深圳市打造人工智能先锋城市的若干措施》（深工信规〔2024〕13号）第")


def test_a_rule_that_rests_on_a_digest_is_cited_once_two_people_recorded_its_document(desk: Desk) -> None:
    with desk.office.read() as session:
        who = Who.named(desk.office, session, "officer")
        with pytest.raises(Refused, match="digest_only") as refused:
            official_sources.must_cite(who, pack_of(desk), ("kind", "threshold"))
    assert refused.value.say("zh").endswith(
        "的依据只是摘要，不能写入文书；请先补录官方文件的名称、文号和条款。"
    )
    said = official_sources.propose_source(
        desk.office, "officer", PACK, "threshold", f"《{GUIDE[0]}》", "第三条", DAY, "示例科创〔2026〕9号"
    )
    assert cited(desk, "threshold") is None
    with pytest.raises(Refused, match="not_allowed"):
        supplements.confirm_supplement(desk.office, "officer", said.facts["supplement"])
    supplements.confirm_supplement(desk.office, "approver", said.facts["supplement"])
    found = cited(desk, "threshold")
    assert found == Citation(GUIDE[0], "示例科创〔2026〕9号", "第三条", "A")
    assert found.text == "《2026年度训力券申报指南》（示例科创〔2026〕9号）第三条"
    with desk.office.read() as session:
        who = Who.named(desk.office, session, "officer")
        both = official_sources.must_cite(who, pack_of(desk), ("kind", "threshold"))
    assert [one.grade for one in both] == ["A", "A"]


def test_who_proposed_a_source_does_not_confirm_it(desk: Desk) -> None:
    said = official_sources.propose_source(desk.office, "approver", PACK, "window", *GUIDE, DAY)
    with pytest.raises(Refused, match="same_person"):
        supplements.confirm_supplement(desk.office, "approver", said.facts["supplement"])


def test_a_document_without_a_number_is_cited_by_its_title(desk: Desk) -> None:
    record(desk, "window")
    found = cited(desk, "window")
    assert found is not None
    assert found.text == "《2026年度训力券申报指南》第三条"


def test_one_that_is_revoked_no_longer_counts(desk: Desk) -> None:
    record(desk, "window", "示例科创〔2026〕8号")
    number = record(desk, "window")
    supplements.revoke_supplement(desk.office, "approver2", number, "文件名称有误")
    assert cited(desk, "window") is None


def test_a_source_changes_no_policy_and_no_award(desk: Desk) -> None:
    facts = {"applied_at": datetime.datetime(2026, 5, 20), "signed_on": DAY}

    def policy() -> tuple[str, tuple[int, ...]]:
        with desk.office.read() as session:
            chosen = Shelf(session).policy("shenzhen-training-voucher", facts, desk.office.today())
            assert chosen is not None
            draft_policy(session, chosen.pack, {})
            return chosen.policy.sha256, chosen.supplement_rows

    before = policy()
    record(desk, "threshold")
    assert policy() == before
    assert desk.decide(desk.submit()).award_fen == 400_000_000


@pytest.mark.parametrize(
    ("rule", "title", "article", "on", "code"),
    [
        ("no_such", GUIDE[0], "第三条", DAY, "no_such_rule"),
        ("window", "《》", "第三条", DAY, "citation_incomplete"),
        ("window", GUIDE[0], " ", DAY, "citation_incomplete"),
        ("window", "无", "第三条", DAY, "citation_incomplete"),
        ("window", GUIDE[0], "/", DAY, "citation_incomplete"),
        ("window", "申报指南（摘要）", "第三条", DAY, "title_of_digest"),
        ("window", GUIDE[0], "第三条：申报时间", DAY, "article_holds_note"),
        ("window", GUIDE[0], "第三条", datetime.date(2027, 1, 1), "source_to_come"),
    ],
)
def test_what_can_not_be_cited_is_refused(
    desk: Desk, rule: str, title: str, article: str, on: datetime.date, code: str
) -> None:
    with pytest.raises(Refused, match=code):
        official_sources.propose_source(desk.office, "officer", PACK, rule, title, article, on)
    assert desk.rows(Supplement) == []


def test_the_stored_bytes_say_the_whole_source(desk: Desk) -> None:
    record(desk, "window", "示例科创〔2026〕9号")
    row = desk.rows(Supplement)[0]
    said = tomllib.loads(bytes(row.canonical).decode())
    assert said["kind"] == "source"
    assert official_sources.recorded(row).citation == cited(desk, "window")
    assert (row.parameter, row.from_on) == ("source:window", DAY)


def test_the_digests_of_a_pack_are_named_until_they_are_recorded(desk: Desk) -> None:
    with desk.office.read() as session:
        before = Citations(session).digests(pack_of(desk))
    assert before[:2] == ("window", "threshold")
    record(desk, "window")
    with desk.office.read() as session:
        assert Citations(session).digests(pack_of(desk)) == before[1:]
    assert official_sources.title(pack_of(desk), "base") == "核定基数"
    assert official_sources.title(pack_of(desk), "window") == "在申报期间内申报"


@pytest.mark.parametrize(
    ("article", "place"),
    [
        ("第三条", "第三条"), ("附件1", "附件1"), ("（二）", "（二）"), ("3.2", "3.2"),
        ("二、支持标准", "二、支持标准"), ("揭榜挂帅", "“揭榜挂帅”部分"), ("施行日期", "“施行日期”部分"),
    ],
)  # fmt: skip
def test_a_part_without_a_number_is_cited_by_its_heading(article: str, place: str) -> None:
    assert Citation("扶持计划", "", article, "A").text == f"《扶持计划》{place}"
