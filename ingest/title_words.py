"""Tables of titles and offices at embassies and in the Department, for `ingest.titles`."""

WORDS = """
a ac acds acting ad adcm adm admiral adviser advisor affair affaire affaires affairs africa african agency agent
agricultural agriculture aids am amb ambassador ambassadorial ambs amcongen amconsul amembassy american analysis
analyst and anti antiterrorism apnsa area arms army arso as asac asia asian assistance assistant associate asst at att
attache attaché authority aviation base based bilateral branch brigadier budget bureau business by cable cables capt
captain caribbean cd cda cdr center central cg charge chargé chief chiefs civil climate cmdr col colonel com command
commander commerce commercial commissioner communications community compliance conflict cong congen conoff cons consul
consular consulate control coordination coordinator corps cos coun councilor couns counsel counsellor counselor
counselors counter counternarcotics counterproliferation counterterrorism country cp cpt crime crimes csm ct cultural
culture customs d das dc dcg dcm dea defence defense delegate delegation democracy dep department dept deputies deputy
desk development dg dhs diplomatic dir director directorate disarmament district division dod doj dos dr east eastern
ec ecmin eco econ economic economics economist economy ecopol education emb embassy emboff emin emissary energy
enforcement engineer environment environmental envoy eo est esth eu europe european exec executive expert export
extaff external fas fbi fcs federal finance financial first fisheries for foreign from fsn fsnp fso gen general global
governance government group gso head health holy homeland hon honorable hq hr hro hub human humanitarian ice immediate
immigration in information institute integrated intelligence interagency interests interim internal international
investigator ipo iraq irm is isn issues joint judicial justice labor large latin lead leader legal legat legatt
legislative liaison lieutenant lt ltc ltcol ma maj major management manager mc medical member mfa mgt middle migration
mil military min mincouns minister ministry minorities missile mission mo monitoring mr mrs ms multilateral multiple
munitions narcotic narcotics nas national nations nato navy near negotiations negotiator nonproliferation north
northern nuclear observer oc of off office officer officers official oic on operation operations org organization
organizations other p pa pacific pao para parliamentary partnership pas pc pdas pdcm pe peace permanent permrep
petroleum planning pm po pol polad polchief polcouns poleconoff policy political polmil poloff post poste principal
procurement prof program programs proliferation protection protocol provincial prt psyops public py rear
reconstruction ref refcoord refugee refugees region regional relations religion rep reporting representative resource
resources response rights rso russia sa saic sao sci science scientific scientist se second secretary sect section
sector security sen senior sensitive sgt sir six source sources south southeast southern special specialist sr ssa
staff state states sub sub-national subnational supervisor supervisory support sworn tdy team tech technical
technology tel territory terrorism the third threat to trade trafficking training transnational transportation
treasury treaty u un under undersecretary unesco union unit united us usaf usaid usda usdoc useu usn usnato usosce
usss usun verification vice visa visas water weapons west western wing with year
"""

# Office symbols of the Department and the missions.
SYMBOLS = """
AC ACT AF AID AIT AMCIT AVC BIS BSC CA CAR CEN CIA CJ CT DAO DAS DCM DG DIR DRL DS E EAP EB ECA EEB ENR EPSC ESC EST
ESTH EUR FBO FMO FSI G H HR HRO IIP INL INR INS IO IPO IRPO ISN JO L LA LEGAT LEGATT M MCC MLO NAS NEA NEC NIV NP NSC
ODC OES OIG ORA ORS PAO PAS PM PMO PO PPD PRM PRT PSD RA REO RMO RSO S SA SAO SCA SCI SES SIP SOP SPG T TDY TFU TSB U
UN UNR USA USD USINT USOAS USTR USUN VC VCI WCI WHA
"""

# Words whose misspellings are common enough to be met: `Ambbassador`, `Couselor`, `Affiars`, `Cheif`.
OFTEN_MISSPELLED = """
acting advisor affaires affairs ambassador assistant attache charge chief commercial consul coordinator counselor
department deputy director economic general management military minister mission officer permanent political principal
regional representative secretary section security
"""

# Surnames that are also words of titles.
SURNAMES_TOO = "east head major north service small west"

COUNTRIES = """
AFGHANISTAN ALBANIA ALGERIA AMERICA ANBAR ANGOLA ARGENTINA ARMENIA AUSTRALIA AUSTRIA AZERBAIJAN BAHRAIN BALKANS
BANGLADESH BELARUS BELGIUM BOLIVIA BOSNIA BRAZIL BULGARIA BURMA BURUNDI CAMBODIA CAMEROON CANADA CAUCASUS CHINA
COLOMBIA CONGO CROATIA CUBA CYPRUS DARFUR DENMARK DIYALA DRC ECUADOR EGYPT ERITREA ESTONIA ETHIOPIA EUROPE FINLAND
FRANCE GAZA GERMANY GHANA GREECE GUINEA HAITI HELMAND HERAT HONDURAS HUNGARY ICELAND INDIA INDONESIA IRAN IRAQ IRELAND
ISRAEL ITALY JAMAICA JAPAN KANDAHAR KAZAKHSTAN KENYA KOREA KOSOVO KURDISTAN KYRGYZSTAN LATVIA LEBANON LIBERIA LIBYA
LITHUANIA MACEDONIA MALAYSIA MALTA MEXICO MOLDOVA MONGOLIA MONTENEGRO MOROCCO MOZAMBIQUE NEPAL NETHERLANDS NICARAGUA
NIGER NIGERIA NINEWA NORWAY OMAN PAKISTAN PALESTINE PARAGUAY PERU PHILIPPINES POLAND PORTUGAL QATAR ROMANIA RUSSIA
RUSSIAN RWANDA SENEGAL SERBIA SLOVAKIA SLOVENIA SOMALIA SPAIN SUDAN SWEDEN SWITZERLAND SYRIA TAIWAN TAJIKISTAN
TANZANIA THAILAND TUNISIA TURKEY TURKMENISTAN UGANDA UKRAINE URUGUAY UZBEKISTAN VENEZUELA VIETNAM YEMEN YUGOSLAVIA
ZAMBIA ZIMBABWE
"""

# Places that are also given names or surnames.
NAMES_TOO = "AUSTIN CALI CHAD FLORENCE GEORGIA HAMILTON JORDAN KINGSTON LIMA PARIS SANTIAGO SOFIA VICTORIA"
