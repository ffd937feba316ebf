"""Posters of demo events: pictures made while they are loaded, so that none has to lie in the repository."""

from __future__ import annotations

import struct
import zlib

_WIDTH, _HEIGHT = 1200, 1600
_Colour = tuple[int, int, int]


def png(top: str, bottom: str, disc: str) -> bytes:
    """An upright poster: a disc before a sky that goes from ``top`` to ``bottom``; colours as ``#rrggbb``."""
    above, below, middle = _colour(top), _colour(bottom), _colour(disc)
    rows = [_row(y, above, below, middle) for y in range(_HEIGHT)]
    # Eight bits per channel, red, green and blue; every row begins with its filter, which is none.
    header = struct.pack(">IIBBBBB", _WIDTH, _HEIGHT, 8, 2, 0, 0, 0)
    pixels = zlib.compress(b"".join(b"\0" + row for row in rows), 6)
    return b"\x89PNG\r\n\x1a\n" + _chunk(b"IHDR", header) + _chunk(b"IDAT", pixels) + _chunk(b"IEND", b"")


def _row(y: int, above: _Colour, below: _Colour, middle: _Colour) -> bytes:
    share = y / (_HEIGHT - 1)
    sky = bytes(round(a + (b - a) * share) for a, b in zip(above, below, strict=True))
    radius, height = _WIDTH * 0.3, y - _HEIGHT * 0.4
    if abs(height) >= radius:
        return sky * _WIDTH
    half = round((radius**2 - height**2) ** 0.5)
    side = _WIDTH // 2 - half
    return sky * side + bytes(middle) * (2 * half) + sky * side


def _chunk(kind: bytes, content: bytes) -> bytes:
    return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))


def _colour(text: str) -> _Colour:
    red, green, blue = bytes.fromhex(text.removeprefix("#"))
    return red, green, blue
