"""What alembic runs to start a migration: it gets its connection, and the transaction, from upgrade.py."""

from alembic import context

context.configure(connection=context.config.attributes["connection"], render_as_batch=True)
context.run_migrations()
