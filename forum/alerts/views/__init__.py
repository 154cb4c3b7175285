"""The pages of alerts: a member's own, and the link that stops their mails."""
