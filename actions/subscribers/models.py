"""The subscribers room's models, gathered."""

from actions.subscribers.subscriber_models import Consent, SignUp, Subscriber

__all__ = ["Consent", "SignUp", "Subscriber"]
