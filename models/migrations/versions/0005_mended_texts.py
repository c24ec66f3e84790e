"""A pack may have newer bytes of the same version: one is confirmed, those it replaced are kept."""

from alembic import op

from models.migrations.shapes import index, remade, table

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

CONFIRMED = "(state IN ('confirmed', 'replaced')) = (confirmed_at IS NOT NULL)"
STATES = "'proposed', 'confirmed', 'replaced', 'rejected'"


def upgrade() -> None:
    if op.get_bind().dialect.name == "sqlite":
        remade("pack", _pack)
    else:
        op.drop_constraint(op.f("uq_pack_scheme_version"), "pack", type_="unique")
        op.drop_constraint(op.f("ck_pack_state"), "pack", type_="check")
        op.drop_constraint(op.f("ck_pack_confirmed"), "pack", type_="check")
        op.create_check_constraint(op.f("ck_pack_state"), "pack", f"state IN ({STATES})")
        op.create_check_constraint(op.f("ck_pack_confirmed"), "pack", CONFIRMED)
    for state in ("confirmed", "proposed"):
        name = f"uq_pack_{state}"
        index("pack", "scheme,version", name=name, unique=True, where=f"state = '{state}'")


def _pack() -> None:
    table(
        "pack",
        "id=counted scheme version title canonical=raw examples_sha256=sha256? sha256=sha256 "
        "in_force_from=day in_force_until=day? withdrawn_on=day? state proposed_by_id=whole? "
        "proposed_at=moment confirmed_by_id=whole? confirmed_at=moment? reason?",
        unique="sha256",
        refer="confirmed_by_id>person.id examples_sha256>content.sha256 proposed_by_id>person.id",
        words={"state": "proposed confirmed replaced rejected"},
        check={
            "confirmed": CONFIRMED,
            "interval": "in_force_until IS NULL OR in_force_until > in_force_from",
            "two_people": "confirmed_by_id IS NULL OR confirmed_by_id <> proposed_by_id",
        },
    )
