"""Countries as row 18 tells them apart: Latvia, the other EU and EEA states, the rest.

Codes are ISO 3166-1 alpha-2; the members of the EU are those since 1 February 2020.
"""

LATVIA = "LV"

# "Eiropas Savienības vai EEZ valstu robežās": the member states other than Latvia, and the three
# EFTA states of the European Economic Area (Switzerland is not one of them).
_EU = "AT BE BG CY CZ DE DK EE ES FI FR GR HR HU IE IT LT LU MT NL PL PT RO SE SI SK"
_EFTA_IN_EEA = "IS LI NO"
EU_AND_EEA = frozenset(f"{_EU} {_EFTA_IN_EEA}".split())

# Parts of EU states with a code of their own: the order does not say how they are priced.
EU_TERRITORIES = frozenset({"AX", "BL", "GF", "GP", "MF", "MQ", "RE", "YT"})

# The 249 codes of ISO 3166-1, and XK, which the post uses for Kosovo.
_CODES = (
    "AD AE AF AG AI AL AM AO AQ AR AS AT AU AW AX AZ BA BB BD BE BF BG BH BI BJ BL BM BN BO BQ "
    "BR BS BT BV BW BY BZ CA CC CD CF CG CH CI CK CL CM CN CO CR CU CV CW CX CY CZ DE DJ DK DM "
    "DO DZ EC EE EG EH ER ES ET FI FJ FK FM FO FR GA GB GD GE GF GG GH GI GL GM GN GP GQ GR GS "
    "GT GU GW GY HK HM HN HR HT HU ID IE IL IM IN IO IQ IR IS IT JE JM JO JP KE KG KH KI KM KN "
    "KP KR KW KY KZ LA LB LC LI LK LR LS LT LU LV LY MA MC MD ME MF MG MH MK ML MM MN MO MP MQ "
    "MR MS MT MU MV MW MX MY MZ NA NC NE NF NG NI NL NO NP NR NU NZ OM PA PE PF PG PH PK PL PM "
    "PN PR PS PT PW PY QA RE RO RS RU RW SA SB SC SD SE SG SH SI SJ SK SL SM SN SO SR SS ST SV "
    "SX SY SZ TC TD TF TG TH TJ TK TL TM TN TO TR TT TV TW TZ UA UG UM US UY UZ VA VC VE VG VI "
    "VN VU WF WS XK YE YT ZA ZM ZW"
)
CODES = frozenset(_CODES.split())


def shipping_row(country: str) -> str:
    """The row for sending documents to that country.

    >>> [shipping_row(code) for code in ("LV", "NO", "CH")]
    ['18.1', '18.2', '18.3']
    """
    if country == LATVIA:
        return "18.1"
    return "18.2" if country in EU_AND_EEA else "18.3"
