"""Has facts kept for the index; the writer takes them."""

from forum.search import queueing

queueing.listen()
