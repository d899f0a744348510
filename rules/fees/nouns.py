"""Nouns with their plurals, and the units that prices are for, Latvian and English.

Whole sentences are in `texts.py` and `refusal_texts.py`.
"""

from collections.abc import Mapping
from types import MappingProxyType

from rules.wording import Noun

# The Latvian case, where it is not the nominative, is part of the key.
NOUNS: Mapping[str, Noun] = MappingProxyType(
    {
        "working_day": Noun("darba diena", "darba dienas", "working day", "working days"),
        "calendar_day": Noun(
            "kalendārā diena", "kalendārās dienas", "calendar day", "calendar days"
        ),
        "calendar_day_dative": Noun("dienai", "dienām", "day", "days"),
        "day_late": Noun(
            "kavēta kalendārā diena",
            "kavētas kalendārās dienas",
            "calendar day late",
            "calendar days late",
        ),
        "month_genitive": Noun("mēneša", "mēnešu", "month", "months"),
        "period": Noun("periods", "periodi", "period", "periods"),
        "minute": Noun("minūte", "minūtes", "minute", "minutes"),
        "piece": Noun("gabals", "gabali", "piece", "pieces"),
        "piece_dative": Noun("gabalam", "gabaliem", "piece", "pieces"),
        "credit_point": Noun("kredītpunkts", "kredītpunkti", "credit point", "credit points"),
    }
)

# "par ..." (accusative): what the price is for; the key is the list's unit.
UNITS_LV: Mapping[str, str] = MappingProxyType(
    {
        "certificate": "izziņu",
        "request": "pieprasījumu",
        "document copy": "dokumenta kopiju",
        "course description": "kursa aprakstu",
        "diploma": "diplomu",
        "supplement in one language": "pielikumu vienā valodā",
        "individual test protocol": "individuālā pārbaudījuma protokolu",
        "study course": "studiju kursu",
        "group member": "grupas dalībnieku",
        "report defence": "prakses pārskata aizstāvēšanu",
        "resubmission": "atkārtotu iesniegšanu",
        "case": "gadījumu",
        "pre-defence": "priekšaizstāvēšanu",
        "calendar day late": "kavētu kalendāro dienu",
        "thesis": "darbu",
        "plan": "plānu",
        "recognition case": "atzīšanas gadījumu",
        "course participant": "kursu dalībnieku",
        "application": "iesniegumu",
        "credit point": "kredītpunktu",
        "change": "maiņu",
        "withdrawal": "atteikšanos",
        "change of place": "vietas maiņu",
        "shipment": "sūtījumu",
        "repeated check": "atkārtotu pārbaudi",
        "extension": "termiņa pagarinājumu",
        "card": "apliecību",
        "printed A4 page": "A4 izdruku",
        "A3 sheet printed on one side": "A3 lapu, apdrukātu no vienas puses",
        "A3 sheet printed on both sides": "A3 lapu, apdrukātu no abām pusēm",
        "A4 sheet copied on one side": "A4 lapu, kopētu no vienas puses",
        "A4 sheet copied on both sides": "A4 lapu, kopētu no abām pusēm",
        "copied film sheet": "kopētu plēves lapu",
        "A3 sheet copied on one side": "A3 lapu, kopētu no vienas puses",
        "A3 sheet copied on both sides": "A3 lapu, kopētu no abām pusēm",
        "binding": "iesējumu",
        "poster per 14 days": "plakātu 14 dienu periodā",
        "batch in the piece range": "iespieddarbu partiju",
        "stand (up to 2 m²) per 14 days": "stendu (līdz 2 m²) 14 dienu periodā",
        "45 minutes": "45 minūtēm",
        "advertisement per 30 days": "sludinājumu 30 dienu periodā",
        "visual per 1 day": "vizuāli vienā dienā",
        "student e-mail": "e-pastu vienam studējošajam",
    }
)
# Row 11 is paid per SQA certificate (sertifikāts), not per statement (izziņa).
UNITS_LV_OF_ROW: Mapping[str, str] = MappingProxyType({"11": "sertifikātu"})
