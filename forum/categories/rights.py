"""Rights as such: group id to level. Pure rules, and how they read in plain words.

Some groups hold others: everyone holds the members, the members hold each trust level, and so on.
"""

from collections.abc import Callable, Iterable, Mapping

from babel.lists import format_list

from forum.accounts.models.group import (
    ADMINS,
    EVERYONE,
    MEMBERS,
    MODERATORS,
    STAFF,
    TRUST_LEVEL_0,
)
from forum.categories.models import CREATE, REPLY, SEE
from forum.core.i18n import _, babel_locale

Rights = Mapping[int, int]
TRUST_LEVEL_4 = TRUST_LEVEL_0 + 4
# As Discourse does: a new category is open to all, and writing takes an account.
OPEN: Rights = {EVERYONE: CREATE}


def is_private(rights: Rights) -> bool:
    """Whether somebody may not even see the category."""
    return rights.get(EVERYONE, 0) < SEE


def holds(group_id: int, other_id: int) -> bool:
    """Whether everybody in the other group is in this one too."""
    if group_id in (other_id, EVERYONE):
        return True
    if group_id in (MEMBERS, TRUST_LEVEL_0):
        return other_id != EVERYONE
    if group_id == STAFF:
        return other_id in (ADMINS, MODERATORS)
    return TRUST_LEVEL_0 < group_id < other_id <= TRUST_LEVEL_4


def unseen_by(parent: Rights, child: Rights) -> list[int]:
    """Groups let into a sub-category whose parent they may not see; admins see everything."""
    return [
        group_id
        for group_id in child
        if group_id != ADMINS and not any(holds(above, group_id) for above in parent)
    ]


def sentences(rights: Rights, name_of: Callable[[int], str]) -> list[str]:
    """The rights in plain words, for whoever sets them."""
    see, reply, create = (_widest(rights, level) for level in (SEE, REPLY, CREATE))
    told = [_seeing(see, name_of)]
    if see:
        told.append(_replying(reply, name_of))
        told.append(_creating(create, reply, name_of))
    told.append(_("Administrators may do everything."))
    return told


def _widest(rights: Rights, level: int) -> list[int]:
    """The groups that reach a level, without those that others hold."""
    reaching = [group_id for group_id, granted in rights.items() if granted >= level]
    return [
        group_id
        for group_id in reaching
        if not any(
            holds(other, group_id) and not (holds(group_id, other) and group_id < other)
            for other in reaching
            if other != group_id
        )
    ]


def _seeing(groups: list[int], name_of: Callable[[int], str]) -> str:
    if not groups:
        return _("Nobody else sees this category.")
    if EVERYONE in groups:
        return _("Everyone may read, without an account.")
    if _is_all_members(groups):
        return _("Every member may read.")
    return _("May read: %(groups)s.", groups=_listed(groups, name_of))


def _replying(groups: list[int], name_of: Callable[[int], str]) -> str:
    if not groups:
        return _("Nobody else may reply.")
    if _is_all_members(groups):
        return _("Every member may reply.")
    return _("May reply: %(groups)s.", groups=_listed(groups, name_of))


def _creating(groups: list[int], repliers: list[int], name_of: Callable[[int], str]) -> str:
    if not groups:
        return _("Nobody else may open topics.")
    if set(groups) == set(repliers):
        return _("Whoever may reply may also open topics.")
    if _is_all_members(groups):
        return _("Every member may open topics.")
    return _("May open topics: %(groups)s.", groups=_listed(groups, name_of))


def _is_all_members(groups: Iterable[int]) -> bool:
    # A guest never writes, so what everyone may write the members may.
    return not {EVERYONE, MEMBERS, TRUST_LEVEL_0}.isdisjoint(groups)


def _listed(groups: Iterable[int], name_of: Callable[[int], str]) -> str:
    return format_list([name_of(group_id) for group_id in groups], locale=babel_locale())
