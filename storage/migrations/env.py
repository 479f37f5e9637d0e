"""Run by alembic, with the connection that `storage.migrate` opened."""

from alembic import context

from storage.tables import METADATA

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=METADATA,
    render_as_batch=True,  # SQLite cannot alter a column
    transaction_per_migration=False,
)
with context.begin_transaction():
    context.run_migrations()
