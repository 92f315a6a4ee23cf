"""Who may do what: the role table that 0002_permissions.py makes, told to people in docs/privacy-and-security.md.

A verb alone (``change``) is Django's own permission of the model, any other word one of its ``Meta.permissions``. Where
letters go is changed by moderators and administrators only, so that an editor's stolen account cannot divert them.
"""

from __future__ import annotations

Granted = dict[tuple[str, str], tuple[str, ...]]

EDITORS: Granted = {
    ("actions", "appeal"): ("add", "change"),
    ("actions", "appealwording"): ("add", "change"),
    ("actions", "billposition"): ("add", "change"),
    ("actions", "campaign"): ("add", "change"),
    ("actions", "event"): ("add", "change"),
    ("actions", "housepetition"): ("add", "change"),
    ("actions", "lettercampaign"): ("add", "change"),
    ("actions", "letterwording"): ("add", "change"),
    ("actions", "petition"): ("add", "change"),
    ("actions", "petitionwording"): ("add", "change"),
    ("actions", "recipient"): ("view",),
    ("actions", "representative"): ("view",),
    ("actions", "riding"): ("view",),
    ("actions", "update"): ("add", "change"),
    ("blog", "topic"): ("add", "change"),
}
MODERATORS: Granted = {
    **EDITORS,
    ("actions", "appealwording"): ("add", "change", "publish", "lock", "unlock"),
    ("actions", "billposition"): ("add", "change", "delete"),
    ("actions", "letterwording"): ("add", "change", "publish", "lock", "unlock"),
    ("actions", "petitionwording"): ("add", "change", "publish", "lock", "unlock"),
    ("actions", "recipient"): ("view", "add", "change"),
    ("actions", "representative"): ("view", "add", "change"),
    ("actions", "riding"): ("view", "change"),
    ("actions", "letterdelivery"): ("resolve_letterdelivery",),
    ("actions", "signature"): ("view", "decide_signature", "moderate_comment"),
    ("actions", "update"): ("add", "change", "send_update"),
    ("blog", "topic"): ("add", "change", "publish", "lock", "unlock"),
}
ADMIN: Granted = {("wagtailadmin", "admin"): ("access_admin",)}
CAMPAIGNERS: Granted = {
    **ADMIN,
    ("actions", "campaign"): ("view",),
    ("actions", "lettercampaign"): ("view",),
    ("actions", "petition"): ("view",),
    ("actions", "signature"): ("view", "invalidate_signature"),
    ("actions", "update"): ("add", "change", "send_update"),
}
FINANCE: Granted = {
    **ADMIN,
    ("actions", "donation"): (*("view", "refund_donation", "end_donation", "add_offline_donation", "export_donation"),),
}
DATA_PROTECTION: Granted = {
    **ADMIN,
    ("actions", "signature"): ("view", "find_signature", "export_signature"),
    ("actions", "eventsignup"): ("export_eventsignup",),
    ("actions", "subscriber"): ("export_subscriber",),
    ("actions", "accesslog"): ("view", "erase_person"),
}
EVERYTHING = ("add", "change", "delete")
ADMINISTRATORS: Granted = {
    **MODERATORS,
    **ADMIN,
    ("actions", "signature"): (
        *("view", "decide_signature", "moderate_comment", "find_signature"),
        *("invalidate_signature", "export_signature"),
    ),
    ("actions", "eventsignup"): ("export_eventsignup",),
    ("actions", "subscriber"): ("export_subscriber",),
    ("actions", "accesslog"): ("view", "erase_person"),
    ("auth", "user"): EVERYTHING,
    ("auth", "group"): EVERYTHING,
    ("home", "sitesettings"): ("change",),
    ("home", "navigationsettings"): ("change",),
    ("wagtailcore", "workflow"): EVERYTHING,
    ("wagtailcore", "task"): EVERYTHING,
    ("wagtailredirects", "redirect"): EVERYTHING,
    ("wagtail_localize", "translation"): ("submit_translation",),
}
# Wagtail makes the first two; we only add to them, and leave a site alone that has deleted one.
WAGTAILS: dict[str, Granted] = {"Editors": EDITORS, "Moderators": MODERATORS}
OURS: dict[str, Granted] = {
    "Campaigners": CAMPAIGNERS,
    "Finance": FINANCE,
    "Data protection": DATA_PROTECTION,
    "Administrators": ADMINISTRATORS,
}
# Administrators also do with pages, images and documents what moderators do.
AS_MODERATORS = "Administrators"
