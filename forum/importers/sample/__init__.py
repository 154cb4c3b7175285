"""The demo community: data files of invented people and firms, and how they are read and kept."""
