PRAGMA foreign_keys=OFF;
BEGIN TRANSACTION;
CREATE TABLE manifest (
	name TEXT NOT NULL, 
	value TEXT NOT NULL, 
	PRIMARY KEY (name)
);
INSERT INTO manifest VALUES('schema','4');
INSERT INTO manifest VALUES('model','all-MiniLM-L6-v2');
INSERT INTO manifest VALUES('index','4');
INSERT INTO manifest VALUES('parser','3');
INSERT INTO manifest VALUES('content','4b8f8c4da7584edca42006a8dee1d153');
CREATE TABLE cables (
	id TEXT NOT NULL, 
	post TEXT NOT NULL, 
	post_name TEXT NOT NULL, 
	serial BIGINT NOT NULL, 
	seconds BIGINT, 
	classification TEXT, 
	access TEXT NOT NULL, 
	fields JSON NOT NULL, 
	fingerprint TEXT NOT NULL, 
	"indexed" INTEGER NOT NULL, 
	PRIMARY KEY (id)
);
INSERT INTO cables VALUES('08OSTERMERE71','OSTERMERE','OSTERMERE',71,1201008000,'UNCLASSIFIED','U','{"id": "08OSTERMERE71", "label": "OSTERMERE 71", "post": "OSTERMERE", "date": "2008-01-22T13:20:00Z", "dtg": "R 221320Z JAN 08", "classification": "UNCLASSIFIED", "caveats": [], "declassify_on": null, "origin": "AMEMBASSY OSTERMERE", "subject": "GRAIN AGREEMENT INITIALED AT OSTERMERE", "subject_marking": "U", "tags": ["ETRD", "EAGR", "ECON", "XV", "XZ", "XQ"], "references": ["07OSTERMERE644"], "classified_by": [], "signers": ["BATCHGROVE"], "recipients": [{"kind": "to", "name": "SECSTATE WASHDC", "precedence": null}, {"kind": "info", "name": "AMEMBASSY PORT ZEPHYR", "precedence": null}, {"kind": "info", "name": "AMEMBASSY QUILLHAVEN", "precedence": null}, {"kind": "info", "name": "AMEMBASSY FALLOWGATE", "precedence": null}, {"kind": "info", "name": "USDA FAS WASHDC", "precedence": null}], "summary_key": "08OSTERMERE71#1", "source": "ingest/sample/08OSTERMERE71.txt", "variants": [], "problems": []}','fb715d2bb212b59caf0a8e01fcfea3fbad31996cd9c15ba54eabd33563964c6d',1);
INSERT INTO cables VALUES('06LANTERNBAY45','LANTERNBAY','LANTERN BAY',45,1148033700,'UNCLASSIFIED','U','{"id": "06LANTERNBAY45", "label": "LANTERN BAY 45", "post": "LANTERN BAY", "date": "2006-05-19T10:15:00Z", "dtg": "R 191015Z MAY 06", "classification": "UNCLASSIFIED", "caveats": [], "declassify_on": null, "origin": "AMCONSUL LANTERN BAY", "subject": "BLESSING OF THE FLEET: A FISHING TOWN COUNTS ITS BOATS", "subject_marking": null, "tags": ["ECON", "EFIS", "SOCI", "XQ"], "references": [], "classified_by": [], "signers": ["QUENBY"], "recipients": [{"kind": "to", "name": "SECSTATE WASHDC", "precedence": null}, {"kind": "info", "name": "AMEMBASSY QUILLHAVEN", "precedence": null}, {"kind": "info", "name": "AMEMBASSY PORT ZEPHYR", "precedence": null}, {"kind": "info", "name": "USDOC WASHDC", "precedence": null}], "summary_key": "06LANTERNBAY45#u1", "source": "ingest/sample/06LANTERNBAY45.txt", "variants": [], "problems": []}','07dbe40f839d88220a7cae4e5dc48ead86d02168a95e931e6db28dd9082c1367',1);
CREATE TABLE ledger (
	source TEXT NOT NULL, 
	cable_id TEXT NOT NULL, 
	fingerprint TEXT NOT NULL, 
	outcome TEXT NOT NULL, 
	parser INTEGER, 
	PRIMARY KEY (source, cable_id)
);
INSERT INTO ledger VALUES('ingest/sample/08OSTERMERE71.txt','08OSTERMERE71','fb715d2bb212b59caf0a8e01fcfea3fbad31996cd9c15ba54eabd33563964c6d','added',3);
INSERT INTO ledger VALUES('ingest/sample/06LANTERNBAY45.txt','06LANTERNBAY45','07dbe40f839d88220a7cae4e5dc48ead86d02168a95e931e6db28dd9082c1367','added',3);
CREATE TABLE tombstones (
	id TEXT NOT NULL, 
	cable_id TEXT NOT NULL, 
	locator TEXT, 
	reason TEXT NOT NULL, 
	author TEXT, 
	made BIGINT NOT NULL, 
	salt TEXT NOT NULL, 
	digest TEXT, 
	words INTEGER, 
	replacement TEXT, 
	PRIMARY KEY (id)
);
CREATE TABLE backups (
	path TEXT NOT NULL, 
	made BIGINT NOT NULL, 
	PRIMARY KEY (path)
);
CREATE TABLE keys (
	id TEXT NOT NULL, 
	name TEXT NOT NULL, 
	digest TEXT NOT NULL, 
	level TEXT NOT NULL, 
	noforn BOOLEAN NOT NULL, 
	nodis BOOLEAN NOT NULL, 
	exdis BOOLEAN NOT NULL, 
	created BIGINT NOT NULL, 
	revoked BIGINT, 
	PRIMARY KEY (id)
);
INSERT INTO keys VALUES('ea65453fc70c','reader','9b846c24e227d1b51681551d50bccdd0f3405fbe6770b61d543291870a5e9b03','S',0,0,0,1796042324,NULL);
CREATE TABLE feedback (
	id TEXT NOT NULL, 
	given BIGINT NOT NULL, 
	question TEXT NOT NULL, 
	verdict TEXT NOT NULL, 
	reason TEXT, 
	citations JSON NOT NULL, 
	answer TEXT, 
	PRIMARY KEY (id)
);
CREATE TABLE paragraphs (
	"key" TEXT NOT NULL, 
	cable_id TEXT NOT NULL, 
	position INTEGER NOT NULL, 
	marking TEXT, 
	effective_marking TEXT, 
	access TEXT NOT NULL, 
	heading TEXT, 
	heading_marking TEXT, 
	text TEXT NOT NULL, 
	layout TEXT NOT NULL, 
	PRIMARY KEY ("key"), 
	FOREIGN KEY(cable_id) REFERENCES cables (id) ON DELETE CASCADE
);
INSERT INTO paragraphs VALUES('08OSTERMERE71#1','08OSTERMERE71',0,'U','U','U',NULL,NULL,'Summary. Valdoria, Zephyria and Quillmark initialed an agreement on grain on January 18. Valdoria''s wheat duty will fall from 36 to 20 percent in five yearly steps, beginning on July 1. Zephyria replaces its ban on imported flour with a duty of 25 percent, and Quillmark ends its toll on grain trucks. The lower wheat duty will apply to all suppliers, the United States among them. End Summary.',replace('Summary. Valdoria, Zephyria and Quillmark initialed an\nagreement on grain on January 18. Valdoria''s wheat duty will fall\nfrom 36 to 20 percent in five yearly steps, beginning on July 1.\nZephyria replaces its ban on imported flour with a duty of 25\npercent, and Quillmark ends its toll on grain trucks. The lower\nwheat duty will apply to all suppliers, the United States among\nthem. End Summary.','\n',char(10)));
INSERT INTO paragraphs VALUES('08OSTERMERE71#2','08OSTERMERE71',1,'U','U','U','The Terms',NULL,'The result is less than Valdoria offered last June, when it spoke of 18 percent in four years. Chief negotiator Pascoe Drumm explained at the press conference that an autumn without rain had cost two points and a year. The duty falls to 33 percent in the first step and then to 30, 27, 23 and 20. Barley will be free of duty at once between the three countries, which is what Zephyria''s brewers wanted. Oats were forgotten and will be dealt with by letter.',replace('The result is less than Valdoria offered last June, when\nit spoke of 18 percent in four years. Chief negotiator Pascoe\nDrumm explained at the press conference that an autumn without\nrain had cost two points and a year. The duty falls to 33 percent\nin the first step and then to 30, 27, 23 and 20. Barley will be\nfree of duty at once between the three countries, which is what\nZephyria''s brewers wanted. Oats were forgotten and will be dealt\nwith by letter.','\n',char(10)));
INSERT INTO paragraphs VALUES('08OSTERMERE71#3','08OSTERMERE71',2,'U','U','U','The Terms',NULL,'On flour, the word "remove" does not appear. Zephyria''s parliament will be asked to "substitute" a duty of 25 percent for the ban of 1979. Trade Secretary Ignatius Plover said that the two mills had been promised new machinery and that bread in the capital would become cheaper by about a tenth.',replace('On flour, the word "remove" does not appear. Zephyria''s\nparliament will be asked to "substitute" a duty of 25 percent for\nthe ban of 1979. Trade Secretary Ignatius Plover said that the\ntwo mills had been promised new machinery and that bread in the\ncapital would become cheaper by about a tenth.','\n',char(10)));
INSERT INTO paragraphs VALUES('08OSTERMERE71#4','08OSTERMERE71',3,'U','U','U','The Terms',NULL,'Quillmark''s toll of 12 crowns a ton ends on the day the agreement enters into force. Valdoria will make a single payment of 24 million crowns toward the upkeep of the coast road, somewhat under the 30 million that had been asked for.',replace('Quillmark''s toll of 12 crowns a ton ends on the day the\nagreement enters into force. Valdoria will make a single payment\nof 24 million crowns toward the upkeep of the coast road,\nsomewhat under the 30 million that had been asked for.','\n',char(10)));
INSERT INTO paragraphs VALUES('08OSTERMERE71#5','08OSTERMERE71',4,'U','U','U','The Footnote',NULL,'The phrase in last year''s draft that would have kept the lower rate for states on the Sound is gone. Drumm credited "a friendly question from across the ocean." The Department of Agriculture''s local office estimates that U.S. wheat sales could rise from 190,000 to 260,000 tons a year by the time the last step is taken, most of it in the harder grades that Valdoria does not grow.',replace('The phrase in last year''s draft that would have kept the\nlower rate for states on the Sound is gone. Drumm credited "a\nfriendly question from across the ocean." The Department of\nAgriculture''s local office estimates that U.S. wheat sales could\nrise from 190,000 to 260,000 tons a year by the time the last\nstep is taken, most of it in the harder grades that Valdoria does\nnot grow.','\n',char(10)));
INSERT INTO paragraphs VALUES('08OSTERMERE71#6','08OSTERMERE71',5,'U','U','U','Farmers and Parliament',NULL,'The Farmers'' Union called the agreement "a slow frost" and announced demonstrations for February 9. Agriculture Minister Bettina Krale, who had said that she would not sign below 18 percent, noted that 20 is above 18. She obtained a fund of 180 million valdors for farmers who plant orchards in place of wheat, 30 million more than she had asked for. Payments are to begin in 2009, and nobody at the press conference could say from which budget.',replace('The Farmers'' Union called the agreement "a slow frost" and\nannounced demonstrations for February 9. Agriculture Minister\nBettina Krale, who had said that she would not sign below 18\npercent, noted that 20 is above 18. She obtained a fund of 180\nmillion valdors for farmers who plant orchards in place of wheat,\n30 million more than she had asked for. Payments are to begin in\n2009, and nobody at the press conference could say from which\nbudget.','\n',char(10)));
INSERT INTO paragraphs VALUES('08OSTERMERE71#7','08OSTERMERE71',6,'U','U','U','Farmers and Parliament',NULL,'All three parliaments must approve. Valdoria''s will vote in March and Zephyria''s in April; Quillmark''s is dissolved for the election and will take the matter up in May. The agreement enters into force thirty days after the last approval, but not before July 1.',replace('All three parliaments must approve. Valdoria''s will vote\nin March and Zephyria''s in April; Quillmark''s is dissolved for\nthe election and will take the matter up in May. The agreement\nenters into force thirty days after the last approval, but not\nbefore July 1.','\n',char(10)));
INSERT INTO paragraphs VALUES('08OSTERMERE71#8','08OSTERMERE71',7,'U','U','U','Farmers and Parliament',NULL,'The full text, in three languages and with one spelling mistake in each, is available from the Embassy''s economic section.',replace('The full text, in three languages and with one spelling\nmistake in each, is available from the Embassy''s economic\nsection.','\n',char(10)));
INSERT INTO paragraphs VALUES('06LANTERNBAY45#u1','06LANTERNBAY45',0,'U','U','U',NULL,NULL,'Summary. The annual blessing of the Lantern Bay fleet on May 14 drew 9,000 visitors and the smallest number of boats anyone can remember: 117 passed the mole, against 204 ten years ago. Skippers blame Zephyrian trawlers and the fisheries officers in Quillhaven in equal measure. The town is looking for other work, so far with more hope than success. End Summary.',replace('Summary. The annual blessing of the Lantern Bay fleet on May\n14 drew 9,000 visitors and the smallest number of boats anyone\ncan remember: 117 passed the mole, against 204 ten years ago.\nSkippers blame Zephyrian trawlers and the fisheries officers in\nQuillhaven in equal measure. The town is looking for other work,\nso far with more hope than success. End Summary.','\n',char(10)));
INSERT INTO paragraphs VALUES('06LANTERNBAY45#u2','06LANTERNBAY45',1,NULL,'U','U','Fewer Boats, Older Hands',NULL,'Harbormaster Edda Runcorn keeps the count in a ledger begun by her grandfather. She told the Principal Officer that the fleet has shrunk every year since 1997 and that the average skipper is now 58 years old. Young people go to the canneries in Quillhaven or leave for Valdoria. Of the five boatyards that worked along the north quay in 1990, two remain, and one of those, Pettibone and Daughters, has built nothing but pleasure craft since 2003.',replace('Harbormaster Edda Runcorn keeps the count in a ledger begun by\nher grandfather. She told the Principal Officer that the fleet\nhas shrunk every year since 1997 and that the average skipper is\nnow 58 years old. Young people go to the canneries in Quillhaven\nor leave for Valdoria. Of the five boatyards that worked along\nthe north quay in 1990, two remain, and one of those, Pettibone\nand Daughters, has built nothing but pleasure craft since 2003.','\n',char(10)));
INSERT INTO paragraphs VALUES('06LANTERNBAY45#u3','06LANTERNBAY45',2,NULL,'U','U','Fewer Boats, Older Hands',NULL,'The catch tells the same story. Landings of silverfin, the fat little fish on which the town was built, fell to 9,400 tons last year, less than half the figure for 2000. Scientists at the marine station on Ferris Head say the fish are moving to colder water east of Gannet Rock. The skippers do not dispute this. They say that when they follow the fish they find Zephyrian boats twice their size already there, and no Quillmark cutter in sight.',replace('The catch tells the same story. Landings of silverfin, the fat\nlittle fish on which the town was built, fell to 9,400 tons last\nyear, less than half the figure for 2000. Scientists at the\nmarine station on Ferris Head say the fish are moving to colder\nwater east of Gannet Rock. The skippers do not dispute this.\nThey say that when they follow the fish they find Zephyrian\nboats twice their size already there, and no Quillmark cutter in\nsight.','\n',char(10)));
INSERT INTO paragraphs VALUES('06LANTERNBAY45#u4','06LANTERNBAY45',3,NULL,'U','U','Fewer Boats, Older Hands',NULL,'At the dinner after the blessing the chairman of the Skippers'' League, Magnus Oakenfold, told the Fisheries Minister to her face that quotas were "a diet for the thin man while the fat one eats." Minister Dorrit Saltmarsh, who was born in the town and represents it in parliament, answered that there would be no fish to quarrel over if the limits were lifted. She promised a second patrol cutter before winter and was applauded, though not by the head table.',replace('At the dinner after the blessing the chairman of the Skippers''\nLeague, Magnus Oakenfold, told the Fisheries Minister to her\nface that quotas were "a diet for the thin man while the fat one\neats." Minister Dorrit Saltmarsh, who was born in the town and\nrepresents it in parliament, answered that there would be no\nfish to quarrel over if the limits were lifted. She promised a\nsecond patrol cutter before winter and was applauded, though not\nby the head table.','\n',char(10)));
INSERT INTO paragraphs VALUES('06LANTERNBAY45#u5','06LANTERNBAY45',4,NULL,'U','U','Lamps and Tourists',NULL,'The town council has put its money on visitors. It bought the disused lamp works, where the lenses of every lighthouse in the Sound were once ground, and will open it as a museum in 2008 at a cost of 14 million crowns. The star exhibit is to be the first lens of the Gannet Rock light, taken down in 1961 and stored ever since in a barn. Visitors to the festival could see it under a tarpaulin for two crowns a head.',replace('The town council has put its money on visitors. It bought the\ndisused lamp works, where the lenses of every lighthouse in the\nSound were once ground, and will open it as a museum in 2008 at\na cost of 14 million crowns. The star exhibit is to be the first\nlens of the Gannet Rock light, taken down in 1961 and stored\never since in a barn. Visitors to the festival could see it\nunder a tarpaulin for two crowns a head.','\n',char(10)));
INSERT INTO paragraphs VALUES('06LANTERNBAY45#u6','06LANTERNBAY45',5,NULL,'U','U','Lamps and Tourists',NULL,'Not everyone is pleased. A letter from the Zephyrian consul, read aloud at the council meeting of May 16 amid some laughter, asked the town to note that the lens was "the property of the keepers of the Rock, whoever they may be found to be." The council voted to thank him for his interest.',replace('Not everyone is pleased. A letter from the Zephyrian consul,\nread aloud at the council meeting of May 16 amid some laughter,\nasked the town to note that the lens was "the property of the\nkeepers of the Rock, whoever they may be found to be." The\ncouncil voted to thank him for his interest.','\n',char(10)));
INSERT INTO paragraphs VALUES('06LANTERNBAY45#u7','06LANTERNBAY45',6,NULL,'U','U','Lamps and Tourists',NULL,'Comment. The blessing used to be a religious holiday and a day of drinking. This year it was also a political rally, and the anger was directed at the capital as much as at the neighbor across the water. The promised cutter will be watched for. End comment.',replace('Comment. The blessing used to be a religious holiday and a day\nof drinking. This year it was also a political rally, and the\nanger was directed at the capital as much as at the neighbor\nacross the water. The promised cutter will be watched for. End\ncomment.','\n',char(10)));
CREATE TABLE cable_references (
	cable_id TEXT NOT NULL, 
	position INTEGER NOT NULL, 
	target TEXT NOT NULL, 
	PRIMARY KEY (cable_id, position), 
	FOREIGN KEY(cable_id) REFERENCES cables (id) ON DELETE CASCADE
);
INSERT INTO cable_references VALUES('08OSTERMERE71',0,'07OSTERMERE644');
CREATE TABLE cable_tags (
	cable_id TEXT NOT NULL, 
	tag TEXT NOT NULL, 
	PRIMARY KEY (cable_id, tag), 
	FOREIGN KEY(cable_id) REFERENCES cables (id) ON DELETE CASCADE
);
INSERT INTO cable_tags VALUES('08OSTERMERE71','ETRD');
INSERT INTO cable_tags VALUES('08OSTERMERE71','EAGR');
INSERT INTO cable_tags VALUES('08OSTERMERE71','ECON');
INSERT INTO cable_tags VALUES('08OSTERMERE71','XV');
INSERT INTO cable_tags VALUES('08OSTERMERE71','XZ');
INSERT INTO cable_tags VALUES('08OSTERMERE71','XQ');
INSERT INTO cable_tags VALUES('06LANTERNBAY45','ECON');
INSERT INTO cable_tags VALUES('06LANTERNBAY45','EFIS');
INSERT INTO cable_tags VALUES('06LANTERNBAY45','SOCI');
INSERT INTO cable_tags VALUES('06LANTERNBAY45','XQ');
CREATE TABLE cable_leaders (
	cable_id TEXT NOT NULL, 
	leader TEXT NOT NULL, 
	PRIMARY KEY (cable_id), 
	FOREIGN KEY(cable_id) REFERENCES cables (id) ON DELETE CASCADE
);
CREATE TABLE leader_bands (
	band BIGINT NOT NULL, 
	leader TEXT NOT NULL, 
	PRIMARY KEY (band, leader), 
	FOREIGN KEY(leader) REFERENCES cables (id) ON DELETE CASCADE
);
INSERT INTO leader_bands VALUES(-5668287425062883909,'08OSTERMERE71');
INSERT INTO leader_bands VALUES(8217207699015590186,'08OSTERMERE71');
INSERT INTO leader_bands VALUES(1048446213661595213,'08OSTERMERE71');
INSERT INTO leader_bands VALUES(-8856425291555049441,'08OSTERMERE71');
INSERT INTO leader_bands VALUES(-1379137129555192981,'08OSTERMERE71');
INSERT INTO leader_bands VALUES(9188202594168663761,'08OSTERMERE71');
INSERT INTO leader_bands VALUES(-1511946540691093904,'08OSTERMERE71');
INSERT INTO leader_bands VALUES(4360974746297076635,'08OSTERMERE71');
INSERT INTO leader_bands VALUES(3746345839473975436,'08OSTERMERE71');
INSERT INTO leader_bands VALUES(3307235852897413304,'08OSTERMERE71');
INSERT INTO leader_bands VALUES(8775901386455748448,'08OSTERMERE71');
INSERT INTO leader_bands VALUES(-5245769195044825881,'08OSTERMERE71');
INSERT INTO leader_bands VALUES(5587458648052689169,'08OSTERMERE71');
INSERT INTO leader_bands VALUES(-2831437369251025671,'08OSTERMERE71');
INSERT INTO leader_bands VALUES(1356154730916282838,'08OSTERMERE71');
INSERT INTO leader_bands VALUES(-9197174880150801130,'08OSTERMERE71');
INSERT INTO leader_bands VALUES(-5343779360868306005,'06LANTERNBAY45');
INSERT INTO leader_bands VALUES(3567496700535765576,'06LANTERNBAY45');
INSERT INTO leader_bands VALUES(-761930414304467886,'06LANTERNBAY45');
INSERT INTO leader_bands VALUES(9126304617543907826,'06LANTERNBAY45');
INSERT INTO leader_bands VALUES(-2431254126439572940,'06LANTERNBAY45');
INSERT INTO leader_bands VALUES(7234485904912344384,'06LANTERNBAY45');
INSERT INTO leader_bands VALUES(3917786003419151919,'06LANTERNBAY45');
INSERT INTO leader_bands VALUES(-6224518930126887237,'06LANTERNBAY45');
INSERT INTO leader_bands VALUES(-5596455277682456515,'06LANTERNBAY45');
INSERT INTO leader_bands VALUES(5792966208692227570,'06LANTERNBAY45');
INSERT INTO leader_bands VALUES(992905139377572985,'06LANTERNBAY45');
INSERT INTO leader_bands VALUES(-8242431544022131276,'06LANTERNBAY45');
INSERT INTO leader_bands VALUES(-7872389942384770067,'06LANTERNBAY45');
INSERT INTO leader_bands VALUES(8322438196371865672,'06LANTERNBAY45');
INSERT INTO leader_bands VALUES(8882776318893486355,'06LANTERNBAY45');
INSERT INTO leader_bands VALUES(5669929934614155673,'06LANTERNBAY45');
CREATE TABLE withdrawn_texts (
	digest TEXT NOT NULL, 
	tombstone TEXT NOT NULL, 
	"key" TEXT NOT NULL, 
	PRIMARY KEY (digest, tombstone), 
	FOREIGN KEY(tombstone) REFERENCES tombstones (id) ON DELETE CASCADE
);
CREATE INDEX cables_by_label ON cables (post, serial);
CREATE INDEX ix_tombstones_cable_id ON tombstones (cable_id);
CREATE INDEX paragraphs_by_cable ON paragraphs (cable_id, position);
CREATE INDEX paragraphs_by_access ON paragraphs (cable_id, access);
CREATE INDEX ix_cable_references_target ON cable_references (target);
CREATE INDEX ix_cable_tags_tag ON cable_tags (tag);
CREATE INDEX ix_cable_leaders_leader ON cable_leaders (leader);
CREATE INDEX ix_leader_bands_leader ON leader_bands (leader);
COMMIT;
