"""Study regulations, section 15: rights of students that depend on a fact."""

from rules.regulations.answer import Answer, Point, say, verdict
from rules.regulations.rule import rule

_DUTIES = Point("contract_duties", "nav izpildītas līguma saistības", "contract duties are not met")


@rule("15.2")
def may_use_facilities(contract_duties_met: bool) -> Answer[bool]:
    """Whether rooms, library, equipment and services may be used: contract duties are met (15.2)."""
    yes = say("Telpas, bibliotēku un aparatūru izmantot drīkst", "Facilities may be used")
    no = say("Telpas, bibliotēku un aparatūru izmantot nedrīkst", "Facilities may not be used")
    return verdict(("15.2",), yes, no, () if contract_duties_met else (_DUTIES,))
