"""The members of the demo community and their groups."""

from datetime import timedelta

from sqlalchemy import insert

from forum.accounts import names, passwords
from forum.accounts.models.group import FIRST_MADE_ID, Group, Membership
from forum.accounts.models.user import User
from forum.accounts.service import groups as access
from forum.core import clock
from forum.core.database import session
from forum.core.markup.context import Context
from forum.core.markup.markdown import cook
from forum.importers.sample.files import Section, sections

PASSWORD = "comptoir-demo"  # noqa: S105 - printed for everyone who runs the demo


def settle() -> tuple[dict[str, int], dict[str, int]]:
    """Write members and groups down; gives the ids of both by name."""
    access.ensure_automatic()
    members = sections("members.md")
    password_hash = passwords.hash_of(PASSWORD)  # one for all: hashing is slow on purpose
    rows = [_user(member, password_hash) for member in members]
    ids = session.scalars(insert(User).returning(User.id, sort_by_parameter_order=True), rows)
    users = {member.slug: user_id for member, user_id in zip(members, ids, strict=True)}
    return users, _groups(members, users)


def _user(member: Section, password_hash: str) -> dict[str, object]:
    joined = clock.now() - timedelta(days=int(member["joined_days_ago"]))
    role = member.get("role")
    return {
        "username": member.slug,
        "username_lower": member.slug,
        "username_skeleton": names.skeleton(member.slug),
        "email": f"{member.slug}@example.org",
        "password_hash": password_hash,
        "confirmed_at": joined,
        "name": member["name"],
        "company": member.get("company"),
        "bio_raw": member.prose,
        "bio_cooked": cook(member.prose, Context()).html,
        "location": member.get("location"),
        "languages": ",".join(member.many("languages")),
        "locale": member.get("locale", "fr"),
        "trust_level": int(member.get("trust_level", "0")),
        "is_admin": role == "admin",
        "is_moderator": role == "moderator",
        "is_animateur": role == "animateur",
        "created_at": joined,
    }


def _groups(members: list[Section], users: dict[str, int]) -> dict[str, int]:
    made = sections("groups.md")
    ids = {group.slug: FIRST_MADE_ID + number for number, group in enumerate(made)}
    moment = clock.now()
    rows = [
        {
            "id": ids[group.slug],
            "name": group.slug,
            "full_name": group["name_fr"],
            "automatic": False,
            "created_at": moment,
        }
        for group in made
    ]
    session.execute(insert(Group), rows)
    owners = {(group.slug, owner) for group in made for owner in group.many("owners")}
    belonging = {(slug, member.slug) for member in members for slug in member.many("groups")}
    session.execute(
        insert(Membership),
        [
            {
                "group_id": ids[slug],
                "user_id": users[username],
                "owner": (slug, username) in owners,
                "created_at": moment,
            }
            for slug, username in sorted(belonging | owners)
        ],
    )
    return ids
