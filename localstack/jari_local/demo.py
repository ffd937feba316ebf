"""Demo data, loaded as people would: through the HTTP API. Loading it again adds nothing.

Only roles are given by the operators' function, since no route gives the first one.
"""

from __future__ import annotations

import json
from typing import Any

from . import demo_events
from .api import Api, Refused
from .console import Problem, say, step
from .deploy import client
from .paths import DEMO_DATA
from .stack import Stack


def load(stack: Stack) -> None:
    """Creates what ``localstack/demo/demo.json`` describes and is not there yet."""
    data = _data()
    api = Api(f"http://127.0.0.1:{stack.gateway_port}")
    try:
        with step("Loading demo accounts"):
            _accounts(stack, api, data)
        with step("Loading demo events") as remarks:
            remarks.append(f"{demo_events.load(api, data)} new")
        with step("Loading announcements and search words") as remarks:
            admin = api.logged_in("admin@jari.local", data["password"])
            new = _missing(admin, "/admin/announcements", "title", data["announcements"])
            new += _missing(admin, "/admin/keywords", "term", data["keywords"])
            remarks.append(f"{new} new")
    except Refused as refusal:
        raise Problem(f"Demo data was refused: {refusal}.", "`make reset dev` begins anew.") from refusal


def show(stack: Stack) -> None:
    """Prints where to go and whom to be."""
    data = _data()
    say(f"\n  Jari runs at {stack.public_url}, links for trying it out are at {stack.public_url}/demo")
    say(f"  The local AWS at {stack.aws_endpoint}, sent mail at {stack.aws_endpoint}/_ministack/ses/messages\n")
    for account in data["accounts"]:
        say(f"    {account['role']:10} {account['email']}")
    say(f"    {'password':10} {data['password']}")
    say(f"    {'Google':10} any address, at the page that GET /api/v1/auth/google names\n")


def _data() -> dict[str, Any]:
    data: dict[str, Any] = json.loads((DEMO_DATA / "demo.json").read_text())
    return data


def _missing(api: Api, path: str, name: str, wanted: list[dict[str, Any]]) -> int:
    """Creates the things of a list that are not in it yet, known by an attribute; answers how many."""
    present = {item[name] for item in api.items(path)}
    missing = [item for item in wanted if item[name] not in present]
    for item in missing:
        api.post(path, item)
    return len(missing)


def _accounts(stack: Stack, api: Api, data: dict[str, Any]) -> None:
    for account in data["accounts"]:
        person = {"email": account["email"], "name": account["name"], "password": data["password"]}
        try:
            api.post("/auth/register", person)
        except Refused as refusal:
            if refusal.code != "email_taken":
                raise
        # Also for accounts of an earlier run, which may have been cut off here; giving a role twice is harmless.
        if account["role"] != "buyer":
            _give_role(stack, account["email"], account["role"])


def _give_role(stack: Stack, email: str, role: str) -> None:
    answer = client(stack, "lambda").invoke(
        FunctionName=stack.outputs["SetUserRoleFunction"],
        Payload=json.dumps({"email": email, "role": role}),
    )
    if "FunctionError" in answer:
        raise Problem(f"{email} could not be made {role}.", "`make reset dev` begins anew.", answer["Payload"].read().decode())
