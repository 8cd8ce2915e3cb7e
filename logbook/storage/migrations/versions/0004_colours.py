"""The colour in which a person is shown."""

from alembic import op

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    """Give people a colour, none to those who are there; no table is made anew."""
    # SQLite adds a column with its check in place, which alembic's add_column cannot say.
    op.execute(
        "ALTER TABLE person ADD COLUMN colour INTEGER CONSTRAINT ck_person_colour CHECK (colour BETWEEN 1 AND 8)"
    )
