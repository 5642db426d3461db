"""Runs the migrations on the connection that the caller holds, inside the caller's transaction.

What follows from the records, and a revision has taken away, is then reckoned anew by the program as it is.
"""

from datetime import datetime

from alembic import context

from mou_cli.models import metadata
from mou_cli.records.derived import add_missing_spans

connection = context.config.attributes["connection"]
context.configure(connection=connection, target_metadata=metadata)
context.run_migrations()
if context.get_revision_argument() == context.get_head_revision():
    add_missing_spans(connection, datetime.now().astimezone().date())
