"""Accounts and their sessions."""

import sqlalchemy as sa
from alembic import op

from service.opslag.migraties.vastleggen import drop

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    op.create_table(
        "gebruiker",
        sa.Column("kenmerk", sa.String(36), nullable=False),
        sa.Column("betrokkene", sa.String(36), nullable=False),
        sa.Column("naam", sa.String(254), nullable=False),
        sa.Column("persoon", sa.String(254), nullable=False),
        sa.Column("organisatie", sa.String(120), nullable=False),
        sa.Column("rollen", sa.String(200), nullable=False),
        sa.Column("wachtwoord", sa.Text(), nullable=True),
        sa.Column("moet_wijzigen", sa.Boolean(), nullable=False),
        sa.Column("uitgever", sa.String(254), nullable=True),
        sa.Column("onderwerp", sa.String(254), nullable=True),
        sa.Column("geblokkeerd", sa.String(27), nullable=True),
        sa.Column("gemaakt", sa.String(27), nullable=False),
        sa.PrimaryKeyConstraint("kenmerk", name="pk_gebruiker"),
        sa.ForeignKeyConstraint(["betrokkene"], ["betrokkene.kenmerk"], name="fk_gebruiker_betrokkene"),
        sa.UniqueConstraint("naam", name="uq_gebruiker_naam"),
        sa.UniqueConstraint("uitgever", "onderwerp", name="uq_gebruiker_uitgever_onderwerp"),
    )
    op.create_index("ix_gebruiker_persoon", "gebruiker", ["persoon"])
    op.create_table(
        "sessie",
        sa.Column("sleutel", sa.String(64), nullable=False),
        sa.Column("kenmerk", sa.String(36), nullable=False),
        sa.Column("gebruiker", sa.String(36), nullable=False),
        sa.Column("begonnen", sa.String(27), nullable=False),
        sa.Column("gezien", sa.String(27), nullable=False),
        sa.PrimaryKeyConstraint("sleutel", name="pk_sessie"),
        sa.ForeignKeyConstraint(["gebruiker"], ["gebruiker.kenmerk"], name="fk_sessie_gebruiker"),
        sa.UniqueConstraint("kenmerk", name="uq_sessie_kenmerk"),
    )
    op.create_index("ix_sessie_gebruiker", "sessie", ["gebruiker"])


def downgrade() -> None:
    for table in ("sessie", "gebruiker"):
        drop(table)
