"""How Alembic meets the forum: its database, and every model that `forum.app` imports."""

from alembic import context
from alembic.operations.ops import MigrationScript

from forum.core.database import Base, UTCDateTime, db

config = context.config


def drop_empty(_context: object, _revision: object, directives: list[MigrationScript]) -> None:
    """Write no migration when nothing changed. A check wants to see what it compares."""
    if not getattr(config.cmd_opts, "autogenerate", False):
        return
    if directives and directives[0].upgrade_ops and directives[0].upgrade_ops.is_empty():
        directives[:] = []


def render(kind: str, item: object, _autogen_context: object) -> str | bool:
    """Write our own column types as SQLAlchemy's, so that a migration never follows the code."""
    if kind == "type" and isinstance(item, UTCDateTime):
        return "sa.DateTime(timezone=True)"
    return False


def concerns_models(_item: object, name: str | None, kind: str, *_rest: object) -> bool:
    """Leave alone what search makes for itself where PostgreSQL can have it."""
    return not (kind == "index" and (name or "").endswith("_trigrams"))


def run() -> None:
    """Run migrations on the forum's own connection."""
    with db.engine.connect() as connection:
        context.configure(
            connection=connection,
            target_metadata=Base.metadata,
            process_revision_directives=drop_empty,
            render_item=render,
            include_object=concerns_models,
            render_as_batch=connection.dialect.name == "sqlite",
            compare_type=True,
        )
        with context.begin_transaction():
            context.run_migrations()


run()
