"""Pages are put on AWS in an order in which nobody misses a file, and may be kept as long as they are right."""

from __future__ import annotations

import tempfile
import unittest
from pathlib import Path
from typing import Any

from jari_local.console import Problem
from jari_local.deploy_web import publish

CONFIG = '{"webSocketUrl": "/ws"}'


class Bucket:
    """The calls of S3 that are made, in their order."""

    def __init__(self, *present: str) -> None:
        self.present = present
        self.put: list[dict[str, Any]] = []

    def get_paginator(self, name: str) -> Bucket:
        assert name == "list_objects_v2"
        return self

    def paginate(self, Bucket: str, Prefix: str) -> list[dict[str, Any]]:
        return [{"Contents": [{"Key": key}]} for key in self.present if key.startswith(Prefix)] or [{}]

    def put_object(self, **request: Any) -> None:
        self.put.append(request)


class Publishing(unittest.TestCase):
    def setUp(self) -> None:
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.dist = Path(folder.name)
        (self.dist / "assets").mkdir()
        for name in ("index.html", "sw.js", "manifest.webmanifest", "assets/main-2.js", "assets/main-1.css"):
            (self.dist / name).write_text(name)

    def publish(self, *present: str) -> tuple[Bucket, int]:
        bucket = Bucket(*present)
        return bucket, publish(bucket, "pages", self.dist, CONFIG)

    def test_what_pages_name_is_there_before_them(self) -> None:
        bucket, new = self.publish()
        keys = [request["Key"] for request in bucket.put]
        self.assertEqual(sorted(keys[:2]), ["assets/main-1.css", "assets/main-2.js"])
        self.assertEqual(keys[-2:], ["config.json", "index.html"])
        self.assertEqual((new, len(keys)), (2, 6))

    def test_says_what_each_file_is_and_how_long_it_may_be_kept(self) -> None:
        bucket, _ = self.publish()
        told = {request["Key"]: (request["ContentType"], request["CacheControl"]) for request in bucket.put}
        lasting = "public, max-age=31536000, immutable"
        self.assertEqual(
            told,
            {
                "assets/main-1.css": ("text/css; charset=utf-8", lasting),
                "assets/main-2.js": ("text/javascript; charset=utf-8", lasting),
                "config.json": ("application/json", "no-cache"),
                "index.html": ("text/html; charset=utf-8", "no-cache"),
                "manifest.webmanifest": ("application/manifest+json", "no-cache"),
                "sw.js": ("text/javascript; charset=utf-8", "no-cache"),
            },
        )
        self.assertEqual(next(request["Body"] for request in bucket.put if request["Key"] == "config.json"), CONFIG.encode())

    def test_what_is_there_under_a_lasting_name_is_not_sent_again(self) -> None:
        bucket, new = self.publish("assets/main-1.css", "assets/main-0.js", "sw.js")
        keys = [request["Key"] for request in bucket.put]
        self.assertNotIn("assets/main-1.css", keys)
        self.assertIn("sw.js", keys)
        self.assertEqual(new, 1)

    def test_nothing_is_put_without_a_page(self) -> None:
        (self.dist / "index.html").unlink()
        bucket = Bucket()
        with self.assertRaises(Problem):
            publish(bucket, "pages", self.dist, CONFIG)
        self.assertEqual(bucket.put, [])


if __name__ == "__main__":
    unittest.main()
