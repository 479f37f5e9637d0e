"""What people decide: the table decision, and the themas that a person set on a melding.

Revises: 0001
"""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("melding", sa.Column("themas", sa.LargeBinary(), nullable=True))
    op.create_table(
        "decision",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("melding", sa.String(), nullable=False),
        sa.Column("what", sa.String(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("body", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_decision"),
        sa.ForeignKeyConstraint(["melding"], ["melding.number"], name="fk_decision_melding", ondelete="CASCADE"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_decision_melding", "decision", ["melding"])


def downgrade() -> None:
    op.drop_table("decision")
    op.drop_column("melding", "themas")
