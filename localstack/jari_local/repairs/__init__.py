"""What MiniStack 1.5.33 does otherwise than AWS, and should not.

Each repair is a function that replaces functions of MiniStack inside this process, before it starts. Its docstring says
what was wrong; ``localstack/tests/test_repairs*.py`` prove that it still fits the installed version.
"""

from __future__ import annotations

from . import environments, gateway, mappings, objects, permissions, sockets, stacks, streams


def all_of_them() -> None:
    """Makes every repair; once per process."""
    stacks.keep_attributes_of_unchanged_resources()
    streams.save_stream_records()
    streams.heed_stream_failures()
    mappings.poll_each_mapping_at_its_own_pace()
    mappings.fill_large_batches_of_queues()
    mappings.serve_message_groups_side_by_side()
    permissions.authorise_batches_as_single_calls()
    permissions.authorise_mail_by_its_sender()
    environments.wait_without_asking()
    environments.hand_over_events_at_once()
    environments.answer_without_waiting_for_logs()
    gateway.tell_the_callers_address()
    gateway.look_again_for_signing_keys()
    sockets.refuse_connections_as_their_function_does()
    sockets.answer_messages_only_by_posts()
    sockets.tell_when_and_from_where_somebody_connected()
    sockets.refuse_posts_that_are_too_large()
    objects.hide_missing_objects_from_who_may_not_list()
