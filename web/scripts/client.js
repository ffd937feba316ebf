// Writes the types of the API's contract, or with --check says whether they are what docs/openapi.yaml asks for.
import { readFile, writeFile } from "node:fs/promises";
import openapiTS, { astToString } from "openapi-typescript";

const contract = new URL("../../docs/openapi.yaml", import.meta.url);
const target = new URL("../src/api/schema.d.ts", import.meta.url);
const types = `// Made from docs/openapi.yaml by \`npm run client\`.\n${astToString(await openapiTS(contract))}`;

if (process.argv.includes("--check")) {
  const present = await readFile(target, "utf8").catch(() => "");
  if (present !== types) {
    console.error("src/api/schema.d.ts is not what docs/openapi.yaml says: run `npm run client` in web/.");
    process.exit(1);
  }
} else {
  await writeFile(target, types);
}
