"""Origin, recipients and date-time group."""

from datetime import UTC, datetime

import pytest

from ingest.header.addresses import dtg_text, parse_dtg, parse_origin, parse_recipients
from rag.domain.cable import Recipient

HEADER = """
O 281337Z AUG 08 ZDS
FM AMEMBASSY BERN
TO RUEHC/SECSTATE WASHDC IMMEDIATE 6876
RUEKJCS/SECDEF WASHDC//USDP:ISA// NIACT IMMEDIATE
INFO RUCNMEM/EU MEMBER STATES COLLECTIVE PRIORITY 0001
RUEHBJ/AMEMBASSY BEIJING 5092

XMT AMEMBASSY OSLO
C O N F I D E N T I A L BERN 000012

SIPDIS
"""


def test_recipients() -> None:
    assert parse_recipients(HEADER) == [
        Recipient("to", "SECSTATE WASHDC", "IMMEDIATE"),
        Recipient("to", "SECDEF WASHDC//USDP:ISA//", "NIACT IMMEDIATE"),
        Recipient("info", "EU MEMBER STATES COLLECTIVE", "PRIORITY"),
        Recipient("info", "AMEMBASSY BEIJING", "PRIORITY"),
    ]


def test_recipients_of_the_1970s() -> None:
    text = (
        "FM AMEMBASSY TEHRAN\nTO SECSTATE WASHDC 7561 \nINFO SECDEF\nEUCOM\nUNCLASSIFIED SECTION 01 OF 01 TEHRAN 1164"
    )
    assert parse_recipients(text) == [
        Recipient("to", "SECSTATE WASHDC"),
        Recipient("info", "SECDEF"),
        Recipient("info", "EUCOM"),
    ]
    assert parse_recipients("SUBJECT: TO AND FRO") == []


def test_origin() -> None:
    assert parse_origin(HEADER) == "AMEMBASSY BERN"
    assert parse_origin("SUBJECT: A") is None


@pytest.mark.parametrize(
    ("printed", "text", "moment"),
    [
        ("O 281337Z AUG 08", "O 281337Z AUG 08", datetime(2008, 8, 28, 13, 37, tzinfo=UTC)),
        ("P R 281337Z AUG 08", "P R 281337Z AUG 08", datetime(2008, 8, 28, 13, 37, tzinfo=UTC)),
        ("220750Z MAY 07 ZDS", "220750Z MAY 07", datetime(2007, 5, 22, 7, 50, tzinfo=UTC)),
        ("R 181530Z AUG 73", "R 181530Z AUG 73", datetime(1973, 8, 18, 15, 30, tzinfo=UTC)),
        ("121706Z Jan 06", "121706Z JAN 06", datetime(2006, 1, 12, 17, 6, tzinfo=UTC)),
        ("R 310000Z FEB 08\nR 010000Z MAR 2008", "R 010000Z MAR 2008", datetime(2008, 3, 1, tzinfo=UTC)),
        ("REF: OSD REPORT DTG 251847Z MAR 08", None, None),
    ],
)
def test_date_time_group(printed: str, text: str | None, moment: datetime | None) -> None:
    assert dtg_text(f"ZNY CCCCC ZZH\n{printed}\nFM AMEMBASSY BERN") == text
    assert parse_dtg(f"ZNY CCCCC ZZH\n{printed}\nFM AMEMBASSY BERN") == moment
