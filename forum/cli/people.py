"""flask user, flask api-key."""

import click

from forum.accounts import queries
from forum.accounts.service import api_keys, registration
from forum.core.database import transaction
from forum.core.errors import Refusal


@click.group()
def user() -> None:
    """Make members."""


@user.command()
@click.option("--username", required=True)
@click.option("--email", required=True)
@click.option("--password", required=True)
@click.option("--name", default="")
@click.option("--admin", is_flag=True)
@click.option("--moderator", is_flag=True)
def create(
    username: str, email: str, password: str, name: str, *, admin: bool, moderator: bool
) -> None:
    """Make a confirmed member, who may sign in at once."""
    if not password:
        raise click.ClickException("The password is empty.")
    try:
        with transaction():
            made = registration.create_member(
                username=username,
                email=email,
                password=password,
                name=name,
                confirmed=True,
                admin=admin,
                moderator=moderator,
            )
    except Refusal as refusal:
        raise click.ClickException(refusal.message) from refusal
    click.echo(f"{made.username} may sign in now.")


@click.group("api-key")
def api_key() -> None:
    """Make keys for programs."""


@api_key.command("create")
@click.option("--user", "username", default="", help="The key acts as this member only.")
@click.option("--description", default="")
def create_key(username: str, description: str) -> None:
    """Make a key and print it last. Without --user it may act as anyone, by Api-Username."""
    owner = queries.by_username(username) if username else None
    if username and owner is None:
        raise click.ClickException(f"There is no member called {username}.")
    with transaction():
        secret = api_keys.create(user=owner, description=description)
    click.echo("Keep this key; it is not shown again.", err=True)
    click.echo(secret)
