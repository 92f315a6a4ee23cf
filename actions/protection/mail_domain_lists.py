"""Mail domains that many people share, by who they are. What is missing counts as nobody's (MailDomainKind.OTHER)."""

from actions.protection.person_fields import KNOWN_DOMAINS


def _domains(text: str) -> frozenset[str]:
    return frozenset(text.split())


# Where supporters of Canada and Hong Kong mostly have their mailboxes; a crowd from one of these says nothing.
PROVIDERS = frozenset(KNOWN_DOMAINS) | _domains("""
    googlemail.com hotmail.ca hotmail.fr hotmail.co.uk outlook.fr outlook.ca outlook.com.hk msn.com me.com mac.com
    ymail.com rocketmail.com yahoo.fr yahoo.co.uk yahoo.com.hk yahoo.com.tw yahoo.com.sg yahoo.com.au yahoo.co.jp
    aol.com gmx.com gmx.net gmx.de web.de mail.com zoho.com fastmail.com fastmail.fm fastmail.us mailfence.com
    startmail.com pobox.com hey.com pm.me protonmail.ch tutanota.com tuta.com tuta.io mailbox.org posteo.de
    posteo.net riseup.net disroot.org qq.com foxmail.com 163.com 126.com sina.com naver.com netvigator.com hkbn.net
    biznetvigator.com hgcbroadband.com i-cable.com cogeco.ca eastlink.ca sasktel.net mts.net mymts.net
    nb.sympatico.ca ns.sympatico.ca bellaliant.net nbnet.nb.ca novuscom.net teksavvy.com distributel.net
    xplornet.com xplornet.ca primus.ca look.ca oricom.ca northwestel.net tbaytel.net execulink.com cablevision.qc.ca
    globetrotter.net bell.ca orange.fr free.fr laposte.net sfr.fr wanadoo.fr btinternet.com sky.com virginmedia.com
    talktalk.net comcast.net verizon.net att.net sbcglobal.net bellsouth.net cox.net charter.net bigpond.com
""")
# Services that hide an address behind another one; who gives out a subdomain to each is known by what is registered.
RELAYS = _domains("""
    privaterelay.appleid.com duck.com mozmail.com relay.firefox.com simplelogin.com simplelogin.co aleeas.com
    slmail.me slmails.com dralias.com 8alias.com 8shield.net simplelogin.fr passmail.net passmail.com passinbox.com
    passfwd.com anonaddy.com anonaddy.me addy.io addymail.com 33mail.com erine.email opayq.com
""")
# Universities and colleges whose domain does not say so by its name, and public employers with very many mailboxes.
INSTITUTIONS = _domains("""
    utoronto.ca ubc.ca sfu.ca uvic.ca ualberta.ca ucalgary.ca uleth.ca athabascau.ca macewan.ca mtroyal.ca usask.ca
    uregina.ca umanitoba.ca uwinnipeg.ca brandonu.ca mcgill.ca concordia.ca umontreal.ca uqam.ca uqtr.ca uqac.ca
    ulaval.ca usherbrooke.ca hec.ca polymtl.ca etsmtl.ca ubishops.ca dawsoncollege.qc.ca uottawa.ca carleton.ca
    queensu.ca yorku.ca torontomu.ca ryerson.ca ocadu.ca mcmaster.ca uwaterloo.ca wlu.ca uwo.ca uoguelph.ca
    uwindsor.ca brocku.ca trentu.ca ontariotechu.ca lakeheadu.ca nipissingu.ca laurentian.ca algonquincollege.com
    senecacollege.ca senecapolytechnic.ca georgebrown.ca humber.ca sheridancollege.ca centennialcollege.ca bcit.ca
    langara.ca douglascollege.ca kpu.ca capilanou.ca tru.ca unbc.ca viu.ca ufv.ca nait.ca sait.ca unb.ca umoncton.ca
    dal.ca smu.ca stfx.ca acadiau.ca cbu.ca mta.ca msvu.ca upei.ca mun.ca yukonu.ca hku.hk ust.hk cuhk.edu.hk
    tdsb.on.ca vsb.bc.ca toronto.ca vancouver.ca ottawa.ca ontario.ca canada.ca forces.gc.ca
""")
