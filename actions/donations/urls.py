"""Under /<language>/act/donate/."""

from django.urls import path

from actions.donations import donor_views, sharing_views, views

urlpatterns = [
    # Before the appeals: none of them may be called "manage" (Appeal.clean).
    path("manage/", donor_views.ask, name="donor_ask"),
    path("manage/sent/", donor_views.sent, name="donor_sent"),
    path("manage/back/", donor_views.back, name="donor_back"),
    path("manage/<str:token>/", donor_views.page, name="donor_page"),
    # What mail programs make of it: without the last slash, or with a bracket or a full stop behind it.
    path("manage/<path:token>", donor_views.page),
    path("<slug:slug>/", views.donate, name="donate"),
    path("<slug:slug>/give/", views.give, name="donate_give"),
    path("<slug:slug>/continue/<uuid:attempt>/", views.go_on, name="donate_continue"),
    path("<slug:slug>/thanks/", views.thanks, name="donate_thanks"),
    path("<slug:slug>/qr.svg", sharing_views.qr, name="donate_qr"),
    path("<slug:slug>/qr.png", sharing_views.qr_png, name="donate_qr_png"),
    path("<slug:slug>/preview.png", sharing_views.preview, name="donate_preview"),
    path("<slug:slug>/story.png", sharing_views.story, name="donate_story"),
]
