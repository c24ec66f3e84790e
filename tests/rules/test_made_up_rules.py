"""Six made-up rules with their examples, each on another construct of the language: what a lawyer's hand
comes to, to the fen. How each figure was worked out stands in the examples' column of notes."""

from pathlib import Path

import pytest

from casework.core.holidays import calendar
from rules.check import check
from rules.examples import run
from rules.money import parse
from rules.pack import load
from rules.policy import Policy
from rules.round import decide_round
from tests.rules.desk import facts

MADE_UP = sorted((Path(__file__).parent / "made_up").glob("*.toml"))


@pytest.mark.parametrize("path", MADE_UP, ids=lambda path: path.stem)
def test_a_made_up_rule_comes_out_as_by_hand(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    examples = path.with_suffix(".examples.csv").read_text(encoding="utf-8")
    assert run(Policy(load(text), calendar=calendar()), examples) == []
    report = check(text, (), examples, calendar())
    assert (report.faults, report.warnings) == ((), ()), "and every rule is shown deciding and not deciding"


def test_there_are_six_and_an_example_that_is_wrong_by_a_fen_is_told() -> None:
    assert len(MADE_UP) == 6
    path = next(path for path in MADE_UP if path.stem == "lab-costs")
    examples = path.with_suffix(".examples.csv").read_text(encoding="utf-8").replace("806.00", "806.01")
    (found,) = run(Policy(load(path.read_text(encoding="utf-8"))), examples)
    assert (found.row, found.column, found.got) == (2, "expect_award", "806.00")


@pytest.mark.parametrize(
    ("losses", "awards"),
    [
        # 500 asked for each: a third of 1000 is 333.33, to ten 330; the ten left over go to the first.
        (("1000", "1000", "1000"), ("340", "330", "330")),
        # 555, 555, 490: 346.88, 346.88, 306.25, half up 350, 350, 310: ten too many, off the largest.
        (("1110", "1110", "980"), ("340", "350", "310")),
        # 600, 450, 250: the last would get 190, below 200, and nothing; 571.43 and 428.57 for the others.
        (("1200", "900", "500"), ("570", "430", None)),
        # 400, 300, 250 are within 1000 and paid as asked for, not rounded.
        (("800.03", "600.01", "500"), ("400.01", "300", "250")),
    ],
)
def test_the_pool_is_shared_out_as_by_hand(losses: tuple[str, ...], awards: tuple[str | None, ...]) -> None:
    path = next(path for path in MADE_UP if path.stem == "harvest-pool")
    policy = Policy(load(path.read_text(encoding="utf-8")))
    cases = [facts(loss=parse(loss), applicant=str(at)) for at, loss in enumerate(losses)]
    decided = decide_round(policy, cases, {}, parse("1000"))
    assert [one.award_fen for one in decided] == [None if one is None else parse(one) for one in awards]
