"""The protection room's address under /<language>/act/."""

from django.urls import path

from actions.protection.views import form_token

urlpatterns = [path("form-token/", form_token, name="form_token")]
