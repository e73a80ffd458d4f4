"""The portal, with an empty page beside its own: the least that a page can cost."""

from django.http import HttpRequest, HttpResponse
from django.urls import include, path


def empty(request: HttpRequest) -> HttpResponse:
    return HttpResponse()


urlpatterns = [path("leeg/", empty), path("", include("nvsi.urls"))]
