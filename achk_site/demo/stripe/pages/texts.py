"""What the hosted pages say, in the languages that the site sends donors in."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

LANGUAGES = {"fr": "fr", "fr-CA": "fr", "zh": "zh-HK", "zh-HK": "zh-HK", "zh-TW": "zh-HK"}

_ENGLISH = {
    "stand-in": "Stand-in for Stripe: no money moves",
    "stand-in-more": "This page takes the place of Stripe's in the demo and in tests. It asks for no card number.",
    "payment": "Payment",
    "month": "{amount} each month",
    "day": "{amount} each day",
    "week": "{amount} each week",
    "year": "{amount} each year",
    "today": "Due today: {amount}",
    "from": "First payment on {date}",
    "email": "E-mail",
    "name": "Name on the card",
    "card": "Pay with",
    "works": "Visa card ending in 4242: works",
    "declined": "Visa card ending in 0002: is declined",
    "no-funds": "Visa card ending in 9995: declined, not enough money",
    "fails-later": "Visa card ending in 0341: works now, fails when the next month is charged",
    "expiring": "Mastercard ending in 4444: works, expires at the end of this month",
    "debit": "Bank account ending in 6789: takes longer, then succeeds",
    "debit-fails": "Bank account ending in 2227: takes longer, then fails",
    "pay": "Pay {amount}",
    "donate": "Donate {amount}",
    "subscribe": "Give {amount}",
    "cancel": "Go back without paying",
    "problem": "This did not work",
    "generic_decline": "Your card was declined. Nothing was charged. Please try another one.",
    "insufficient_funds": "There is not enough money on your card. Nothing was charged. Please try another one.",
    "expired_card": "Your card has expired. Please try another one.",
    "need-email": "Please enter an e-mail address, like name@example.org.",
    "need-name": "Please enter the name on the card.",
    "need-card": "Please choose how to pay.",
    "done": "This payment was already made",
    "done-more": "You were not charged twice.",
    "continue": "Continue",
    "expired": "This page has expired",
    "expired-more": "Nothing was charged. Please start again from the site.",
    "back": "Back to the site",
    "missing": "There is no such page",
    "portal": "Your monthly gifts",
    "no-gifts": "You have no monthly gift.",
    "next": "Next payment on {date}",
    "ends": "Ends on {date}; nothing more will be charged",
    "overdue": "The last payment failed. Please replace the card.",
    "with-card": "Card ending in {last4}, expires {expires}",
    "with-bank": "Bank account ending in {last4}",
    "stop": "Cancel this gift",
    "stop-sure": "Cancel your monthly gift?",
    "stop-more": "{amount}. What you gave already stays given.",
    "stop-yes": "Yes, cancel it",
    "stop-no": "Keep it",
    "keep": "Do not cancel it",
    "stopped": "Your monthly gift is cancelled.",
    "kept": "Your monthly gift goes on.",
    "replace": "Replace the card",
    "replaced": "Your new card is saved.",
    "save": "Save this card",
    "history": "Payments so far",
}
_FRENCH = {
    "stand-in": "Doublure de Stripe\u00a0: aucun argent ne circule",
    "stand-in-more": "Cette page remplace celle de Stripe dans la démo et les tests, sans aucun numéro de carte.",
    "payment": "Paiement",
    "month": "{amount} par mois",
    "day": "{amount} par jour",
    "week": "{amount} par semaine",
    "year": "{amount} par année",
    "today": "À payer aujourd’hui\u00a0: {amount}",
    "from": "Premier paiement le {date}",
    "email": "Courriel",
    "name": "Nom sur la carte",
    "card": "Payer avec",
    "works": "Carte Visa se terminant par 4242\u00a0: fonctionne",
    "declined": "Carte Visa se terminant par 0002\u00a0: est refusée",
    "no-funds": "Carte Visa se terminant par 9995\u00a0: refusée, fonds insuffisants",
    "fails-later": "Carte Visa se terminant par 0341\u00a0: fonctionne maintenant, échoue au prélèvement suivant",
    "expiring": "Carte Mastercard se terminant par 4444\u00a0: fonctionne, expire à la fin du mois",
    "debit": "Compte bancaire se terminant par 6789\u00a0: prend plus de temps, puis réussit",
    "debit-fails": "Compte bancaire se terminant par 2227\u00a0: prend plus de temps, puis échoue",
    "pay": "Payer {amount}",
    "donate": "Donner {amount}",
    "subscribe": "Donner {amount}",
    "cancel": "Revenir sans payer",
    "problem": "Cela n’a pas fonctionné",
    "generic_decline": "Votre carte a été refusée. Rien n’a été prélevé. Essayez-en une autre.",
    "insufficient_funds": "Les fonds sont insuffisants. Rien n’a été prélevé. Essayez une autre carte.",
    "expired_card": "Votre carte est expirée. Essayez-en une autre.",
    "need-email": "Entrez une adresse courriel, comme nom@exemple.org.",
    "need-name": "Entrez le nom sur la carte.",
    "need-card": "Choisissez comment payer.",
    "done": "Ce paiement a déjà été fait",
    "done-more": "Vous n’avez pas été débité deux fois.",
    "continue": "Continuer",
    "expired": "Cette page a expiré",
    "expired-more": "Rien n’a été prélevé. Recommencez à partir du site.",
    "back": "Retour au site",
    "missing": "Cette page n’existe pas",
    "portal": "Vos dons mensuels",
    "no-gifts": "Vous n’avez aucun don mensuel.",
    "next": "Prochain paiement le {date}",
    "ends": "Se termine le {date}; rien d’autre ne sera prélevé",
    "overdue": "Le dernier paiement a échoué. Remplacez la carte.",
    "with-card": "Carte se terminant par {last4}, expire {expires}",
    "with-bank": "Compte bancaire se terminant par {last4}",
    "stop": "Annuler ce don",
    "stop-sure": "Annuler votre don mensuel?",
    "stop-more": "{amount}. Ce que vous avez déjà donné reste donné.",
    "stop-yes": "Oui, l’annuler",
    "stop-no": "Le garder",
    "keep": "Ne pas l’annuler",
    "stopped": "Votre don mensuel est annulé.",
    "kept": "Votre don mensuel continue.",
    "replace": "Remplacer la carte",
    "replaced": "Votre nouvelle carte est enregistrée.",
    "save": "Enregistrer cette carte",
    "history": "Paiements à ce jour",
}
_CHINESE = {
    "stand-in": "Stripe 替身：不會有真實款項往來",
    "stand-in-more": "此頁在示範及測試中代替 Stripe 的頁面，不會要求任何卡號。",
    "payment": "付款",
    "month": "每月 {amount}",
    "day": "每日 {amount}",
    "week": "每週 {amount}",
    "year": "每年 {amount}",
    "today": "今日應付：{amount}",
    "from": "首次扣款日期：{date}",
    "email": "電郵",
    "name": "持卡人姓名",
    "card": "付款方式",
    "works": "Visa 卡，尾號 4242：付款成功",
    "declined": "Visa 卡，尾號 0002：被拒絕",
    "no-funds": "Visa 卡，尾號 9995：餘額不足，被拒絕",
    "fails-later": "Visa 卡，尾號 0341：今次成功，下月扣款失敗",
    "expiring": "Mastercard，尾號 4444：付款成功，本月底到期",
    "debit": "銀行戶口，尾號 6789：需時較長，其後成功",
    "debit-fails": "銀行戶口，尾號 2227：需時較長，其後失敗",
    "pay": "支付 {amount}",
    "donate": "捐款 {amount}",
    "subscribe": "捐款 {amount}",
    "cancel": "返回，不付款",
    "problem": "未能完成",
    "generic_decline": "你的卡被拒絕，並沒有扣款。請改用另一張卡。",
    "insufficient_funds": "卡內餘額不足，並沒有扣款。請改用另一張卡。",
    "expired_card": "你的卡已過期。請改用另一張卡。",
    "need-email": "請輸入電郵地址，例如 name@example.org。",
    "need-name": "請輸入持卡人姓名。",
    "need-card": "請選擇付款方式。",
    "done": "此款項已經支付",
    "done-more": "你沒有被重複扣款。",
    "continue": "繼續",
    "expired": "此頁已過期",
    "expired-more": "並沒有扣款。請從網站重新開始。",
    "back": "返回網站",
    "missing": "找不到此頁",
    "portal": "你的每月捐款",
    "no-gifts": "你沒有每月捐款。",
    "next": "下次扣款日期：{date}",
    "ends": "於 {date} 結束，不會再扣款",
    "overdue": "上次扣款失敗，請更換付款卡。",
    "with-card": "卡，尾號 {last4}，有效期至 {expires}",
    "with-bank": "銀行戶口，尾號 {last4}",
    "stop": "取消此捐款",
    "stop-sure": "確定取消每月捐款？",
    "stop-more": "{amount}。已捐出的款項不受影響。",
    "stop-yes": "是，取消",
    "stop-no": "保留",
    "keep": "不要取消",
    "stopped": "你的每月捐款已取消。",
    "kept": "你的每月捐款會繼續。",
    "replace": "更換付款卡",
    "replaced": "已儲存新的付款卡。",
    "save": "儲存此卡",
    "history": "過往付款",
}
TEXTS = {"en": _ENGLISH, "fr": _FRENCH, "zh-HK": _CHINESE}
_MONTHS = {
    "en": "January February March April May June July August September October November December",
    "fr": "janvier février mars avril mai juin juillet août septembre octobre novembre décembre",
}


def language_of(locale: str | None) -> str:
    """Return which of our languages stands for one of Stripe's locales."""
    return LANGUAGES.get(locale or "", "en")


def say(language: str, name: str, **values: str) -> str:
    return TEXTS[language][name].format(**values)


def refusal_text(language: str, refusal: dict[str, Any]) -> str:
    """Return what a donor reads when Stripe's error says that the card was refused."""
    return say(language, str(refusal.get("decline_code") or refusal["code"]))


def money(language: str, cents: int) -> str:
    dollars, rest = divmod(cents, 100)
    if language == "fr":
        whole = f"{dollars:,}".replace(",", "\u00a0")
        return f"{whole},{rest:02}\u00a0$\u00a0CA"
    return f"CA${dollars:,}.{rest:02}"


def date(language: str, moment: int) -> str:
    """Return the day of a UTC moment in words."""
    day = datetime.fromtimestamp(moment, UTC)
    if language == "zh-HK":
        return f"{day.year} 年 {day.month} 月 {day.day} 日"
    month = _MONTHS[language].split()[day.month - 1]
    return f"{day.day} {month} {day.year}" if language == "fr" else f"{month} {day.day}, {day.year}"
