"""Facts to doorbells; and facts that take a right away, to leaving the room at once."""

from forum.accounts.signals import MemberLeft, MemberSuspended, SessionEnded, UserChanged
from forum.categories.signals import CategoryRightsChanged
from forum.core.signals import on
from forum.notifications.queries import lines
from forum.notifications.signals import NotificationCreated, NotificationsRead
from forum.realtime import queries, rooms, service
from forum.realtime.gateway import ring
from forum.realtime.listeners import listeners
from forum.topics.signals import (
    PostCreated,
    PostDeleted,
    PostEdited,
    PostLiked,
    PostRecovered,
    TopicChanged,
    TopicCreated,
    TopicDeleted,
    TopicMoved,
    TopicRead,
    TopicRecovered,
)

_NAMES = {
    PostEdited: "post:edited",
    PostDeleted: "post:deleted",
    PostRecovered: "post:recovered",
    PostLiked: "post:liked",
}


@on(TopicCreated)
def ring_new_topic(fact: TopicCreated) -> None:
    """Lists of the category have a topic more."""
    _ring_lists(fact.topic_id, fact.category_id, "topic:created")


@on(PostCreated)
def ring_reply(fact: PostCreated) -> None:
    """Readers of the topic have a post more, and lists see it move up."""
    room = rooms.of_topic(fact.topic_id)
    ring(room, "post:created", topic=fact.topic_id, post=fact.post_id, post_number=fact.number)
    if queries.moves_topic_up(fact.post_id):
        ring(rooms.of_category(fact.category_id), "topic:bumped", topic=fact.topic_id)


@on(PostEdited, PostDeleted, PostRecovered, PostLiked)
def ring_post(fact: PostEdited | PostDeleted | PostRecovered | PostLiked) -> None:
    """A post is to be drawn anew."""
    name = _NAMES[type(fact)]
    ring(rooms.of_topic(fact.topic_id), name, topic=fact.topic_id, post=fact.post_id)


@on(TopicChanged)
def ring_topic(fact: TopicChanged) -> None:
    """The head of a topic and its row in lists are to be drawn anew."""
    ring(rooms.of_topic(fact.topic_id), "topic:changed", topic=fact.topic_id)
    _ring_lists(fact.topic_id, fact.category_id, "topic:changed")


@on(TopicMoved)
def ring_move(fact: TopicMoved) -> None:
    """Put out who may not follow; lists of both categories change."""
    room = rooms.of_topic(fact.topic_id)
    service.look_again(listeners.wanting(room))
    ring(room, "topic:changed", topic=fact.topic_id)
    _ring_lists(fact.topic_id, fact.from_category_id, "topic:changed")
    _ring_lists(fact.topic_id, fact.to_category_id, "topic:created")


@on(TopicDeleted)
def ring_deletion(fact: TopicDeleted) -> None:
    """Put out who may not see what is deleted; lists have a topic less."""
    room = rooms.of_topic(fact.topic_id)
    service.look_again(listeners.wanting(room))
    ring(room, "topic:changed", topic=fact.topic_id)
    _ring_lists(fact.topic_id, fact.category_id, "topic:changed")


@on(TopicRecovered)
def ring_recovery(fact: TopicRecovered) -> None:
    """A topic is back in its lists."""
    ring(rooms.of_topic(fact.topic_id), "topic:changed", topic=fact.topic_id)
    _ring_lists(fact.topic_id, fact.category_id, "topic:created")


@on(TopicRead)
def ring_reader(fact: TopicRead) -> None:
    """The member's other windows have other unread counts."""
    ring(rooms.of_user(fact.user_id), "unread:changed", topic=fact.topic_id)


@on(NotificationCreated)
def ring_bell(fact: NotificationCreated) -> None:
    """Someone has something new to know."""
    _ring_bell("notification:created", fact.user_id, notification=fact.notification_id)


@on(NotificationsRead)
def quiet_bell(fact: NotificationsRead) -> None:
    """The member's other windows have other counts."""
    _ring_bell("notification:read", fact.user_id)


@on(SessionEnded)
def cut_sockets_of_session(fact: SessionEnded) -> None:
    """Who signs out hears nothing more, in any window of that browser."""
    service.cut(listeners.of_session(fact.session_id))


@on(MemberSuspended)
def cut_sockets_of_member(fact: MemberSuspended) -> None:
    """Who may not come in hears nothing."""
    service.cut(listeners.of_user(fact.user_id))


@on(MemberLeft, UserChanged)
def close_rooms_to_member(fact: MemberLeft | UserChanged) -> None:
    """Who left a group or lost a role leaves the rooms that were open to him for it."""
    service.look_again(listeners.of_user(fact.user_id))


@on(CategoryRightsChanged)
def close_rooms(_fact: CategoryRightsChanged) -> None:
    """A category was closed to some: they leave its room, and those of its topics."""
    service.look_again(listeners.everyone())


def _ring_lists(topic_id: int, category_id: int, name: str) -> None:
    if queries.is_listed(topic_id):
        ring(rooms.of_category(category_id), name, topic=topic_id)


def _ring_bell(name: str, user_id: int, **ids: int) -> None:
    room = rooms.of_user(user_id)
    # The count is asked for only where it will be heard; who comes back later asks by himself.
    viewer = queries.viewer_of(user_id) if listeners.is_occupied(room) else None
    if viewer is not None:
        ids["unread"] = lines.unread_count(viewer)
    ring(room, name, **ids)
