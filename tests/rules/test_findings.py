"""What is found stands at its rule, once, and in the order of the text; a waiver takes it away."""

from rules.findings import Notes, Report
from rules.pack import load
from rules.position import Position
from rules.trial import Case
from tests.rules.desk import small_text

CAP = """
[[cap]]
id = "most"
limit = "100.00"
per = ["applicant", "year"]
before = "awarded_before"
article = "a"
"""
WAIVER = '\n[[waiver]]\ncheck = "gap"\narticle = "a"\n'


def notes(more: str = "") -> Notes:
    text = small_text(more)
    return Notes(text, load(text))


def test_a_finding_stands_at_its_rule_once() -> None:
    one = notes(CAP)
    one.fault("check.above_limit", "most", award_fen=2, left_fen=1)
    one.fault("check.above_limit", "most", award_fen=3, left_fen=1)
    one.warning("check.made_up", "general")
    report = one.report()
    assert [(each.code, each.line, each.params["award_fen"]) for each in report.faults] == [
        ("check.above_limit", 15, 2)
    ]
    assert [(each.code, each.line) for each in report.warnings] == [("check.made_up", 9)]
    assert not report.ok and report.tried


def test_a_waiver_takes_a_fault_away() -> None:
    one = notes(WAIVER)
    one.fault("check.gap", "in_force")
    assert one.report() == Report((), ())


def test_a_case_is_a_row_for_calculate() -> None:
    one = notes(CAP)
    one.fault("check.above_limit", "most", Case({"contract_amount": 123}, Position((50,), None)), left_fen=1)
    (found,) = one.report().faults
    assert (found.cells["contract_amount"], found.cells["awarded_before"]) == ("1.23", "0.50")


def test_a_search_that_was_cut_is_no_word_of_all_being_well() -> None:
    one = notes()
    one.warning("check.search_cut")
    assert one.report().ok and not one.report().tried
