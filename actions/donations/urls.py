"""Under /<language>/act/donate/."""

from django.urls import path

from actions.donations import sharing_views, views

urlpatterns = [
    path("<slug:slug>/", views.donate, name="donate"),
    path("<slug:slug>/give/", views.give, name="donate_give"),
    path("<slug:slug>/continue/<uuid:attempt>/", views.go_on, name="donate_continue"),
    path("<slug:slug>/thanks/", views.thanks, name="donate_thanks"),
    path("<slug:slug>/qr.svg", sharing_views.qr, name="donate_qr"),
    path("<slug:slug>/qr.png", sharing_views.qr_png, name="donate_qr_png"),
    path("<slug:slug>/preview.png", sharing_views.preview, name="donate_preview"),
    path("<slug:slug>/story.png", sharing_views.story, name="donate_story"),
]
