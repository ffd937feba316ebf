"""Demo data fits together, and is loaded once however often it is loaded."""

from __future__ import annotations

import json
import struct
import unittest
import zlib
from datetime import UTC, datetime
from typing import Any
from unittest import mock

from jari_local import demo, demo_events, posters, venues
from jari_local.api import Api, Refused
from jari_local.paths import DEMO_DATA

DATA = json.loads((DEMO_DATA / "demo.json").read_text())


class Data(unittest.TestCase):
    def test_there_are_enough_events_and_not_too_many(self) -> None:
        titles = [plan["event"]["title"] for plan in DATA["events"]]
        self.assertEqual(len(titles), len(set(titles)))
        self.assertLessEqual(len(titles), 12)

    def test_seated_events_sell_the_sections_of_their_venue(self) -> None:
        for plan in DATA["events"]:
            with self.subTest(plan["event"]["title"]):
                venue = DATA["venues"].get(plan.get("venue"))
                sold = sorted(section for each in plan["ticketTypes"] for section in each.get("sectionIds", []))
                self.assertEqual(sold, sorted(section["id"] for section in venue["sections"]) if venue else [])
                self.assertLessEqual(plan.get("sold", 0), plan["event"]["buyerLimit"])
                self.assertTrue(venue or "sold" not in plan, "seats are bought by their names")
                self.assertFalse("queue" in plan and "sold" in plan, "the demo's buyer does not queue")
                if plan.get("soldOut"):
                    self.assertEqual(plan["sold"], len(venues.seat_ids(venue)))

    def test_no_word_is_in_two_mappings(self) -> None:
        words = [word.casefold() for each in DATA["keywords"] for word in [each["term"], *each["aliases"]]]
        self.assertEqual(len(words), len(set(words)))


class Loading(unittest.TestCase):
    def test_only_what_is_missing_is_created(self) -> None:
        api = mock.Mock(spec=Api)
        api.items.return_value = iter([{"term": "there"}])
        wanted = [{"term": "there"}, {"term": "new"}]
        self.assertEqual(demo._missing(api, "/admin/keywords", "term", wanted), 1)
        api.post.assert_called_once_with("/admin/keywords", {"term": "new"})

    def test_nobody_logs_in_when_every_event_is_there(self) -> None:
        api = mock.Mock(spec=Api)
        api.items.return_value = iter([plan["event"] for plan in DATA["events"]])
        self.assertEqual(demo_events.load(api, DATA), 0)
        api.logged_in.assert_not_called()

    def test_a_run_is_a_show_every_so_many_days(self) -> None:
        api = mock.Mock(spec=Api)
        api.post.return_value = {"id": "evt_1"}
        plan = {"event": {}, "ticketTypes": [], "performances": [{"inDays": 1, "hour": 10, "times": 3, "everyDays": 7}]}
        demo_events._event(api, plan, None, mock.Mock(spec=Api))
        starts = [call.args[1]["startsAt"] for call in api.post.call_args_list if call.args[0].endswith("/performances")]
        self.assertEqual(len(set(starts)), 3)
        self.assertEqual(starts, sorted(starts))
        self.assertEqual(api.post.call_args_list[-1].args[0], "/admin/events/evt_1/publish")


    def test_a_guarded_event_has_its_queue_before_it_is_published(self) -> None:
        api, admin = mock.Mock(spec=Api), mock.Mock(spec=Api)
        # The waiting room has not heard of the draft at first.
        admin.put.side_effect = [Refused("PUT", 404, {}), {}]
        published = []
        api.post.side_effect = lambda path, *_: published.append((path, admin.put.call_count)) or {"id": "evt_1"}
        show = {"inDays": 1, "hour": 10}
        plan = {"event": {}, "queue": {"capacity": 20}, "ticketTypes": [], "performances": [show]}
        demo_events._event(api, plan, None, admin)
        self.assertEqual(published[-1], ("/admin/events/evt_1/publish", 2))
        path, body = admin.put.call_args.args
        self.assertEqual((path, body["capacity"]), ("/queue/admin/evt_1", 20))
        self.assertLessEqual(body["opensAt"], datetime.now(UTC).isoformat(timespec="seconds").replace("+00:00", "Z"))

    def test_another_refusal_of_a_queue_is_told(self) -> None:
        admin = mock.Mock(spec=Api)
        admin.put.side_effect = Refused("PUT", 422, {})
        with self.assertRaises(Refused):
            demo_events._guard(admin, "evt_1", {"capacity": 0})


class Posters(unittest.TestCase):
    def test_are_pictures_of_their_colours(self) -> None:
        picture = posters.png("#102030", "#405060", "#708090")
        chunks: dict[bytes, bytes] = {}
        rest = picture.removeprefix(b"\x89PNG\r\n\x1a\n")
        while rest:
            (length,) = struct.unpack(">I", rest[:4])
            kind, content, check = rest[4:8], rest[8 : 8 + length], rest[8 + length : 12 + length]
            self.assertEqual(struct.unpack(">I", check)[0], zlib.crc32(kind + content))
            chunks[kind], rest = content, rest[12 + length :]
        width, height, depth, colour = struct.unpack(">IIBB", chunks[b"IHDR"][:10])
        self.assertEqual((width, height, depth, colour), (1200, 1600, 8, 2))
        pixels = zlib.decompress(chunks[b"IDAT"])
        row = 1 + 3 * width
        self.assertEqual(len(pixels), height * row)
        self.assertEqual(pixels[1:4], bytes.fromhex("102030"))
        self.assertEqual(pixels[-3:], bytes.fromhex("405060"))
        middle = 640 * row + 1 + 3 * 600
        self.assertEqual(pixels[middle : middle + 3], bytes.fromhex("708090"))
        self.assertLess(len(picture), 100_000)


class Uploads(unittest.TestCase):
    def test_are_forms_with_the_file_last(self) -> None:
        api = Api("http://127.0.0.1:1")
        sent: dict[str, Any] = {}
        with mock.patch.object(api, "_send", lambda *arguments: sent.update(zip("muhx", arguments, strict=False)) or b""):
            api.upload({"url": "http://bucket", "fields": {"key": "uploads/img_1", "policy": "p"}}, b"\x00\xff")
        boundary = sent["x"]["content-type"].split("boundary=")[1].encode()
        parts = sent["h"].split(b"--" + boundary)
        self.assertIn(b'name="key"\r\n\r\nuploads/img_1\r\n', parts[1])
        self.assertTrue(parts[-2].endswith(b"\r\n\r\n\x00\xff\r\n"))
        self.assertIn(b'name="file"', parts[-2])
        self.assertEqual(parts[-1], b"--\r\n")


if __name__ == "__main__":
    unittest.main()
