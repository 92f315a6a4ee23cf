"""A small local Stripe: what donations ask of Stripe, over HTTP, spoken to by Stripe's own client. No money moves.

It runs as a process of its own and knows nothing of Django or of this site: ``python -m achk_site.demo.stripe``. What
it cannot prove stands in docs/donations-stand-in.md.

Amounts are integer cents, times are UTC seconds, both as Stripe's.
"""
