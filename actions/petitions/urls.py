"""Under /<language>/act/petitions/."""

from django.urls import path

from actions.petitions import former_views, house_views, sharing_views, views

urlpatterns = [
    path("<slug:slug>/", views.petition, name="petition"),
    path("<slug:slug>/sign/", views.sign, name="petition_sign"),
    path("<slug:slug>/house/", house_views.house, name="petition_house"),
    path("<slug:slug>/text/<int:number>/", former_views.former_text, name="petition_text"),
    path("<slug:slug>/qr.svg", sharing_views.qr, name="petition_qr"),
    path("<slug:slug>/qr.png", sharing_views.qr_png, name="petition_qr_png"),
    path("<slug:slug>/preview.png", sharing_views.preview, name="petition_preview"),
    path("<slug:slug>/story.png", sharing_views.story, name="petition_story"),
]
