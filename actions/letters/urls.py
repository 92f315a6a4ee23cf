"""Under /<language>/act/letters/."""

from django.urls import path

from actions.letters import finding_views, paper_views, views

urlpatterns = [
    path("<slug:slug>/", views.letter, name="letter"),
    path("<slug:slug>/find/", finding_views.find, name="letter_find"),
    path("<slug:slug>/write/", views.write, name="letter_write"),
    path("<slug:slug>/pdf/", paper_views.pdf, name="letter_pdf"),
]
