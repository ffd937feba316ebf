"""CloudFormation."""

from __future__ import annotations

from typing import Any


def keep_attributes_of_unchanged_resources() -> None:
    """Updates of nested stacks keep what ``Fn::GetAtt`` says of resources that did not change.

    It was forgotten, so that the update failed at the first such ``Fn::GetAtt`` ("Requested attribute Arn does not exist
    in schema"), and the rollback after it, too.
    """
    from ministack.services import cloudformation
    from ministack.services.cloudformation import provisioners

    update: Any = provisioners._update_resource

    def update_with_attributes(
        resource_type: str,
        physical_id: str,
        old_props: dict[str, Any],
        new_props: dict[str, Any],
        stack_name: str,
        logical_id: str | None = None,
        old_attrs: dict[str, Any] | None = None,
    ) -> Any:
        if old_attrs is None:
            stack = cloudformation._stacks.get(stack_name) or {}
            old_attrs = stack.get("_resources", {}).get(logical_id, {}).get("Attributes")
        return update(resource_type, physical_id, old_props, new_props, stack_name, logical_id, old_attrs)

    provisioners._update_resource = update_with_attributes
