"""Under /act/petitions/: what is the same in every language."""

from django.urls import path

from actions.petitions import views

urlpatterns = [path("<slug:slug>/count.json", views.count, name="petition_count")]
