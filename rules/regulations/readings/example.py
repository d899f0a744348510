"""The answers with which readings show their effect; the rules themselves, called by name."""

import json

from rules.regulations.wire import run, to_plain


def shown(name: str, **given: object) -> str:
    """The value that a rule answers, as JSON without quotes around a single string.

    >>> shown("repeat_semester_fee", tuition="999.99", earlier_semester_fully_paid=True)
    '500.00'
    """
    plain = to_plain(run(name, given).value)
    return plain if isinstance(plain, str) else json.dumps(plain, ensure_ascii=False)
