"""A scheme is called so: three tables called it `pack_id`, which in two others is the number of a row."""

from alembic import op

from models.migrations.shapes import remade, table

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    if op.get_bind().dialect.name == "sqlite":
        op.execute("ALTER TABLE application RENAME COLUMN pack_id TO scheme")
        remade("round", _round)  # a constraint has the column's name in its own
        remade("pack", _pack)
        return
    for name in ("application", "round", "pack"):
        op.alter_column(name, "pack_id", new_column_name="scheme")
    op.execute("ALTER TABLE round RENAME CONSTRAINT uq_round_pack_id_year_name TO uq_round_scheme_year_name")
    op.execute("ALTER TABLE pack RENAME CONSTRAINT uq_pack_pack_id_version TO uq_pack_scheme_version")


def _round() -> None:
    table(
        "round",
        "id=counted scheme year=whole name opens_at=moment? closes_at=moment? state",
        unique="scheme,year,name",
        words={"state": "open closed"},
        check={"window": "closes_at IS NULL OR opens_at IS NULL OR closes_at > opens_at"},
    )


def _pack() -> None:
    table(
        "pack",
        "id=counted scheme version title canonical=raw examples_sha256=sha256? sha256=sha256 "
        "in_force_from=day in_force_until=day? withdrawn_on=day? state proposed_by_id=whole? "
        "proposed_at=moment confirmed_by_id=whole? confirmed_at=moment? reason?",
        unique="scheme,version sha256",
        refer="confirmed_by_id>person.id examples_sha256>content.sha256 proposed_by_id>person.id",
        words={"state": "proposed confirmed rejected"},
        check={
            "confirmed": "(state = 'confirmed') = (confirmed_at IS NOT NULL)",
            "interval": "in_force_until IS NULL OR in_force_until > in_force_from",
            "two_people": "confirmed_by_id IS NULL OR confirmed_by_id <> proposed_by_id",
        },
    )
