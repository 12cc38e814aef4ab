#!/usr/bin/env node
/**
 * duban-verify FOLDER|URL --key VKEY|FILE
 * Prints one JSON object as `duban audit verify` does. Ends with 0 when everything holds, with 1
 * when something does not or cannot be read, with 2 when it was called in another way.
 */
import { parseArgs } from "node:util";
import { ReadError, reportText, VerifyError, verifyExport, readerOfUrl } from "./index.js";
import { readerOfFolder, readVerifierKey } from "./node.js";

const usage = `usage: duban-verify FOLDER|URL --key VKEY|FILE

Checks an export of a transparency log, or a log that is served, without its server's program:
signature, tiles, entries and root. Prints one JSON object; "where" names the first fault.

  FOLDER|URL  what \`duban audit export-tlog\` wrote, or where such files are served (http, https)
  --key       the verifier key (name+id+key), or a file that holds it
`;

interface Call {
  readonly log: string;
  readonly key: string;
}

/** Undefined for a call for help. @throws TypeError */
function readCall(words: string[]): Call | undefined {
  const { values, positionals } = parseArgs({
    args: words,
    options: { key: { type: "string" }, help: { type: "boolean", short: "h" } },
    allowPositionals: true,
  });
  if (values.help) return undefined;
  const [log, ...more] = positionals;
  if (!log || more.length > 0) throw new TypeError("name one folder or URL");
  if (!values.key) throw new TypeError("--key is missing");
  return { log, key: values.key };
}

async function main(words: string[]): Promise<number> {
  let call: Call | undefined;
  try {
    call = readCall(words);
  } catch (error) {
    process.stderr.write(`duban-verify: ${(error as Error).message}\n${usage}`);
    return 2;
  }
  if (!call) {
    process.stdout.write(usage);
    return 0;
  }
  try {
    const key = await readVerifierKey(call.key);
    const isUrl = /^https?:\/\//i.test(call.log);
    const report = await verifyExport(isUrl ? readerOfUrl(call.log) : readerOfFolder(call.log), key);
    process.stdout.write(`${reportText(report)}\n`);
    return report.holds ? 0 : 1;
  } catch (error) {
    if (!(error instanceof ReadError || error instanceof VerifyError)) throw error;
    process.stderr.write(`duban-verify: ${error.message}\n`);
    return 1;
  }
}

process.exitCode = await main(process.argv.slice(2));
