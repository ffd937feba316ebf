"""Putting the web pages behind a web distribution on AWS.

New files go first and the page that names them last, so that nobody ever gets a page whose scripts are missing. Old ones stay:
somebody may have an old page open, and a thousand builds cost less than a cent a month. Nothing has to be invalidated: what
has a lasting name never changes, and for the rest CloudFront asks the bucket again after a second.
"""

from __future__ import annotations

import mimetypes
from pathlib import Path
from typing import Any

import boto3
from botocore.exceptions import BotoCoreError, ClientError

from . import operate, web
from .console import Problem, say, step
from .paths import WEB_DIST

_ASSETS = "assets/"
_IMMUTABLE = "public, max-age=31536000, immutable"
_REVALIDATE = "no-cache"
_START = "index.html"
_CONFIG = "config.json"

# Not known everywhere.
mimetypes.add_type("application/manifest+json", ".webmanifest")
mimetypes.add_type("font/woff2", ".woff2")
mimetypes.add_type("text/javascript", ".js")


def run(stack: str) -> None:
    """Builds the pages and puts them before the stack of that name, with the credentials in the environment."""
    outputs = operate.outputs_on_aws(stack)
    missing = [name for name in ("WebBucket", "WebConfig", "WebUrl") if name not in outputs]
    if missing:
        raise Problem(f"The stack {stack} has no output `{missing[0]}`.", f"Deploy {stack}, with an Environment other than local.")
    web.build()
    with step(f"Putting the web pages into {outputs['WebBucket']}") as remarks:
        try:
            remarks.append(f"{publish(boto3.client('s3'), outputs['WebBucket'], WEB_DIST, outputs['WebConfig'])} new")
        except (BotoCoreError, ClientError) as error:
            raise Problem(f"The pages were not put there: {error}", "Run it again; every step may be repeated.") from error
    say(f"  {outputs['WebUrl']}")


def publish(s3: Any, bucket: str, folder: Path, config: str) -> int:
    """Uploads a build and what it must know of its deployment; returns how many files with a lasting name were new."""
    names = sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file())
    if _START not in names:
        raise Problem(f"{folder} has no {_START}.", "Run `make build`.")
    present = {
        item["Key"]
        for page in s3.get_paginator("list_objects_v2").paginate(Bucket=bucket, Prefix=_ASSETS)
        for item in page.get("Contents", [])
    }
    lasting = [name for name in names if name.startswith(_ASSETS)]
    new = [name for name in lasting if name not in present]
    for name in new:
        _put(s3, bucket, name, (folder / name).read_bytes(), _IMMUTABLE)
    for name in [name for name in names if name not in (*lasting, _START, _CONFIG)]:
        _put(s3, bucket, name, (folder / name).read_bytes(), _REVALIDATE)
    _put(s3, bucket, _CONFIG, config.encode(), _REVALIDATE)
    _put(s3, bucket, _START, (folder / _START).read_bytes(), _REVALIDATE)
    return len(new)


def _put(s3: Any, bucket: str, name: str, content: bytes, caching: str) -> None:
    kind = mimetypes.guess_type(name)[0] or "application/octet-stream"
    if kind.startswith("text/"):
        kind += "; charset=utf-8"
    s3.put_object(Bucket=bucket, Key=name, Body=content, ContentType=kind, CacheControl=caching)
