"""Topics: the heart of the forum. Topics hold posts numbered from 1; members read, write, like."""
