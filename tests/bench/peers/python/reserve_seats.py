"""``POST /seats/reserve`` in Python, as one would write it for Lambda: boto3, its client made while the module loads.

The same reads, the same two conditional writes and the same answers as Jari's own function, for seats of one block of a
sale without a waiting room. What it leaves out: the same request sent again, admissions, seats of several blocks.
"""

from __future__ import annotations

import base64
import gzip
import hashlib
import json
import os
import secrets
import time
import uuid
from datetime import UTC, datetime

import boto3
from boto3.dynamodb.types import TypeDeserializer, TypeSerializer
from botocore.config import Config

TABLE = os.environ["BOOKING_TABLE"]
HOLD_SECONDS = 300
MAX_SEATS = 8
TAG_SPACE = 10**18

dynamodb = boto3.client(
    "dynamodb",
    config=Config(connect_timeout=2, read_timeout=4, retries={"mode": "standard", "total_max_attempts": 3}),
)
serialize = TypeSerializer().serialize
deserialize = TypeDeserializer().deserialize


class Problem(Exception):
    """A refusal, on its way to the caller."""

    def __init__(self, status: int, code: str, detail: str, **members: object) -> None:
        super().__init__(detail)
        self.status, self.code, self.detail, self.members = status, code, detail, members


def handler(event: dict, _context: object) -> dict:
    """Answers a request of the HTTP API, and logs one line."""
    started = time.perf_counter()
    try:
        status, document, kind = 201, reserve(event), "application/json"
    except Problem as problem:
        status, kind = problem.status, "application/problem+json"
        document = {
            "type": f"https://jari.dev/problems/{problem.code}",
            "title": problem.code.replace("_", " "),
            "status": status,
            "code": problem.code,
            "detail": problem.detail,
            "instance": event["rawPath"],
            "requestId": event["requestContext"]["requestId"],
            **problem.members,
        }
    duration_ms = round((time.perf_counter() - started) * 1000)
    print(json.dumps({"function": "reserve-seats", "status": status, "duration_ms": duration_ms}))
    headers = {"content-type": kind, "cache-control": "no-store"}
    return {"statusCode": status, "headers": headers, "body": json.dumps(document), "isBase64Encoded": False}


def reserve(event: dict) -> dict:
    """Holds the seats that the body names; answers the reservation."""
    user = event["requestContext"]["authorizer"]["jwt"]["claims"]["sub"]
    body = json.loads(event["body"])
    performance, wanted = body["performanceId"], body["seatIds"]
    if not 1 <= len(wanted) <= MAX_SEATS or len(set(wanted)) < len(wanted):
        raise invalid("/seatIds", f"must name 1 to {MAX_SEATS} different seats")
    now = time.time()
    sale = read({"pk": f"PRF#{performance}", "sk": "SALE"}, consistent=True)
    if sale is None:
        raise Problem(404, "not_found", "There is nothing here for you.")
    state = sale["state"]
    layout = read({"pk": f"LAY#{state['layoutId']}", "sk": "LAY"})
    places = seats_by_id(json.loads(gzip.decompress(base64.b64decode(layout["geometry"]))))
    guard = read({"pk": f"GUARD#{state['eventId']}", "sk": "GUARD"})
    if guard is not None and guard["enabled"]:
        raise Problem(403, "admission_required", "A waiting room guards this sale; an admission is needed.")
    line = line_of(wanted, places, state["terms"])
    reservation = {
        "id": f"rsv_{uuid7(now)}",
        "version": 1,
        "userId": user,
        "performanceId": performance,
        "status": "PENDING",
        "paymentStatus": "NONE",
        "lines": [line],
        "currency": state["terms"]["currency"],
        "expiresAt": int(now) + HOLD_SECONDS,
        "attempt": 0,
    }
    mark(reservation, int(now))
    key = event["headers"].get("idempotency-key")
    write_book(reservation, key, body, int(state["terms"]["buyerLimit"]), now)
    return view(reservation, state, now)


def seats_by_id(geometry: dict) -> dict:
    """Where every seat is: its section, block, slot, label and row."""
    places = {}
    for section in geometry["sections"]:
        for block in section["blocks"]:
            columns = zip(block["ids"], block["labels"], block["rows"], strict=True)
            for slot, (seat, label, row) in enumerate(columns):
                places[seat] = (section, block["id"], slot, label, row)
    return places


def line_of(wanted: list[str], places: dict, terms: dict) -> dict:
    """The wanted seats with their price."""
    for at, seat in enumerate(wanted):
        if seat not in places:
            raise invalid(f"/seatIds/{at}", "is no seat of this performance")
    found = sorted((places[seat][2], seat, *places[seat][3:]) for seat in wanted)
    section, block = places[wanted[0]][:2]
    if any(places[seat][1] != block for seat in wanted):
        raise invalid("/seatIds", "must be of one block")
    ticket_type = next(each for each in terms["ticketTypes"] if section["id"] in each["sectionIds"])
    return {
        "block": block,
        "section": section["name"],
        "ticketTypeId": ticket_type["id"],
        "price": int(ticket_type["price"]),
        "seats": [{"slot": slot, "id": seat, "label": label, "row": row} for slot, seat, label, row in found],
    }


def mark(reservation: dict, now: int) -> None:
    """Writes the reservation's mark into all its seats, if all are free."""
    line, performance = reservation["lines"][0], reservation["performanceId"]
    slots = [seat["slot"] for seat in line["seats"]]
    try:
        dynamodb.update_item(
            TableName=TABLE,
            Key=block_key(performance, line["block"]),
            UpdateExpression="SET " + ", ".join(f"#s{slot} = :to" for slot in slots),
            ConditionExpression=" AND ".join(
                f"(attribute_not_exists(#s{slot}) OR #s{slot} < :bound)" for slot in slots
            ),
            ExpressionAttributeNames={f"#s{slot}": f"s{slot}" for slot in slots},
            ExpressionAttributeValues={":to": mark_of(reservation), ":bound": {"N": str(now * TAG_SPACE)}},
            ReturnValuesOnConditionCheckFailure="ALL_OLD",
        )
    except dynamodb.exceptions.ConditionalCheckFailedException as refused:
        item = refused.response.get("Item", {})
        marks = ((seat["id"], item.get(f"s{seat['slot']}", {"N": "0"})) for seat in line["seats"])
        taken = [seat for seat, found in marks if int(found["N"]) >= now * TAG_SPACE]
        raise Problem(409, "seats_unavailable", "Some of these seats are taken.", seatIds=taken) from refused


def write_book(reservation: dict, key: str | None, body: dict, limit: int, now: float) -> None:
    """Writes the reservation into its buyer's book, unless the buyer has a pending one or too many tickets."""
    user, performance = reservation["userId"], reservation["performanceId"]
    names = {
        "#reservation": f"r_{reservation['id']}",
        "#event": "lastEvent",
        "#pendingUntil": "pendingUntil",
        "#revision": "revision",
        "#bought": "bought",
    }
    event = {"type": "booking.reservation-held.v1", "at": int(now * 1000), "state": names["#reservation"]}
    values = {
        ":reservation": reservation,
        ":event": event,
        ":until": reservation["expiresAt"],
        ":now": int(now),
        ":room": limit - len(reservation["lines"][0]["seats"]),
        ":zero": 0,
        ":one": 1,
    }
    update = (
        "SET #reservation = :reservation, #event = :event, #pendingUntil = :until, "
        "#revision = if_not_exists(#revision, :zero) + :one"
    )
    condition = (
        "(attribute_not_exists(#pendingUntil) OR #pendingUntil <= :now) "
        "AND (attribute_not_exists(#bought) OR #bought <= :room)"
    )
    if key is not None:
        update += ", #key = :key"
        condition += " AND attribute_not_exists(#key)"
        names["#key"] = f"k_{digest(key)}"
        fingerprint = digest(json.dumps(body, sort_keys=True, separators=(",", ":"), ensure_ascii=False))
        values[":key"] = {"reservation": reservation["id"], "fingerprint": fingerprint, "at": int(now)}
    try:
        dynamodb.update_item(
            TableName=TABLE,
            Key={"pk": {"S": user}, "sk": {"S": f"BOOK#{performance}"}},
            UpdateExpression=update,
            ConditionExpression=condition,
            ExpressionAttributeNames=names,
            ExpressionAttributeValues={name: serialize(value) for name, value in values.items()},
            ReturnValuesOnConditionCheckFailure="ALL_OLD",
        )
    except dynamodb.exceptions.ConditionalCheckFailedException as refused:
        free(reservation)
        raise refusal(refused.response.get("Item", {}), limit, now) from refused


def refusal(book: dict, limit: int, now: float) -> Problem:
    """Why a buyer's book took no more."""
    for name, value in book.items():
        if name.startswith("r_"):
            known = deserialize(value)
            if known["status"] in ("PENDING", "PAYING") and known["expiresAt"] > now:
                detail = "You have a reservation of this performance to pay or release first."
                return Problem(409, "reservation_pending", detail, reservationId=known["id"])
    return Problem(409, "buyer_limit_exceeded", f"A buyer may have {limit} tickets of this performance.", limit=limit)


def free(reservation: dict) -> None:
    """Gives the seats back that were marked for nothing."""
    line = reservation["lines"][0]
    slots = [seat["slot"] for seat in line["seats"]]
    dynamodb.update_item(
        TableName=TABLE,
        Key=block_key(reservation["performanceId"], line["block"]),
        UpdateExpression="REMOVE " + ", ".join(f"#s{slot}" for slot in slots),
        ConditionExpression=" AND ".join(f"#s{slot} = :from" for slot in slots),
        ExpressionAttributeNames={f"#s{slot}": f"s{slot}" for slot in slots},
        ExpressionAttributeValues={":from": mark_of(reservation)},
    )


def view(reservation: dict, state: dict, now: float) -> dict:
    """The reservation as the API shows it."""
    line, terms = reservation["lines"][0], state["terms"]
    return {
        "id": reservation["id"],
        "status": "PENDING",
        "paymentStatus": "NONE",
        "paymentId": None,
        "cancelledBy": None,
        "version": 1,
        "performance": {
            "id": reservation["performanceId"],
            "eventId": state["eventId"],
            "title": terms["title"],
            "venue": terms["venue"],
            "timeZone": terms["timeZone"],
            "startsAt": state["startsAt"],
        },
        "seats": [
            {
                "id": seat["id"],
                "label": seat["label"],
                "row": seat["row"],
                "section": line["section"],
                "price": line["price"],
            }
            for seat in line["seats"]
        ],
        "totalAmount": line["price"] * len(line["seats"]),
        "currency": reservation["currency"],
        "expiresAt": datetime.fromtimestamp(reservation["expiresAt"], UTC).isoformat().replace("+00:00", "Z"),
        "createdAt": datetime.fromtimestamp(now, UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z"),
    }


def read(key: dict, *, consistent: bool = False) -> dict | None:
    """An item of the table."""
    keys = {name: {"S": value} for name, value in key.items()}
    item = dynamodb.get_item(TableName=TABLE, Key=keys, ConsistentRead=consistent).get("Item")
    return None if item is None else {name: deserialize(value) for name, value in item.items()}


def block_key(performance: str, block: str) -> dict:
    """The key of the item that keeps a block's marks."""
    return {"pk": {"S": f"SEATS#{performance}#{spread(block, 8)}"}, "sk": {"S": block}}


def spread(text: str, over: int) -> int:
    """FNV-1a: spreads texts over a few numbers."""
    hashed = 0xCBF29CE484222325
    for byte in text.encode():
        hashed = (hashed ^ byte) * 0x100000001B3 & 0xFFFFFFFFFFFFFFFF
    return hashed % over


def mark_of(reservation: dict) -> dict:
    """Until when seats are taken, and by which reservation, as one number."""
    tag = (uuid.UUID(reservation["id"][4:]).int & (2**60 - 1)) % (TAG_SPACE - 1) + 1
    return {"N": str(reservation["expiresAt"] * TAG_SPACE + tag)}


def uuid7(now: float) -> uuid.UUID:
    """A UUID of version 7."""
    bits = int(now * 1000) << 80 | secrets.randbits(80)
    return uuid.UUID(int=bits & ~(0xF << 76) & ~(0x3 << 62) | 7 << 76 | 2 << 62)


def digest(text: str) -> str:
    """The stored form of keys and bodies."""
    return base64.urlsafe_b64encode(hashlib.sha256(text.encode()).digest()[:16]).decode().rstrip("=")


def invalid(pointer: str, detail: str) -> Problem:
    """422, with what is wrong."""
    return Problem(422, "validation_failed", f"{pointer}: {detail}", errors=[{"pointer": pointer, "detail": detail}])
