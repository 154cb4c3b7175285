"""Vocabulary: know-how and sectors as concepts with labels in French and English, and markets."""
