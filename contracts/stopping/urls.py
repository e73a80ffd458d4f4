"""The page on which a holder pauses the use of an instrument."""

from django.urls import path

from contracts.stopping import pages

urlpatterns = [path("overeenkomsten/gebruik/<slug:slug>/", pages.use, name="use")]
