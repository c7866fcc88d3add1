"""Runs the migrations on the connection that `Database.migrate` gives, in its transaction."""

from alembic import context

from assistant.running.storage.tables import Table

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=Table.metadata,
    render_as_batch=True,
)
context.run_migrations()
