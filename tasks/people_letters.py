"""Steps 3 and 6 share this: one conversation per person, and the next letter in each.

Writing puts letters into the outbox as bytes; `tasks/send_letters.py` sends them.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from sqlmodel import Session

from integrations.letters import Invitations, Office, Recipient, Rendered
from models.database import writing
from models.letter import (
    UNDELIVERED,
    Letter,
    LetterKind,
    LetterState,
    last_sequences,
    latest_letters,
    letters_written,
    sent_letters,
    supersede,
    told_letters,
)
from rules.conversation import Telling, Variant, next_telling, pressing, to_correct
from rules.facts import Change, ChangeKind, ClassFacts, content_hash, facts_from_json, facts_to_json
from tasks.context import StepContext
from tasks.earlier_letters import EarlierLetters
from tasks.outbox import Address, compose, queue

_CHUNK = 200  # letters queued in one transaction

FirstLetter = Callable[[date, Recipient, Sequence[ClassFacts], Office, int], Rendered]
ChangeLetter = Callable[
    [date, Recipient, Sequence[Change], Sequence[ClassFacts], Office, int], Rendered
]


@dataclass(frozen=True, slots=True)
class Conversation:
    """A kind of letters with what renders them."""

    kind: LetterKind
    first: FirstLetter
    change: ChangeLetter


@dataclass(frozen=True, slots=True)
class Listener:
    """Somebody with what they should know of the day."""

    key: str
    recipient: Recipient
    wanted: tuple[ClassFacts, ...]


@dataclass(frozen=True, slots=True)
class NextLetter:
    """What should happen to somebody's letters now; nothing has been written yet.

    `telling` is None when a waiting letter is only to be taken back. `version` grows with every
    letter to the person, of whatever day: a class may be told by the letters of two days, and its
    calendar entry obeys only a higher number. `besides` are changes that the letter does not tell,
    but the reader's calendar may lack.
    """

    listener: Listener
    telling: Telling | None
    sequence: int
    version: int
    replaces: Letter | None
    besides: tuple[Change, ...] = ()

    @property
    def hash(self) -> str:
        return content_hash(facts_to_json(self.telling.classes)) if self.telling else ""


def next_letters(
    session: Session,
    context: StepContext,
    kind: LetterKind,
    listeners: Iterable[Listener],
    earlier: EarlierLetters,
    *,
    only_pressing: bool = False,
) -> list[NextLetter]:
    """Compares what each person was told with what they should know.

    `earlier`: what letters of other days, now over, told of this one.
    `only_pressing`: the plan's letters wait for a person, so only what cannot wait is told, and
    nothing to whom the plan was not told at all.
    """
    latest = latest_letters(session, context.day, kind)
    told = told_letters(session, context.day, kind)
    in_doubt = any(letter.state is LetterState.SENDING for letter in told.values())
    teller = _Teller(
        context,
        only_pressing,
        bool(told),
        sent_letters(session, context.day, kind) if in_doubt else told,
        earlier,
        last_sequences(session, context.day, kind),
        letters_written(session, kind),
    )
    found = (
        teller.next_letter(listener, told.get(listener.key), latest.get(listener.key))
        for listener in listeners
    )
    return [letter for letter in found if letter is not None]


@dataclass(frozen=True, slots=True)
class _Teller:
    """Decides what follows for one person after another."""

    context: StepContext
    only_pressing: bool
    is_told: bool  # whether anybody was told of the day
    certain: Mapping[str, Letter]  # the last letters that are known to have arrived
    earlier: EarlierLetters
    sequences: Mapping[str, int]
    versions: Mapping[str, int]

    def next_letter(
        self, listener: Listener, told: Letter | None, last: Letter | None
    ) -> NextLetter | None:
        known = self._known(listener, told)
        telling = self._telling(known, listener.wanted)
        if telling and known and told and told.state is LetterState.SENDING:
            telling = self._in_doubt(listener, known) or telling
        waiting = last if last is not None and last.state is LetterState.QUEUED else None
        letter = NextLetter(
            listener,
            telling,
            self.sequences.get(listener.key, -1) + 1,
            self.versions.get(listener.key, 0),
            waiting,
            self._besides(listener, telling, told),
        )
        if telling is None:
            return letter if waiting else None
        if last is None or last.content_hash != letter.hash or _has_new_address(last, listener):
            return letter
        return (
            None  # a waiting or refused letter with the same content is not written a second time
        )

    def _known(self, listener: Listener, told: Letter | None) -> tuple[ClassFacts, ...] | None:
        """What the person was told of the day; None is answered by a first letter.

        Whoever has no class on the day, and was told of one that had been moved to it, must hear
        that it is not theirs, or not held.
        """
        earlier = self.earlier.get(listener.key, {})
        if told is None and (listener.wanted or not earlier):
            return None
        own = facts_from_json(told.facts) if told else ()
        return tuple(({facts.class_id: facts for facts in own} | dict(earlier)).values())

    def _in_doubt(self, listener: Listener, possible: tuple[ClassFacts, ...]) -> Telling | None:
        """The letter to somebody of whom nobody knows whether the last one arrived."""
        letter = self.certain.get(listener.key)
        certain = facts_from_json(letter.facts) if letter else possible
        return self._telling(to_correct(certain, possible, listener.wanted), listener.wanted)

    def _besides(
        self, listener: Listener, telling: Telling | None, told: Letter | None
    ) -> tuple[Change, ...]:
        """What the reader's calendar lacks if a first letter was lost, or has by earlier letters."""
        if telling is None:
            return ()
        if telling.variant is Variant.FIRST:
            held = {facts.class_id for facts in telling.classes if not facts.is_cancelled}
            earlier = self.earlier.get(listener.key, {})
            off = (facts for key, facts in earlier.items() if key not in held)
            return tuple(Change(ChangeKind.WITHDRAWN, facts, None) for facts in off)
        if told and told.state is LetterState.SENDING and listener.key not in self.certain:
            named = {change.now.class_id for change in telling.changes}
            same = (facts for facts in telling.classes if facts.class_id not in named)
            return tuple(Change(ChangeKind.ADDED, None, facts) for facts in same)
        return ()

    def _telling(
        self, known: tuple[ClassFacts, ...] | None, wanted: tuple[ClassFacts, ...]
    ) -> Telling | None:
        now = self.context.now
        if self.only_pressing:
            wanted = pressing(known or (), wanted, now, urgent_within(self.context))
        return next_telling(known, wanted, now) if self.is_told or not self.only_pressing else None


def urgent_within(context: StepContext) -> timedelta:
    """How soon a class begins whose changes do not wait."""
    return timedelta(hours=context.services.settings.urgent_hours)


def _has_new_address(last: Letter, listener: Listener) -> bool:
    """Whether the letter did not arrive and its reader can be reached elsewhere now."""
    return last.state in UNDELIVERED and last.email != listener.recipient.email


def write_letters(
    context: StepContext, conversation: Conversation, office: Office, letters: Sequence[NextLetter]
) -> Mapping[Variant, int]:
    """Renders and queues these letters, and takes back what they replace; counts by variant."""
    figures: Counter[Variant] = Counter()
    for start in range(0, len(letters), _CHUNK):
        chunk = letters[start : start + _CHUNK]
        figures.update(_write_chunk(context, conversation, office, chunk))
        context.progress("Vēstuļu rakstīšana", start + len(chunk), len(letters))
    return figures


def _write_chunk(
    context: StepContext, conversation: Conversation, office: Office, chunk: Sequence[NextLetter]
) -> list[Variant]:
    # Rendering takes its time; it happens outside the transaction.
    rows = [
        _row(context, conversation, office, letter, letter.telling)
        for letter in chunk
        if letter.telling
    ]
    with writing(context.services.engine) as session:
        # Where a sender was quicker, the next run compares with what was sent.
        too_late = {
            letter.listener.key
            for letter in chunk
            if letter.replaces is not None and not supersede(session, letter.replaces)
        }
        kept = [row for row in rows if row.person not in too_late]
        queue(session, context, kept)
    return [Variant(row.variant) for row in kept]


def _row(
    context: StepContext,
    conversation: Conversation,
    office: Office,
    letter: NextLetter,
    telling: Telling,
) -> Letter:
    listener = letter.listener
    day, to, classes = context.day, listener.recipient, telling.classes
    if telling.variant is Variant.FIRST:
        rendered = conversation.first(day, to, classes, office, letter.version)
    else:
        rendered = conversation.change(day, to, telling.changes, classes, office, letter.version)
    more = Invitations(day, to, office, letter.version).of_changes(letter.besides)
    rendered = replace(rendered, calendars=(*rendered.calendars, *more))
    address = Address(conversation.kind, listener.key, to, letter.sequence)
    row = compose(context, address, office, rendered, letter.hash)
    row.facts = facts_to_json(classes)
    row.variant = telling.variant
    return row
