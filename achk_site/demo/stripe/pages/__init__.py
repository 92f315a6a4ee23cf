"""The hosted pages: Checkout and the billing portal, as plain forms without JavaScript."""
