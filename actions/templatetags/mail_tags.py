"""``{% load mail_tags %}``: what mails need besides Django's own."""

from __future__ import annotations

from django import template

from actions.outbox.shown_links import with_links

register = template.Library()
register.filter("with_links", with_links)
