"""The ledger, who it is about, and what can be traced to them."""

import sqlalchemy as sa
from alembic import op

from service.opslag.migraties.vastleggen import add_only, drop, refuse

revision = "0001"
down_revision = None

_LAST = "(SELECT COALESCE(MAX(nummer), 0) FROM boeking)"
_HASH = "COALESCE((SELECT zegel FROM boeking WHERE nummer = NEW.nummer - 1), '')"


def upgrade() -> None:
    op.create_table(
        "betrokkene",
        sa.Column("kenmerk", sa.String(36), nullable=False),
        sa.Column("soort", sa.String(60), nullable=False),
        sa.Column("gemaakt", sa.String(27), nullable=False),
        sa.Column("sleutel", sa.LargeBinary(), nullable=True),
        sa.PrimaryKeyConstraint("kenmerk", name="pk_betrokkene"),
    )
    op.create_table(
        "boeking",
        sa.Column("nummer", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("wanneer", sa.String(27), nullable=False),
        sa.Column("wie", sa.String(120), nullable=False),
        sa.Column("wat", sa.String(60), nullable=False),
        sa.Column("onderwerp", sa.String(200), nullable=False),
        sa.Column("waarom", sa.Text(), nullable=False),
        sa.Column("inhoud", sa.Text(), nullable=False),
        sa.Column("betrokkene", sa.String(36), nullable=False),
        sa.Column("beschermd", sa.String(64), nullable=False),
        sa.Column("sleutel", sa.String(16), nullable=False),
        sa.Column("vorige", sa.String(64), nullable=False),
        sa.Column("zegel", sa.String(64), nullable=False),
        sa.PrimaryKeyConstraint("nummer", name="pk_boeking"),
    )
    op.create_index("ix_boeking_onderwerp", "boeking", ["onderwerp"])
    op.create_table(
        "beschermde_inhoud",
        sa.Column("nummer", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("betrokkene", sa.String(36), nullable=False),
        sa.Column("gegevens", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("nummer", name="pk_beschermde_inhoud"),
        sa.ForeignKeyConstraint(["nummer"], ["boeking.nummer"], name="fk_beschermde_inhoud_nummer"),
        sa.ForeignKeyConstraint(["betrokkene"], ["betrokkene.kenmerk"], name="fk_beschermde_inhoud_betrokkene"),
    )
    op.create_index("ix_beschermde_inhoud_betrokkene", "beschermde_inhoud", ["betrokkene"])
    add_only("boeking")
    refuse("boeking", "INSERT", f"NEW.nummer <> {_LAST} + 1 OR NEW.vorige <> {_HASH}")
    # of who was erased the key is gone for good, and what it locked may go too
    add_only("betrokkene", update=False)
    refuse("betrokkene", "UPDATE", "NEW.sleutel IS NOT NULL OR NEW.kenmerk <> OLD.kenmerk")
    add_only("beschermde_inhoud", delete=False)
    refuse(
        "beschermde_inhoud",
        "DELETE",
        "(SELECT sleutel FROM betrokkene WHERE kenmerk = OLD.betrokkene) IS NOT NULL",
    )


def downgrade() -> None:
    for table in ("beschermde_inhoud", "boeking", "betrokkene"):
        drop(table)
