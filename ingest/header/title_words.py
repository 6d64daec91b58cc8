"""The words of titles and offices at embassies and in the Department, and names that resemble them."""

WORDS = """
1st 2nd 3rd a ac acds acting ad adcm adm administrative admiral adviser advisor affair affaire affaires affairs africa
african agency agent agricultural agriculture aide aids alternate am amb ambassador ambassadorial ambs amcongen amconsul
amembassy american analysis analyst and anti antiterrorism aphis apnsa area arms army arso as asac asia asian assistance
assistant associate asst at att attache attaché attorney authority aviation base based bilateral biodiversity border
branch brigade brigadier budget bureau business by cable cables cao capt captain caribbean cd cda cdr center central cg
chair chairman chairwoman charge chargé chf chief chiefs citizen civil civilian climate cmdr col colonel com command
commander commerce commercial commissioner communications community compliance comptroller conflict cong congen conoff
cons consoff consul consular consulate control controller controls cooperation coord coordinating coordination
coordinator corps corruption cos coun council councilor couns counsel counsellor counselor counselors counter
counternarcotics counterproliferation counterterrorism country cp cpt crime crimes csm ct cultural culture customs d
d'affaires das dc dcg dcm dea defence defense delegate delegation democracy dep department dept deputies deputy desk
development dg dhs diplomatic dir director directorate disarmament disaster district division dod doj dos dpo dr drug
east eastern ec ecmin eco econ economic economics economist economy ecopol ecpol education emb embassy emboff emin
emissary energy enforcement engagement engineer entry environment environmental envoy eo eprt est esth eu eurasian
europe european evaluation exec executive expert export extaff external fas fbi fcs federal fellow finance financial
first fiscal fisheries fmo food for force foreign fraud from fsn fsnp fso gen general global governance government group
gso head health hemisphere historian holy homeland hon honorable hq hr hro hub human humanitarian icass ice immediate
immigration imo implementation in information inspector institute integrated intelligence interagency interests interim
internal international investigator investment ipo iraq irm is isn issues joint judge judicial junior justice kurdistan
labor large latin lead leader legal legat legatt legislative liaison lieutenant line lt ltc ltcol ma maj major
management manager maritime matters mc media medical member mfa mgmt mgt middle migration mil military min mincon
mincouns minecon minister ministerial ministry minorities missile mission mo monetary monitor monitoring mr mrs ms
multilateral multinational multiple munitions narcotic narcotics nas nat'l national nations nato naval navy near
negotiations negotiator nonproliferation north northern nuclear nutrition observer oc oceans of off office officer
officers official oic ombudsman on operation operations org organization organizations other outreach p pa pacific padas
pao para parliamentary partnership pas pc pdas pdcm pe peace permanent permrep persons petroleum planner planning pm po
pol polad poladv polchief polcouns polec poleconoff polfsn policy polit political polmc polmil polmincon poloff post
poste presidential press prevention principal procurement prof program programs proliferation prosecutor protection
protocol provincial prt psyops public py radm rdml rear reconstruction ref refcoord refcord reform refugee refugees
region regional relations relief religion religious rep reporting representative research researcher resident resource
resources response rights rla rotational rso rule russia sa saic sanctions sao scheduler sci science scientific
scientist se sec second secretariat secretary sect section sector security sen senior sensitive services sgt sir six
source sources south southeast southern space special specialist spokesman spokesperson sr ssa stability stabilization
staff state states strategic sub sub-national subnational supervisor supervisory support sworn task taxation tdy team
tech technical technology tel telecommunications temporary territory terrorism the third threat tip to trade trafficking
training transition transnational transportation treasury treaty u un under undersecretary unesco union unit united unsc
us usaf usaid usda usdoc useu usn usnato usosce usss usun verification vice visa visas visit visiting visits warden
water weapons west western wing with women year
"""

# Office symbols of the Department and the missions.
SYMBOLS = """
AC ACG ACT AF AID AIT AMCIT APHIS AVC BIS BSC CA CAO CAR CBP CEN CIA CJ CT DAO DAS DCM DG DIR DRL DS E EAP EB
ECA EEB ENR EPRT EPSC ESC EST ESTH EUR FBO FMO FSI G H HR HRO IIP INL INR INS IO IPO IRPO ISN JO L LA LEGAT LEGATT M MCC
MLO NAS NAVSEA NEA NEC NGA NIV NP NRO NSC ODC OES OIG OPIC ORA ORS PAO PAS PM PMO PO PPD PRM PRT PSD RA REO RMO RSO S SA
SAO SCA SCI SES SIP SOP SPG SRAP T TDY TFU TSB U UN UNR USA USD USINT USOAS USTR USUN VC VCI WCI WHA
"""

# Words that telegrams often misspell: `Ambbassador`, `Couselor`, `Affiars`, `Cheif`.
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
