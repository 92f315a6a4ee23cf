"""``{% load mail_tags %}``: what the templates of mails need."""

from __future__ import annotations

from django import template

from actions.outbox.mail_links import linked

register = template.Library()
register.filter("linked", linked)
