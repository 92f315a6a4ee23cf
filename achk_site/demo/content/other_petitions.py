"""Two more invented campaigns: one that has reached what it wanted, and one that is about to begin."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from achk_site.demo.texts import Text


@dataclass(frozen=True)
class OtherPetition:
    """Days count from the day when the demo is loaded; ``signed`` is by riding, None abroad."""

    slug: str
    campaign: str
    goal: int
    opens_in_days: int
    title: Text
    target: Text
    text: Text
    background: Text
    thank_you: Text
    won_days_ago: int | None = None
    signed: Mapping[int | None, int] = field(default_factory=dict)


WON = OtherPetition(
    slug="finish-the-year",
    campaign="Papers for students",
    goal=300,
    opens_in_days=-120,
    won_days_ago=40,
    signed={35079: 74, 35100: 112, 35058: 58, 59028: 47, None: 21},
    title=Text("Let them finish the year", "Qu'ils finissent leur année", "讓他們完成學年"),
    target=Text("The Minister of Immigration", "Ministre de l'Immigration", "移民部長"),
    text=Text(
        en="""
        We ask the Minister to **let students from Hong Kong whose passports cannot be renewed finish the school year**
        with the papers they have.
        """,
        fr="""
        Nous demandons au ministère de **permettre aux élèves de Hong Kong dont le passeport ne peut être renouvelé de
        finir leur année scolaire** avec les papiers qu'ils ont déjà.
        """,
        zh="我們促請部長，**容許護照無法續期的香港學生以現有文件完成本學年**。",
    ),
    background=Text(
        en="""
        Whoever asks for a new passport has to say where they live and study. The ministry now accepts other proof
        until the end of the school year. Thank you to everybody who signed.
        """,
        fr="""
        Demander un nouveau passeport, c'est dire où l'on vit et où l'on étudie. Le ministère accepte désormais d'autres
        preuves jusqu'à la fin de l'année scolaire. Merci à toutes les personnes qui ont signé.
        """,
        zh="申領新護照，等於交代住處和學校。當局現已同意在學年結束前接納其他證明文件。多謝每一位聯署者。",
    ),
    thank_you=Text(
        en="You have helped. We write to those who asked for updates when there is news.",
        fr="Merci de votre appui. Nous écrirons aux personnes qui ont demandé des nouvelles dès qu'il y en aura.",
        zh="多謝支持。如有消息，我們會通知選擇接收最新消息的人。",
    ),
)

COMING = OtherPetition(
    slug="one-place-to-report",
    campaign="Threats from abroad",
    goal=500,
    opens_in_days=10,
    title=Text(
        "One place to report threats from abroad",
        "Un seul guichet pour signaler les menaces de l'étranger",
        "受境外威嚇，應有處求助",
    ),
    target=Text("The Minister of Public Safety", "Ministre de la Sécurité publique", "公共安全部長"),
    text=Text(
        en="""
        We ask the Minister to **open one desk where people in Canada can report threats made from abroad**, in English,
        French or Cantonese, and to tell Parliament each year what became of the reports.
        """,
        fr="""
        Nous demandons au ministère de **créer un guichet unique où les gens au Canada peuvent signaler les menaces
        venues de l'étranger**, en français, en anglais ou en cantonais, et de dire chaque année au Parlement quelles
        suites ont été données.
        """,
        zh="""
        我們促請部長**設立專責單位，讓身在加拿大的人以英語、法語或廣東話舉報來自境外的威嚇**，並每年向國會交代跟進情況。
        """,
    ),
    background=Text(
        en="""
        Today a threat is passed from the city's police to a federal hotline and back. Many people stop asking after the
        second call.
        """,
        fr="""
        Aujourd'hui, une menace passe de la police locale à une ligne fédérale, puis revient. Bien des gens renoncent
        après le deuxième appel.
        """,
        zh="現時舉報威嚇，往往由市警轉介聯邦熱線，再轉回市警。不少人致電兩次後便放棄。",
    ),
    thank_you=Text(
        en="You have helped. Numbers by riding go to every office that can decide.",
        fr="Merci de votre appui. Les chiffres par circonscription iront à chaque bureau qui peut décider.",
        zh="多謝支持。我們會把各選區的聯署數字交給每個有權決定的辦公室。",
    ),
)

OTHERS = (WON, COMING)
