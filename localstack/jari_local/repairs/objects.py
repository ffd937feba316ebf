"""S3: what is said of objects that are not there."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

_Answer = tuple[int, dict[str, str], bytes]


def hide_missing_objects_from_who_may_not_list() -> None:
    """Reading an object that is not there is 403 without ``s3:ListBucket``, as on AWS, and not 404.

    Code that tells "there is none" from "it failed" would work here and fail there.
    """
    from ministack.services import s3

    def hiding(read: Callable[..., _Answer]) -> Callable[..., _Answer]:
        def read_hiding(
            bucket: str, key: str, headers: dict[str, str] | None = None, query_params: dict[str, Any] | None = None
        ) -> _Answer:
            answer = read(bucket, key, headers or {}, query_params)
            is_missing = answer[0] == 404 and s3._ensure_bucket(bucket) is not None
            if is_missing and not _may_list(bucket, headers or {}, query_params or {}):
                refusal: _Answer = s3._error("AccessDenied", "Access Denied", 403, f"/{bucket}/{key}")
                return refusal
            return answer

        return read_hiding

    s3._get_object = hiding(s3._get_object)
    s3._head_object = hiding(s3._head_object)


def _may_list(bucket: str, headers: dict[str, str], query_params: dict[str, Any]) -> bool:
    from ministack import app
    from ministack.core.iam_evaluator import enforce
    from ministack.core.responses import get_region
    from ministack.core.router import extract_access_key_id

    if not app.AUTH:
        return True
    caller = extract_access_key_id(headers, query_params)
    # None of our buckets lets strangers list it.
    return bool(caller) and enforce(caller, "s3:ListBucket", "s3", get_region(), resource_arn=f"arn:aws:s3:::{bucket}") is None
