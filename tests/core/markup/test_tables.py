from tests.core.markup.place import cooked, html

TABLE = "| Modèle | Prix | Note |\n|:--|--:|:-:|\n| A `x` | 31 € | **b** |"


def test_a_table_scrolls_in_a_region_named_by_its_heads():
    written = html(TABLE)

    assert written.startswith(
        '<div class="scroll-x" role="region" tabindex="0" aria-label="Modèle, Prix, Note"><table>'
    )
    assert written.endswith("</table></div>")


def test_alignment_is_a_class():
    written = html(TABLE)

    assert '<th>Modèle</th>\n<th class="r">Prix</th>\n<th class="c">Note</th>' in written
    assert '<td class="r">31\u202f€</td>\n<td class="c"><strong>b</strong></td>' in written
    assert "style" not in written


def test_the_name_of_a_table_is_text():
    assert 'aria-label="&quot;&lt;x>, b"' in html('| "<x> | b |\n|-|-|\n| 1 | 2 |').replace(
        "&gt;", ">"
    )


def test_a_table_without_heads_has_a_name_all_the_same():
    assert 'aria-label="…"' in html("| | |\n|-|-|\n| 1 | 2 |")


def test_a_table_beyond_all_measure_stays_text():
    found = cooked("|a" * 60 + "|\n" + "|-" * 60 + "|\n" + "|x|\n" * 200)

    assert "<table" not in found.html
    assert found.html.count("|x|") == 200


def test_a_table_after_one_too_large_is_drawn():
    found = cooked("|a" * 60 + "|\n" + "|-" * 60 + "|\n" + "|x|\n" * 200 + "\n" + TABLE)

    assert found.html.count("<table") == 1
