"""Fields of the wizard: names in words, what only the text can say, choices with what a blank means."""

from PySide6.QtWidgets import QApplication

from casework.rulebook.pack_wizard import Answers, row
from casework.rulebook.wizard_asks import BY_NAME, Ask
from casework.rulebook.wizard_cells import IN_TEXT
from desktop.kit.language import t
from desktop.pages.policies.wizard_fields import TextCell, Vocabulary, WordCell, blank_of, word_of
from tests.desktop.helpers import type_text

ANSWERS = Answers(
    (
        row("fact", {"id": "paid", "title": "实付金额", "type": "money"}),
        row("fact", {"id": "odd", "title": "甲、乙", "type": "yes_no"}),
        row("sum", {"id": "costs", "title": "合格费用", "of": "paid"}),
        row("line", {"id": "research", "title": "研发费用"}),
    )
)


def ask(table: str, key: str) -> Ask:
    return BY_NAME[table].by_key[key]


def test_names_are_shown_in_words_and_read_again(dressed: QApplication) -> None:
    names = Vocabulary(ANSWERS)
    for table, key, cell, shown in (
        ("cap", "per", "applicant, year", "每个申请单位、每年"),
        ("condition", "one_of", "enterprise, university", "企业、高等院校"),
        ("base", "smallest_of", "contract_amount, paid", "合同金额、实付金额"),
        ("base", "less", "odd, no_such", "odd、no_such"),
        ("stacking", "of", "paid, -costs", "实付金额、-合格费用"),
        ("tier", "lines", "research", "研发费用"),
        ("tier", "lines", "all", "全部"),
    ):
        field = TextCell(ask(table, key), cell, names)
        assert (field.text(), field.cell()) == (shown, cell)


def test_two_facts_of_one_title_are_told_apart(dressed: QApplication) -> None:
    twins = [row("fact", {"id": name, "title": "费用", "type": "money"}) for name in ("one", "two")]
    for cell in ("one", "two", "two, -one"):
        field = TextCell(ask("sum", "of"), cell, Vocabulary(Answers(tuple(twins))))
        assert field.cell() == cell


def test_what_only_the_text_can_say_stays_until_something_is_typed(dressed: QApplication) -> None:
    field = TextCell(ask("tier", "rate"), IN_TEXT, Vocabulary(ANSWERS))
    assert (field.text(), field.placeholderText(), field.cell()) == ("", t("wizard.in_text"), IN_TEXT)
    type_text(field, "30 ％")
    assert field.cell() == "30%"
    per = TextCell(ask("cap", "per"), "", Vocabulary(ANSWERS))
    type_text(per, "？who")
    assert per.cell() == "?who"


def test_a_choice_keeps_what_no_choice_offers(dressed: QApplication) -> None:
    grade = ask("", "grade")
    box = WordCell(grade, "A", [("A", word_of(grade, "A"))])
    assert (box.currentText(), box.cell()) == (t("policies.grade.A"), "A")
    box.setCurrentIndex(0)
    assert box.cell() == ""
    assert WordCell(ask("budget", "exceeded"), IN_TEXT, []).cell() == IN_TEXT
    assert WordCell(ask("budget", "exceeded"), "?x", []).cell() == "?x"


def test_facts_are_offered_by_their_type(dressed: QApplication) -> None:
    names = Vocabulary(ANSWERS)
    answers = dict(names.choices("condition", "answer", ask("condition", "fact")))
    assert "odd" in answers and "paid" not in answers and "related_party" in answers
    money = dict(names.choices("line", "", ask("line", "fact")))
    assert money["paid"] == "实付金额" and "signed_on" not in money
    assert [name for name, _ in names.choices("floor", "", ask("floor", "on"))] == [
        "base", "award", "paid", "costs",
    ]  # fmt: skip


def test_what_a_blank_means(dressed: QApplication) -> None:
    assert t("wizard.word.mode.quota") in blank_of("", ask("", "mode"))
    assert blank_of("tier", ask("tier", "up_to")) == t("wizard.word.false")
    assert blank_of("floor", ask("floor", "how")) == ""
    assert [word for word, _ in Vocabulary(ANSWERS).choices("tier", "rate", ask("tier", "up_to"))] == ["true"]
