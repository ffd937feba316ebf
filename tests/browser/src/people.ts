import { randomUUID } from "node:crypto";
import { readFileSync } from "node:fs";
import { InvokeCommand, LambdaClient } from "@aws-sdk/client-lambda";
import type { Page } from "@playwright/test";
import { Api, eventually, expectStatus } from "./api.js";

export const PASSWORD = "correct horse battery";

/** Somebody with an account. */
export interface Person {
  readonly email: string;
  readonly name: string;
  readonly id: string;
  readonly api: Api;
}

/** A new account. */
export async function register(name = "Ada Lovelace", language = "en"): Promise<Person> {
  const email = `${randomUUID()}@example.com`;
  const session = await expectStatus(
    201,
    new Api().post("/auth/register", { email, password: PASSWORD, name }, { "Accept-Language": language }),
  );
  return { email, name, id: session.user.id, api: new Api(session.accessToken) };
}

/** A new account with a role, which only operators give. */
export async function registerAs(role: "admin" | "organizer" | "staff"): Promise<Person> {
  const person = await register(`The ${role}`);
  const outputs = JSON.parse(readFileSync(required("JARI_STACK_OUTPUTS"), "utf8"));
  const lambda = new LambdaClient({
    region: "us-east-1",
    endpoint: required("JARI_AWS_ENDPOINT"),
    credentials: { accessKeyId: "test", secretAccessKey: "test" },
  });
  const Payload = JSON.stringify({ email: person.email, role });
  const answer = await lambda.send(new InvokeCommand({ FunctionName: outputs.SetUserRoleFunction, Payload }));
  if (answer.FunctionError) throw new Error(`no role: ${new TextDecoder().decode(answer.Payload)}`);
  // The role is in the next token.
  const session = await expectStatus(
    200,
    new Api().post("/auth/login", { email: person.email, password: PASSWORD }),
  );
  return { ...person, api: new Api(session.accessToken) };
}

let administrator: Promise<Person> | undefined;

/** One administrator for all tests of a worker. */
export function admin(): Promise<Person> {
  administrator ??= registerAs("admin");
  return administrator;
}

/** An account with a verified address at the stand-in for Google; answers with what its log-in form asks for. */
export async function googleAccount(name: string): Promise<string> {
  const subject = randomUUID();
  const answer = await fetch(`${required("JARI_GOOGLE_URL")}/users/${subject}`, {
    method: "PUT",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify({ email: `${subject}@example.com`, email_verified: true, name }),
  });
  if (answer.status !== 204) throw new Error(`no account at Google: ${answer.status} ${await answer.text()}`);
  return subject;
}

/** Logs somebody in as the page does: the session is in the browser's cookie, and pages find it when they load. */
export async function logIn(page: Page, person: Pick<Person, "email">): Promise<void> {
  await eventually("the log-in is taken", async () => {
    const answer = await page.request.post("/api/v1/auth/login", {
      headers: { "X-Session": "cookie" },
      data: { email: person.email, password: PASSWORD },
    });
    return answer.ok() ? true : undefined;
  });
  await page.addInitScript(() => {
    // The same mark that logging in through the form leaves, once.
    if (sessionStorage.getItem("test.signed-in") === null) {
      sessionStorage.setItem("test.signed-in", "1");
      localStorage.setItem("jari.session", "1");
    }
  });
}

function required(name: string): string {
  const value = process.env[name];
  if (!value) throw new Error(`${name} is not set: run the tests by \`make test-web\`.`);
  return value;
}
