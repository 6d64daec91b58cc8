"""What common TAGS stand for (Traffic Analysis by Geography and Subject, 5 FAH-3 H-800)."""

_MEANINGS = {
    "AEMR": "emergency planning", "AMGT": "management", "APER": "personnel", "ASEC": "security",
    "BEXP": "trade promotion", "CASC": "assistance to citizens", "CMGT": "consular management", "CVIS": "visas",
    "EAGR": "agriculture", "EAID": "foreign aid", "EAIR": "civil aviation", "ECON": "economic conditions",
    "ECPS": "communications and postal systems", "EFIN": "finance", "EFIS": "fisheries", "EIND": "industry",
    "EINV": "foreign investment", "ELAB": "labor", "ELTN": "land transportation", "EMIN": "minerals and metals",
    "ENRG": "energy", "EPET": "petroleum and natural gas", "ETRD": "foreign trade", "ETTC": "trade controls",
    "EWWT": "waterborne transportation", "KCOR": "corruption", "KCRM": "crime", "KDEM": "democratization",
    "KFLO": "family liaison", "KGHG": "climate change", "KIPR": "intellectual property", "KIRF": "religious freedom",
    "KISL": "Islamic affairs", "KJUS": "justice", "KNNP": "nuclear non-proliferation", "KPAL": "Palestinian affairs",
    "KPAO": "public affairs", "KPKO": "peacekeeping", "KTFN": "terrorism finance", "KTIP": "trafficking in persons",
    "KWBG": "West Bank and Gaza", "KWMN": "women's issues", "MARR": "military and defense arrangements",
    "MASS": "military assistance and sales", "MCAP": "military capabilities", "MNUC": "military nuclear applications",
    "MOPS": "military operations", "ODIP": "diplomatic representation", "OEXC": "exchange programs",
    "OIIP": "international information programs", "OREP": "congressional travel", "OTRA": "travel",
    "OVIP": "visits of prominent persons", "PARM": "arms control", "PBTS": "boundaries and sovereignty",
    "PGOV": "internal government affairs", "PHSA": "high seas affairs", "PHUM": "human rights",
    "PINR": "intelligence", "PINS": "national security", "POL": "political affairs", "PREF": "refugees",
    "PREL": "external political relations", "PROP": "propaganda", "PTER": "terrorism", "SCUL": "culture",
    "SENV": "environment", "SMIG": "migration", "SNAR": "narcotics", "SOCI": "social conditions",
    "TBIO": "biological and medical science", "TPHY": "physical sciences", "TRGY": "energy technology",
    "TSPL": "science policy",
}  # fmt: skip

TAGS_OF_SUBJECTS = tuple(_MEANINGS)


def tag_meaning(tag: str) -> str | None:
    """What a tag stands for; None for tags of countries and organisations, and for rare ones."""
    return _MEANINGS.get(tag)
