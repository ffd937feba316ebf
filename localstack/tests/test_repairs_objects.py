"""Only who may list a bucket is told that it does not contain something."""

from __future__ import annotations

import logging
import unittest
from unittest import mock

from jari_local.repairs import objects
from ministack import app
from ministack.core import iam_evaluator
from ministack.services import s3

# Importing MiniStack's application makes every logger talk.
logging.getLogger().setLevel(logging.WARNING)

SIGNED = {"authorization": "AWS4-HMAC-SHA256 Credential=ASIAROLE/20261121/us-east-1/s3/aws4_request, SignedHeaders=host"}


class MissingObjects(unittest.TestCase):
    def setUp(self) -> None:
        for name in ("_get_object", "_head_object"):
            self.addCleanup(setattr, s3, name, getattr(s3, name))
        self.asked: list[tuple[str, str, str]] = []
        self.may_list = False
        for patch in (
            mock.patch.object(app, "AUTH", True),
            mock.patch.object(iam_evaluator, "enforce", self.enforce),
        ):
            patch.start()
            self.addCleanup(patch.stop)
        s3._create_bucket("pictures", b"", {})
        self.addCleanup(s3._buckets.pop, "pictures")
        s3._put_object("pictures", "uploads/there", b"x", {})
        objects.hide_missing_objects_from_who_may_not_list()

    def enforce(self, caller: str, action: str, service: str, region: str, resource_arn: str) -> str | None:
        self.asked.append((caller, action, resource_arn))
        return None if self.may_list else "denied"

    def test_who_may_not_list_is_refused(self) -> None:
        for read in (s3._get_object, s3._head_object):
            self.assertEqual(read("pictures", "uploads/gone", SIGNED)[0], 403)
            self.assertEqual(read("pictures", "uploads/gone", {})[0], 403)
        self.assertEqual(set(self.asked), {("ASIAROLE", "s3:ListBucket", "arn:aws:s3:::pictures")})

    def test_who_may_list_is_told(self) -> None:
        self.may_list = True
        for read in (s3._get_object, s3._head_object):
            self.assertEqual(read("pictures", "uploads/gone", SIGNED)[0], 404)

    def test_what_is_there_and_buckets_that_are_not_stay_as_they_are(self) -> None:
        for read in (s3._get_object, s3._head_object):
            self.assertEqual(read("pictures", "uploads/there", SIGNED)[0], 200)
            self.assertEqual(read("nothing", "uploads/there", SIGNED)[0], 404)
        self.assertEqual(self.asked, [])

    def test_without_permissions_nothing_is_hidden(self) -> None:
        with mock.patch.object(app, "AUTH", False):
            self.assertEqual(s3._get_object("pictures", "uploads/gone", SIGNED)[0], 404)


if __name__ == "__main__":
    unittest.main()
