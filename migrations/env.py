"""Runs the migrations on the connection that the caller holds, inside the caller's transaction."""

from alembic import context

from mou_cli.models import metadata

context.configure(connection=context.config.attributes["connection"], target_metadata=metadata)
context.run_migrations()
