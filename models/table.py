"""What every table of the office shares: its name, its constraints' names, the CHECKs of its columns."""

import re
from collections.abc import Iterable
from typing import ClassVar

from sqlalchemy import CheckConstraint, MetaData
from sqlalchemy.orm import declared_attr
from sqlmodel import SQLModel

NAMING = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    "pk": "pk_%(table_name)s",
}


class Table(SQLModel):
    """A table of the office. `ApplicantName` is stored as `applicant_name`."""

    metadata: ClassVar[MetaData] = MetaData(naming_convention=NAMING)

    @declared_attr.directive
    def __tablename__(cls) -> str:
        return re.sub(r"(?<!^)(?=[A-Z])", "_", cls.__name__).lower()


def one_of(column: str, values: Iterable[str]) -> CheckConstraint:
    """The column holds one of these words (or NULL where it may)."""
    words = ", ".join(f"'{value}'" for value in values)
    return CheckConstraint(f"{column} IN ({words})", name=column)


def check(name: str, condition: str) -> CheckConstraint:
    """A condition that every row of the table keeps."""
    return CheckConstraint(condition, name=name)


def add_column_checks(metadata: MetaData) -> None:
    """Give each column of money, moment, day, yes-or-no and hash the CHECK of its kind: once, at the end."""
    for table in metadata.tables.values():
        for column in table.columns:
            condition = getattr(column.type, "check", None)
            if condition is not None:
                table.append_constraint(CheckConstraint(condition(column.name), name=f"{column.name}_form"))
