from pathlib import Path

import pytest

from papers.reading import plain_lines
from papers.reading.unreadable import Unreadable


def read(path: Path, content: bytes, encoding: str = "gbk", mark: str = "") -> tuple[list[list[str]], bool]:
    path.write_bytes(content)
    lines: list[list[str]] = []
    open_end = False
    for kind, said in plain_lines.of(str(path), encoding, mark):
        if kind == "lines":
            lines += [cells for _, cells in said]
        else:
            open_end = said
    return lines, open_end


def test_bars_have_no_quotes_and_commas_do(tmp_path: Path) -> None:
    assert read(tmp_path / "a", '甲|"乙|丙\n'.encode("gbk")) == ([["甲", '"乙', "丙"]], False)
    assert read(tmp_path / "a", b'1,"2,3"\n\n4') == ([["1", "2,3"], [], ["4"]], True)


def test_the_mark_that_stands_most_often_in_one_line() -> None:
    assert plain_lines.usual_mark(["a,b", "1,000.00|2|3", ""]) == "|"
    assert plain_lines.usual_mark(["a", "b"]) == ","
    assert plain_lines.usual_mark(["a\tb\tc,d"]) == "\t"


def test_lines_keep_their_numbers_over_a_quoted_line_break(tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(b'1,"2\n3"\n4,5\n')
    found = [said for kind, said in plain_lines.of(str(tmp_path / "a"), "utf-8", ",") if kind == "lines"]
    assert found == [[(1, ["1", "2\n3"]), (3, ["4", "5"])]]


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"\xff\xff\xff", "encoding"),
        (b'1,"2', "csv"),
        (b"a|" * 3000, "too_wide"),
        (b"\n" * 200_002, "too_many_rows"),
    ],
)
def test_what_is_no_such_text(tmp_path: Path, content: bytes, code: str) -> None:
    with pytest.raises(Unreadable, match=code):
        read(tmp_path / "a", content)
