"""The peer's task: the same mail, built with Django and sent over a connection that is kept from one to the next."""

from __future__ import annotations

import os

from django.core.mail import EmailMessage, get_connection
from django_tasks import task

_connections: list = []


@task()
def send_mail(to: str, from_email: str, reply_to: str, subject: str, body: str, headers: dict[str, str]) -> None:
    """Send one mail to the bench's mail server."""
    if not _connections:
        _connections.append(get_connection(port=int(os.environ["BENCH_MAIL_PORT"])))
        _connections[0].open()
    mail = EmailMessage(subject, body, from_email, [to], reply_to=[reply_to], headers=headers)
    _connections[0].send_messages([mail])
