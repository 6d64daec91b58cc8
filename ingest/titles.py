"""The words of titles and offices at embassies and in the Department, to tell them from names.

`Minister Counselor for Economic Affairs Robert Luke`, `A/DCM D.C. McCullough`, `EUR/RUS Acting Director`: titles come
in words, in clippings run together (`PolMinCouns`, `EconOff`), and as office symbols (`NEA`, `S/CT`, `ISN/MTR`).
"""

import re

from ingest import post_names
from ingest.spelling import within

_WORDS = frozenset(
    """
    a acting ad adcm amconsul amcongen amembassy adviser advisor affair affairs affaires affaire africa african agency agent agricultural agriculture aids
    amb ambassador ambassadorial ambs american analysis analyst and anti antiterrorism apnsa area arms army as asia asian
    assistance assistant asst associate at att attache attaché authority aviation base based bilateral branch brigadier budget
    bureau business by cable cables capt captain caribbean cda center central charge chargé chief chiefs civil clerk
    climate col colonel com command commander commerce commercial commissioner communications community compliance
    conoff conflict cong congen consul consular consulate control cons coordination coordinator corps cos coun couns counsel
    counselor counsellor counselors councilor counter counternarcotics counterproliferation counterterrorism country
    crime crimes cultural culture customs d das dcm dea defence defense delegate delegation democracy dep department dept
    deputies deputy desk development dhs dir director directorate disarmament diplomatic district division dod doj dos east
    eastern ec eco ecmin econ economic economics economist economy ecopol education embassy emb emboff emin emissary energy
    enforcement engineer environment environmental envoy est esth europe european exec executive expert export external
    extaff fas fbi fcs federal finance financial first fisheries foreign for from fsn fso fsnp general global
    governance government group gso head health holy homeland hr hro hub human humanitarian hq ice immediate immigration
    in information institute integrated intelligence interagency interests interim internal international investigator
    ipo iraq irm is isn issues joint judicial justice labor large latin lead leader legal legat legatt legislative liaison
    lt ltc ltcol lieutenant lead maj major management mc manager medical member mfa mgt middle migration mil military min
    mincouns minister ministry minorities mission missile monitoring multiple multilateral munitions narcotic narcotics nas
    national nations nato navy near negotiations negotiator nonproliferation north northern nuclear observer of off office
    officer officers official oic on operation operations org organization organizations other p pacific pao para
    parliamentary partnership pas pdas peace permanent permrep pe petroleum planning pm pol polad polcouns polchief
    poleconoff policy political polmil poloff post poste principal procurement program programs proliferation protection
    protocol provincial prt psyops public py rear reconstruction ref refcoord refugee refugees region regional relations
    religion rep reporting representative resource resources response rights rso russia sa sao science scientific sci
    scientist se second secretary sect section sector security senior sensitive sgt six source sources south southeast
    southern special specialist sr staff state states sub subnational sub-national supervisor supervisory support tdy team tech
    technical technology tel territory terrorism the third threat to trade trafficking training transnational transportation
    treasury treaty u under undersecretary unesco union unit united un us usaid usaf usda usdoc useu usn usnato usosce
    usss usun verification vice visa visas water weapons west western wing with year
    cd ct cg pc po pa mo ma eo dc eu am oc cp ac dg pdcm de-facto sworn ssa saic asac arso acds dcg csm cdr adm admiral
    gen sen cpt cmdr hon honorable mr mrs ms dr prof sir
    """.split()  # noqa: SIM905 - a table of words
)

# Office symbols of the Department and the missions that stand before a name in capitals.
_SYMBOLS = frozenset(
    """
    AC ACT AF AID AIT AMCIT AVC BIS BSC CA CAR CEN CIA CJ CT DAS DAO DCM DG DIR DRL DS E EAP EB ECA EEB ENR EPSC ESTH ESC EST
    EUR FBO FMO FSI G H HRO HR IIP INL INR INS IO IPO IRPO ISN JO L LA LEGATT LEGAT M MCC MLO NAS NEA NEC NIV NP NSC ODC OES
    OIG ORA ORS PAS PAO PM PMO PO PPD PRM PRT PSD RA REO RMO RSO S SA SAO SCA SCI SES SIP SOP SPG T TDY TFU TSB U UN UNR USA
    USD USINT USOAS USUN USTR VC VCI WCI WHA
    """.split()  # noqa: SIM905
)

# Words whose misspellings are common enough to be met: `Ambbassador`, `Couselor`, `Affiars`, `Cheif`.
_OFTEN_MISSPELLED = (
    "ambassador", "counselor", "affairs", "affaires", "representative", "chief", "director", "secretary", "minister", "officer",
    "deputy", "acting", "political", "economic", "assistant", "consul", "general", "mission", "section", "coordinator", "charge",
    "commercial", "permanent", "principal", "military", "management", "department", "attache", "security", "regional", "advisor",
)  # fmt: skip

# `PolOff`, `EconMinCouns`, `Polchief`, `ESTOff`, `REFCOORD`.
_CLIPPING = re.compile(
    r"(?:(?:pol|polit|econ?|ecomm|mil|min|lab|labor|esth?|ref|con|mgmt|mgt|admin|info|sci|env|dep|act|pub|reg|agri|narc|a|d|e|p)[-/]?)"
    r"{1,4}(?:off|offs|officer|coun|couns?|counc|counselor|cons|chief|min|mincouns?|ad|att|coord|dir|sect|section|specialist)"
)

# Given names and surnames that are also places.
_NAMES_TOO = frozenset("CHAD JORDAN GEORGIA VICTORIA FLORENCE SANTIAGO PARIS SOFIA LIMA KINGSTON HAMILTON AUSTIN CALI".split())
_COUNTRIES = """
AFGHANISTAN ALBANIA ALGERIA ANGOLA ARGENTINA ARMENIA AUSTRALIA AUSTRIA AZERBAIJAN BAHRAIN BANGLADESH BELARUS BELGIUM BOLIVIA
BOSNIA BRAZIL BULGARIA BURMA BURUNDI CAMBODIA CAMEROON CANADA CHINA COLOMBIA CONGO CROATIA CUBA CYPRUS DENMARK DRC ECUADOR
EGYPT ERITREA ESTONIA ETHIOPIA FINLAND FRANCE GAZA GERMANY GHANA GREECE GUINEA HAITI HONDURAS HUNGARY ICELAND INDIA
INDONESIA IRAN IRAQ IRELAND ISRAEL ITALY JAMAICA JAPAN KAZAKHSTAN KENYA KOREA KOSOVO KURDISTAN KYRGYZSTAN LATVIA LEBANON
LIBERIA LIBYA LITHUANIA MACEDONIA MALAYSIA MALTA MEXICO MOLDOVA MONGOLIA MONTENEGRO MOROCCO MOZAMBIQUE NEPAL NETHERLANDS
NICARAGUA NIGER NIGERIA NORWAY OMAN PAKISTAN PALESTINE PARAGUAY PERU PHILIPPINES POLAND PORTUGAL QATAR ROMANIA RUSSIA
RUSSIAN RWANDA SENEGAL SERBIA SLOVAKIA SLOVENIA SOMALIA SPAIN SUDAN SWEDEN SWITZERLAND SYRIA TAIWAN TAJIKISTAN TANZANIA
THAILAND TUNISIA TURKEY TURKMENISTAN UGANDA UKRAINE URUGUAY UZBEKISTAN VENEZUELA VIETNAM YEMEN YUGOSLAVIA ZAMBIA ZIMBABWE
AMERICA ANBAR BALKANS CAUCASUS DARFUR DIYALA EUROPE HELMAND HERAT KANDAHAR NINEWA
"""
_PLACES = frozenset(
    word
    for table in (
        _COUNTRIES,
        post_names.AFRICA,
        post_names.NEAR_EAST,
        post_names.SOUTH_AND_CENTRAL_ASIA,
        post_names.EAST_ASIA_AND_PACIFIC,
        post_names.EUROPE,
        post_names.AMERICAS,
    )
    for word in table.replace(";", " ").split()
    if len(word) > 3 and word not in _NAMES_TOO
)


def is_title_word(word: str) -> bool:
    """Whether a word, punctuation off, belongs to titles and not to names; forgives one or two typing errors."""
    folded = word.lower().replace("0", "o").replace("’", "'")
    if folded in _WORDS or _CLIPPING.fullmatch(folded):
        return True
    parts = [part for part in re.split(r"[-/&+]", folded, maxsplit=4) if part]
    if len(parts) > 1:
        return all(part in _WORDS or is_symbol(part.upper()) or is_title_word(part) for part in parts)
    return _misspelled(folded)


def _misspelled(folded: str) -> bool:
    if len(folded) < 4 or not folded.isalpha():
        return False
    return any(
        within(folded, word, 2 if len(word) >= 9 else 1)
        for word in _OFTEN_MISSPELLED
        if len(folded) > 4 or (folded[0], folded[-1]) == (word[0], word[-1])
    )


def is_symbol(word: str) -> bool:
    """Whether a word in capitals is an office symbol: `NEA`."""
    return word in _SYMBOLS


def is_place(word: str, certain: bool = False) -> bool:
    """Whether a word is a country's or a post's name; `certain` where the context rules out a personal name."""
    return word.upper() in _PLACES or (certain and word.upper() in _NAMES_TOO)
