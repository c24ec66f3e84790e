"""Publicity: its working days, its list, and objections that count."""

import datetime

import pytest

from casework.award import deciding
from casework.boards.case_view import view
from casework.cases import paper_filing
from casework.core import office_settings
from casework.core.act import By
from casework.core.refused import Refused
from casework.core.who_may import Who
from casework.intake import counter_entry
from casework.issuing import publicity, publicity_preview
from casework.people import accounts
from casework.review import checking
from casework.rulebook import supplements
from models import Finding, Letter, Publicity, PublicityItem
from tests.casework.adopted import adopt
from tests.casework.desk import OTHER_CODE, SETTINGS, Desk
from tests.casework.issuing.test_letters import text_of
from tests.casework.rulebook.test_official_sources import record
from tests.casework.stored_letter import stored
from tests.rules.round_packs import pack_text


def test_publicity_needs_the_office_s_days(desk: Desk) -> None:
    case = desk.submit()
    desk.decide(case)
    with pytest.raises(Refused) as refused:
        publicity.publish(desk.office, "officer", 1)
    assert (refused.value.code, refused.value.params["parameter"]) == ("refused.unset", "publicity_days")
    assert desk.state(case) == "calculated"
    assert desk.rows(Letter) == []


def test_a_list_runs_for_working_days_and_is_kept_as_issued(desk: Desk) -> None:
    first, second = desk.submit(), desk.submit(applicant=OTHER_CODE, contract_no="HT-2")
    for case in (first, second):
        desk.decide(case)
    desk.set_terms()
    change = publicity.publish(desk.office, "officer", 1)
    assert change.facts["cases"] == 2
    assert change.facts["until_on"] == datetime.date(2026, 5, 27)
    assert (desk.state(first), desk.state(second)) == ("publicity", "publicity")
    assert [item.decision_seq for item in desk.rows(PublicityItem)] == [1, 2]
    assert [letter.kind for letter in desk.rows(Letter)] == ["publicity"]


def test_a_list_over_the_dragon_boat_festival_leaves_it_out(desk: Desk) -> None:
    desk.days(26)  # 15 June 2026; the 19th is a holiday
    desk.decide(desk.submit())
    desk.set_terms()
    assert publicity.publish(desk.office, "officer", 1).facts["until_on"] == datetime.date(2026, 6, 23)


def test_a_case_of_someone_recused_is_left_for_another(desk: Desk) -> None:
    mine, other = desk.submit(), desk.submit(applicant=OTHER_CODE, contract_no="HT-2")
    for case in (mine, other):
        desk.decide(case)
    desk.set_terms()
    accounts.recuse(desk.office, "officer2", desk.application(mine).applicant_id, "亲属任职")
    publicity.publish(desk.office, "officer2", 1)
    assert (desk.state(mine), desk.state(other)) == ("calculated", "publicity")


def test_a_refused_case_is_on_no_list(desk: Desk) -> None:
    desk.decide(desk.submit(contract_amount=49_999_999))
    desk.set_terms()
    with pytest.raises(Refused, match="nothing_to_publish"):
        publicity.publish(desk.office, "officer", 1)


def test_what_changed_since_it_was_decided_is_not_published(desk: Desk) -> None:
    case = desk.submit()
    desk.decide(case)
    checking.verify_facts(desk.office, "officer", case, {"contract_amount": 700_000_000}, "核减")
    desk.set_terms()
    with pytest.raises(Refused, match="changed_since"):
        publicity.publish(desk.office, "officer", 1)


def published(desk: Desk) -> str:
    case = desk.submit()
    desk.decide(case)
    desk.set_terms()
    publicity.publish(desk.office, "officer", 1)
    return case


@pytest.mark.parametrize(
    ("objector", "grounds", "code"),
    [
        *((name, "理由", "refused.anonymous") for name in (" ", "匿名", "匿名群众", "Anonymous", "/")),
        ("某公司（签名）", "", "refused.grounds_missing"),
    ],
)
def test_an_objection_is_signed_and_says_why(desk: Desk, objector: str, grounds: str, code: str) -> None:
    case = published(desk)
    with pytest.raises(Refused, match=code):
        publicity.take_objection(desk.office, "officer", case, objector, grounds)


def test_what_never_was_on_a_list_has_none_that_runs(desk: Desk) -> None:
    application = desk.application(desk.submit())
    with desk.office.read() as session, pytest.raises(Refused, match=r"refused\.publicity_over"):
        publicity.running_list(Who.named(desk.office, session, "officer"), application)


def test_an_objection_comes_within_the_days(desk: Desk) -> None:
    case = published(desk)
    last = datetime.date(2026, 5, 27)
    late = last + datetime.timedelta(days=1)
    with pytest.raises(Refused, match=r"publicity_over\.dates") as refused:
        publicity.take_objection(desk.office, "officer", case, "某公司（签名）", "合同虚假", late)
    assert "至 2026-05-27。期外材料请按信访或者问题线索办理。" in refused.value.say("zh")
    with pytest.raises(Refused, match="received_to_come"):
        publicity.take_objection(desk.office, "officer", case, "某公司（签名）", "合同虚假", last)
    with pytest.raises(Refused, match="grounds_missing"):
        publicity.take_objection(desk.office, "officer", case, "某公司（签名）", "有")
    desk.days((last - desk.clock.at.date()).days)
    change = publicity.take_objection(desk.office, "officer", case, "某公司（签名）", "合同虚假", last)
    settled = publicity.settle_objection(desk.office, "approver", change.facts["objection"], "upheld", "属实")
    assert settled.ids == {"objection": (1,)}
    with pytest.raises(Refused, match="no_such_objection"):
        publicity.settle_objection(desk.office, "approver", 1, "dismissed", "再议")


def test_an_objection_is_not_settled_on_a_case_that_changed_meanwhile(desk: Desk) -> None:
    case = published(desk)
    publicity.take_objection(desk.office, "officer", case, "某公司（签名）", "合同虚假")
    before = view(desk.office, "approver", case)
    assert before is not None and "settle_objection" in before.may
    paper_filing.add_paper(desk.office, "officer", case, "other", "答复.pdf", b"%PDF-1.4")
    with pytest.raises(Refused, match=r"refused\.changed_meanwhile"):
        publicity.settle_objection(desk.office, By("approver", None, before.seen), 1, "dismissed", "不属实")
    accounts.recuse(desk.office, "approver2", desk.application(case).applicant_id, "曾任职")
    with pytest.raises(Refused, match=r"refused\.recused"):
        publicity.settle_objection(desk.office, "approver2", 1, "dismissed", "不属实")
    publicity.settle_objection(desk.office, "approver", 1, "dismissed", "不属实")
    after = view(desk.office, "approver", case)
    assert after is not None and "settle_objection" not in after.may


def test_publicity_ends_after_its_last_day(desk: Desk) -> None:
    published(desk)
    desk.clock.at = datetime.datetime(2026, 5, 27, 23, 59, tzinfo=desk.clock.at.tzinfo)
    with pytest.raises(Refused, match="publicity_running"):
        publicity.end_publicity(desk.office, "officer", 1)
    desk.clock.at = datetime.datetime(2026, 5, 28, 0, 0, tzinfo=desk.clock.at.tzinfo)
    publicity.end_publicity(desk.office, "officer", 1)
    assert desk.rows(Publicity)[0].state == "ended"


def of_another_pack(desk: Desk) -> str:
    """A case of another scheme, whose lists run for three days."""
    days = '[[unset]]\nid = "publicity_days"\ntype = "days"\ntitle = "公示期"\n'
    text = pack_text(
        'exceeded = "rest"', more=f'{days}[office]\npublicity_days = {{ unset = "publicity_days" }}'
    )
    ref = adopt(desk.office, text)
    proposed = supplements.propose_supplement(
        desk.office, "officer", ref, "publicity_days", "3", "局长办公会纪要"
    )
    supplements.confirm_supplement(desk.office, "approver", proposed.facts["supplement"])
    facts = {
        "applied_at": datetime.datetime(2026, 5, 20, 9),
        "applicant": OTHER_CODE,
        "applicant_name": "湾畔图像有限公司",
        "applicant_kind": "enterprise",
        "contract_no": "HT-9",
        "contract_amount": 80_000_000,
        "score": 1,
    }
    case: str = counter_entry.submit(desk.office, "officer", facts, "", None, "test-voucher").facts["case"]
    return case


def test_each_version_of_a_pack_has_a_list_of_its_own(desk: Desk) -> None:
    """An award of Henan is not public under Shenzhen's name, document and days (also without cases)."""
    here = desk.submit()
    elsewhere = of_another_pack(desk)
    for case in (here, elsewhere):
        desk.decide(case)
    desk.set_terms()
    shown = publicity_preview.proposed(desk.office, "officer", cases=[here, elsewhere])
    assert (shown.lists, shown.cases, shown.workdays) == (2, 2, 5)
    assert here in text_of(shown.pdf) and elsewhere in text_of(shown.pdf)
    change = publicity.publish(desk.office, "officer", cases=[here, elsewhere])
    assert change.facts["cases"] == 2 and len(change.facts["lists"]) == 2
    assert [len(desk.rows(Publicity)), len(desk.rows(Letter))] == [2, 2]
    days = [(row.workdays, row.until_on) for row in desk.rows(Publicity)]
    assert days == [(5, datetime.date(2026, 5, 27)), (3, datetime.date(2026, 5, 25))]
    with desk.office.read() as session:
        first, second = (text_of(stored(session, letter.id)) for letter in desk.rows(Letter))
    assert "训力券" in first and here in first and elsewhere not in first
    assert "测试券" in second and elsewhere in second and here not in second
    desk.days(6)
    publicity.end_publicity(desk.office, "officer", change.facts["lists"][1]["publicity"])
    with pytest.raises(Refused, match="publicity_running"):
        publicity.end_publicity(desk.office, "officer", change.facts["lists"][0]["publicity"])


def test_a_list_for_each_pack_also_where_no_cases_are_named(desk: Desk) -> None:
    here, elsewhere = desk.submit(), of_another_pack(desk)
    for case in (here, elsewhere):
        desk.decide(case)
    desk.set_terms()
    publicity.publish(desk.office, "officer")
    assert [row.workdays for row in desk.rows(Publicity)] == [5, 3]
    with desk.office.read() as session:
        texts = [text_of(stored(session, letter.id)) for letter in desk.rows(Letter)]
    assert [(here in text, elsewhere in text) for text in texts] == [(True, False), (False, True)]


def test_the_days_that_each_list_lacks_are_told_at_once(desk: Desk) -> None:
    for case in (desk.submit(), of_another_pack(desk)):
        desk.decide(case)
    office_settings.set_office(desk.office, "system", {"department": ""}, "机构调整")
    with pytest.raises(Refused, match="several") as refused:
        publicity.publish(desk.office, "officer")
    told = [one.code for one in refused.value.params["each"]]
    assert told == ["refused.unset", "refused.settings_missing"], "the other pack's days are set"
    assert desk.rows(Publicity) == []


UNDRAWN = "湾畔\U0003134f科技有限公司"


def of_a_name_that_no_font_draws(desk: Desk) -> str:
    """A case with an award to such a name."""
    case = desk.submit(applicant=OTHER_CODE, applicant_name=UNDRAWN, contract_no="HT-2")
    deciding.decide(desk.office, "officer", case, "字体待补，先行决定")
    return case


def test_a_name_that_no_font_draws_stops_no_list(desk: Desk) -> None:
    """Left out and told, also where the finding was cleared; named, it is refused with its number."""
    desk.set_terms()
    good, undrawn = desk.submit(), of_a_name_that_no_font_draws(desk)
    desk.decide(good)
    number = next(row.id for row in desk.rows(Finding) if (row.code, row.state) == ("undrawn", "open"))
    checking.judge_finding(desk.office, "officer", number, "cleared", "与执照一致")
    with pytest.raises(Refused) as refused:
        publicity.publish(desk.office, "officer", cases=[undrawn])
    assert refused.value.code == "refused.case_uncovered"
    assert (refused.value.params["case"], refused.value.params["characters"]) == (undrawn, ("\U0003134f",))
    seen = view(desk.office, "officer", undrawn)
    assert seen is not None and "publish" not in seen.may
    assert publicity_preview.proposed(desk.office, "officer", 1).kept_back == (undrawn,)
    change = publicity.publish(desk.office, "officer", 1)
    assert (change.facts["cases"], change.facts["kept_back"]) == (1, [undrawn])
    assert (desk.state(good), desk.state(undrawn)) == ("publicity", "calculated")
    with desk.office.read() as session:
        told = text_of(stored(session, desk.rows(Letter)[0].id))
    assert good in told and undrawn not in told


def test_a_round_of_names_that_no_font_draws_publishes_nothing(desk: Desk) -> None:
    desk.set_terms()
    undrawn = of_a_name_that_no_font_draws(desk)
    with pytest.raises(Refused, match="case_uncovered"):
        publicity.publish(desk.office, "officer", 1)
    assert desk.state(undrawn) == "calculated"


def test_a_case_changed_since_its_award_stops_no_list(desk: Desk) -> None:
    desk.set_terms()
    good, changed = desk.submit(), desk.submit(applicant=OTHER_CODE, contract_no="HT-2")
    for case in (good, changed):
        desk.decide(case)
    checking.verify_facts(desk.office, "officer", changed, {"contract_no": "HT-3"}, "合同号笔误")
    change = publicity.publish(desk.office, "officer", 1)
    assert change.facts["kept_back"] == [changed]
    assert (desk.state(good), desk.state(changed)) == ("publicity", "calculated")


@pytest.mark.parametrize("key", ["department", "address", "telephone"])
def test_a_list_says_where_objections_go_or_is_refused(desk: Desk, key: str) -> None:
    """公示名单 without the department, its address and telephone could not be objected to."""
    desk.set_terms()
    case = desk.submit()
    desk.decide(case)
    office_settings.set_office(desk.office, "system", {key: ""}, "机构调整")
    with pytest.raises(Refused) as refused:
        publicity.publish(desk.office, "officer", 1)
    assert (refused.value.code, refused.value.params["setting"]) == ("refused.settings_missing", (key,))
    assert desk.state(case) == "calculated" and desk.rows(Letter) == []
    office_settings.set_office(desk.office, "system", {key: SETTINGS[key]}, "补齐")
    publicity.publish(desk.office, "officer", 1)
    assert desk.state(case) == "publicity"


def test_a_list_cites_the_official_document_that_the_office_recorded(desk: Desk) -> None:
    """The pack's own document may be a digest: the recorded one stands on the list, as in the letters."""
    desk.set_terms()
    assert desk.decide(desk.submit()).tier == "general"
    record(desk, "general", "示例科创〔2026〕9号")
    publicity.publish(desk.office, "officer", 1)
    with desk.office.read() as session:
        told = text_of(stored(session, desk.rows(Letter)[0].id))
    assert "依据《2026年度训力券申报指南》（示例科创〔2026〕9号）第三条，经审查" in told
    assert "先锋城市" not in told
