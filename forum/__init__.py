"""Comptoir, a bilingual community forum engine for business networks."""
