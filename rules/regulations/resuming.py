"""Study regulations, 12.5 and 12.6: coming back from academic leave and what it costs."""

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from rules.money import round_cents
from rules.regulations import figures
from rules.regulations.answer import Answer, Point, say, verdict
from rules.regulations.rule import rule
from rules.regulations.shapes import Euros, Percent
from rules.wording import Text

_ZERO = Decimal("0.00")


@dataclass(frozen=True, slots=True)
class Resumption:
    """Terms and money of coming back; `difference` (EUR, may be negative) if paid before leave."""

    apply_by: date
    in_time: bool
    draft_order_by: date
    difference: Decimal | None
    to_pay: Decimal
    early_return_fee: Decimal | None


_TARIFFS = Text(
    "tarifu starpība {new:eur} − {old:eur}", "difference of tariffs {new:eur} − {old:eur}"
)
_FULL = Text(
    "jaunais tarifs {new:eur} mīnus ķīlas summa {deposit:eur}",
    "new tariff {new:eur} less deposit {deposit:eur}",
)
_FIRST = Text(
    "{tariff:eur} mīnus ķīlas summa {deposit:eur} = {pay:eur}; turpmākie semestri – {tariff:eur}",
    "{tariff:eur} less deposit {deposit:eur} = {pay:eur}; later semesters {tariff:eur}",
)
_FIRST_REDUCED = Text(
    "{tariff:eur} mīnus atlaide {discount:pct} mīnus ķīlas summa {deposit:eur} = {pay:eur}; "
    "turpmākie semestri – {tariff:eur}",
    "{tariff:eur} less discount {discount:pct} less deposit {deposit:eur} = {pay:eur}; later "
    "semesters {tariff:eur}",
)
_EARLY = Text(
    "; maksa par priekšlaicīgu atsākšanu {fee:eur}", "; fee for early resumption {fee:eur}"
)
_TERMS = Text(
    "Iesniegums reģistrēts {on} (termiņš {by}), rīkojuma projekts līdz {order}; "
    "{money} = {pay:eur}{early}; iepriekš iegūtos kredītpunktus ieskaita",
    "Application registered on {on} (due {by}), draft order by {order}; "
    "{money} = {pay:eur}{early}; credit points earned before all count",
)
_RECTOR = Point(
    "rector_decides", "par studiju atsākšanu lemj rektors", "the rector decides on resuming"
)
_LATE = Point(
    "late_application",
    "iesniegums vēlāk nekā nedēļu pirms semestra",
    "the application came later than a week before the semester",
)
_TOO_FAR = Point(
    "compulsory_difference_above_30",
    "obligātajā daļā jāiegūst trūkstošie kredītpunkti",
    "missing credit points of the compulsory part must be earned",
)
_RELIEFS = Point(
    "reliefs_after_leave",
    "vai saglabāt atvieglojumus, kādi bija pirms atvaļinājuma",
    "whether reliefs held before the leave are kept",
)


def _after_deposit(tariff: Decimal, deposit: Decimal, discount: Decimal) -> Decimal:
    """The first semester's tariff less discount less deposit; negative: the deposit is larger."""
    return round_cents(tariff * (100 - discount) / 100) - deposit


@rule("12.5")
def resume(  # noqa: PLR0913, PLR0917 - the facts that Accounting and the Study Department bring together
    registered_on: date,
    semester_start: date,
    tariff_at_resuming: Euros,
    tariff_at_leaving: Euros,
    same_semester_fully_paid: bool,
    deposit: Euros = _ZERO,
    early_return_fee: Euros | None = None,
) -> Answer[Resumption]:
    """Terms of resuming, and the difference of tariffs or the full tariff less deposit (12.5, 12.6)."""
    apply_by = semester_start - timedelta(days=figures.RESUME_APPLICATION_DAYS.value)
    in_time = registered_on <= apply_by
    difference = None
    to_pay = round_cents(max(_after_deposit(tariff_at_resuming, deposit, _ZERO), _ZERO))
    if same_semester_fully_paid:
        difference = round_cents(tariff_at_resuming - tariff_at_leaving)
        to_pay = difference
    value = Resumption(
        apply_by=apply_by,
        in_time=in_time,
        draft_order_by=registered_on + timedelta(days=figures.RESUME_ORDER_DAYS.value),
        difference=difference,
        to_pay=to_pay,
        early_return_fee=None if early_return_fee is None else round_cents(early_return_fee),
    )
    said = say(
        *_TERMS,
        on=registered_on,
        by=apply_by,
        order=value.draft_order_by,
        money=say(
            *(_TARIFFS if same_semester_fully_paid else _FULL),
            new=tariff_at_resuming,
            old=tariff_at_leaving,
            deposit=deposit,
        ),
        pay=to_pay,
        early="" if early_return_fee is None else say(*_EARLY, fee=early_return_fee),
    )
    decide = (_RECTOR,) if in_time else (_RECTOR, _LATE)
    return Answer(value, ("12.5", "12.6"), said, decide)


@rule("12.5")
def programme_difference_ok(percent_compulsory: Percent) -> Answer[bool]:
    """Whether the compulsory part differs by no more than 30% (12.5); electives have no limit."""
    limit = figures.PROGRAMME_DIFFERENCE_PERCENT.value
    words = {"share": percent_compulsory, "limit": limit}
    yes = say(
        "Atšķirība ir {share:pct}, atļauti līdz {limit:pct}",
        "A difference of {share:pct}, up to {limit:pct} is allowed",
        **words,
    )
    no = say(
        "Atšķirība {share:pct} pārsniedz {limit:pct}",
        "A difference of {share:pct} is above {limit:pct}",
        **words,
    )
    return verdict(("12.5",), yes, no, (_TOO_FAR,) if percent_compulsory > limit else ())


@rule("12.6")
def tuition_after_leave(
    new_stream_tariff: Euros, deposit: Euros, discount_percent: Percent = _ZERO
) -> Answer[Decimal]:
    """What the first semester after leave costs in EUR (12.6): tariff less discount less deposit.

    >>> tuition_after_leave(Decimal(1000), Decimal(200)).value
    Decimal('800.00')
    """
    left = _after_deposit(new_stream_tariff, deposit, discount_percent)
    to_pay = round_cents(max(left, _ZERO))
    said = say(
        *(_FIRST_REDUCED if discount_percent else _FIRST),
        tariff=new_stream_tariff,
        discount=discount_percent,
        deposit=deposit,
        pay=to_pay,
    )
    return Answer(to_pay, ("12.6",), said, (_RELIEFS,) if discount_percent else ())


@rule("12.6")
def deposit_left_over(
    new_stream_tariff: Euros, deposit: Euros, discount_percent: Percent = _ZERO
) -> Answer[Decimal]:
    """What of the deposit is carried over as credit after the first semester, in EUR (12.6)."""
    left = _after_deposit(new_stream_tariff, deposit, discount_percent)
    credit = round_cents(max(-left, _ZERO))
    said = say(
        "No ķīlas summas {deposit:eur} pāri paliek {credit:eur}",
        "Of the deposit of {deposit:eur}, {credit:eur} is left over",
        deposit=deposit,
        credit=credit,
    )
    return Answer(credit, ("12.6",), said)
