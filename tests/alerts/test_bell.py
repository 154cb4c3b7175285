"""What a saved search found rings at once."""


def test_the_bell_rings_in_an_open_page(cast, keep, write, minute, listen):
    keep(cast.rose, "zanzibar")
    page = listen(cast.rose, f"user:{cast.rose.id}")
    write("Cloves from Zanzibar this year")

    minute()

    rings = [(ring["name"], ring["unread"]) for ring in page.rings if "notif" in ring["name"]]
    assert rings == [("notification:created", 1)]
