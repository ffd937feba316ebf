"""The web distribution keeps what is everybody's and nothing else, and treats pages as local-gateway does.

Run by ``make check``, as the tests of the policies are. The distribution's functions run in Node.js here.
"""

from __future__ import annotations

import fnmatch
import json
import subprocess
import sys
import unittest
from pathlib import Path
from typing import Any

import yaml

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "localstack"))

from jari_local import cfn_yaml, openapi_document  # noqa: E402 - found through the line above

RESOURCES = cfn_yaml.load_file(ROOT / "infra" / "web.yaml")["Resources"]
DISTRIBUTION = RESOURCES["Distribution"]["Properties"]["DistributionConfig"]
BEHAVIOURS = [*DISTRIBUTION["CacheBehaviors"], {"PathPattern": "*", **DISTRIBUTION["DefaultCacheBehavior"]}]
CONTRACT = yaml.safe_load((ROOT / "docs" / "openapi.yaml").read_text())
NOTHING_KEPT = "4135ea2d-6df8-44a3-9df3-4b5a84be39ad"
ALL_BUT_HOST = "b689b0a8-53d0-40ab-baf2-68738e2966ac"
#: Public reads that are not kept, and why.
UNKEPT = {
    "/health": "whoever asks wants to know of this moment",
    "/auth/google": "every answer starts a log-in of its own",
}


def behaviour(path: str) -> dict[str, Any]:
    """The first behaviour whose pattern fits, as CloudFront chooses."""
    return next(each for each in BEHAVIOURS if fnmatch.fnmatchcase(path, each["PathPattern"]))


def run(function: str, uri: str, headers: dict[str, Any] | None = None) -> dict[str, Any]:
    """The request as a CloudFront Function hands it on."""
    code = RESOURCES[function]["Properties"]["FunctionCode"]
    code = code["Fn::Sub"].replace("${WebSocketStage}", "live") if isinstance(code, dict) else code
    event = {"viewer": {"ip": "2001:db8::1"}, "request": {"method": "GET", "uri": uri, "headers": headers or {}}}
    script = f"{code}\nconsole.log(JSON.stringify(handler({json.dumps(event)})));"
    answer = subprocess.run(["node", "--eval", script], capture_output=True, text=True, check=True)
    request: dict[str, Any] = json.loads(answer.stdout)
    return request


class Caching(unittest.TestCase):
    def test_what_is_kept_is_public_and_only_read(self) -> None:
        kept = set()
        for method, path, operation in openapi_document.operations(CONTRACT):
            chosen = behaviour(f"/api/v1{path}")
            is_kept = chosen["CachePolicyId"] != NOTHING_KEPT
            with self.subTest(f"{method} {path} by {chosen['PathPattern']}"):
                self.assertEqual(chosen["TargetOriginId"], "api")
                is_public_read = method == "get" and operation.get("security") == []
                self.assertEqual(is_kept, is_public_read and path not in UNKEPT)
                self.assertIn(method.upper(), chosen["AllowedMethods"])
                if is_kept:
                    kept.add(chosen["PathPattern"])
        patterns = {each["PathPattern"] for each in BEHAVIOURS if each["TargetOriginId"] == "api" and each["CachePolicyId"] != NOTHING_KEPT}
        self.assertEqual(patterns, kept, "every pattern is for something")

    def test_who_asks_is_not_told_where_answers_are_kept(self) -> None:
        for each in BEHAVIOURS:
            with self.subTest(each["PathPattern"]):
                if each["CachePolicyId"] == NOTHING_KEPT:
                    self.assertEqual(each["OriginRequestPolicyId"], ALL_BUT_HOST)
                else:
                    self.assertNotIn("OriginRequestPolicyId", each)
        for name, headers in (("PublicReads", {"HeaderBehavior": "none"}), ("QueueReads", {"HeaderBehavior": "whitelist", "Headers": ["X-Queue-Ticket"]})):
            policy = RESOURCES[name]["Properties"]["CachePolicyConfig"]
            forwarded = policy["ParametersInCacheKeyAndForwardedToOrigin"]
            self.assertEqual((policy["MinTTL"], policy["DefaultTTL"]), (0, 0), "no-store is obeyed")
            self.assertEqual((forwarded["HeadersConfig"], forwarded["CookiesConfig"]), (headers, {"CookieBehavior": "none"}))
        self.assertEqual(behaviour("/api/v1/queue/status/evt_1")["CachePolicyId"], {"Ref": "QueueReads"})

    def test_errors_are_not_kept_and_never_become_pages(self) -> None:
        for each in DISTRIBUTION["CustomErrorResponses"]:
            self.assertEqual(each.keys(), {"ErrorCode", "ErrorCachingMinTTL"})
            self.assertEqual(each["ErrorCachingMinTTL"], 0)


class Pages(unittest.TestCase):
    def test_headers_are_those_of_the_local_gateway(self) -> None:
        wanted = json.loads((ROOT / "web" / "security-headers.json").read_text())
        policy = RESOURCES["PageHeaders"]["Properties"]["ResponseHeadersPolicyConfig"]
        security = policy["SecurityHeadersConfig"]
        sts = security["StrictTransportSecurity"]
        sent = {each["Header"]: each["Value"] for each in policy["CustomHeadersConfig"]["Items"]} | {
            "Content-Security-Policy": security["ContentSecurityPolicy"]["ContentSecurityPolicy"],
            "Referrer-Policy": security["ReferrerPolicy"]["ReferrerPolicy"],
            "Strict-Transport-Security": f"max-age={sts['AccessControlMaxAgeSec']}" + "; includeSubDomains" * sts["IncludeSubdomains"],
            "X-Content-Type-Options": "nosniff",
        }
        self.assertEqual(sent, wanted)
        self.assertNotIn("unsafe", wanted["Content-Security-Policy"])
        for path in ("/", "/events/evt_1", "/assets/main-1.js"):
            self.assertEqual(behaviour(path)["ResponseHeadersPolicyId"], {"Ref": "PageHeaders"})

    def test_paths_without_an_extension_are_one_page(self) -> None:
        for uri in ("/", "/events/evt_1", "/a.b/c"):
            self.assertEqual(run("RouteNavigation", uri)["uri"], "/index.html")
        for uri in ("/sw.js", "/config.json", "/events/evt_1.json"):
            self.assertEqual(run("RouteNavigation", uri)["uri"], uri)

    def test_the_socket_is_at_its_stage(self) -> None:
        self.assertEqual(run("RouteLive", "/ws")["uri"], "/live")
        self.assertEqual(behaviour("/ws")["TargetOriginId"], "live")


class Viewers(unittest.TestCase):
    def test_the_address_is_the_distributions_word_not_the_clients(self) -> None:
        claimed = {"x-viewer-address": {"value": "203.0.113.7"}, "accept": {"value": "*/*"}}
        headers = run("NameViewer", "/api/v1/auth/login", claimed)["headers"]
        self.assertEqual(headers, {"x-viewer-address": {"value": "2001:db8::1"}, "accept": {"value": "*/*"}})

    def test_log_ins_come_with_it(self) -> None:
        for path in CONTRACT["paths"]:
            associations = behaviour(f"/api/v1{path}").get("FunctionAssociations", [])
            self.assertEqual(bool(associations), path.startswith("/auth/"), path)

    def test_everything_is_encrypted_on_the_way(self) -> None:
        for each in BEHAVIOURS:
            self.assertIn(each["ViewerProtocolPolicy"], ("https-only", "redirect-to-https"))
        for origin in DISTRIBUTION["Origins"]:
            custom = origin.get("CustomOriginConfig")
            self.assertTrue(custom is None or custom["OriginProtocolPolicy"] == "https-only")
            self.assertTrue(custom is not None or origin["OriginAccessControlId"] == {"Ref": "BucketAccess"})


if __name__ == "__main__":
    unittest.main()
