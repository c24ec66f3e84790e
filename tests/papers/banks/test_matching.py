"""Which payment a line is about, and what has become of it: the day after, as finance sees it."""

import dataclasses
from typing import Any

import pytest

from papers.banks import matching
from papers.banks.answer_line import AnswerLine
from papers.banks.payment import Payment
from tests.papers.banks.bank_samples import PAYMENTS

ONE, TWO, _ = PAYMENTS


def line(payment: Payment = ONE, outcome: str = "paid", **changed: Any) -> AnswerLine:
    told = AnswerLine(
        "a.txt",
        5,
        payment.ref,
        payment.account,
        payment.payee,
        payment.amount_fen,
        payment.purpose,
        outcome,
        outcome,
        None,
        "B1",
        "",
    )
    return dataclasses.replace(told, **changed)


def told(*lines: AnswerLine, payments: tuple[Payment, ...] = PAYMENTS) -> list[tuple[str, str, str]]:
    return [
        (each.payment.ref if each.payment else "", each.outcome, each.by)
        for each in matching.match(payments, lines)
    ]


@pytest.mark.parametrize("outcome", ["paid", "failed", "pending", "returned"])
def test_by_reference(outcome: str) -> None:
    assert told(line(outcome=outcome)) == [(ONE.ref, outcome, "reference")]
    assert told(line(outcome=outcome, ref=f" {ONE.ref.lower()} ")) == [(ONE.ref, outcome, "reference")]


def test_by_a_reference_among_other_words_of_its_column_where_account_and_amount_agree() -> None:
    assert told(line(ref=f"{ONE.ref} 补贴")) == [(ONE.ref, "paid", "reference")]
    assert told(line(ref=f"附言：{ONE.ref}。", outcome="failed")) == [(ONE.ref, "failed", "reference")]
    within = f"{ONE.ref} 补贴"
    for unsure in (
        line(ref=within, amount_fen=5),
        line(ref=within, account=""),
        line(ref="", purpose=within),
    ):
        assert told(unsure)[0][2] == "person"
    assert told(line(ref=f"{ONE.ref} {TWO.ref}"))[0][2] == "person"


def test_by_account_amount_and_purpose_where_the_bank_gave_no_reference_back() -> None:
    assert told(line(ref="")) == [(ONE.ref, "paid", "account")]
    assert told(line(ref="", purpose="兑付　XL０１")) == [(ONE.ref, "paid", "account")]


@pytest.mark.parametrize(
    "changed",
    [
        {"ref": "", "purpose": ""},
        {"ref": "", "purpose": "别的"},
        {"ref": "HQ77", "purpose": "兑付 XL01"},
        {"ref": "", "account": "4000********111111"},
        {"ref": f"附言：{ONE.ref}号", "account": ""},
    ],
)
def test_what_is_not_certain_is_proposed_to_a_person(changed: dict[str, Any]) -> None:
    assert told(line(ONE, **changed)) == [(ONE.ref, "paid", "person")]


def test_two_that_are_alike_are_never_told_apart_for_certain() -> None:
    again = dataclasses.replace(ONE, ref="BF2026090009")
    lines = (line(ref=""), line(ref="", row=6))
    assert told(*lines, payments=(ONE, again)) == [
        (ONE.ref, "paid", "person"),
        ("BF2026090009", "paid", "person"),
    ]
    # one of them has its own line: the other is left, and is what the second line says
    assert told(line(again), line(ref="", row=6), payments=(ONE, again)) == [
        ("BF2026090009", "paid", "reference"),
        (ONE.ref, "paid", "account"),
    ]


def test_a_line_of_another_batch_is_not_ours() -> None:
    other = line(ref="BF2025010001", account="999", purpose="旧")
    assert told(other, line()) == [("", "unknown", ""), (ONE.ref, "paid", "reference")]
    # last year's payment to the same firm of the same sum, beside this one's own line
    assert told(line(ref="BF2025010001"), line(row=6)) == [
        ("", "unknown", ""),
        (ONE.ref, "paid", "reference"),
    ]


@pytest.mark.parametrize(
    ("changed", "remark"),
    [
        ({"amount_fen": 81_900_001}, "amount"),
        ({"amount_fen": None}, "amount_unread"),
        ({"account": "4000020009200111112"}, "account"),
        ({"done_fen": 100}, "amount"),
        ({"amount_fen": -81_900_000}, "amount"),
        ({"outcome": "failed", "amount_fen": 5}, "amount"),
    ],
)
def test_an_amount_or_account_that_differs_is_a_mismatch(changed: dict[str, Any], remark: str) -> None:
    (found,) = matching.match(PAYMENTS, [line(ONE, **changed)])
    assert (found.outcome, found.by, found.remark) == ("mismatch", "reference", remark)


def test_the_account_alone_is_a_proposal_and_a_mismatch() -> None:
    assert told(line(ref="", amount_fen=5, purpose="别的")) == [(ONE.ref, "mismatch", "person")]


def test_an_account_that_is_masked_or_lost_its_digits_is_no_mismatch() -> None:
    assert told(line(account="4000***1111"), line(TWO, account="", row=6)) == [
        (ONE.ref, "paid", "reference"),
        (TWO.ref, "paid", "reference"),
    ]
    assert told(line(account="6222***1111"))[0][1] == "mismatch"


@pytest.mark.parametrize(
    ("first", "then", "same_file", "other_file"),
    [
        ("paid", "paid", "twice", "twice"),
        ("paid", "returned", "returned", "returned"),
        ("paid", "failed", "twice", "twice"),
        ("failed", "failed", "twice", "failed"),
        ("failed", "paid", "twice", "paid"),
        ("pending", "paid", "paid", "paid"),
        ("pending", "pending", "twice", "pending"),
        ("returned", "paid", "twice", "paid"),
        ("returned", "returned", "twice", "twice"),
    ],
)
def test_what_is_said_a_second_time(first: str, then: str, same_file: str, other_file: str) -> None:
    assert told(line(outcome=first), line(outcome=then, row=6))[1][1] == same_file
    assert told(line(outcome=first), line(outcome=then, file="b.txt"))[1][1] == other_file


def test_paid_once_returned_and_paid_again_is_paid() -> None:
    lines = [
        line(outcome=each, file=f"{each}{at}") for at, each in enumerate(("paid", "returned", "paid", "paid"))
    ]
    assert [each[1] for each in told(*lines)] == ["paid", "returned", "paid", "twice"]


def test_a_word_that_nobody_explained_is_unknown_and_told() -> None:
    (found,) = matching.match(PAYMENTS, [line(outcome="", status="落地处理")])
    assert (found.outcome, found.by, found.remark) == ("unknown", "reference", "status")
    assert found.params == {"status": "落地处理"}


def test_what_has_no_answer_is_asked_about() -> None:
    found = matching.match(PAYMENTS, [line(), line(TWO, ref="", purpose="")])
    assert [each.ref for each in matching.unanswered(PAYMENTS, found)] == [TWO.ref, "BF2026090003"]


def test_ten_thousand_lines_are_matched_each_to_its_own() -> None:
    payments = tuple(
        Payment(f"BF{n:07d}", "甲", f"62220000{n:08d}", n + 1, f"兑付{n}") for n in range(10_000)
    )
    lines = [line(each, ref="" if n % 2 else each.ref) for n, each in enumerate(payments)]
    found = matching.match(payments, lines)
    assert [each.payment for each in found] == list(payments)
