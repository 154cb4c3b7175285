"""Member text to safe HTML: Markdown posts and imported plain-text mail, cooked once at save and cleaned
twice with one allow-list. Pure: it knows no database, no request and no feature; whoever cooks hands in a
`Context` that can look names up."""
