"""How each kind of row is priced (order No 1.5-3/149); footnote ** and waivers come after, in `footnotes.py`.

Every function takes a `Case` and answers a `Draft`, or refuses. Which row uses which is the table
in `row_rules.py`.
"""

from datetime import date

from rules.fees.case import NOTHING, Case, Draft, priced
from rules.fees.countries import EU_TERRITORIES
from rules.fees.dates import anniversary
from rules.fees.refusals import Code
from rules.fees.sentences import Count, Figure, say
from rules.money import round_cents


def plain(case: Case) -> Draft:
    """Price times quantity, no condition."""
    return priced(case, case.quantity)


def per_recipient(case: Case) -> Draft:
    """Row 23.7: one price per student who is e-mailed; `recipients` is another word for quantity."""
    recipients = case.given.get("recipients", case.quantity)
    if "quantity" in case.given and recipients != case.quantity:
        raise case.refused(Code.INVALID_INPUT, "disagreeing", first="quantity", second="recipients")
    return priced(case, recipients)


def per_language(case: Case) -> Draft:
    """Rows 4.3 and 4.4, "vienā valodā": one price per document and language."""
    languages = case.given.get("languages", 1)
    if languages == 1:
        return plain(case)
    documents, units = case.quantity, case.quantity * languages
    return priced(
        case, units, say("languages", languages=languages, documents=documents, units=units)
    )


def per_member(case: Case) -> Draft:
    """Row 6.4: "attiecas atsevišķi uz katru grupas dalībnieku"."""
    return priced(case, case.quantity * case.given.get("group_members", 1))


def study_late(case: Case) -> Draft:
    """Row 6.3: one flat price per group member for 1 to 5 calendar days late."""
    late = days_late(case)
    if late == 0:
        return _on_time(case)
    limit = case.row.max_days_late or late
    return per_member(case).saying(say("late_flat", late=Count(late, "day_late"), limit=limit))


def thesis_late(case: Case) -> Draft:
    """Row 7.2: "6,00 eur/ dienā" for 1 to 10 calendar days late."""
    late = days_late(case)
    if late == 0:
        return _on_time(case)
    price = case.price
    amount = price * late * case.quantity
    works = f"{case.quantity} x " if case.quantity > 1 else ""
    late_days = Count(late, "day_late")
    sentence = say("late_days", works=works, late=late_days, price=price, amount=amount)
    return Draft(late * case.quantity, price, amount, (sentence,))


def _on_time(case: Case) -> Draft:
    return Draft(0, case.price, NOTHING, (say("not_late"),))


def days_late(case: Case) -> int:
    """Calendar days after the due date, given as such or as two dates that must agree with it."""
    given = case.given
    if "due_on" in given and "submitted_on" in given:
        late = (given["submitted_on"] - given["due_on"]).days
        if late < 0:
            raise case.refused(
                Code.INVALID_INPUT, "out_of_order", later="submitted_on", earlier="due_on"
            )
        if given.get("days_late", late) != late:
            raise case.refused(
                Code.INVALID_INPUT, "disagreeing", first="days_late", second="submitted_on − due_on"
            )
    elif "days_late" in given:
        late = given["days_late"]
    else:
        names = "days_late (due_on + submitted_on)"
        raise case.refused(Code.MISSING_INPUT, "missing_input", row=case.row.id, names=names)
    _within_limit(case, late)
    return late


def _within_limit(case: Case, late: int) -> None:
    """More days than the row allows are never charged: row 6.3 points to 6.4, 7.2 to a person."""
    limit = case.row.max_days_late
    if limit is not None and late > limit:
        key = "too_late_study" if case.row.id == "6.3" else "too_late"
        raise case.refused(
            Code.LIMIT_EXCEEDED,
            key,
            row=case.row.id,
            late=Count(late, "day_late"),
            limit=Count(limit, "calendar_day"),
        )


def commission(case: Case) -> Draft:
    """Row 6.8: "par attaisnojošu iemeslu lemj Studiju jautājumu komisija"."""
    accepted = case.given.get("commission_accepted_reason")
    if accepted is None:
        return plain(case).noting(case.decision("commission_open"))
    if accepted:
        return plain(case).free(say("free_commission"))
    return plain(case).saying(say("commission_refused"))


def state_exam_within_year(case: Case) -> Draft:
    """Rows 8.x: "viena gada laikā pēc eksmatrikulācijas vai pēc studiju pārtraukuma"."""
    if "exmatriculated_on" not in case.given:
        return plain(case).saying(say("after_break"))
    dates = _exmatriculation(case)
    if dates["resumed"] > dates["anniversary"]:
        raise case.refused(
            Code.WRONG_ROW,
            "later_than_year",
            left=dates["left"],
            resumed=dates["resumed"],
            other=f"9{case.row.id[1:]}",
        )
    return plain(case).saying(say("within_year", **dates))


def state_exam_later(case: Case) -> Draft:
    """Rows 9.x: "vēlāk kā gadu pēc eksmatrikulācijas"; the anniversary itself is still row 8."""
    dates = _exmatriculation(case)
    if dates["resumed"] <= dates["anniversary"]:
        raise case.refused(
            Code.WRONG_ROW,
            "within_a_year",
            left=dates["left"],
            resumed=dates["resumed"],
            other=f"8{case.row.id[1:]}",
        )
    return plain(case).saying(say("after_year", **dates))


def _exmatriculation(case: Case) -> dict[str, date]:
    """When the person left and resumed ("atjaunojoties studijām"), and the year's end between."""
    left = case.given["exmatriculated_on"]
    asked = case.request.requested_on
    resumed = case.given.get("resumed_on", asked)
    if left > asked:
        later, earlier = "requested_on", "exmatriculated_on"
        raise case.refused(Code.INVALID_INPUT, "out_of_order", later=later, earlier=earlier)
    if resumed < left:
        later, earlier = "resumed_on", "exmatriculated_on"
        raise case.refused(Code.INVALID_INPUT, "out_of_order", later=later, earlier=earlier)
    return {"left": left, "resumed": resumed, "anniversary": anniversary(left)}


def individual_plan(case: Case) -> Draft:
    """Row 10: free with either exemption of the row's own text."""
    exemption = case.given.get("plan_exemption", "none")
    if exemption == "recognition_of_prior_learning":
        return plain(case).free(say("free_recognition"))
    if exemption != "none":
        return plain(case).free(say("free_theory"))
    return plain(case)


def recognition(case: Case) -> Draft:
    """Row 12 and note ***: free if learnt in the university's own non-formal programmes."""
    included = say("plan_included")
    if case.given.get("own_nonformal_programme"):
        return plain(case).free(say("free_own_programme"), note="***").saying(included)
    return plain(case).saying(included)


def by_credit_points(case: Case) -> Draft:
    """Row 15: tuition of the year divided by its credit points, times the points; rounded once."""
    given = case.given
    if case.quantity != 1:
        raise case.refused(Code.INVALID_INPUT, "one_only", row=case.row.id, name="credit_points")
    tuition, points = given["annual_tuition"], given["credit_points"]
    year_points = given["annual_credit_points"]
    amount = round_cents(tuition * points / year_points)
    price = round_cents(tuition / year_points)
    sentence = say(
        "credit_points",
        tuition=tuition,
        year_points=Count(year_points, "credit_point"),
        points=Count(points, "credit_point"),
        amount=amount,
        price=price,
    )
    return Draft(points, price, amount, (sentence,))


def change_of_group(case: Case) -> None:
    """Row 16: a change of group needs a vacant place and an application in time; asks for both."""
    given = case.given
    if given.get("change") != "group":
        return
    if given.get("vacancy") is False:
        raise case.refused(Code.NOT_AVAILABLE, "no_vacancy")
    if given.get("submitted_in_time") is False:
        raise case.refused(Code.NOT_AVAILABLE, "group_late")
    missing = [name for name in ("vacancy", "submitted_in_time") if name not in given]
    if missing:
        names = ", ".join(missing)
        raise case.refused(Code.MISSING_INPUT, "missing_input", row=case.row.id, names=names)


def extension(case: Case) -> Draft:
    """Row 20 and note *****: the first extension in an academic year is free for five statuses."""
    note = case.prices.footnotes["*****"]
    status = case.given["status"]
    if status not in note.statuses:
        return plain(case).noting(case.decision("status_not_listed", status=status))
    if case.given["free_extensions_used_this_academic_year"] > 0:
        return plain(case)
    if case.free_extension_used:
        return plain(case).noting(case.warning("already_covered"))
    charged = case.quantity - 1
    if charged == 0:
        return plain(case).free(say("free_extension"), note.marker)
    draft = priced(case, charged, say("first_extension_free", charged=charged))
    return Draft(draft.units, draft.unit_price, draft.amount, draft.sentences, (), note.marker)


def shipment(case: Case) -> Draft:
    """Row 18: one price per shipment; the order is silent on territories of EU states."""
    country = case.given.get("country")
    if country in EU_TERRITORIES:
        return plain(case).noting(case.decision("territory", country=country))
    return plain(case)


def student_card(case: Case) -> Draft:
    """Row 21: free where the card fails through the provider's fault (row text)."""
    if case.given.get("provider_fault"):
        return plain(case).free(say("free_provider_fault"))
    return plain(case)


def per_period(case: Case) -> Draft:
    """Rows 23.1, 23.2, 23.5, 23.6: one price per piece and begun period of days."""
    days = case.given["days"]
    length = case.row.period_days or 1
    periods = -(-days // length)
    sentence = say(
        "periods",
        days=Count(days, "calendar_day"),
        periods=Count(periods, "period"),
        length=Count(length, "calendar_day_dative"),
    )
    return priced(case, case.quantity * periods, sentence)


def stand_size(case: Case) -> None:
    """Row 23.2: "Līdz 2 m²"; a larger stand has no price."""
    area, limit = case.given.get("area_m2"), case.row.max_area
    if area is not None and limit is not None and area > limit:
        raise case.refused(Code.NOT_PRICED, "too_large", area=Figure(area), limit=Figure(limit))


def per_minutes(case: Case) -> Draft:
    """Row 23.4: one price per begun 45 minutes."""
    minutes = case.given["minutes"]
    length = case.row.period_minutes or 1
    units = -(-minutes // length)
    sentence = say(
        "minutes",
        minutes=Count(minutes, "minute"),
        units=units,
        length=Count(length, "minute"),
    )
    return priced(case, case.quantity * units, sentence)


def per_batch(case: Case) -> Draft:
    """Row 23.3: one price for the whole batch, by the range that its pieces fall into."""
    pieces = case.given.get("pieces")
    if pieces is None:  # the range itself was asked for
        return plain(case)
    sentence = say("pieces", pieces=Count(pieces, "piece"), range=case.row.variant or case.row.id)
    return priced(case, case.quantity, sentence)
