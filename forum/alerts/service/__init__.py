"""Changes to saved searches: keeping them, running them, writing the mails they ask for."""
