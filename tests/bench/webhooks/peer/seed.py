"""Make the endpoint that dj-stripe takes webhooks for, and the account it would ask Stripe for; prints its path."""

from __future__ import annotations

import sys

import django


def seed(key: str, secret: str) -> str:
    """Return the path of the endpoint's webhooks, which are verified by their signature."""
    from django.urls import reverse
    from djstripe.models import Account, APIKey, WebhookEndpoint

    account = Account.objects.create(id="acct_standin", livemode=False)
    APIKey.objects.create(
        id="rk_standin", secret=key, livemode=False, type="secret", name="bench", djstripe_owner_account=account
    )
    endpoint = WebhookEndpoint.objects.create(
        id="we_standin",
        secret=secret,
        livemode=False,
        url="http://127.0.0.1",
        enabled_events=["*"],
        status="enabled",
        api_version="2026-10-28.endive",
        djstripe_owner_account=account,
        djstripe_validation_method="verify_signature",
    )
    return reverse("djstripe:djstripe_webhook_by_uuid", args=[endpoint.djstripe_uuid])


if __name__ == "__main__":
    django.setup()
    print(seed(*sys.argv[1:]))  # noqa: T201 - read by the parent
