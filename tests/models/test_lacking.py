"""What a statement named and there is not, in the words of both engines and both languages."""

import sqlite3

import pytest
from psycopg import errors

from models.lacking import Lacking, lacking


@pytest.mark.parametrize(
    ("error", "found"),
    [
        (sqlite3.OperationalError("no such table: main.voucher"), Lacking("table", "voucher")),
        (sqlite3.OperationalError("no such column: v.code"), Lacking("column", "code")),
        (errors.UndefinedTable('relation "public.voucher" does not exist'), Lacking("table", "voucher")),
        (
            errors.UndefinedTable('关系 "voucher" 不存在\n第1行 SELECT * FROM "x"'),
            Lacking("table", "voucher"),
        ),
        (errors.UndefinedColumn("column v.code does not exist"), Lacking("column", "code")),
        (errors.UndefinedColumn("字段 v.code 不存在"), Lacking("column", "code")),
        (errors.UndefinedColumn('字段 "code" 不存在'), Lacking("column", "code")),
    ],
)
def test_the_name_is_found(error: Exception, found: Lacking) -> None:
    assert lacking(error) == found
    assert found.is_ours


@pytest.mark.parametrize(
    "error",
    [
        None,
        sqlite3.OperationalError("database is locked"),
        errors.InsufficientPrivilege('对表 "voucher" 权限不够'),
        errors.UndefinedTable("不存在"),
    ],
)
def test_another_error_names_nothing(error: Exception | None) -> None:
    assert lacking(error) is None


def test_what_is_not_ours_is_a_bug_of_the_statement() -> None:
    missing = lacking(errors.UndefinedTable('关系 "nowhere" 不存在'))
    assert missing is not None and not missing.is_ours
