// A shop's accounts and orders in one table, with OneTable: node program.mjs ENDPOINT PREFIX
import assert from "node:assert/strict";
import { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { Dynamo } from "dynamodb-onetable/Dynamo";
import { Table } from "dynamodb-onetable";
import { eventually, feature, none } from "../features.mjs";

const [endpoint, prefix] = process.argv.slice(2);
const client = new Dynamo({ client: new DynamoDBClient({ endpoint }) });

const order = {
  pk: { type: String, value: "customer#${customer}" },
  sk: { type: String, value: "order#${id}" },
  customer: { type: String, required: true },
  id: { type: String, required: true },
  placed: { type: String, required: true },
  state: { type: String, enum: ["open", "sent"], default: "open" },
  total: { type: Number, default: 0 },
  parts: { type: Array },
};

function tableOf(name, indexes, models) {
  return new Table({
    client,
    name: `${prefix}-${name}`,
    partial: true,
    schema: {
      format: "onetable:1.1.0",
      version: "0.0.1",
      indexes: { primary: { hash: "pk", sort: "sk" }, ...indexes },
      models,
      params: { timestamps: true },
    },
  });
}

const shop = tableOf(
  "shop",
  { local: { type: "local", sort: "placed" } },
  {
    Order: order,
    Account: {
      pk: { type: String, value: "customer#${customer}" },
      sk: { type: String, value: "account" },
      customer: { type: String, required: true },
      orders: { type: Number, default: 0 },
    },
    Member: {
      pk: { type: String, value: "member#${name}" },
      sk: { type: String, value: "member" },
      name: { type: String, required: true },
      email: { type: String, required: true, unique: true },
    },
  },
);
const byState = {
  gs1pk: { type: String, value: "state#${state}" },
  gs1sk: { type: String, value: "order#${placed}" },
};
const global = { hash: "gs1pk", sort: "gs1sk" };
const indexed = tableOf("indexed", { gs1: global }, { Order: { ...order, ...byState } });

const Order = shop.getModel("Order");
const Account = shop.getModel("Account");
const id = (n) => String(n).padStart(3, "0");
const day = (n) => `2026-01-${10 + n}`;
const ids = (orders) => orders.map((each) => Number(each.id));

async function active(table) {
  const { Table } = await table.describeTable();
  const indexes = Table.GlobalSecondaryIndexes ?? [];
  return [Table, ...indexes].every((each) => (each.TableStatus ?? each.IndexStatus) === "ACTIVE");
}

none("it has no call for it; AWS's SDK has", "time to live", "PartiQL");
none("it only unpacks records that a Lambda function was given", "stream");

await feature("create table", async () => {
  await shop.createTable();
  await eventually(() => active(shop), (yes) => yes);
  assert.ok(await shop.exists());
});

await feature("put and get", async () => {
  const wanted = { customer: "ann", id: id(1), placed: day(1), parts: [{ sku: "pen", n: 2 }] };
  await Account.create({ customer: "ann" });
  await Order.create(wanted);
  const { created, updated, ...got } = await Order.get({ customer: "ann", id: id(1) }, { consistent: true });
  assert.deepEqual(got, { ...wanted, state: "open", total: 0 });
  assert.ok(created instanceof Date && updated instanceof Date);
});

await feature("update", async () => {
  const updated = await Order.update(
    { customer: "ann", id: id(1) },
    { add: { total: 7 }, set: { state: "sent" } },
  );
  assert.deepEqual([updated.total, updated.state], [7, "sent"]);
});

await feature("condition", async () => {
  await assert.rejects(
    Order.create({ customer: "ann", id: id(1), placed: day(1) }),
    (error) => error.name === "OneTableError" && /ConditionalCheckFailed|exists/.test(`${error.code} ${error.message}`),
  );
  await assert.rejects(
    Order.update({ customer: "ann", id: id(1), total: 0 }, { where: "${state} = {open}" }),
    (error) => /onditional/.test(`${error.code} ${error.message}`),
  );
});

await feature("batch write", async () => {
  const batch = {};
  for (let n = 2; n <= 25; n++) {
    await Order.create({ customer: "ann", id: id(n), placed: day(n), total: n }, { batch, exists: null });
  }
  await shop.batchWrite(batch);
});

await feature("batch get", async () => {
  const batch = {};
  for (const n of [2, 3, 99]) {
    await Order.get({ customer: "ann", id: id(n) }, { batch });
  }
  const found = await shop.batchGet(batch, { parse: true, hidden: false, consistent: true });
  assert.deepEqual(ids(found).sort(), [2, 3]);
});

await feature("query", async () => {
  const found = await Order.find(
    { customer: "ann", sk: { between: [`order#${id(2)}`, `order#${id(9)}`] } },
    { where: "${total} >= {6}", reverse: true },
  );
  assert.deepEqual(ids(found), [9, 8, 7, 6]);
});

await feature("scan", async () => {
  assert.deepEqual(ids(await Order.scan({ state: "sent" })), [1]);
  assert.equal(await Order.scan({}, { count: true }).then((found) => found.count), 25);
});

await feature("paginate", async () => {
  const found = [];
  let next;
  do {
    const page = await Order.find({ customer: "ann", sk: { begins: "order#" } }, { limit: 10, next });
    found.push(...ids(page));
    next = page.next;
  } while (next);
  assert.equal(found.length, 25);
});

await feature("local index", async () => {
  const found = await Order.find({ customer: "ann", placed: { begins: "2026-01-3" } }, { index: "local" });
  assert.deepEqual(ids(found), [20, 21, 22, 23, 24, 25]);
});

const inState = (table) => async () => ids(await table.getModel("Order").find({ state: "open" }, { index: "gs1" }));

await feature("global index", async () => {
  await indexed.createTable();
  await eventually(() => active(indexed), (yes) => yes);
  const model = indexed.getModel("Order");
  for (const n of [3, 1, 2]) {
    await model.create({ customer: `c${n}`, id: id(n), placed: day(n) });
  }
  await eventually(inState(indexed), (found) => found.join() === "1,2,3");
  await model.update({ customer: "c2", id: id(2), state: "sent", placed: day(2) });
  await eventually(inState(indexed), (found) => found.join() === "1,3");
});

await feature("index added later", async () => {
  const later = tableOf("later", {}, { Order: { ...order, ...byState } });
  await later.createTable();
  await eventually(() => active(later), (yes) => yes);
  for (const n of [1, 2]) {
    await later.getModel("Order").create({ customer: `c${n}`, id: id(n), placed: day(n) });
  }
  await later.updateTable({ create: { name: "gs1", ...global } });
  await eventually(() => active(later), (yes) => yes);
  const grown = tableOf("later", { gs1: global }, { Order: { ...order, ...byState } });
  assert.deepEqual(await inState(grown)(), [1, 2]);
});

await feature("transact write", async () => {
  const place = async (n) => {
    const transaction = {};
    await Order.create({ customer: "ann", id: id(n), placed: day(n) }, { transaction });
    await Account.update({ customer: "ann" }, { add: { orders: 1 }, transaction });
    await shop.transact("write", transaction);
  };
  await place(50);
  await assert.rejects(place(50), (error) => /TransactionCanceled|Conditional/.test(`${error.code} ${error.message}`));
});

await feature("transact get", async () => {
  const transaction = {};
  await Account.get({ customer: "ann" }, { transaction });
  await Order.get({ customer: "ann", id: id(50) }, { transaction });
  const found = await shop.transact("get", transaction, { parse: true, hidden: false });
  assert.deepEqual([found[0].orders, found[1].id], [1, id(50)]);
});

// A unique attribute, which OneTable keeps with a transaction.
await feature("its own", async () => {
  const Member = shop.getModel("Member");
  await Member.create({ name: "ann", email: "ann@example.org" });
  await assert.rejects(Member.create({ name: "bob", email: "ann@example.org" }), (error) => error.code === "UniqueError");
  await Member.remove({ name: "ann" });
  await Member.create({ name: "bob", email: "ann@example.org" });
});

await feature("delete", async () => {
  await Order.remove({ customer: "ann", id: id(25) });
  assert.equal(await Order.get({ customer: "ann", id: id(25) }), undefined);
});

await feature("delete table", async () => {
  await shop.deleteTable("DeleteTableForever");
  await eventually(() => shop.exists(), (there) => !there);
  for (const table of [indexed, tableOf("later", {}, { Order: order })]) {
    if (await table.exists()) {
      await table.deleteTable("DeleteTableForever");
    }
  }
});
