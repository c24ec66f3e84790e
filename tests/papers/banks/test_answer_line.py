from papers.banks.answer_line import AnswerLine


def test_a_line_is_what_a_bank_said_and_where() -> None:
    line = AnswerLine("结果.txt", 5, "BF1", "1", "甲", 100, "兑付", "成功", "paid", None, "B1", "")
    assert (line.file, line.row, line.amount_fen, line.done_fen) == ("结果.txt", 5, 100, None)
