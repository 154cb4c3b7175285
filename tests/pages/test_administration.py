"""The way to the staff screens."""


def test_administration_leads_to_the_first_screen_that_is_open(visit, cast):
    assert visit(cast.max).get("/admin").location == "/admin/users"
    assert visit(cast.rose).get("/admin").status_code == 404
    assert visit().get("/admin").location.startswith("/login")
