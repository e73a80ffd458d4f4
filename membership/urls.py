"""Where the pages of this app live."""

from django.urls import path

from membership import views

urlpatterns = [
    path("uitnodiging/<uidb64>/<token>/", views.invitation, name="invitation"),
]
