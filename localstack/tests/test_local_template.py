"""The local template has the routes, and only the routes, that SAM would make."""

from __future__ import annotations

import unittest

from jari_local import cfn_yaml
from jari_local.local_template import UnsupportedTemplate, derive, with_local_addresses

TEMPLATE = """
AWSTemplateFormatVersion: 2010-09-09
Transform: AWS::Serverless-2016-10-31
Globals:
  Function: {Runtime: provided.al2023, Timeout: 10}
Resources:
  HttpApi:
    Type: AWS::Serverless::HttpApi
    Properties:
      Auth:
        DefaultAuthorizer: JariJwt
        Authorizers:
          JariJwt:
            IdentitySource: $request.header.Authorization
            JwtConfiguration: {issuer: !Sub '${Issuer}/x', audience: [jari]}
      StageName: $default
  GetEventFunction:
    Type: AWS::Serverless::Function
    Properties:
      CodeUri: target/lambda/get-event/bootstrap.zip
      Events:
        Get:
          Type: HttpApi
          Properties:
            ApiId: !Ref HttpApi
            Method: get
            Path: /api/v1/events/{id}
            Auth: {Authorizer: NONE}
  AdminFunction:
    Type: AWS::Serverless::Function
    Properties:
      Events:
        Create:
          Type: HttpApi
          Properties:
            {ApiId: !Ref HttpApi, Method: POST, Path: /api/v1/admin/events, Auth: {AuthorizationScopes: [admin]}}
        Any:
          Type: HttpApi
          Properties: {ApiId: !Ref HttpApi, Method: ANY, Path: '/api/v1/admin/{proxy+}'}
        Jobs:
          Type: SQS
          Properties: {Queue: !GetAtt Jobs.Arn}
  NotFoundFunction:
    Type: AWS::Serverless::Function
    Condition: Wanted
    Properties:
      Events:
        Rest:
          Type: HttpApi
          Properties: {ApiId: !Ref HttpApi, Auth: {Authorizer: NONE}}
"""


def routes(template: dict) -> dict:
    """Route properties by route key."""
    return {
        resource["Properties"]["RouteKey"]: resource["Properties"]
        for resource in template["Resources"].values()
        if resource["Type"] == "AWS::ApiGatewayV2::Route"
    }


class LocalTemplate(unittest.TestCase):
    def setUp(self) -> None:
        self.source = cfn_yaml.load(TEMPLATE)
        self.local = derive(self.source)

    def test_every_event_is_a_route(self) -> None:
        self.assertEqual(
            set(routes(self.local)),
            {"GET /api/v1/events/{id}", "POST /api/v1/admin/events", "ANY /api/v1/admin/{proxy+}", "$default"},
        )

    def test_authorization_is_as_sam_makes_it(self) -> None:
        made = routes(self.local)
        self.assertEqual(made["GET /api/v1/events/{id}"]["AuthorizationType"], "NONE")
        self.assertNotIn("AuthorizerId", made["$default"])
        admin = made["POST /api/v1/admin/events"]
        self.assertEqual(admin["AuthorizationType"], "JWT")
        self.assertEqual(admin["AuthorizerId"], {"Ref": "HttpApiLocalJariJwtAuthorizer"})
        self.assertEqual(admin["AuthorizationScopes"], ["admin"])
        self.assertNotIn("AuthorizationScopes", made["ANY /api/v1/admin/{proxy+}"])

    def test_api_authorizer_and_stage_are_resources(self) -> None:
        resources = self.local["Resources"]
        self.assertEqual(resources["HttpApi"]["Type"], "AWS::ApiGatewayV2::Api")
        authorizer = resources["HttpApiLocalJariJwtAuthorizer"]["Properties"]
        self.assertEqual(
            authorizer["JwtConfiguration"], {"Issuer": {"Fn::Sub": "${Issuer}/x"}, "Audience": ["jari"]}
        )
        self.assertEqual(resources["HttpApiLocalStage"]["Properties"]["StageName"], "$default")

    def test_routes_reach_their_function(self) -> None:
        resources = self.local["Resources"]
        integration = resources["GetEventFunctionLocalHttpApiIntegration"]["Properties"]
        self.assertEqual(integration["IntegrationUri"], {"Fn::GetAtt": ["GetEventFunction", "Arn"]})
        self.assertEqual(
            routes(self.local)["GET /api/v1/events/{id}"]["Target"],
            {"Fn::Sub": "integrations/${GetEventFunctionLocalHttpApiIntegration}"},
        )

    def test_functions_have_time_for_a_machine_that_they_share(self) -> None:
        self.assertEqual(self.local["Globals"]["Function"]["Timeout"], 25)

    def test_other_events_stay(self) -> None:
        resources = self.local["Resources"]
        self.assertEqual(set(resources["AdminFunction"]["Properties"]["Events"]), {"Jobs"})
        self.assertNotIn("Events", resources["GetEventFunction"]["Properties"])

    def test_conditions_are_inherited(self) -> None:
        resources = self.local["Resources"]
        self.assertEqual(resources["NotFoundFunctionRestLocalRoute"]["Condition"], "Wanted")

    def test_secrets_are_named_by_their_arn(self) -> None:
        source = TEMPLATE + """
  PgSecret: {Type: AWS::SecretsManager::Secret}
Outputs:
  Secret: {Value: !Ref PgSecret}
  Both: {Value: !Sub '${PgSecret} of ${AWS::StackName}'}
  Api: {Value: !Ref HttpApi}
"""
        outputs = derive(cfn_yaml.load(source))["Outputs"]
        self.assertEqual(outputs["Secret"]["Value"], {"Fn::GetAtt": ["PgSecret", "Id"]})
        self.assertEqual(outputs["Both"]["Value"], {"Fn::Sub": "${PgSecret.Id} of ${AWS::StackName}"})
        self.assertEqual(outputs["Api"]["Value"], {"Ref": "HttpApi"})

    def test_apis_have_local_addresses(self) -> None:
        source = """
Resources:
  Function:
    Environment: {Variables: {URL: !Sub 'https://${Sockets}.execute-api.${AWS::Region}.amazonaws.com/${Stage}'}}
  Policies:
    - {Resource: !Sub 'arn:${AWS::Partition}:execute-api:${AWS::Region}:${AWS::AccountId}:${Sockets}/live/POST/@connections/*'}
Outputs:
  Url: {Value: !Sub 'wss://${Sockets}.execute-api.${AWS::Region}.${AWS::URLSuffix}/live'}
"""
        template = cfn_yaml.load(source)
        local = with_local_addresses(template, "http://127.0.0.1:4566")
        variables = local["Resources"]["Function"]["Environment"]["Variables"]
        self.assertEqual(variables["URL"], {"Fn::Sub": "http://127.0.0.1:4566/_aws/execute-api/${Sockets}/${Stage}"})
        self.assertEqual(
            local["Outputs"]["Url"]["Value"], {"Fn::Sub": "ws://127.0.0.1:4566/_aws/execute-api/${Sockets}/live"}
        )
        self.assertEqual(local["Resources"]["Policies"], template["Resources"]["Policies"])
        self.assertEqual(template, cfn_yaml.load(source), "the source is left alone")

    def test_the_source_is_left_alone(self) -> None:
        self.assertEqual(self.source, cfn_yaml.load(TEMPLATE))

    def test_what_would_be_lost_is_refused(self) -> None:
        for broken in (
            TEMPLATE.replace("DefaultAuthorizer: JariJwt", "DefaultAuthorizer: Other"),
            TEMPLATE.replace("!Ref HttpApi", "!Ref OtherApi"),
        ):
            with self.assertRaises(UnsupportedTemplate):
                derive(cfn_yaml.load(broken))

    def test_written_and_read_again_it_is_the_same(self) -> None:
        self.assertEqual(cfn_yaml.load(cfn_yaml.dump(self.local)), self.local)


if __name__ == "__main__":
    unittest.main()
