"""The repairs of MiniStack fit the version that is installed, and do what they say."""

from __future__ import annotations

import unittest
from typing import Any

from jari_local.repairs import gateway, permissions, stacks, streams
from ministack.core import iam_actions
from ministack.services import cloudformation, dynamodb, lambda_svc
from ministack.services.cloudformation import provisioners


class Repairs(unittest.TestCase):
    def restore(self, module: Any, *names: str) -> None:
        """Undoes the repair of ``names`` after the test."""
        for name in names:
            self.addCleanup(setattr, module, name, getattr(module, name))

    def test_unchanged_resources_keep_their_attributes(self) -> None:
        self.restore(provisioners, "_update_resource")
        stacks.keep_attributes_of_unchanged_resources()
        cloudformation._stacks["child"] = {"_resources": {"Queue": {"Attributes": {"Arn": "arn:queue"}}}}
        self.addCleanup(cloudformation._stacks.pop, "child")
        updated = provisioners._update_resource("AWS::SQS::Queue", "url", {}, {}, "child", "Queue")
        self.assertEqual(updated, ("url", {"Arn": "arn:queue"}))

    def test_stream_records_are_saved_and_read_again(self) -> None:
        self.restore(dynamodb, "get_state", "_restore_state")
        streams.save_stream_records()
        dynamodb._stream_records["table"] = [{"eventID": "1"}]
        state = dynamodb.get_state()
        dynamodb._stream_records.clear()
        self.addCleanup(dynamodb._stream_records.clear)
        dynamodb._restore_state(state)
        self.assertEqual(dynamodb._stream_records["table"], [{"eventID": "1"}])

    def test_failed_stream_records_fail_their_batch(self) -> None:
        self.restore(lambda_svc, "_execute_function")
        answers = [{"body": '{"batchItemFailures": [{"itemIdentifier": "7"}]}'}, {"body": {"batchItemFailures": []}}]
        lambda_svc._execute_function = lambda *_: answers.pop(0)
        streams.heed_stream_failures()
        batch = {"Records": [{"eventSource": "aws:dynamodb"}]}
        self.assertTrue(lambda_svc._execute_function({}, batch)["error"])
        self.assertNotIn("error", lambda_svc._execute_function({}, batch))

    def test_partial_failures_of_queues_stay_as_they_are(self) -> None:
        self.restore(lambda_svc, "_execute_function")
        answer = {"body": {"batchItemFailures": [{"itemIdentifier": "7"}]}}
        lambda_svc._execute_function = lambda *_: answer
        streams.heed_stream_failures()
        self.assertIs(lambda_svc._execute_function({}, {"Records": [{"eventSource": "aws:sqs"}]}), answer)

    def test_a_batch_is_authorised_as_a_single_call(self) -> None:
        self.restore(iam_actions, "extract_iam_action")
        permissions.authorise_batches_as_single_calls()
        for call, action in {"SendMessageBatch": "sqs:SendMessage", "DeleteMessage": "sqs:DeleteMessage"}.items():
            headers = {"x-amz-target": f"AmazonSQS.{call}"}
            self.assertEqual(iam_actions.extract_iam_action("sqs", "POST", "/", headers, b"{}", {}), action)

    def test_mail_is_authorised_by_its_sender(self) -> None:
        self.restore(iam_actions, "extract_resource_arn", "request_tag_context")
        permissions.authorise_mail_by_its_sender()
        params = {"Action": ["SendEmail"], "Source": ["Jari <no-reply@jari.local>"]}
        arn = iam_actions.extract_resource_arn("ses", "POST", "/", {}, b"", params, "us-east-1", "000000000000")
        self.assertEqual(arn, "arn:aws:ses:us-east-1:000000000000:identity/no-reply@jari.local")
        context = iam_actions.request_tag_context("ses", "ses:SendEmail", b"", params)
        self.assertEqual(context["ses:FromAddress"], "no-reply@jari.local")

    def test_the_caller_is_whom_the_gateway_names_last(self) -> None:
        self.restore(lambda_svc, "_execute_function_with_config_scope")
        lambda_svc._execute_function_with_config_scope = lambda _, event: event
        gateway.tell_the_callers_address()

        def address(**headers: str) -> str:
            event = {"headers": headers, "requestContext": {"http": {"sourceIp": "127.0.0.1"}}}
            answered = lambda_svc._execute_function_with_config_scope({}, event)
            return str(answered["requestContext"]["http"]["sourceIp"])

        self.assertEqual(address(**{"x-forwarded-for": "203.0.113.9, 127.0.0.9"}), "127.0.0.9")
        self.assertEqual(address(**{"X-Forwarded-For": "2001:DB8:0::1"}), "2001:db8::1")
        self.assertEqual(address(**{"x-forwarded-for": "203.0.113.9, nonsense"}), "127.0.0.1")
        self.assertEqual(address(), "127.0.0.1")

    def test_events_that_are_no_requests_stay_as_they_are(self) -> None:
        self.restore(lambda_svc, "_execute_function_with_config_scope")
        lambda_svc._execute_function_with_config_scope = lambda _, event: event
        gateway.tell_the_callers_address()
        for event in ({"Records": []}, {"requestContext": {}}, "text", None):
            self.assertIs(lambda_svc._execute_function_with_config_scope({}, event), event)


if __name__ == "__main__":
    unittest.main()
