"""Demo venues have the seats they claim, in blocks that booking can keep."""

from __future__ import annotations

import json
import unittest

from jari_local import venues
from jari_local.paths import DEMO_DATA


class Venues(unittest.TestCase):
    def setUp(self) -> None:
        data = json.loads((DEMO_DATA / "demo.json").read_text())
        self.venues = data["venues"]

    def test_have_the_promised_seats(self) -> None:
        for name, seats in {"theatre": 400, "arena": 12_000, "studio": 8}.items():
            self.assertEqual(len(venues.seat_ids(self.venues[name])), seats)

    def test_seats_and_blocks_have_names_of_their_own(self) -> None:
        for venue in self.venues.values():
            seats = venues.seat_ids(venue)
            self.assertEqual(len(set(seats)), len(seats))
            blocks = [block["id"] for section in venues.sections(venue) for block in section["blocks"]]
            self.assertEqual(len(set(blocks)), len(blocks))

    def test_blocks_hold_at_most_fifty_seats(self) -> None:
        sizes = [
            len(block["seats"])
            for venue in self.venues.values()
            for section in venues.sections(venue)
            for block in section["blocks"]
        ]
        self.assertLessEqual(max(sizes), 50)

    def test_the_largest_fits_into_a_request(self) -> None:
        self.assertLess(len(json.dumps(venues.layout(self.venues["arena"]))), 256 * 1024)

    def test_rows_are_named_as_in_a_theatre(self) -> None:
        self.assertEqual([venues.row_name(row) for row in (0, 25, 26, 51, 52)], ["A", "Z", "AA", "AZ", "BA"])


if __name__ == "__main__":
    unittest.main()
