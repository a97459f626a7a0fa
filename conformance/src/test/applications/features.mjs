// How a program in JavaScript tells what its client can do with the server: a line for each feature.
import { inspect } from "node:util";

function say(...words) {
  console.log(words.map((word) => String(word).replace(/\s+/g, " ")).join("\t"));
}

/** The error, and what it was caused by. */
function reason(error) {
  const text = `${error.name}: ${error.message}`;
  const cause = error.cause ?? error.context?.err;
  return cause ? `${text} < ${reason(cause)}` : text;
}

/** Does the work, and says that the feature is there, or why it is not. */
export async function feature(name, work) {
  try {
    await work();
    say("ok", name);
  } catch (error) {
    say("error", name, reason(error));
  }
}

/** Says that the client does not offer the features. */
export function none(why, ...names) {
  names.forEach((name) => say("none", name, why));
}

/** All items of all pages that an asynchronous iterator brings. */
export async function all(pages, items = (page) => page.Items) {
  const found = [];
  for await (const page of pages) {
    found.push(...items(page));
  }
  return found;
}

const PATIENCE_MS = 120_000;
const PAUSE_MS = 20;

/** Asks until the answer is as wanted: what is derived from the items follows them in a moment. */
export async function eventually(ask, wanted) {
  const end = Date.now() + PATIENCE_MS;
  for (;;) {
    const answer = await ask();
    if (wanted(answer)) {
      return answer;
    }
    if (Date.now() > end) {
      throw new Error(`still ${inspect(answer)}`);
    }
    await new Promise((resume) => setTimeout(resume, PAUSE_MS));
  }
}
