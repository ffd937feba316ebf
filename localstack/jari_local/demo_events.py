"""Demo events: created, given a poster, published and partly sold, each as people would do it."""

from __future__ import annotations

import time
import uuid
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any, TypeVar

from . import posters, venues
from .api import Api, Refused
from .console import Problem

_PATIENCE = 30.0
_T = TypeVar("_T")


def load(api: Api, data: dict[str, Any]) -> int:
    """Creates the events of ``demo.json`` that are not there yet; answers how many."""
    # The organizer publishes last, so an event that people can see is complete.
    present = {event["title"] for event in api.items("/events")}
    missing = [plan for plan in data["events"] if plan["event"]["title"] not in present]
    if not missing:
        return 0
    organizer = api.logged_in("organizer@jari.local", data["password"])
    admin = api.logged_in("admin@jari.local", data["password"])
    published = []
    for plan in missing:
        venue = data["venues"].get(plan.get("venue"))
        event_id, performance = _event(organizer, plan, _layout(admin, venue) if venue else None, admin)
        published.append((plan, venue, event_id, performance))
    # After all events, since booking hears of each a moment after it was published.
    buyer = api.logged_in("buyer@jari.local", data["password"])
    sales = [_buy(buyer, venue, performance, plan["sold"]) for plan, venue, _, performance in published if "sold" in plan]
    for reservation in sales:
        _until(lambda wanted=reservation: _is_confirmed(buyer, wanted), "A paid demo reservation is not confirmed.")
    for plan, _, event_id, _ in published:
        if plan.get("soldOut"):
            organizer.patch(f"/admin/events/{event_id}", {"status": "SOLD_OUT"})
    return len(missing)


def _layout(api: Api, venue: dict[str, Any]) -> str:
    for known in api.items("/seats/layouts"):
        if known["name"] == venue["name"]:
            return str(known["id"])
    return str(api.post("/admin/layouts", venues.layout(venue))["id"])


def _event(api: Api, plan: dict[str, Any], layout_id: str | None, admin: Api) -> tuple[str, str]:
    """Creates and publishes one event, guarded if it is to be; answers with it and its first performance."""
    picture = {"imageId": _poster(api, plan["poster"])} if "poster" in plan else {}
    event_id = api.post("/admin/events", plan["event"] | picture)["id"]
    for ticket_type in plan["ticketTypes"]:
        api.post("/admin/ticket-types", {"eventId": event_id} | ticket_type)
    performances = []
    for show in plan["performances"]:
        # A run is a show every so many days.
        for run in range(show.get("times", 1)):
            body: dict[str, Any] = {"startsAt": _in_days(show["inDays"] + run * show.get("everyDays", 1), show["hour"])}
            if layout_id:
                body["layoutId"] = layout_id
            performances.append(api.post(f"/admin/events/{event_id}/performances", body)["id"])
    if "queue" in plan:
        # Before it can be seen, so that nobody buys past the waiting room, and open from now on.
        _guard(admin, event_id, plan["queue"])
    api.post(f"/admin/events/{event_id}/publish")
    return str(event_id), str(performances[0])


def _guard(admin: Api, event_id: str, queue: dict[str, Any]) -> None:
    opens_at = datetime.now(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")

    def configured() -> bool:
        try:
            admin.put(f"/queue/admin/{event_id}", {"opensAt": opens_at} | queue)
        except Refused as refusal:
            # The waiting room hears of a new event a moment after it was drafted.
            if refusal.status != 404:
                raise
            return False
        return True

    _until(configured, "The waiting room does not hear of a drafted demo event.")


def _poster(api: Api, colours: dict[str, str]) -> str:
    """Uploads a poster; answers with its id once it may be used."""
    picture = posters.png(**colours)
    image = api.post("/admin/images", {"contentType": "image/png", "size": len(picture)})
    api.upload(image["upload"], picture)

    def is_ready() -> bool:
        status = api.get(f"/admin/images/{image['id']}")["status"]
        if status == "REJECTED":
            raise Problem("A demo poster was rejected.", "Look into the functions' logs.")
        return bool(status == "READY")

    _until(is_ready, "A demo poster was not processed.")
    return str(image["id"])


def _buy(buyer: Api, venue: dict[str, Any], performance: str, seats: int) -> str:
    """Reserves and pays the first seats of a performance; answers with the reservation."""
    wanted = {"performanceId": performance, "seatIds": venues.seat_ids(venue)[:seats]}

    def reserved() -> str | None:
        try:
            return str(buyer.post("/seats/reserve", wanted)["id"])
        except Refused as refusal:
            if refusal.status != 404:
                raise
            return None

    reservation = _until(reserved, "Booking does not hear of a published demo event.")
    buyer.post("/payments", {"reservationId": reservation, "method": "CARD", "paymentKey": f"ok_demo_{uuid.uuid4()}"})
    return reservation


def _is_confirmed(buyer: Api, reservation: str) -> bool:
    return bool(buyer.get(f"/reservations/{reservation}")["status"] == "CONFIRMED")


def _until(attempt: Callable[[], _T | None], failure: str) -> _T:
    """Asks until there is an answer."""
    deadline = time.monotonic() + _PATIENCE
    while not (answer := attempt()):
        if time.monotonic() > deadline:
            raise Problem(failure, "Look into the functions' logs.")
        time.sleep(0.2)
    return answer


def _in_days(days: int, hour: int) -> str:
    """A time in UTC, so many days from today."""
    day = datetime.now(UTC).replace(hour=hour, minute=0, second=0, microsecond=0)
    return (day + timedelta(days=days)).isoformat().replace("+00:00", "Z")
