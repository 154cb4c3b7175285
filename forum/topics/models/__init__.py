"""The tables of discussions: topics, posts, likes, reading marks, drafts."""
