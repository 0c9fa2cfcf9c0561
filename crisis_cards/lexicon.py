"""Closed lists that facts, templates and gates go by. What a list cannot tell, no card asks."""

import re

ARROW = re.compile(r"\s*(?:(?<![<-])-{1,2}>|(?<![<=])={1,2}>|→|⇒|➔|➜|⟶|⟹)\s*")

# Nouns that say nothing by themselves: no answer, and no class to ask for.
LIGHT_NOUNS = frozenset(
    """
    impact effect figure city country nation condition facility price grade group member view whole outcome
    everybody variety volume quantity change feature characteristic property species way thing idea option success
    point part kind sort type lot number fact case example role position problem issue situation scenario time
    moment day year period place level degree amount range people person man woman something anything nothing
    everything someone everyone nobody other others one ones result reason basis aim use need chance process factor
    aspect element offer news word report area side end beginning potential ability order term matter life world
    """.split()
)

# Verbs that carry no news of their own: a question made of one and a subject is thin.
LIGHT_VERBS = frozenset(
    """
    be have had has make makes made making get gets got getting take takes took taken taking go goes went gone going
    come comes came coming become becomes became remain remains remained seem seems seemed appear appears appeared
    begin begins began begun start starts started continue continues continued keep keeps kept keeping need needs
    needed
    """.split()
)

# Verbs whose infinitive is the same event: "appeared to be", "began to rethink".
RAISING = frozenset(
    """
    appear seem begin start continue tend happen come prove have need cease go use turn get
    """.split()
)

# Adjectives that judge or count rather than tell a kind.
PLAIN_ADJECTIVES = frozenset(
    """
    own top negative positive poor increased increasing reduced dangerous serious recent current modern famous
    popular many much several few some more most less least significant great greater greatest important essential
    real main major minor new old other another such same certain various different first second third last next
    good bad better best worse worst large larger small big huge high low long short whole full entire basic general
    possible appropriate particular common special perfect clear simple similar only additional necessary
    """.split()
)

# Adjectives that take a complement, with the preposition by which it is asked for.
COMPLEMENT_PREPOSITIONS = {
    "convinced": "of",
    "aware": "of",
    "sure": "of",
    "certain": "of",
    "confident": "of",
    "afraid": "of",
    "hopeful": "of",
    "worried": "about",
    "angry": "about",
    "concerned": "about",
}

QUANTIFIERS = frozenset(
    """
    some most many few any all several different other others each every both various more only
    """.split()
)

PRONOUNS = frozenset(
    """
    he him his she her it they them their itself himself herself themselves one what
    """.split()
)

# Words that something must follow.
UNFINISHED = frozenset("the a an of to and or by from with in at".split())

# Words that point at something outside their phrase.
POINTING = frozenset(["this", "that", "these", "those", "such", "same"])

NEGATIVES = frozenset("no not n't never neither nor none nobody nothing hardly without".split())

# Labels that name a place in the notes, not a thing to know.
EMPTY_LABELS = frozenset(
    """
    background problem problems cause causes note notes example examples ex e.g eg i.e result results solution goal
    goals reason reasons effect effects overview summary definition definitions important context details info
    question answer focus intro introduction conclusion key aim aims purpose pros cons advantage advantages
    disadvantage disadvantages feature features type types issue issues outcome outcomes consequence consequences
    impact today yesterday tomorrow tip warning todo other misc general remember nb method methods idea ideas main
    fact facts theme point points
    def defn thm theorem lemma proof remark claim corollary exercise steps step setup alg algorithm invariant
    criticism criticisms things thing arguments argument for against why how what who when where pro con plus minus
    strengths weaknesses strength weakness limitations evaluation analysis evidence social economic environmental
    """.split()
)

COUNTRIES = frozenset(
    """
    afghanistan albania algeria angola argentina armenia australia austria azerbaijan bangladesh belarus belgium
    bolivia bosnia botswana brazil britain bulgaria cambodia cameroon canada chad chile china colombia congo croatia
    cuba cyprus czechoslovakia denmark ecuador egypt england eritrea estonia ethiopia fiji finland france gabon
    gambia georgia germany ghana greece guatemala guinea haiti honduras hungary iceland india indonesia iran iraq
    ireland israel italy jamaica japan jordan kazakhstan kenya korea kosovo kuwait laos latvia lebanon liberia libya
    lithuania luxembourg madagascar malawi malaysia mali malta mexico moldova mongolia montenegro morocco mozambique
    myanmar namibia nepal netherlands nicaragua niger nigeria norway oman pakistan palestine panama paraguay peru
    philippines poland portugal prussia qatar romania russia rwanda scotland senegal serbia singapore slovakia
    slovenia somalia spain sudan sweden switzerland syria taiwan tanzania thailand togo tunisia turkey uganda
    ukraine uk uruguay us u.s. usa uzbekistan venezuela vietnam wales yemen yugoslavia zambia zimbabwe ussr
    """.split()
)

# Words too common to tell one card from another; also what stems are not compared.
STOP_WORDS = frozenset(
    """
    a about above after again against all also although am an and any are as at be because been before being below
    between both but by can could did do does doing down during each either even ever every few for from further had
    has have having he her here hers herself him himself his how however i if in into is it its itself just like may
    me might more most much must my neither no nor not of off on once only or other our out over own per rather same
    she should since so some still such than that the their them themselves then there therefore these they this
    those though through thus to too toward towards under until unless up upon us very via was we were what when
    where whether which while who whom whose why will with within without would yet you your already now s t d ll re
    ve n't
    """.split()
)

# Nouns that say what kind of thing a name or phrase names: *which treaty*, *the Treaty of Trianon*.
CLASS_NOUNS = frozenset(
    """
    act agreement alliance amendment army article assembly attack award bank battle bay board book bureau campaign
    canal case census channel charter church city civilisation class clause club code college colony column commission
    committee company conference congress constitution convention corps council country court crisis current curve
    declaration decree defence department desert disease dispute district doctrine dynasty economy edict effect
    election embargo empire enzyme equation era event expedition experiment faction family famine federation festival
    fleet forest formula front function fund gap gene glacier gland government group gulf hormone house index industry
    institute invasion island kingdom lake law layer league legion line ministry mission model monarchy mountain
    mountains movement museum mutiny navy network nebula newspaper office operation order organ organisation
    organization pact palace parliament party peninsula period plague plain plan plate plateau poem policy port
    principle prize programme project protocol province provision purge raid railway ratio rebellion reform region
    reign republic resistance resolution revolt revolution river rule rules school scheme sea secretary senate service
    settlement siege society spring state strait strategy strike study summit system tax temple territory test theorem
    theory trade treaty trench trial tribe triangle union university uprising vaccine valley virus volcano war zone
    limb membrane nerve muscle artery vein valve cell cells tubule cortex lobe chamber ridge trough fault boundary
    margin
    """.split()
)

# Titles that a name may carry: they ask for it.
TITLES = frozenset(
    """
    president premier chancellor minister ambassador secretary general admiral marshal major colonel captain king queen
    emperor empress tsar czar pope bishop prince princess duke justice senator governor mayor judge lord lady
    """.split()
)

# What only people do: their subjects are asked for by *who*.
PEOPLE_VERBS = frozenset(
    """
    accuse announce argue ask believe born carve claim command compare compose conclude condemn criticise declare
    defend define demand describe design die discover distinguish divorce emigrate enrol estimate found hear hesitate
    imagine insist interview introduce invent isolate kill lecture marry name note notice observe order paint pardon
    persuade praise predict promise propose prove publish put question read realise refuse reject replace reply report
    resign say sculpt show sign speak study suggest teach tell test think threaten trace travel try urge visit warn win
    write abdicate assassinate coin crown depose derive draft dismiss educate exhibit formulate kneel measure own
    pioneer plead postulate reign retire swear sail step vow walk
    """.split()
)
