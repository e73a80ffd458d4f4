"""Around a PDF or data a browser makes a page of its own, and asks for an icon."""

from django.contrib.staticfiles import finders
from django.test import Client


def test_the_icon_is_where_browsers_look_for_it(client: Client) -> None:
    response = client.get("/favicon.ico")
    assert response.status_code == 302
    assert response["Location"] == "/static/icon.svg"
    assert finders.find("icon.svg")
