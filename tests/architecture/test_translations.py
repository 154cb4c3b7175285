"""French is never forgotten."""

import pytest

from tools import translations


@pytest.mark.parametrize("language", translations.LANGUAGES)
def test_every_text_is_translated_with_its_places(language):
    faults = list(translations.faults(language))

    assert faults == []


def test_texts_are_found_in_code_and_templates():
    places = {
        place.split("/")[0]
        for message in translations.texts_of_the_code()
        for place, _ in message.locations
    }

    assert places == {"forum", "templates"}
