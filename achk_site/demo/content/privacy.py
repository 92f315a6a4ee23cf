"""The privacy notice; its periods are the ones that the site carries out, and a test compares them."""

from __future__ import annotations

from achk_site.demo.content.shapes import Fact, Facts, Heading, Notice, PageContent, Words
from achk_site.demo.texts import Text

PRIVACY = PageContent(
    slug="privacy",
    title=Text("Privacy", "Confidentialité", "私隱聲明"),
    summary=Text(
        en="What we ask for, why, who sees it and when it is gone. Nothing on this site follows you around.",
        fr="""
        Ce que nous demandons, pourquoi, qui le voit et quand cela disparaît. Rien sur ce site ne vous suit à la
        trace.
        """,
        zh="我們收集甚麼、為何收集、誰會看到、何時刪除，都在這裏說明。本網站不會追蹤任何人。",
    ),
    pieces=(
        Heading(Text("Who answers for it", "Qui en répond", "由誰負責")),
        Words(
            Text(
                en="""
                Noor Tam, Privacy Officer of Alliance Canada Hong Kong, answers for personal data on this site:
                [privacy@achk.test](mailto:privacy@achk.test), or 100 Example Street, Ottawa, Ontario. You get an
                answer within 30 days, in English, French or Chinese.
                """,
                fr="""
                Noor Tam, responsable de la protection des renseignements personnels d'Alliance Canada Hong Kong,
                répond de ce que ce site recueille : [privacy@achk.test](mailto:privacy@achk.test), ou 100, rue de
                l'Exemple, Ottawa (Ontario). Vous aurez une réponse dans les 30 jours, en français, en anglais ou en
                chinois.
                """,
                zh="""
                網站上的個人資料，由Alliance Canada Hong Kong私隱主任譚諾兒（Noor Tam）負責。電郵：
                [privacy@achk.test](mailto:privacy@achk.test)。郵寄：100 Example Street, Ottawa, Ontario。查詢可用中文、
                英文或法文，三十日內必獲回覆。
                """,
            )
        ),
        Heading(Text("What we ask for, and why", "Ce que nous demandons, et pourquoi", "收集甚麼，用途何在")),
        Words(
            Text(
                en="""
                - **Your name** signs your letter.
                - **Your e-mail address** lets you confirm the letter, get a copy if you want one and receive the
                reply.
                - **Your postal code** finds your riding. When our own table does not know it, our server asks
                Represent, a service of Open North, and sends the postal code alone, without your name. A street
                address, where we ask for one, shows the office that you are a constituent. If your postal code lies in
                several ridings, you may type it to find yours; we look it up on our own server and do not keep it.
                - **Your letter** is what we are here to carry.

                We use them for that letter and for nothing else. Two weeks after it was delivered we ask you by mail
                whether an answer came, and once more at the most; one click there stops it. There is no account to
                make, and you join no list by writing.
                """,
                fr="""
                - **Votre nom** signe votre lettre.
                - **Votre adresse courriel** vous permet de confirmer la lettre, d'en recevoir une copie si vous le
                souhaitez et d'obtenir la réponse.
                - **Votre code postal** sert à trouver votre circonscription. Quand notre propre table ne le connaît
                pas, notre serveur interroge Represent, un service de Nord Ouvert, et lui transmet le code postal
                seul, sans votre nom. L'adresse municipale, quand nous la demandons, montre au bureau que vous
                habitez la circonscription. Si votre code postal touche plusieurs circonscriptions, vous pouvez
                inscrire votre adresse pour trouver la vôtre; nous la cherchons sur notre propre serveur et ne la
                conservons pas.
                - **Votre lettre** est ce que nous sommes là pour transmettre.

                Ces renseignements servent à cette lettre, à rien d'autre. Deux semaines après sa remise, nous vous
                demandons par courriel si une réponse est venue, puis une seule autre fois au plus; un clic suffit pour
                que cela cesse. Il n'y a pas de compte à créer, et écrire ne vous inscrit à aucune liste.
                """,
                zh="""
                - **姓名**：用作信件署名。
                - **電郵地址**：用作確認信件、按你要求寄回副本，並供議員辦事處回覆。
                - **郵政編碼**：用作查找選區。如本站的對照表沒有這個編碼，伺服器會向Open North的Represent服務查詢，
                只提供郵政編碼，不附姓名。如要求填寫街道地址，是讓辦事處知道你確是選民。如郵政編碼橫跨多個選區，
                可輸入街道地址找出所屬選區；我們只在本站伺服器查閱，不會保留。
                - **信件內容**：代你送交議員。

                資料只用於這封信，別無他用。信件寄達兩星期後，我們會以電郵詢問有否收到回覆，最多再問一次；按一下即可
                叫停。毋須開設帳戶；寫信亦不會令你列入任何名單。
                """,
            )
        ),
        Heading(
            Text(
                "What your MP's office receives",
                "Ce que reçoit le bureau de votre députée ou député",
                "議員辦事處收到甚麼",
            )
        ),
        Words(
            Text(
                en="""
                The office receives your letter with your name, riding, postal code and, where you gave it, street
                address. Your e-mail address is the one that it replies to. So does anyone whom the page names as
                getting a copy. They keep it under their own rules, which we do not control.
                """,
                fr="""
                Le bureau reçoit votre lettre avec votre nom, votre circonscription, votre code postal et, si vous
                l'avez donnée, votre adresse municipale. C'est à votre adresse courriel qu'il répond. Il en va de même
                pour toute personne dont la page dit qu'elle reçoit une copie. Chacun conserve la lettre selon ses
                propres règles, qui ne dépendent pas de nous.
                """,
                zh="""
                辦事處會收到你的信件，連同姓名、選區、郵政編碼，以及你填寫的街道地址；回覆會直接寄到你的電郵地址。頁面
                列明獲發副本的人，所收內容相同。他們按本身的規則保存信件，並非我們所能控制。
                """,
            )
        ),
        Heading(Text("If you ask for updates", "Si vous demandez nos nouvelles", "收取最新消息")),
        Words(
            Text(
                en="""
                We keep your address, the name if you gave one, your language, and the riding or province, not the
                postal code. You are on the list only once you have pressed the button in our mail. Each update has a
                link by which you leave at once, without logging in; then name and address are deleted, and a
                fingerprint that nobody can read stays, so that we do not write to you again. We do not see whether
                you open a mail.
                """,
                fr="""
                Nous gardons votre adresse, votre nom si vous l'avez donné, votre langue, et la circonscription ou la
                province, mais pas le code postal. Vous n'êtes sur la liste qu'après avoir appuyé sur le bouton de notre
                courriel. Chaque infolettre contient un lien pour vous retirer tout de suite, sans ouvrir de session; le
                nom et l'adresse sont supprimés, et il reste une empreinte que personne ne peut lire, afin que
                nous ne vous écrivions plus. Nous ne voyons pas si vous ouvrez un courriel.
                """,
                zh="""
                我們保留電郵地址、語言、選區或省份，以及你所填的姓名；郵政編碼不會保留。按下確認電郵內的按鈕後，你才會列入
                名單。每封電郵都有退出連結，毋須登入，即時生效；姓名和地址隨即刪除，只留下無人能讀的指紋碼，以免再次寫信
                給你。你有否打開電郵，我們看不到。
                """,
            )
        ),
        Heading(Text("When you come to an event", "Quand vous venez à un événement", "參加活動時")),
        Words(
            Text(
                en="""
                Any name will do. We keep it encrypted with your address and what you need to take part, tell nobody
                who comes, and delete all of it 30 days after the event, or at once if you give your place back.
                """,
                fr="""
                N'importe quel nom convient. Nous le gardons chiffré, avec votre adresse et vos besoins, ne disons à
                personne qui vient, et supprimons le tout 30 jours après l'événement, ou aussitôt si vous redonnez votre
                place.
                """,
                zh="""
                用甚麼名字都可以。名字、電郵地址和所需協助加密保存，誰會參加不會告訴任何人；活動三十天後全部刪除，退回名額者
                即時刪除。
                """,
            )
        ),
        Heading(Text("How long we keep it", "Combien de temps nous le gardons", "保存多久")),
        Facts(
            (
                Fact(
                    Text("7 days", "7 jours", "七日"),
                    Text(
                        "then a letter that nobody confirmed is blanked",
                        "puis une lettre non confirmée est effacée",
                        "未經確認的信件，期滿清除",
                    ),
                ),
                Fact(
                    Text("28 days", "28 jours", "二十八日"),
                    Text(
                        "after delivery, then text, name and addresses are blanked; 60 at most if it cannot leave",
                        "après la remise, puis texte, nom et adresses sont effacés; au plus 60 si rien ne part",
                        "由寄達起計，期滿清除內容、姓名及地址；未能寄出者最長六十日",
                    ),
                ),
                Fact(
                    Text("48 hours", "48 heures", "四十八小時"),
                    Text(
                        "for the scrambled network address that keeps robots out",
                        "pour l'adresse réseau brouillée qui tient les robots à distance",
                        "用以阻擋機械人程式的網絡地址亂碼",
                    ),
                ),
            )
        ),
        Words(
            Text(
                en="""
                What stays is a number: one letter, in one riding, on one day. A scrambled mark of your address
                prevents a second letter by the same person in the same campaign; when the campaign ends its key is
                destroyed, and the mark means nothing any more. While we hold your data it is encrypted, and our
                editors cannot read it.
                """,
                fr="""
                Il reste un chiffre : une lettre, dans une circonscription, tel jour. Une empreinte brouillée de votre
                adresse empêche qu'une même personne écrive deux fois dans la même campagne; à la fin de celle-ci, la
                clé est détruite et l'empreinte ne veut plus rien dire. Tant que nous détenons vos renseignements, ils
                sont chiffrés, et nos rédactrices et rédacteurs ne peuvent pas les lire.
                """,
                zh="""
                留下來的只是一個數字：某日、某選區、一封信。系統另以亂碼記認電郵地址，避免同一人在同一行動重複寄信；行
                動結束後，解讀亂碼的密鑰隨即銷毀，亂碼從此再無意義。資料在保存期間一律加密，編輯人員不能閱讀。
                """,
            )
        ),
        Heading(Text("When you sign a petition", "Quand vous signez une pétition", "參與聯署時")),
        Words(
            Text(
                en="""
                Your name and addresses count once, are kept encrypted and are handed to nobody: whoever receives the
                petition gets numbers. Only if you tick the box for it does your name stand on the page. A signature
                that is not confirmed within 7 days is deleted; everything else 6 months after the petition has ended.
                The link in our mail removes your signature at any time.
                """,
                fr="""
                Votre nom et vos adresses servent à compter une fois, sont chiffrés et ne sont remis à personne : qui
                reçoit la pétition obtient des chiffres. Votre nom ne figure sur la page que si vous cochez la case. Une
                signature non confirmée dans les 7 jours est supprimée; tout le reste, 6 mois après la fin de la
                pétition. Le lien dans notre courriel permet de retirer votre signature en tout temps.
                """,
                zh="""
                你的姓名和地址只用來計算一次，會加密保存，不會交給任何人：接收聯署的一方只會得到數字。除非你勾選有關選項，
                否則姓名不會在頁面公開。7天內未經確認的聯署會刪除，其餘資料於聯署結束6個月後刪除。我們電郵內的連結
                隨時可用來撤回聯署。
                """,
            )
        ),
        Heading(Text("What we do not do", "Ce que nous ne faisons pas", "我們不做的事")),
        Words(
            Text(
                en="""
                Public pages set no cookie and load nothing from other sites: no statistics service, no fonts, no
                social media buttons that watch. We sell nothing, share no list and publish no name.
                """,
                fr="""
                Les pages publiques ne déposent aucun témoin et ne chargent rien d'ailleurs : ni service de
                statistiques, ni police de caractères, ni bouton de réseau social qui espionne. Nous ne vendons rien,
                ne partageons aucune liste et ne publions aucun nom.
                """,
                zh="""
                公開網頁不設cookie，也不從其他網站載入任何東西：沒有統計服務、沒有外來字型、沒有會監察讀者的社交媒體按
                鈕。我們不出售資料、不分享名單、不公開姓名。
                """,
            )
        ),
        Heading(Text("Your rights", "Vos droits", "你的權利")),
        Words(
            Text(
                en="""
                You may ask what we hold about you, have it corrected, take it with you or have it erased. Write to
                the Privacy Officer from the address that you used. If our answer does not satisfy you, you may
                complain to the Privacy Commissioner of Canada or to the commissioner of your province.
                """,
                fr="""
                Vous pouvez demander ce que nous détenons à votre sujet, le faire corriger, l'emporter ou le faire
                effacer. Écrivez à la responsable depuis l'adresse que vous avez utilisée. Si la réponse ne vous
                satisfait pas, vous pouvez porter plainte au Commissariat à la protection de la vie privée du Canada
                ou à l'organisme de votre province (au Québec, la Commission d'accès à l'information).
                """,
                zh="""
                你可以查詢我們持有你的甚麼資料，並要求更正、取回或刪除。請以當初使用的電郵地址，去信私隱主任。如不滿意
                答覆，可向加拿大私隱專員公署或省私隱專員投訴。
                """,
            )
        ),
        Heading(
            Text(
                "How to know that a message is really from us",
                "Comment savoir qu'un message vient vraiment de nous",
                "怎樣分辨訊息確是由我們發出",
            )
        ),
        Words(
            Text(
                en="""
                - It comes from an address that ends in @mail.achk.test.
                - Its links lead to this site, to the address that you see in your browser now.
                - It follows something that you did here: a moment ago, or, when we ask whether an answer to your
                letter came, a few weeks ago. We do not write first.
                - It never asks for a password, a bank card, a copy of a passport or the name of a relative.

                When in doubt, do not press the link. Type our address yourself, or forward the message to
                [security@achk.test](mailto:security@achk.test).
                """,
                fr="""
                - Il provient d'une adresse qui se termine par @mail.achk.test.
                - Ses liens mènent à ce site, à l'adresse que vous voyez en ce moment dans votre navigateur.
                - Il fait suite à ce que vous avez fait ici : à l'instant ou, quand nous demandons si une réponse
                à votre lettre est venue, il y a quelques semaines. Nous n'écrivons jamais en premier.
                - Il ne demande jamais de mot de passe, de carte bancaire, de copie de passeport ni le nom d'un
                membre de votre famille.

                Dans le doute, ne cliquez pas. Tapez vous-même notre adresse, ou transférez le message à
                [security@achk.test](mailto:security@achk.test).
                """,
                zh="""
                - 寄件地址以@mail.achk.test結尾。
                - 訊息內的連結通往本網站，即瀏覽器現時顯示的網址。
                - 你剛在這裏填寫或提交過資料，才會收到訊息；只有詢問信件有否獲覆的電郵，會在數星期後寄出。我們從不主動來
                信。
                - 訊息絕不會索取密碼、銀行卡、護照副本或親屬姓名。

                如有懷疑，切勿按下連結。請自行輸入本網站網址，或把訊息轉寄
                [security@achk.test](mailto:security@achk.test)。
                """,
            )
        ),
        Notice(
            Text("If you have family in Hong Kong", "Si vous avez de la famille à Hong Kong", "若有家人在香港"),
            Text(
                en="""
                A letter to an MP carries your real name, and we cannot know who else may read it. Weigh that before
                you write. You help as much by sharing the page, by joining a local group or by asking a neighbour to
                write.
                """,
                fr="""
                Une lettre à une députée ou un député porte votre vrai nom, et nous ignorons qui d'autre pourrait la
                lire. Pensez-y avant d'écrire. Partager la page, se joindre à un groupe local ou demander à une
                voisine ou à un voisin d'écrire aide tout autant.
                """,
                zh="""
                寄給議員的信附有真實姓名，還有誰會讀到，我們無從得知。落筆之前，請衡量清楚。轉發網頁、加入地區團體、請
                鄰居去信，同樣是出力。
                """,
            ),
        ),
    ),
)
