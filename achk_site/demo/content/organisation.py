"""Who can be reached, who answers for personal data, and the notice that this is a demo."""

from __future__ import annotations

from achk_site.demo.texts import Text

CONTACT_EMAIL = "contact@achk.test"
PRIVACY_EMAIL = "privacy@achk.test"

OFFICER_NAME = "Noor Tam"
OFFICER_TITLE = Text("Privacy Officer", "Responsable de la protection des renseignements personnels", "私隱主任")
POSTAL_ADDRESS = "Alliance Canada Hong Kong, 100 Example Street, Ottawa, Ontario"

DEMO_NOTICE = Text(
    en="""
    This is a demonstration. The bill, the MPs, the groups and the officer are invented, and no mail leaves this
    machine.
    """,
    fr="""
    Ceci est une démonstration. Le projet de loi, les parlementaires, les groupes et la responsable sont fictifs, et
    aucun courriel ne quitte cet ordinateur.
    """,
    zh="這是示範網站。網站上的法案、議員、團體和私隱主任均屬虛構，電郵不會離開這部電腦。",
)
