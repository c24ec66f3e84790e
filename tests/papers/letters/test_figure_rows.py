"""The table that tells how an award or a refusal came about."""

from papers.letters.figure_rows import figures, pair


def test_two_short_pairs_share_a_row_and_a_long_one_has_its_own() -> None:
    long = "合同金额8,000,000.00元，减去存储费用5,000,000.01元"
    told = figures([("甲", "1.00元"), ("乙", "2.00元"), ("丙", "3.00元"), ("丁", long), ("戊", "4.00元")])
    assert told.rows == (
        (("甲", "1.00元"), ("乙", "2.00元")),
        (("丙", "3.00元"),),
        (("丁", long),),
        (("戊", "4.00元"),),
    )


def test_a_pair_has_the_label_of_its_code() -> None:
    assert pair("base", "1.00元") == ("核定基数", "1.00元")
