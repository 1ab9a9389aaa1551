"""Warnings about a draft that somebody accepted."""

import sqlalchemy as sa
from alembic import op

from service.opslag.migraties.vastleggen import drop, refuse

revision = "0004"
down_revision = "0003"

_DONE = "(SELECT stand FROM concept WHERE naam = {row}.concept) <> 'open'"


def upgrade() -> None:
    op.create_table(
        "aanvaarding",
        sa.Column("concept", sa.String(60), nullable=False),
        sa.Column("code", sa.String(400), nullable=False),
        sa.Column("reden", sa.Text(), nullable=False),
        sa.Column("door", sa.String(36), nullable=False),
        sa.Column("wanneer", sa.String(27), nullable=False),
        sa.PrimaryKeyConstraint("concept", "code", name="pk_aanvaarding"),
        sa.ForeignKeyConstraint(["concept"], ["concept.naam"], name="fk_aanvaarding_concept"),
    )
    # what was published or withdrawn stays as it was
    refuse("aanvaarding", "UPDATE", _DONE.format(row="OLD"))
    refuse("aanvaarding", "DELETE", _DONE.format(row="OLD"))


def downgrade() -> None:
    drop("aanvaarding")
