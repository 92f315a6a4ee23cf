"""Under /<language>/act/."""

from django.urls import path

from actions.confirmations import views

urlpatterns = [
    path("check-your-inbox/", views.check_your_inbox, name="check_your_inbox"),
    path("confirm/<str:token>/", views.confirm, name="confirm"),
    # What mail programs make of it: without the last slash, or with a bracket or a full stop behind it.
    path("confirm/<path:token>", views.confirm),
]
