"""The invented bill, the campaign for it, and the pages where people act.

No bill of the House has reached this number, so that nobody takes it for a real one.
"""

from __future__ import annotations

from achk_site.demo.content.shapes import Fact, Facts, Heading, LetterForm, PageContent, Quote, Words
from achk_site.demo.texts import Text

SLUG = "safe-harbour"
BILL_NUMBER = "C-987"
# Days from the day when the demo is loaded.
NEXT_STAGE_IN_DAYS = 30
CLOSES_IN_DAYS = 29

TITLE = Text("A safe harbour for Hong Kongers", "Un havre sûr pour les Hongkongais", "給港人一個避風港")
BILL_TITLE = Text(
    "An Act respecting safe harbour for Hong Kongers",
    "Loi concernant un havre sûr pour les Hongkongais",
    "《香港人避風港法案》",
)

ACTION_INDEX = PageContent(
    slug="take-action",
    title=Text("Take action", "Agir", "立即行動"),
    summary=Text(
        en="Pick one. Each takes a minute or so, and none needs an account.",
        fr="Choisissez une action. Chacune prend environ une minute, sans compte à créer.",
        zh="揀選一項行動，約一分鐘完成，毋須開設帳戶。",
    ),
)

ACTION = PageContent(
    slug=SLUG,
    title=Text(
        en="Ask your MP for a safe harbour",
        fr="Demandez un havre sûr à votre députée ou député",
        zh="去信國會議員，爭取港人避風港",
    ),
    summary=Text(
        en="""
        Bill C-987 is before the House. A short letter from a constituent, in their own words, carries weight.
        """,
        fr="""
        Le projet de loi C-987 est devant la Chambre. Une courte lettre d'une personne de la circonscription, écrite
        dans ses propres mots, a du poids.
        """,
        zh="國會下議院正審議C-987號法案。選民親筆寫的信，不必長，已有分量。",
    ),
    pieces=(
        LetterForm(),
        Words(
            Text(
                en="""
                People who left Hong Kong made a home here, yet many still cannot settle. The door to permanent
                residence stands open by policy, and a policy can close between two mornings. Bill C-987 would write
                it into law.
                """,
                fr="""
                Des gens qui ont quitté Hong Kong ont refait leur vie ici, mais beaucoup attendent encore de pouvoir
                s'y poser. La voie vers la résidence permanente tient à une politique, et une politique peut prendre
                fin du jour au lendemain. Le projet de loi C-987 l'inscrirait dans la loi.
                """,
                zh="""
                不少港人離開香港，在加拿大重建家園，卻遲遲未能安定下來。現時通往永久居留的途徑只是一項政策，隨時可以叫
                停。C-987號法案要做的，就是把這條路寫進法律。
                """,
            )
        ),
        Heading(Text("What the bill would change", "Ce que changerait le projet de loi", "法案改變甚麼")),
        Words(
            Text(
                en="""
                - **A door that stays open.** The pathway to permanent residence could end only by a vote of
                Parliament.
                - **Papers that put nobody at risk.** Where asking for a police certificate or a passport would expose
                an applicant or their family, officers could accept other proof.
                - **One place to report threats.** People in Canada who are threatened from abroad could turn to one
                desk, in English, French or Cantonese. Parliament would get a report each year.
                """,
                fr="""
                - **Une porte qui reste ouverte.** Seul un vote du Parlement pourrait mettre fin à la voie vers la
                résidence permanente.
                - **Des papiers sans danger.** Lorsque demander un certificat de police ou un passeport exposerait une
                personne ou ses proches, d'autres preuves pourraient être acceptées.
                - **Un guichet pour signaler les menaces.** Les gens menacés depuis l'étranger pourraient s'adresser
                à un seul endroit, en français, en anglais ou en cantonais. Le Parlement recevrait un rapport chaque
                année.
                """,
                zh="""
                - **大門不再說關就關。**永久居留途徑只可經國會表決終止。
                - **毋須為文件冒險。**若申請良民證或護照會令申請人或家人陷於險境，官員可接納其他證明。
                - **受威嚇，有處求助。**在加拿大受境外勢力威嚇的人，可以英語、法語或廣東話向同一專責單位舉報，政府每年向
                國會交代。
                """,
            )
        ),
        Heading(Text("Why a letter, and why now", "Pourquoi une lettre, pourquoi maintenant", "為何去信，為何現在")),
        Words(
            Text(
                en="""
                The vote at second reading decides whether a committee studies the bill at all. MPs' offices note who
                writes from the riding and what each letter says. One line about your own life counts for more than a
                perfect page.
                """,
                fr="""
                C'est le vote en deuxième lecture qui décide si un comité étudiera le projet de loi. Les bureaux des
                députées et députés notent qui leur écrit de la circonscription, et pourquoi. Une seule phrase tirée de
                votre vie vaut mieux qu'une page parfaite.
                """,
                zh="""
                二讀表決，決定法案能否交付委員會審議。議員辦事處會留意哪些選民來信、信中說些甚麼。寫一句親身經歷，勝過
                整頁漂亮文章。
                """,
            )
        ),
        Quote(
            Text(
                en="""
                I wrote four lines about my mother's bakery. Three weeks later the office called and asked to hear
                more.
                """,
                fr="""
                J'ai écrit quatre lignes sur la boulangerie de ma mère. Trois semaines plus tard, le bureau m'a
                appelée pour en savoir davantage.
                """,
                zh="我寫了四行字，講媽媽的麵包店。三星期後，議員辦事處來電，想聽我再說多一點。",
            ),
            Text("An invented letter writer, Ottawa", "Une correspondante inventée, Ottawa", "虛構的寫信人，渥太華"),
        ),
        Facts(
            (
                Fact(
                    Text("343", "343", "343"),
                    Text(
                        "federal ridings, each with one MP",
                        "circonscriptions fédérales, un siège chacune",
                        "個聯邦選區，每區一席",
                    ),
                    source=Text("Elections Canada", "Élections Canada", "加拿大選舉局"),
                    source_url="https://www.elections.ca/",
                ),
                Fact(
                    Text("2", "2", "2"),
                    Text(
                        "languages an MP's office works in",
                        "langues de travail dans les bureaux des députées et députés",
                        "種議員辦事處的工作語言：英文及法文",
                    ),
                ),
                Fact(
                    Text("0", "0", "0"),
                    Text(
                        "names of letter writers that we publish",
                        "nom de signataire que nous publions",
                        "個由我們公開的寫信人姓名",
                    ),
                ),
            )
        ),
    ),
)
