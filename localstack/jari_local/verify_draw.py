"""Checks a waiting room's draw by what is public alone: ``make verify-draw EVENT=evt_… [TICKET=…] [HASH=…] [API=…]``.

Reckons anew, from the description in ``docs/fairness.md`` and not from the platform's code. Needs nothing but Python.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import hmac
import json
import urllib.error
import urllib.request
from dataclasses import dataclass
from typing import Any

from .console import Problem, say

#: Scores are numbers below this.
SCORES = 2**64


@dataclass(frozen=True)
class Draw:
    """What a queue's status says of its draw."""

    seed_hash: str
    seed: str | None
    entrants: int | None


@dataclass(frozen=True)
class Ticket:
    """A ticket, by its id; with the place that is written on it, if one is."""

    id: str
    place: int | None = None


def seed_hash(seed: str) -> str:
    """What is published before the draw: the SHA-256 of the seed's bytes, in hexadecimal digits."""
    return hashlib.sha256(bytes.fromhex(seed)).hexdigest()


def score(seed: str, ticket_id: str) -> int:
    """The first eight bytes of the HMAC-SHA256 of the ticket's id under the seed, as a big-endian number."""
    return int.from_bytes(hmac.new(bytes.fromhex(seed), ticket_id.encode(), hashlib.sha256).digest()[:8], "big")


def place(drawn: int, entrants: int) -> int:
    """The place in the line, from 0: the score's share of the entrants, rounded down."""
    return drawn * entrants // SCORES


def read_ticket(text: str) -> Ticket:
    """The id in a ticket as `check` gives it, or the id itself."""
    if "." not in text:
        return Ticket(text)
    try:
        body = text.split(".")[1]
        claims = json.loads(base64.urlsafe_b64decode(body + "=" * (-len(body) % 4)))
        return Ticket(str(claims["jti"]), claims.get("place"))
    except (IndexError, KeyError, TypeError, ValueError, binascii.Error) as error:
        raise Problem("This is no ticket.", "Give the `ticket` of the answer, or its `ticketId`.") from error


def check(draw: Draw, ticket: Ticket | None, noted_hash: str | None) -> list[str]:
    """What can be said of the draw. Raises Problem when something does not fit."""
    if noted_hash is not None and noted_hash.lower() != draw.seed_hash:
        raise Problem(
            f"The published hash is {draw.seed_hash}, not the one that was noted.",
            "The queue was emptied since, or somebody changed the draw.",
        )
    if draw.seed is None or draw.entrants is None:
        return [f"The draw is to come. Note the hash of its seed: {draw.seed_hash}"]
    if seed_hash(draw.seed) != draw.seed_hash:
        raise Problem("The seed does not have the hash that was published.", "This draw cannot be trusted.")
    lines = [f"The seed has the published hash {draw.seed_hash}.", f"{draw.entrants} took part."]
    if ticket is None:
        return lines
    if ticket.id.startswith("number-"):
        number = int(ticket.id.removeprefix("number-"))
        expected, how = draw.entrants + number, f"after the opening: number {number} behind all entrants"
    else:
        drawn = score(draw.seed, ticket.id)
        expected, how = place(drawn, draw.entrants), f"score {drawn} / 2^64 = {drawn / SCORES:.9f}"
    if ticket.place is not None and ticket.place != expected:
        raise Problem(f"The ticket says place {ticket.place}, but it has drawn {expected}.", "This draw cannot be trusted.")
    return [*lines, f"Ticket {ticket.id}: {how}, place {expected} counted from 0."]


def run(event: str, ticket: str | None, noted_hash: str | None, api: str) -> None:
    """Asks for the queue's status and checks its draw."""
    for line in check(_read(api, event), read_ticket(ticket) if ticket else None, noted_hash):
        say(line)


def _read(api: str, event: str) -> Draw:
    try:
        with urllib.request.urlopen(f"{api.rstrip('/')}/queue/status/{event}", timeout=10) as answer:
            status: dict[str, Any] = json.load(answer)
    except (urllib.error.URLError, ValueError) as error:
        raise Problem(f"The status of {event} cannot be read: {error}", "Check EVENT and API.") from error
    if status.get("seedHash") is None:
        raise Problem(f"{event} has no waiting room.")
    return Draw(status["seedHash"], status["seed"], status["entrants"])
