// A shop's orders in the web pages of dynamodb-admin: node program.mjs ENDPOINT PREFIX
import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { createServer } from "node:net";
import { fileURLToPath } from "node:url";
import { eventually, feature, none } from "../features.mjs";

const [endpoint, prefix] = process.argv.slice(2);
const table = `${prefix}-orders`;
const indexed = `${prefix}-indexed`;

async function freePort() {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address();
  server.close();
  await once(server, "close");
  return port;
}

const port = await freePort();
const admin = spawn(
  process.execPath,
  [
    fileURLToPath(import.meta.resolve("dynamodb-admin/dist/dynamodb-admin.js")),
    ...["--host", "127.0.0.1", "--port", port, "--dynamo-endpoint", endpoint],
  ],
  { stdio: ["ignore", "ignore", "inherit"] },
);
process.on("exit", () => admin.kill());

/** Asks for a page as a browser, or a page's script, does. */
async function ask(method, path, body) {
  const answer = await fetch(`http://127.0.0.1:${port}${path}`, {
    method,
    headers: { "content-type": "application/json" },
    body: body && JSON.stringify(body),
  });
  const text = await answer.text();
  if (!answer.ok) {
    throw new Error(`${method} ${path}: ${answer.status} ${text}`);
  }
  return text;
}

const order = (id, more = {}) => ({ customer: "ann", id, state: id % 2 ? "open" : "sent", ...more });
const put = (item, into = table) => ask("PUT", `/tables/${into}/add-item`, item);
const keyOf = (id) => encodeURIComponent(`ann,${id}`);
async function items(parameters, from = table) {
  return JSON.parse(await ask("GET", `/tables/${from}/items?${new URLSearchParams(parameters)}`));
}
const ids = (page) => page.Items.map((item) => item.id);
const is = (value, type = "S") => ({ operator: "=", type, value });

const definition = (TableName, SecondaryIndexes) => ({
  TableDefinition: {
    TableName,
    HashAttributeName: "customer",
    HashAttributeType: "S",
    RangeAttributeName: "id",
    RangeAttributeType: "N",
    ReadCapacityUnits: 5,
    WriteCapacityUnits: 5,
  },
  SecondaryIndexes,
});

await eventually(
  () => ask("GET", "/create-table").catch((error) => error),
  (page) => !(page instanceof Error),
);

none("its pages do not offer it", "update", "condition", "batch get", "local index", "index added later");
none("its pages do not offer it", "transact write", "transact get", "stream", "PartiQL");

await feature("create table", async () => {
  await ask("POST", "/create-table", definition(table));
  await eventually(
    async () => JSON.parse(await ask("GET", "/api/tables")),
    (tables) => tables.some((each) => (each.TableName ?? each) === table),
  );
});

await feature("put and get", async () => {
  assert.deepEqual(JSON.parse(await put(order(1, { note: "a <b> & c" }))), { customer: "ann", id: 1 });
  assert.match(await ask("GET", `/tables/${table}/items/${keyOf(1)}`), /a .*b.* c/);
});

await feature("scan", async () => {
  for (let id = 2; id <= 12; id++) {
    await put(order(id));
  }
  assert.deepEqual(ids(await items({})).length, 12);
  const open = await items({ filters: JSON.stringify({ state: is("open") }) });
  assert.deepEqual(ids(open), [1, 3, 5, 7, 9, 11]);
});

await feature("query", async () => {
  const filters = JSON.stringify({ customer: is("ann"), id: { operator: ">=", type: "N", value: 9 }, state: is("sent") });
  assert.deepEqual(ids(await items({ operationType: "query", filters })), [10, 12]);
});

await feature("paginate", async () => {
  const found = [];
  let startKey;
  do {
    const page = await items({ pageSize: 5, ...(startKey ? { startKey } : {}) });
    found.push(...ids(page));
    startKey = page.nextKey && decodeURIComponent(page.nextKey);
  } while (startKey);
  assert.deepEqual(found.sort((one, other) => one - other), [...Array(12).keys()].map((i) => i + 1));
});

await feature("global index", async () => {
  const index = {
    IndexName: "by-state",
    IndexType: "global",
    HashAttributeName: "state",
    HashAttributeType: "S",
    RangeAttributeName: "id",
    RangeAttributeType: "N",
    ReadCapacityUnits: 5,
    WriteCapacityUnits: 5,
  };
  await ask("POST", "/create-table", definition(indexed, [index]));
  await eventually(
    () => put(order(1), indexed).catch((error) => error),
    (answer) => !(answer instanceof Error),
  );
  await put(order(2), indexed);
  const filters = JSON.stringify({ state: is("sent") });
  await eventually(
    () => items({ operationType: "query", queryableSelection: "by-state", filters }, indexed),
    (page) => ids(page).join() === "2",
  );
});

await feature("time to live", async () => {
  assert.match(await ask("GET", `/tables/${table}/ttl`), /DISABLED|ENABLED/);
});

await feature("delete", async () => {
  await ask("DELETE", `/tables/${table}/items/${keyOf(12)}`);
  await assert.rejects(ask("GET", `/tables/${table}/items/${keyOf(12)}`), /404 Not found/);
});

// The list of tables and the page of a table.
await feature("its own", async () => {
  assert.ok((await ask("GET", "/")).includes(table));
  assert.ok((await ask("GET", `/tables/${table}`)).includes("customer"));
  assert.ok((await ask("GET", `/tables/${table}/meta`)).includes("KeySchema"));
});

// The page's button that deletes all items.
await feature("batch write", async () => {
  await ask("DELETE", `/tables/${table}/all`);
  assert.deepEqual((await items({})).Items, []);
});

await feature("delete table", async () => {
  await ask("DELETE", `/tables/${table}`);
  await eventually(
    () => ask("GET", "/"),
    (page) => !page.includes(table),
  );
  await ask("DELETE", `/tables/${indexed}`).catch((error) => assert.match(error.message, /not found/));
});
admin.kill();
