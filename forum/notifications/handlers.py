"""What makes a notification, and what makes one old news."""

from forum.core.signals import on
from forum.notifications import service
from forum.topics.signals import (
    AnswerAccepted,
    PostCreated,
    PostEdited,
    PostLiked,
    TopicCreated,
    TopicRead,
)


@on(TopicCreated, PostCreated)
def tell_of_post(fact: TopicCreated | PostCreated) -> None:
    """Tell whom a new post concerns."""
    service.tell_of_post(fact.post_id)


@on(PostEdited)
def tell_of_edit(fact: PostEdited) -> None:
    """Tell whom a post newly names."""
    service.tell_of_edit(fact.post_id)


@on(PostLiked)
def tell_of_likes(fact: PostLiked) -> None:
    """Tell the author, or correct what he was told."""
    service.tell_of_likes(fact.post_id)


@on(AnswerAccepted)
def tell_of_answer(fact: AnswerAccepted) -> None:
    """Tell the author of the answer."""
    service.tell_of_answer(fact.post_id, by_id=fact.by_id)


@on(TopicRead)
def mark_what_was_read(fact: TopicRead) -> None:
    """What was read in the topic needs no telling any more."""
    service.mark_read_up_to(fact.user_id, fact.topic_id, fact.number)
