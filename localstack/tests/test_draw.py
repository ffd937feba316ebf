"""The draw of a waiting room, reckoned independently; the numbers are those of ``docs/fairness.md``."""

from __future__ import annotations

import base64
import json
import unittest

from jari_local import verify_draw
from jari_local.console import Problem
from jari_local.verify_draw import Draw, Ticket

SEED = "000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f"
HASH = "630dcd2966c4336691125448bbb25b4ff412a49c732db2c8abc1b8581bd710dd"
TICKET = "5f2d8c1b9a3e47065f2d8c1b9a3e4706"
SCORE = 17411656393680872572
PLACE = 9438
DRAW = Draw(HASH, SEED, 10_000)


def token(claims: dict[str, object]) -> str:
    body = base64.urlsafe_b64encode(json.dumps(claims).encode()).decode().rstrip("=")
    return f"e30.{body}.c2ln"


class WorkedExample(unittest.TestCase):
    def test_the_numbers_of_the_document(self) -> None:
        self.assertEqual(verify_draw.seed_hash(SEED), HASH)
        self.assertEqual(verify_draw.score(SEED, TICKET), SCORE)
        self.assertEqual(verify_draw.place(SCORE, 10_000), PLACE)

    def test_places_are_within_the_line(self) -> None:
        self.assertEqual(verify_draw.place(0, 7), 0)
        self.assertEqual(verify_draw.place(2**64 - 1, 7), 6)


class Checking(unittest.TestCase):
    def test_a_ticket_is_checked_by_its_id_and_by_its_token(self) -> None:
        for text in (TICKET, token({"jti": TICKET}), token({"jti": TICKET, "place": PLACE})):
            lines = verify_draw.check(DRAW, verify_draw.read_ticket(text), HASH)
            self.assertIn(f"place {PLACE}", lines[-1])

    def test_numbers_stand_behind_the_draw(self) -> None:
        self.assertIn("place 10412", verify_draw.check(DRAW, Ticket("number-412", 10_412), None)[-1])

    def test_what_does_not_fit_is_said(self) -> None:
        cases = (
            (Draw(HASH, SEED.replace("00", "ff", 1), 10_000), None, None),
            (DRAW, Ticket(TICKET, 0), None),
            (DRAW, Ticket("number-412", 412), None),
            (DRAW, None, "0" * 64),
        )
        for draw, ticket, noted in cases:
            with self.subTest(ticket=ticket, noted=noted), self.assertRaises(Problem):
                verify_draw.check(draw, ticket, noted)

    def test_before_the_draw_there_is_a_hash_to_note(self) -> None:
        self.assertIn(HASH, verify_draw.check(Draw(HASH, None, None), Ticket(TICKET), HASH)[0])

    def test_what_is_no_ticket_is_refused(self) -> None:
        for text in ("a.b", "a.!.c", token({"sub": "somebody"}), "e30.W10.c2ln"):
            with self.subTest(text), self.assertRaises(Problem):
                verify_draw.read_ticket(text)
