"""Under /<language>/act/letters/."""

from django.urls import path

from actions.letters import finding_views, former_views, paper_views, sharing_views, views

urlpatterns = [
    path("<slug:slug>/", views.letter, name="letter"),
    path("<slug:slug>/find/", finding_views.find, name="letter_find"),
    path("<slug:slug>/write/", views.write, name="letter_write"),
    path("<slug:slug>/pdf/", paper_views.pdf, name="letter_pdf"),
    path("<slug:slug>/text/<int:number>/", former_views.former_text, name="letter_text"),
    path("<slug:slug>/qr.svg", sharing_views.qr, name="letter_qr"),
    path("<slug:slug>/qr.png", sharing_views.qr_png, name="letter_qr_png"),
    path("<slug:slug>/preview.png", sharing_views.preview, name="letter_preview"),
    path("<slug:slug>/story.png", sharing_views.story, name="letter_story"),
]
