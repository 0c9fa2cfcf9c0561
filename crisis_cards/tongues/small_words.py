"""Small words that make a line worth a closer look, and those that only English has.

The names that English notes are full of (*de Gaulle*, *von Papen*, *La Marseillaise*) have some of them, too: they
raise the question which language a line is in, and answer nothing.
"""

from __future__ import annotations

FOREIGN = frozenset(
    """
    aan aber adalah af agli akan aki al ale alla alle allo als ama anche ao aos après atau att até au auch auf aus
    aux av avait avant avec az bei bez bij bir bis ble blev blir bliver bu byl byla byli bylo być był była było být
    ces cette che chez chi contra contre contro csak cu cuando cui că da dai dal dalam dalla dans dar dari das dass
    dat de degli dei del della delle dello dels dem den dengan depuis der des desde det deze değil di din dit dla
    donde dopo dos du după durch dès ed een efter egy ei ein eine einem einen einer eines el elle ellen eller elles
    els előtt em en ennen entre er eram eran erano erau eren es essere est este está están et ett etter että fi foi
    foram fost fra från fu fue fueron furono fut för före før für fără geen gegen gibi gli haar haben hacia hadde
    hade han har hasta hatte hatten havde hebben heeft het hij hogy hon hun hän ich ihr ikke il ile ils im ini ins
    inte ist itu için ja jak je jego jeho jej jejich její jest již joka jotka jsou juga już jälkeen kadar ke kein
    keine která které který która które który kun között la las le les lett leur leurs lo los lub lui ma maar mais
    mas med mellan mellem mellom mezi mit między mod mot muito mutta muy myös már más még més na naar nach nad nas
    ne nebo nei nel nella nelle nem není nicht nie niet noch nog nos nu nur não när når och också od oder og også
    ohne olan olarak oldu ole oleh oli olivat om onde ont ook op oraz os ou ovat où pada par para pas pela pelo
    pentru pero però più po pod por porque prima prin przed przez przy până på před přes při quando que quem qui
    quien sa sans sau se seg según sein seine seiner seit sekä sem ser ses seu seva si sich sie sig sina sind sinds
    sine sitt się sobre som sono sonra sont sous su sua sul sulla sunt suo sur sus são són są tai také także también
    també também tegen telah tidak tra tussen uden uit um uma umas un una unas und une unei uno unos uns unter untuk
    unui utan uten után va vagy van vannak var ve ved vers veya vid volt voltak vom von voor vor waren weil wenn
    werd werden wie wij wir wird wordt wurde wurden yang ze zich zij zijn zonder zum zur zwischen às är çok és
    étaient était être în între önce über şu że že și
    """.split()
)

ENGLISH = frozenset(
    """
    the of and to is are were with by from that which his her its their it they he she has have been be into
    after when who this these not but or than would will could about between during because
    """.split()
)
