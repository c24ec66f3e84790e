from pathlib import Path

import pytest

from papers.reading.text_rows import UnreadableFile, encoding_of, opened


def read(path: Path) -> list[list[str]]:
    with opened(path) as cases:
        return [list(cases.headings), *cases.rows]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
def test_the_usual_encodings_are_told_apart(tmp_path: Path, encoding: str) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes('申请编号,名称\r\n1,"深圳，""某""\r\n公司"\r\n'.encode(encoding))
    assert read(path) == [["申请编号", "名称"], ["1", '深圳，"某"\r\n公司']]


def test_a_character_across_a_chunk_is_still_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("papers.reading.text_rows._CHUNK", 1)
    path = tmp_path / "a.csv"
    path.write_bytes("编号\n甲".encode())
    with path.open("rb") as file:
        assert encoding_of(file, "a.csv") == "utf-8-sig"


@pytest.mark.parametrize("end", [b"\xff", b"\x81", "甲".encode()[:1]])
def test_bytes_that_are_text_in_no_encoding_are_refused(tmp_path: Path, end: bytes) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes("编号,名称\n1,甲".encode("gb18030") + end)
    with pytest.raises(UnreadableFile):
        read(path)


def test_progress_ends_within_the_file(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text("a,b\n" + "1,2\n" * 10_000, encoding="utf-8")
    seen: list[tuple[int, int]] = []
    with opened(path, lambda done, total: seen.append((done, total))) as cases:
        assert sum(1 for _ in cases.rows) == 10_000
    assert len(seen) > 3
    assert all(0 <= done <= total == path.stat().st_size for done, total in seen)
