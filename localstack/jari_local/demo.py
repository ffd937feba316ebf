"""Demo data, loaded as people would: through the HTTP API. Loading it again adds nothing.

Only roles are given by the operators' function, since no route gives the first one.
"""

from __future__ import annotations

import json
import time
import uuid
from datetime import UTC, datetime, timedelta
from typing import Any

from . import venues
from .api import Api, Refused
from .console import Problem, say, step
from .deploy import client
from .paths import DEMO_DATA
from .stack import Stack

_PAYMENT_PATIENCE = 30.0


def load(stack: Stack) -> None:
    """Creates the accounts and events of ``localstack/demo/demo.json`` that are not there yet."""
    data = json.loads((DEMO_DATA / "demo.json").read_text())
    api = Api(f"http://127.0.0.1:{stack.gateway_port}")
    try:
        with step("Loading demo accounts"):
            _accounts(stack, api, data)
        with step("Loading demo events") as remarks:
            remarks.append(f"{_events(api, data)} new")
    except Refused as refusal:
        raise Problem(f"Demo data was refused: {refusal}.", "`make reset dev` begins anew.") from refusal


def show(stack: Stack) -> None:
    """Prints where to go and whom to be."""
    data = json.loads((DEMO_DATA / "demo.json").read_text())
    say(f"\n  Jari runs at {stack.public_url}")
    say(f"  The local AWS at {stack.aws_endpoint}, sent mail at {stack.aws_endpoint}/_ministack/ses/messages\n")
    for account in data["accounts"]:
        say(f"    {account['role']:10} {account['email']}")
    say(f"    {'password':10} {data['password']}\n")


def _accounts(stack: Stack, api: Api, data: dict[str, Any]) -> None:
    for account in data["accounts"]:
        person = {"email": account["email"], "name": account["name"], "password": data["password"]}
        try:
            api.post("/auth/register", person)
        except Refused as refusal:
            if refusal.code != "email_taken":
                raise
        # Also for accounts of an earlier run, which may have been cut off here; giving a role twice is harmless.
        if account["role"] != "buyer":
            _give_role(stack, account["email"], account["role"])


def _give_role(stack: Stack, email: str, role: str) -> None:
    answer = client(stack, "lambda").invoke(
        FunctionName=stack.outputs["SetUserRoleFunction"],
        Payload=json.dumps({"email": email, "role": role}),
    )
    if "FunctionError" in answer:
        raise Problem(f"{email} could not be made {role}.", "`make reset dev` begins anew.", answer["Payload"].read().decode())


def _events(api: Api, data: dict[str, Any]) -> int:
    # The organizer publishes last, so an event that people can see is complete.
    present = {event["title"] for event in api.items("/events")}
    missing = [event for event in data["events"] if event["event"]["title"] not in present]
    if not missing:
        return 0
    organizer = api.logged_in("organizer@jari.local", data["password"])
    admin = api.logged_in("admin@jari.local", data["password"])
    for event in missing:
        venue = data["venues"].get(event.get("venue"))
        event_id, performance = _event(organizer, event, _layout(admin, venue) if venue else None)
        if venue and event.get("soldOut"):
            _sell_out(api.logged_in("buyer@jari.local", data["password"]), performance, venues.seat_ids(venue))
            organizer.patch(f"/admin/events/{event_id}", {"status": "SOLD_OUT"})
    return len(missing)


def _layout(api: Api, venue: dict[str, Any]) -> str:
    for known in api.items("/seats/layouts"):
        if known["name"] == venue["name"]:
            return str(known["id"])
    return str(api.post("/admin/layouts", venues.layout(venue))["id"])


def _event(api: Api, plan: dict[str, Any], layout_id: str | None) -> tuple[str, str]:
    """Creates and publishes one event; answers with it and its first performance."""
    event_id = api.post("/admin/events", plan["event"])["id"]
    for ticket_type in plan["ticketTypes"]:
        api.post("/admin/ticket-types", {"eventId": event_id} | ticket_type)
    performances = []
    for show_time in plan["performances"]:
        body: dict[str, Any] = {"startsAt": _in_days(show_time["inDays"], show_time["hour"])}
        if layout_id:
            body["layoutId"] = layout_id
        performances.append(api.post(f"/admin/events/{event_id}/performances", body)["id"])
    api.post(f"/admin/events/{event_id}/publish")
    return str(event_id), str(performances[0])


def _sell_out(buyer: Api, performance: str, seats: list[str]) -> None:
    reservation = _until_open(buyer, {"performanceId": performance, "seatIds": seats})
    buyer.post("/payments", {"reservationId": reservation, "method": "CARD", "paymentKey": f"ok_demo_{uuid.uuid4()}"})
    deadline = time.monotonic() + _PAYMENT_PATIENCE
    while buyer.get(f"/reservations/{reservation}")["status"] != "CONFIRMED":
        if time.monotonic() > deadline:
            raise Problem("A paid demo reservation is not confirmed.", "Look into the functions' logs.")
        time.sleep(0.2)


def _until_open(buyer: Api, wanted: dict[str, Any]) -> str:
    """Reserves as soon as booking has heard of the performance, which takes a moment after publishing."""
    deadline = time.monotonic() + _PAYMENT_PATIENCE
    while True:
        try:
            return str(buyer.post("/seats/reserve", wanted)["id"])
        except Refused as refusal:
            if refusal.status != 404 or time.monotonic() > deadline:
                raise
            time.sleep(0.2)


def _in_days(days: int, hour: int) -> str:
    """A time in UTC, so many days from today."""
    day = datetime.now(UTC).replace(hour=hour, minute=0, second=0, microsecond=0)
    return (day + timedelta(days=days)).isoformat().replace("+00:00", "Z")
