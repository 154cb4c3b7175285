"""Pages of opportunities: where they are begun, and how one goes on."""


def test_a_place_of_opportunities_leads_to_their_form(place, cast, visit):
    otto = visit(cast.otto)
    form = f"/opportunities/new?category={place.id}"

    page = otto.read(place.path)

    assert f'href="{form}"' in page
    assert "/new-topic?category=" not in page
    assert otto.get(f"/new-topic?category={place.id}").location == form
    assert otto.get(form).status_code == 200
    assert visit(cast.nina).get(f"/new-topic?category={cast.chess_club.id}").status_code == 200
