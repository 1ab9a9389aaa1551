"""Revisions of the rules, drafts, and what came with the product."""

import sqlalchemy as sa
from alembic import op

from service.opslag.migraties.vastleggen import add_only, drop, refuse

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    op.create_table(
        "regelinhoud",
        sa.Column("hash", sa.String(71), nullable=False),
        sa.Column("gegevens", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("hash", name="pk_regelinhoud"),
    )
    op.create_table(
        "revisie",
        sa.Column("nummer", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("hash", sa.String(71), nullable=False),
        sa.Column("manifest", sa.Text(), nullable=False),
        sa.Column("formaat", sa.Integer(), nullable=False),
        sa.Column("versie", sa.String(200), nullable=False),
        sa.Column("reden", sa.Text(), nullable=False),
        sa.Column("herstelt", sa.BigInteger(), nullable=True),
        sa.Column("concept", sa.String(60), nullable=False),
        sa.Column("rapport", sa.String(71), nullable=False),
        sa.Column("gepubliceerd", sa.String(27), nullable=False),
        sa.PrimaryKeyConstraint("nummer", name="pk_revisie"),
    )
    op.create_index("ix_revisie_hash", "revisie", ["hash"])
    op.create_table(
        "pakketstand",
        sa.Column("hash", sa.String(71), nullable=False),
        sa.Column("manifest", sa.Text(), nullable=False),
        sa.Column("versie", sa.String(200), nullable=False),
        sa.Column("volgnummer", sa.Integer(), nullable=False),
        sa.Column("concept", sa.String(60), nullable=False),
        sa.Column("gezien", sa.String(27), nullable=False),
        sa.PrimaryKeyConstraint("hash", name="pk_pakketstand"),
        sa.UniqueConstraint("volgnummer", name="uq_pakketstand_volgnummer"),
    )
    op.create_table(
        "concept",
        sa.Column("naam", sa.String(60), nullable=False),
        sa.Column("reden", sa.Text(), nullable=False),
        sa.Column("herstelt", sa.BigInteger(), nullable=True),
        sa.Column("basis", sa.BigInteger(), nullable=False),
        sa.Column("formaat", sa.Integer(), nullable=False),
        sa.Column("stand", sa.String(20), nullable=False),
        sa.Column("opgeslagen", sa.Integer(), nullable=False),
        sa.Column("wijzigingen", sa.Text(), nullable=False),
        sa.Column("hash", sa.String(71), nullable=False),
        sa.Column("let_op", sa.Text(), nullable=False),
        sa.Column("invoerders", sa.Text(), nullable=False),
        sa.Column("personen", sa.Text(), nullable=False),
        sa.Column("rapport", sa.String(71), nullable=False),
        sa.Column("rapport_over", sa.String(71), nullable=False),
        sa.Column("rapport_klopt", sa.Boolean(), nullable=False),
        sa.Column("goedgekeurd_door", sa.String(36), nullable=False),
        sa.Column("goedgekeurd_persoon", sa.String(64), nullable=False),
        sa.Column("goedgekeurd_over", sa.String(150), nullable=False),
        sa.Column("gewijzigd", sa.String(27), nullable=False),
        sa.PrimaryKeyConstraint("naam", name="pk_concept"),
    )
    for table in ("regelinhoud", "revisie", "pakketstand"):
        add_only(table)
    refuse("revisie", "INSERT", "NEW.nummer <> (SELECT COALESCE(MAX(nummer), -1) FROM revisie) + 1")
    # what was published or withdrawn stays as it was
    add_only("concept", update=False)
    refuse("concept", "UPDATE", "OLD.stand <> 'open'")


def downgrade() -> None:
    for table in ("concept", "pakketstand", "revisie", "regelinhoud"):
        drop(table)
