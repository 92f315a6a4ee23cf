"""The protection room's addresses under /<language>/act/."""

from django.urls import path

from actions.protection.challenge.views import challenge
from actions.protection.views import form_token

urlpatterns = [
    path("form-token/", form_token, name="form_token"),
    path("challenge/", challenge, name="challenge"),
]
