"""The challenge: a check against programs, asked for only where a policy or an editor says so.

A proof of work by default, Google's reCAPTCHA by setting (``settings.CHALLENGE``). What others use::

    asked = challenge_for("donation")                       # policy: None while nobody needs it
    form = DonationForm(request.POST, asked=asked, protection=request.protection)  # a forms.ChallengedForm
    {% challenge form.asked error=form.proof.errors.0 %}    # in the form's template
    request.protection.challenge                            # passed | missing | wrong | unavailable
"""
