"""Geometry of demo venues, from a few numbers per section."""

from __future__ import annotations

import base64
import gzip
import json
from typing import Any

#: Seats in one block; a block is what booking keeps in one item.
_BLOCK = 50
#: Distances between seats and rows, in metres.
_SEAT, _ROW = 0.55, 0.9


def sections(venue: dict[str, Any]) -> list[dict[str, Any]]:
    """The sections of a venue of straight rows, as ``POST /admin/layouts`` knows them."""
    return [_section(section) for section in venue["sections"]]


def layout(venue: dict[str, Any]) -> dict[str, Any]:
    """The body of ``POST /admin/layouts``, compressed so that an arena fits into 256 KB."""
    plain = json.dumps({"sections": sections(venue)}).encode()
    return {"name": venue["name"], "geometry": base64.b64encode(gzip.compress(plain)).decode()}


def seat_ids(venue: dict[str, Any]) -> list[str]:
    """Every seat of a venue, in order."""
    return [seat["id"] for section in sections(venue) for block in section["blocks"] for seat in block["seats"]]


def _section(section: dict[str, Any]) -> dict[str, Any]:
    left, front = section.get("x", 0.0), section.get("y", 0.0)
    blocks = []
    for row in range(section["rows"]):
        name = row_name(row)
        seats = [
            {
                "id": f"{section['id']}-{name}-{number}",
                "label": str(number),
                "row": name,
                "x": round(left + (number - (section["seatsPerRow"] + 1) / 2) * _SEAT, 2),
                "y": round(front + row * _ROW, 2),
                # The ends of the first row have room for a wheelchair.
                "accessible": row == 0 and number in (1, section["seatsPerRow"]),
            }
            for number in range(1, section["seatsPerRow"] + 1)
        ]
        parts = [seats[begin : begin + _BLOCK] for begin in range(0, len(seats), _BLOCK)]
        blocks += [
            {"id": f"{section['id']}-{name}" + (f"-{part}" if len(parts) > 1 else ""), "seats": part_seats}
            for part, part_seats in enumerate(parts, 1)
        ]
    return {"id": section["id"], "name": section["name"], "blocks": blocks}


def row_name(row: int) -> str:
    """A, B … Z, AA, AB …"""
    name = ""
    row += 1
    while row:
        row, letter = divmod(row - 1, 26)
        name = chr(ord("A") + letter) + name
    return name
