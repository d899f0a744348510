"""Web service functions of the calendar."""

from typing import Any

from deployments.sandbox.moodle.arguments import Arguments
from deployments.sandbox.moodle.cleaning import clean_html
from deployments.sandbox.moodle.errors import invalid_parameter, invalid_record, no_permissions
from deployments.sandbox.moodle.site import ROBOT, Event, Site

_WEEK = 7 * 24 * 3600
_FIELDS = (
    "name",
    "description",
    "format",
    "courseid",
    "groupid",
    "repeats",
    "eventtype",
    "timestart",
    "timeduration",
    "visible",
    "sequence",
)


def create_events(site: Site, args: Arguments) -> dict[str, Any]:
    """All or nothing, except that missing rights are only a warning."""
    items = [item.only(*_FIELDS) for item in args.only("events").structures("events")]
    events = [event for item in items for event in _read(site, item)]
    if not site.may("moodle/calendar:manageentries"):
        return {"events": [], "warnings": [_not_allowed(event) for event in events]}
    for event in events:
        site.events[event.id] = event
    return {"events": [_as_json(event) for event in events], "warnings": []}


def _read(site: Site, item: Arguments) -> list[Event]:
    # Without an eventtype the event is the robot's own, and nobody is told.
    eventtype = item.text("eventtype", "user")
    courseid = item.number("courseid", 0)
    if courseid and site.course(courseid) is None:
        raise invalid_record("course")
    if eventtype in ("course", "group") and not courseid:
        raise invalid_parameter()
    name = item.plain_text("name")
    start = item.number("timestart", site.now)
    copies = max(1, item.number("repeats", 0))
    return [
        Event(
            id=site.new_id(),
            name=name,
            description=item.text("description", ""),
            format=item.number("format", 1),
            courseid=courseid,
            groupid=item.number("groupid", 0),
            eventtype=eventtype,
            timestart=start + copy * _WEEK,
            timeduration=item.number("timeduration", 0),
            visible=item.number("visible", 1),
            sequence=item.number("sequence", 1),
            timemodified=site.now,
        )
        for copy in range(copies)
    ]


def _not_allowed(event: Event) -> dict[str, Any]:
    return {
        "item": event.name,
        "warningcode": "nopermissions",
        "message": "you do not have permissions to create this event",
    }


def get_events(site: Site, args: Arguments) -> dict[str, Any]:
    """By ids, or those of courses (and the robot's own) that overlap the window."""
    args.only("events", "options")
    wanted = args.inner("events").only("eventids", "courseids", "groupids", "categoryids")
    options = args.inner("options").only(
        "userevents", "siteevents", "timestart", "timeend", "ignorehidden"
    )
    by_id, courses = wanted.numbers("eventids"), wanted.numbers("courseids")
    own = options.flag("userevents", default=True)
    found = [
        event
        for event in site.events.values()
        if event.id in by_id
        or (event.eventtype == "course" and event.courseid in courses)
        or (event.eventtype == "user" and own)
    ]
    hide = options.flag("ignorehidden", default=True)
    found = [event for event in found if _in_window(event, options) and (event.visible or not hide)]
    texts = [_as_json(event, listed=event.id not in by_id) for event in found]
    return {"events": texts, "warnings": [_no_group(group) for group in wanted.numbers("groupids")]}


def _in_window(event: Event, options: Arguments) -> bool:
    start, end = options.number("timestart", 0), options.number("timeend", 0)
    return event.timestart + event.timeduration >= start and (not end or event.timestart <= end)


def _no_group(group: int) -> dict[str, Any]:
    return {
        "item": str(group),
        "warningcode": "nopermissions",
        "message": "you do not have permissions to access this group",
    }


def _as_json(event: Event, *, listed: bool = False) -> dict[str, Any]:
    return {
        "id": event.id,
        "name": event.name,
        "description": clean_html(event.description),
        "format": event.format,
        "courseid": event.courseid,
        "categoryid": None,
        "groupid": None if listed else event.groupid,
        "userid": ROBOT,
        "repeatid": None,
        "modulename": None if listed else "",
        "instance": None,
        "eventtype": event.eventtype,
        "timestart": event.timestart,
        "timeduration": event.timeduration,
        "visible": event.visible,
        "uuid": "",
        "sequence": event.sequence,
        "timemodified": event.timemodified,
        "subscriptionid": None,
    }


def delete_events(site: Site, args: Arguments) -> None:
    """One transaction: a missing event undoes the whole batch."""
    items = args.only("events").structures("events")
    wanted = [_to_delete(item.only("eventid", "repeat")) for item in items]
    if any(identity not in site.events for identity in wanted):
        raise invalid_record("event")
    if not site.may("moodle/calendar:manageentries"):
        raise no_permissions("Delete event")
    for identity in wanted:
        del site.events[identity]


def _to_delete(item: Arguments) -> int:
    item.number("repeat")  # required, though it means nothing for a single event
    return item.number("eventid")
