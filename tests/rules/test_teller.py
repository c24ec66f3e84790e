"""What the lines of one policy share is worked out once, and never mixed up."""

from rules.lines import KeptLine
from rules.parts import Source
from rules.policy import Policy
from rules.teller import article, teller
from tests.rules.desk import decided, pack, policy


def test_a_policy_keeps_its_teller() -> None:
    one = Policy(pack())
    assert teller(one) is teller(one)
    assert teller(one) is not teller(policy())


def test_lines_that_hang_on_a_word_are_made_once_for_each_word_and_answer() -> None:
    tell = teller(policy())
    first = tell.passed(decided().witness.values)
    again = tell.passed(decided().witness.values)
    kinds = [type(line) for line in first]
    assert [line is other for line, other in zip(first, again, strict=True)] == [
        kind is KeptLine for kind in kinds
    ]
    assert kinds.count(KeptLine) == 3
    other = tell.passed(decided(applicant_kind="university").witness.values)
    assert other[0].figures[1] == "university"
    failed = tell.conditions(decided(related_party=True).witness.values, [True, True, True, False, True])
    assert failed[3].figures == ("fail", "yes", "no")
    assert first[3].figures == ("pass", "no", "no")


def test_words_without_end_do_not_fill_the_memory() -> None:
    tell = teller(Policy(pack()))
    for number in range(2_500):
        line = tell.passed(decided(applicant_kind=f"kind{number}").witness.values)[0]
        assert line.figures[1] == f"kind{number}"
        assert tell.status("refused", "", (f"r{number}",)).figures == ("refused", f"r{number}")
    assert len(tell._statuses) <= 1_001


def test_document_and_article_stand_together() -> None:
    assert article(Source("某规〔2026〕1号", "第1条", "A")) == "某规〔2026〕1号 第1条"
    assert article(Source("", "", "")) == ""
