"""Real ridings of the 2023 order with invented members: all of them live at a mail domain that cannot exist.

Names and numbers of ridings: https://www.elections.ca/content.aspx?section=res&dir=cir/list ; ``.example`` is reserved
by RFC 2606. The Chinese names are the ones that readers in the city use; there is no official list.
"""

from __future__ import annotations

from dataclasses import dataclass

from achk_site.demo.texts import Text


@dataclass(frozen=True)
class DemoRiding:
    number: int
    province: str
    name: Text


@dataclass(frozen=True)
class DemoMember:
    riding: int
    first_name: str
    last_name: str
    party_en: str
    party_fr: str
    languages: tuple[str, ...]
    gender: str = ""
    honorific: str = ""
    email: str = ""
    town: str = ""


@dataclass(frozen=True)
class DemoRecipient:
    name: str
    role: str
    title: Text
    party_en: str
    party_fr: str
    language: str
    gender: str
    email: str
    stands_in: bool = False  # for the MP of a vacant seat


@dataclass(frozen=True)
class DemoStaff:
    username: str
    password: str
    email: str
    is_superuser: bool
    groups: tuple[str, ...] = ()


RIDINGS = (
    DemoRiding(35079, "ON", Text("Ottawa Centre", "Ottawa-Centre", "渥太華中")),
    DemoRiding(35081, "ON", Text("Ottawa—Vanier—Gloucester", "Ottawa—Vanier—Gloucester", "渥太華—雲尼亞—告羅士打")),
    DemoRiding(35100, "ON", Text("Spadina—Harbourfront", "Spadina—Harbourfront", "士巴丹拿—湖濱")),
    DemoRiding(35058, "ON", Text("Markham—Unionville", "Markham—Unionville", "萬錦—於人村")),
    DemoRiding(24068, "QC", Text("Saint-Laurent", "Saint-Laurent", "聖羅倫")),
    DemoRiding(59028, "BC", Text("Richmond East—Steveston", "Richmond-Est—Steveston", "列治文東—史提夫斯頓")),
    DemoRiding(48004, "AB", Text("Calgary Centre", "Calgary-Centre", "卡加利中")),
)

# (code, riding, addresses): K1A 0A1 straddles two ridings, V7A 5J9 has a vacant seat, M5V 2T6 a member without e-mail,
# T2P 2M5 one whose address sends mail back;
# H0H 0H0 is left out on purpose, so that an unknown code can be tried.
POSTAL_CODES = (
    ("K1A0A6", 35079, 1),
    ("K1A0A1", 35079, 12),
    ("K1A0A1", 35081, 5),
    ("V7A5J9", 59028, 9),
    ("M5V2T6", 35100, 30),
    ("L3R0A1", 35058, 14),
    ("H4L1A1", 24068, 18),
    ("T2P2M5", 48004, 7),
)

# The streets of the code in two ridings, all invented; their shape is told in actions/representatives/streets.py.
POSTAL_STREETS = {
    "K1A0A1": [
        ["example", "st", "w", [[1, 99, 35079], [2, 98, 35079], [100, 198, 35081], [101, 199, 35081]]],
        ["harbour", "rd", "", [[2, 80, 35079], [1, 81, 35081]]],
    ]
}

# One member per party, so that nothing on the site looks as if it favoured one.
MEMBERS = (
    DemoMember(
        35079, "Imogen", "Tallwater", "Liberal", "Libéral", ("en",), gender="F",
        email="imogen.tallwater@parliament.example", town="Ottawa ON",
    ),
    DemoMember(
        35081, "Thibault", "Nkemelu-Roy", "NDP", "NPD", ("fr", "en"), gender="M",
        email="thibault.nkemelu-roy@parliament.example", town="Ottawa ON",
    ),
    DemoMember(
        35100, "Juniper", "Wachowski-Reyes", "Green Party", "Parti vert", ("en",), gender="F", town="Toronto ON",
    ),
    DemoMember(
        35058, "Ansel", "Cheung-Barrow", "Conservative", "Conservateur", ("en",), gender="M", honorific="Hon.",
        email="ansel.cheung-barrow@parliament.example", town="Markham ON",
    ),
    DemoMember(
        24068, "Solange", "Béchard-Diallo", "Bloc Québécois", "Bloc Québécois", ("fr",), gender="F",
        email="solange.bechard-diallo@parliament.example", town="Montréal QC",
    ),
    DemoMember(
        48004, "Robin", "Sandoval-Fisk", "Independent", "Indépendant", ("en",),
        email="robin.sandoval-fisk@parliament.example", town="Calgary AB",
    ),
)  # fmt: skip

# Mail to this member comes back, so that staff find a task and T2P 2M5 shows what visitors are told.
DEAD_ADDRESS = "robin.sandoval-fisk@parliament.example"

RECIPIENTS = (
    DemoRecipient(
        "Leocadia Brandt-Osei", "minister",
        Text("Minister for Newcomers", "ministre des Nouveaux Arrivants", "新來者事務部長"),
        "Liberal", "Libéral", "en", "F", "minister.newcomers@parliament.example",
    ),
    DemoRecipient(
        "Warrick Dubois-Tran", "critic",
        Text("Critic for Newcomers", "porte-parole en matière de nouveaux arrivants", "影子內閣新來者事務發言人"),
        "Conservative", "Conservateur", "en", "M", "critic.newcomers@parliament.example", stands_in=True,
    ),
    DemoRecipient(
        "Henrike Okafor-Lund", "other",
        Text(
            "Parliamentary Secretary for Newcomers", "secrétaire parlementaire aux Nouveaux Arrivants",
            "新來者事務部國會秘書",
        ),
        "Liberal", "Libéral", "en", "F", "secretary.newcomers@parliament.example", stands_in=True,
    ),
    DemoRecipient(
        "Mateo Greyeyes-Hart", "critic",
        Text("Critic for Newcomers", "porte-parole en matière de nouveaux arrivants", "新來者事務發言人"),
        "NDP", "NPD", "en", "M", "newcomers@parliament.example", stands_in=True,
    ),
)  # fmt: skip

# (riding, position on the bill): as invented as the members themselves, and of different parties.
POSITIONS = ((48004, "supports"), (35079, "undecided"), (35058, "supports"))

# Known to everybody who reads this file: they exist only where DEMO is on. The writer submits, the editor publishes.
STAFF = (
    DemoStaff("admin", "demo-admin-only", "admin@achk.test", is_superuser=True),
    DemoStaff("editor", "demo-editor-only", "editor@achk.test", is_superuser=False, groups=("Moderators", "Editors")),
    DemoStaff("writer", "demo-writer-only", "writer@achk.test", is_superuser=False, groups=("Editors",)),
    DemoStaff(
        "campaigner", "demo-campaigner-only", "campaigner@achk.test", is_superuser=False, groups=("Campaigners",)
    ),
    DemoStaff("finance", "demo-finance-only", "finance@achk.test", is_superuser=False, groups=("Finance",)),
    DemoStaff("privacy", "demo-privacy-only", "privacy@achk.test", is_superuser=False, groups=("Data protection",)),
    DemoStaff(
        "translator", "demo-translator-only", "translator@achk.test", is_superuser=False, groups=("Translators",)
    ),
)
