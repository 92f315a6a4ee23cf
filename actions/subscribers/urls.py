"""Under /<language>/subscribe/."""

from django.urls import path

from actions.subscribers import views

app_name = "subscribers"
urlpatterns = [
    path("", views.subscribe, name="subscribe"),
    path("check-your-inbox/", views.check_your_inbox, name="inbox"),
    path("leave/<str:token>/", views.leave, name="leave"),
    path("leave/<str:token>/<int:campaign_id>/", views.leave, name="leave_campaign"),
    # What mail programs make of it: without the last slash, or with a bracket or a full stop behind it.
    path("leave/<path:token>", views.leave),
]
