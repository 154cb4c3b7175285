"""Categories: the tree of places to talk, and which groups may see, reply and create in each."""
