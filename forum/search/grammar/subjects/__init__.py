"""What the operators of search itself speak of, a file a subject."""
