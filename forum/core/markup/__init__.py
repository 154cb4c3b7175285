"""Member text to safe HTML: Markdown posts and plain-text mail, cooked once and cleaned twice.

Pure: it knows no database, no request and no feature; whoever cooks hands in a `Context` that can
look names up.
"""
