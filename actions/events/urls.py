"""Under /<language>/act/events/."""

from django.urls import path

from actions.events import views

urlpatterns = [
    path("<slug:slug>/", views.event_form, name="event"),
    path("<slug:slug>/calendar.ics", views.calendar, name="event_calendar"),
]
