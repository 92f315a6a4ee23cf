"""Who answers for personal data, what stands beside the button, and the notice that this is a demo."""

from __future__ import annotations

from achk_site.demo.texts import Text

CONTACT_EMAIL = "contact@achk.test"
PRIVACY_EMAIL = "privacy@achk.test"
SECURITY_EMAIL = "security@achk.test"
MAIL_DOMAIN = "mail.achk.test"

OFFICER_NAME = Text("Noor Tam", "Noor Tam", "譚諾兒（Noor Tam）")
OFFICER_TITLE = Text("Privacy Officer", "Responsable de la protection des renseignements personnels", "私隱主任")
POSTAL_ADDRESS = Text(
    "Alliance Canada Hong Kong, 100 Example Street, Ottawa, Ontario",
    "Alliance Canada Hong Kong, 100, rue de l'Exemple, Ottawa (Ontario)",
    "Alliance Canada Hong Kong, 100 Example Street, Ottawa, Ontario",
)

DEMO_NOTICE = Text(
    en="""
    This is a demonstration. The bill, the MPs, the groups and the officer are invented, and no mail leaves this
    machine.
    """,
    fr="""
    Ceci est une démonstration. Le projet de loi, les députés, les groupes et la responsable sont inventés, et aucun
    courriel ne quitte cet ordinateur.
    """,
    zh="這是示範網站。網站上的法案、議員、團體和私隱主任均屬虛構，電郵不會離開這部電腦。",
)

WHO_MAY_TAKE_PART = Text(
    en="Anyone who lives in Canada may write. You need not be a citizen. Use the postal code where you live.",
    fr="""
    Toute personne qui habite au Canada peut écrire; la citoyenneté n'est pas nécessaire. Indiquez le code postal de
    l'endroit où vous habitez.
    """,
    zh="凡在加拿大居住，均可去信，毋須是公民。請填寫住處的郵政編碼。",
)

SAFETY_NOTICE = Text(
    en="""
    Your MP's office receives your name, your postal code, your e-mail address and your letter, and may keep them. We
    delete an unconfirmed letter after 7 days, and the text of a sent one 28 days after delivery. We list nobody.

    If you have family in Hong Kong, weigh this first: a letter carries your real name. If you are in Hong Kong or
    mainland China now, we advise you not to send one from there.
    """,
    fr="""
    Le bureau de votre députée ou député reçoit votre nom, votre code postal, votre adresse courriel et votre lettre,
    et peut les conserver. Nous supprimons une lettre non confirmée après 7 jours, et le texte d'une lettre envoyée 28
    jours après sa remise. Nous ne publions aucun nom.

    Si vous avez de la famille à Hong Kong, pensez-y d'abord : une lettre porte votre vrai nom. Si vous vous trouvez
    en ce moment à Hong Kong ou en Chine continentale, nous vous conseillons de ne pas écrire de là-bas.
    """,
    zh="""
    議員辦事處會收到你的姓名、郵政編碼、電郵地址及信件內容，並可能保存。未經確認的信件，我們在七日後刪除；已寄出的信件，
    內容在送達後二十八日刪除。我們不會公開任何人的姓名。

    若有家人在香港，請先考慮清楚：信件會附上你的真實姓名。若你現時身在香港或中國內地，我們建議不要在當地寄信。
    """,
)
