"""Takes signatures, closing formulas, footers and mail programs' own lines off an answer.

Only lines that look like one go; a line with a number or a doubt in it stays part of the answer,
where it must be understood.
"""

import re
from collections.abc import Iterator, Sequence

from rules.replies.folding import plain, plain_line
from rules.replies.items import ALARMS, Item, Reader

_DELIMITER = re.compile(r"-- ?|—|[-_=*~–—]{3,80}")
_PROGRAM = re.compile(
    r"(?:sent from|sent via|sent with|sent using|get outlook|download outlook|nosutits no|nosutits ar|sutits no|sutits ar|iegut outlook|iegustiet outlook"
    r"|iegustiet outlook|iegutiet outlook|отправлено с|отправлено из|отправлено через|отправлено от|получите outlook"
    r"|virus-free|virusfree|no virus found|posted with|inbox\.lv|mail\.ru)\b.{0,160}"
)
_CLOSING = re.compile(
    r"(?P<before>^|[.!,;)] ?|\d )(?:ar cienu|ar patiesu cienu|ar labu|ar sveicienu|ar sveicieniem|sveicieni|ciena|best regards"
    r"|kind regards|warm regards|with kind regards|with best regards|regards|best wishes|sincerely"
    r"|yours sincerely|с уважением|с наилучшими пожеланиями|всего доброго|visu labu|br)\b(?=[,.! \n-]|$)"
)
_FOOTER = re.compile(
    r"(?:si vestule|sis e-pasts|sis zinojums|sis sutijums|this e-?mail|this message|disclaimer|confidential|konfidencial|pirms drukasanas|padoma? par vidi|please consider"
    r"|данное сообщение|это сообщение)"
)
_POSTSCRIPT = re.compile(r"p\. ?s\.?|ps[:.]|п\. ?с\.?|з\. ?ы\.?")
_ABOUT_PEOPLE = frozenset(
    ["people", "present", "class_noun", "group_noun", "not_present", "absent"]
)
_PHONE = re.compile(r"[+()0-9 /.-]{7,40}")
_CORPORATE = re.compile(
    r"\blv ?- ?[0-9]{4}\b|\biso ?[0-9]{4,5}|\breg\. ?nr|\b[0-9]{4}/[0-9]{2,4}\b", re.IGNORECASE
)


def without_signature(lines: Sequence[str], reader: Reader) -> list[str]:
    """The lines of an answer that are not a signature."""
    return list(_answer_lines(lines, reader))


def _answer_lines(lines: Sequence[str], reader: Reader) -> Iterator[str]:
    in_signature = is_final = False
    for line in lines:
        folded = plain_line(line)
        if _POSTSCRIPT.match(folded):
            in_signature = is_final = False
            yield _POSTSCRIPT.sub("", folded, count=1).strip(" :")
        elif _PROGRAM.fullmatch(folded):
            continue
        elif folded and _DELIMITER.fullmatch(line.strip() if line != "-- " else line):
            in_signature, is_final = True, is_final or line.strip() == "--"
        elif is_final:
            continue
        elif in_signature or _is_name(folded, reader) or _FOOTER.match(folded):
            in_signature = True
            if _belongs_to_answer(line, reader):
                yield line
        else:
            answer, found = _before_closing(line)
            in_signature = found
            yield answer
            if found and _belongs_to_answer(line[len(answer) :], reader):
                yield line[len(answer) :]


def _before_closing(line: str) -> tuple[str, bool]:
    """The part of a line before "Ar cieņu", and whether it was there."""
    folded = " ".join(_keep_length(word) for word in line.split(" "))
    match = _CLOSING.search(folded)
    if match is None or len(folded) != len(line):
        return line, False
    return line[: match.end("before")], True


def _keep_length(word: str) -> str:
    """Folded, unless folding changes the length and with it the places in the line."""
    bare = plain(word)
    return bare if len(bare) == len(word) else word.lower()


def _is_name(folded: str, reader: Reader) -> bool:
    words = re.findall(r"\w+", folded)
    if not words or len(words) > 6:
        return False
    known = [word for word in words if word in reader.person_words or len(word) == 1]
    titles = [word for word in words if word in _TITLES]
    return bool(set(known) & reader.person_words) and len(known) + len(titles) == len(words)


_TITLES = frozenset(
    [
        "dr",
        "mg",
        "prof",
        "doc",
        "asoc",
        "lekt",
        "lektors",
        "lektore",
        "docents",
        "docente",
        "profesors",
        "profesore",
        "phd",
        "mba",
        "msc",
        "bc",
        "oec",
        "sc",
        "ing",
        "paed",
        "philol",
        "viesdocente",
        "viesdocents",
        "viesl",
        "dipl",
        "habil",
        "mag",
        "jur",
        "psych",
    ]
)


def _belongs_to_answer(line: str, reader: Reader) -> bool:
    """Whether a line below the closing formula says something about numbers."""
    if _PHONE.fullmatch(line.strip()) or _CORPORATE.search(line):
        return False
    items = reader.items(line)
    if not any(item.role in ALARMS for item in items):
        return False
    return not _is_office_line(items) or _counts_people(items)


def _is_office_line(items: Sequence[Item]) -> bool:
    return any(item.role == "link" or "signature" in item.kinds for item in items)


def _counts_people(items: Sequence[Item]) -> bool:
    roles = {item.role for item in items}
    return "number" in roles and not roles.isdisjoint(_ABOUT_PEOPLE)
