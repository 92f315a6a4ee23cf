"""One file per concern; the order in settings.MIDDLEWARE matters and is explained there."""
