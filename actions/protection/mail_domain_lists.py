"""Mail domains that many people share, by who they are; ours, from general knowledge. What is missing counts as OTHER."""

from actions.protection.person_fields import KNOWN_DOMAINS

# Where supporters of Canada and Hong Kong mostly have their mailboxes; a crowd from one of these says nothing.
PROVIDERS = frozenset(
    (
        *KNOWN_DOMAINS,
        *"googlemail.com hotmail.ca hotmail.fr hotmail.co.uk outlook.fr outlook.ca outlook.com.hk msn.com me.com".split(),
        *"mac.com ymail.com rocketmail.com yahoo.fr yahoo.co.uk yahoo.com.hk yahoo.com.tw yahoo.com.sg".split(),
        *"yahoo.com.au yahoo.co.jp aol.com gmx.com gmx.net gmx.de web.de mail.com zoho.com fastmail.com".split(),
        *"fastmail.fm fastmail.us mailfence.com startmail.com pobox.com hey.com pm.me protonmail.ch".split(),
        *"tutanota.com tuta.com tuta.io mailbox.org posteo.de".split(),
        *"posteo.net riseup.net disroot.org qq.com foxmail.com 163.com 126.com sina.com naver.com".split(),
        *"netvigator.com hkbn.net biznetvigator.com hgcbroadband.com i-cable.com cogeco.ca eastlink.ca".split(),
        *"sasktel.net mts.net mymts.net nb.sympatico.ca ns.sympatico.ca bellaliant.net nbnet.nb.ca".split(),
        *"novuscom.net teksavvy.com distributel.net xplornet.com xplornet.ca primus.ca look.ca oricom.ca".split(),
        *"northwestel.net tbaytel.net execulink.com cablevision.qc.ca globetrotter.net bell.ca".split(),
        *"orange.fr free.fr laposte.net sfr.fr wanadoo.fr btinternet.com sky.com virginmedia.com talktalk.net".split(),
        *"comcast.net verizon.net att.net sbcglobal.net bellsouth.net cox.net charter.net bigpond.com".split(),
    )
)
RELAYS = frozenset(
    (
        *"privaterelay.appleid.com duck.com mozmail.com relay.firefox.com simplelogin.com simplelogin.co".split(),
        *"aleeas.com slmail.me slmails.com dralias.com 8alias.com 8shield.net simplelogin.fr passmail.net".split(),
        *"passmail.com passinbox.com passfwd.com anonaddy.com anonaddy.me addy.io addymail.com 33mail.com".split(),
        *"erine.email opayq.com".split(),
    )
)
# Universities and colleges whose domain does not say so by its name, and public employers with very many mailboxes.
INSTITUTIONS = frozenset(
    (
        *"utoronto.ca ubc.ca sfu.ca uvic.ca ualberta.ca ucalgary.ca uleth.ca athabascau.ca macewan.ca mtroyal.ca".split(),
        *"usask.ca uregina.ca umanitoba.ca uwinnipeg.ca brandonu.ca mcgill.ca concordia.ca umontreal.ca".split(),
        *"uqam.ca uqtr.ca uqac.ca ulaval.ca usherbrooke.ca hec.ca polymtl.ca etsmtl.ca ubishops.ca dawsoncollege.qc.ca".split(),
        *"uottawa.ca carleton.ca queensu.ca yorku.ca torontomu.ca ryerson.ca ocadu.ca mcmaster.ca uwaterloo.ca".split(),
        *"wlu.ca uwo.ca uoguelph.ca uwindsor.ca brocku.ca trentu.ca ontariotechu.ca lakeheadu.ca nipissingu.ca".split(),
        *"laurentian.ca algonquincollege.com senecacollege.ca senecapolytechnic.ca georgebrown.ca humber.ca".split(),
        *"sheridancollege.ca centennialcollege.ca bcit.ca langara.ca douglascollege.ca kpu.ca capilanou.ca tru.ca".split(),
        *"unbc.ca viu.ca ufv.ca nait.ca sait.ca unb.ca umoncton.ca dal.ca smu.ca stfx.ca acadiau.ca cbu.ca".split(),
        *"mta.ca msvu.ca upei.ca mun.ca yukonu.ca hku.hk ust.hk cuhk.edu.hk".split(),
        *"tdsb.on.ca vsb.bc.ca toronto.ca vancouver.ca ottawa.ca ontario.ca canada.ca forces.gc.ca".split(),
    )
)
