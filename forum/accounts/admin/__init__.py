"""The staff screens about people, groups, and the mails nobody sent."""
