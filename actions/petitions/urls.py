"""Under /<language>/act/petitions/."""

from django.urls import path

from actions.petitions import views

urlpatterns = [
    path("<slug:slug>/", views.petition, name="petition"),
    path("<slug:slug>/sign/", views.sign, name="petition_sign"),
]
