"""Which of our languages a text is in. The only door to the detector.

Lingua is told to choose between our two, by letters in threes: kept small, and sure of short texts.
"""

from functools import cache

from lingua import Language, LanguageDetector, LanguageDetectorBuilder

_CODES = {Language.FRENCH: "fr", Language.ENGLISH: "en"}
# The beginning tells enough; more would only cost time.
READ = 500
# Less sure than this of one of two, what is likely anyway is likelier.
SURE = 0.8


def guess(text: str, default: str) -> str:
    """`fr` or `en`; the default (or else `fr`) where the text itself leaves it open."""
    likely = default if default in _CODES.values() else "fr"
    values = _detector().compute_language_confidence_values(text[:READ])
    if not values or values[0].value < SURE:
        return likely
    return _CODES[values[0].language]


@cache
def _detector() -> LanguageDetector:
    """Safe in every thread."""
    builder = LanguageDetectorBuilder.from_languages(*_CODES)
    return builder.with_low_accuracy_mode().with_preloaded_language_models().build()
