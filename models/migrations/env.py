"""Run by Alembic: the migrations go over the connection that `models.migrate` has opened."""

from alembic import context

from models import metadata

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=metadata,
    render_as_batch=True,
)
context.run_migrations()
