"""Errors and oddities of the printed text, and how each is read."""

from rules.ambiguities import Ambiguity

_NUMBERS_ONLY = "Only how the clause is cited."
_NOTHING = "Nothing: the sense is plain."


def _printed(clause: str, key: str, words: str, adopted: str, effect: str = _NOTHING) -> Ambiguity:
    """A misprint: the other reading is the text as printed."""
    return Ambiguity(key, clause, words, adopted, "As printed.", effect)


READINGS = (
    _printed(
        "2.5",
        "applicant_words",
        "Abiturientam, kurš",
        "Abiturients (2.5) and reflektants (2.4) are the same applicant; 2.5 partly repeats 2.4.",
    ),
    _printed(
        "2.14",
        "misprints",
        "progesionālās",
        "Plain misprints (here, and ieveitoti in 2.17.1, Ausgstkolas in 2.17.2, māzāk in 4.6) are read as meant.",
    ),
    _printed(
        "2.17.2",
        "reference_2_28_1",
        "2.28.1. p.",
        "Section 2 ends at 2.23: read 2.17.1.",
        "The second notice repeats the first one's actions; otherwise it has only the letter.",
    ),
    _printed(
        "2.20.1",
        "old_names",
        "Nolikums par PA konkursu",
        "PA, Psiholoģijas Augstskola and akadēmija are this university; maģistratūra and maģistrantūra are the same.",
    ),
    _printed(
        "2.20.2",
        "doubled_words",
        "sarakstā noteiktajā sarakstā noteiktajos",
        "Doubled words are read once.",
    ),
    _printed(
        "2.20.3",
        "reference_2_32_2",
        "2.32.2.p.",
        "There is no such clause: read 2.20.2.",
        "10% is refused beside the 50% of 2.20.2; otherwise 2.23 alone decides, with the same 50%.",
    ),
    _printed(
        "2.20.4",
        "missing_verb",
        "Šis atvieglojums netiek maģistriem",
        "The missing verb is “piemērots”: the discount is not applied to master's students.",
        "A master's student with grades from 8 gets 0%; otherwise 40%.",
    ),
    _printed(
        "2.20.6", "rector_form", "Augstskolas rektore", "Rektore and rektors are the same office."
    ),
    _printed(
        "2.23",
        "missing_verb_2",
        "var Augstskolas rektors vai Valdes locekļi",
        "The missing verb is “pieņemt”: they may take the decision.",
    ),
    _printed("4.9", "number_4_9", "nodarbībunorises", "Printed “4 9.”: clause 4.9.", _NUMBERS_ONLY),
    _printed(
        "5.8",
        "grammar",
        "iegūto vērtējumu absolvējot programmu",
        "The grammar is broken, the two thresholds are clear: 9 by commissions, 8 otherwise.",
    ),
    _printed(
        "7.1 (unnumbered criterion)",
        "first_criterion",
        "jābūt iegūtiem visiem",
        "The first criterion has no number; 7.1.1 is the second.",
        _NUMBERS_ONLY,
    ),
    _printed(
        "7.4",
        "branch_order",
        "rīkojumu par pārcelšanu ir parakstījis Augstskolas rektors",
        "An order of the branch head (7.3) leads to the same entry.",
        "A branch's order is entered in the contract too; otherwise only the rector's.",
    ),
    _printed(
        "7.5 (second)",
        "two_clauses_7_5",
        "cita līmeņa studiju programmu",
        "Two clauses are numbered 7.5: the first is on the branch, the second on the level.",
        _NUMBERS_ONLY,
    ),
    _printed(
        "12.1 (second paragraph)",
        "second_paragraph",
        "Par studiju pārtraukuma piešķiršanu lemj",
        "The second paragraph has no number and belongs to 12.1.",
        _NUMBERS_ONLY,
    ),
    _printed(
        "13.5",
        "leave_in_13_5",
        "kura laikā tika piešķirts akadēmiskais atvaļinājums",
        "As in 13.4: the semester that is repeated.",
        "A failing student without a leave pays 50%; otherwise 100%.",
    ),
    _printed(
        "17 (text)",
        "entry_into_force",
        "Nolikums stājas spēkā no brīža",
        "The date of entry into force is not in the text: the regulations are taken as in force.",
        "No rule refuses a date for being too early; otherwise those before that day would be.",
    ),
)
