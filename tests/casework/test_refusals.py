"""Each refusal that the program can say: a test leads to it, and its sentence says what to do.

The codes are read from the sources; the tests that lead to them from the tests. What no other test leads to
is provoked below, one case each. A code that nothing leads to has to go.
"""

import ast
import datetime
import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

import words
from casework.cases import providers
from casework.cases.finding_weights import must_not_forbid
from casework.core.refused import Refused
from casework.core.who_may import Who, case_of, why_not
from casework.intake import counter_entry, rounds, taught_headings
from casework.issuing import delivery, letters, publicity
from casework.review import checking
from casework.review.corrections import open_correction
from casework.rulebook import supplements
from tests.casework.desk import CODE, OTHER_CODE, SERVICE, Desk

ROOT = Path(__file__).parents[2]
ROOMS = ("casework", "cli", "desktop", "models", "papers")
SHAPE = re.compile(r"refused(\.[a-z_]*[a-z])+")
ADVICE = re.compile(
    "请|可选|可设定|可补录|现有：|应当|须|如需|最多|至少|不能少于|写法|请由|先由|无需|可以办理的有|确属问题的"
)
PARTS = (
    "refused.state",
    "refused.several",
    "refused.pack_fault",
    "refused.setting_form",
    "refused.not_written",
)
"""Sentences that others are joined to, which advise; and one that says the form itself."""


def trees(folders: tuple[str, ...]) -> Iterator[tuple[Path, ast.Module]]:
    for folder in folders:
        for path in sorted((ROOT / folder).rglob("*.py")):
            yield path, ast.parse(path.read_text(encoding="utf-8"))


def said() -> frozenset[str]:
    """The codes in the catalogue."""
    return frozenset(code for code in words.codes("zh") if code.startswith("refused."))


def raised() -> frozenset[str]:
    """The codes that stand in the sources; one put together at run time stands for all that begin so."""
    found: set[str] = set()
    for _, tree in trees(ROOMS):
        for node in ast.walk(tree):
            if isinstance(node, ast.Constant) and isinstance(node.value, str) and SHAPE.fullmatch(node.value):
                found.add(node.value)
            if isinstance(node, ast.JoinedStr) and isinstance(node.values[0], ast.Constant):
                begins = str(node.values[0].value)
                if begins.startswith("refused."):
                    found.update(code for code in said() if code.startswith(begins))
    return frozenset(found)


def provoked(tree: ast.Module, codes: frozenset[str]) -> Iterator[tuple[str, str]]:
    """The codes that the tests of a module lead to, with the test's name: what one expects where it says
    what is raised, by name or by the last part of it."""
    for node in ast.walk(tree):
        if not isinstance(node, ast.FunctionDef) or not node.name.startswith("test"):
            continue
        inner = list(ast.walk(node))
        constants = [each.value for each in inner if isinstance(each, ast.Constant)]
        raises = any(isinstance(each, ast.Attribute) and each.attr == "raises" for each in inner)
        for text in constants:
            for word in set(re.findall(r"[a-z_.]+", str(text).replace("\\", ""))):
                code = word if word.startswith("refused.") else f"refused.{word}"
                if code in codes and (raises or word == code):
                    yield code, node.name


def test_every_code_of_the_catalogue_is_raised_and_every_code_raised_has_its_sentence() -> None:
    assert sorted(said() ^ raised()) == []


def test_for_every_refusal_a_test_knows_a_case_that_leads_to_it() -> None:
    codes = said()
    ways: dict[str, list[str]] = {}
    for path, tree in trees(("tests",)):
        for code, test in provoked(tree, codes):
            ways.setdefault(code, []).append(f"{path.name}::{test}")
    assert sorted(codes - ways.keys() - {"refused.pack_fault"}) == []  # a line of `refused.pack_faults`


def test_a_code_that_no_test_expects_is_found() -> None:
    tree = ast.parse(
        "import pytest\ndef test_one():\n    with pytest.raises(Refused, match='no_such_case'): ...\n"
        "def test_two():\n    assert 'refused.recused' == code\ndef test_three():\n    assert 'locked'\n"
    )
    assert set(provoked(tree, said())) == {
        ("refused.no_such_case", "test_one"),
        ("refused.recused", "test_two"),
    }


def test_every_refusal_says_what_to_do() -> None:
    told = {code: text.replace("申请", "") for code, text in sentences().items() if code not in PARTS}
    silent = [code for code, text in told.items() if not ADVICE.search(text)]
    assert silent == []


def sentences() -> dict[str, str]:
    """The Chinese sentences of refusals as they are written, with their parameters' names."""
    found: dict[str, str] = {}
    for path in sorted((ROOT / "resources" / "messages" / "zh").glob("*.po")):
        pairs = re.findall(r'msgid "(refused\.[^"]+)"\nmsgstr "([^"]*)"', path.read_text(encoding="utf-8"))
        found |= dict(pairs)
    return found


# -- what no other test leads to ----------------------------------------------------------------------------


def zero(desk: Desk) -> None:
    desk.submit(contract_amount=0)


def unreadable(desk: Desk) -> None:
    rest = {"applicant": CODE, "applicant_name": "某", "applicant_kind": "enterprise"}
    counter_entry.submit(desk.office, "officer", rest, "1.2E+17")


def objection(desk: Desk) -> None:
    case = desk.published()
    with desk.office.read() as session:
        refusal = why_not(
            Who.named(desk.office, session, "approver"), "settle_objection", case_of(session, case)
        )
    assert refusal is not None
    raise refusal


def void(desk: Desk) -> None:
    case = desk.submit()
    with desk.office.read() as session:
        letters.voidable(Who.named(desk.office, session, "approver"), case_of(session, case))


def deliver(desk: Desk) -> None:
    case = desk.submit()
    with desk.office.read() as session:
        delivery.deliverable(Who.named(desk.office, session, "officer"), case_of(session, case))


def undecided(desk: Desk) -> None:
    case = desk.submit()
    with desk.office.read() as session:
        letters.refusal_awaited(Who.named(desk.office, session, "approver"), case_of(session, case))


def judged(desk: Desk) -> None:
    case = desk.submit(related_party=None)
    checking.check(desk.office, "officer", case)
    checking.judge_finding(desk.office, "officer", 1, "perhaps", "理由")


def no_scheme(desk: Desk) -> None:
    rounds.open_round(desk.office, "officer", "第二批", 2026, None, None, "nowhere")


def no_supplement(desk: Desk) -> None:
    supplements.confirm_supplement(desk.office, "approver", 99)


def no_unit(desk: Desk) -> None:
    taught_headings.teach_column(desk.office, "officer", "金额", "contract_amount", "斤")


def bell(desk: Desk) -> None:
    since = datetime.date(2026, 1, 1)
    providers.admit_provider(desk.office, "officer", "某\u0007云", "第一批", SERVICE, "名单", since, None)


def correction(desk: Desk) -> None:
    case = desk.submit()
    with desk.office.read() as session:
        open_correction(Who.named(desk.office, session, "officer"), case_of(session, case))


def twice_the_contract(desk: Desk) -> None:
    cases = [desk.submit(applicant=code, applicant_name=f"单位{code[-2:]}") for code in (CODE, OTHER_CODE)]
    checking.check(desk.office, "officer", cases[1])
    with desk.office.read() as session:
        who = Who.named(desk.office, session, "approver")
        must_not_forbid(who, case_of(session, cases[1]), "approve")


@pytest.mark.parametrize(
    ("code", "lead"),
    [
        ("refused.contract_of_zero", zero),
        ("refused.finding_open", twice_the_contract),
        ("refused.id_unreadable", unreadable),
        ("refused.no_correction", correction),
        ("refused.no_letter_to_deliver", deliver),
        ("refused.no_letter_to_void", void),
        ("refused.no_open_objection", objection),
        ("refused.no_such_outcome", judged),
        ("refused.no_such_letter", lambda desk: letters.void_letter(desk.office, "approver", 99, "有误")),
        ("refused.no_such_publicity", lambda desk: publicity.end_publicity(desk.office, "officer", 99)),
        ("refused.no_such_scheme", no_scheme),
        ("refused.no_such_supplement", no_supplement),
        ("refused.no_such_unit", no_unit),
        ("refused.not_decided", undecided),
        ("refused.unprintable", bell),
    ],
)
def test_it_is_refused_and_both_languages_say_it(
    desk: Desk, code: str, lead: Callable[[Desk], object]
) -> None:
    with pytest.raises(Refused) as refused:
        lead(desk)
    assert refused.value.code == code
    for lang in words.LANGUAGES:
        sentence = refused.value.say(lang)
        assert "{" not in sentence and sentence.endswith(("。", "."))
