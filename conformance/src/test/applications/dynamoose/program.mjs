// A shop's orders, with Dynamoose: node program.mjs ENDPOINT PREFIX
import assert from "node:assert/strict";
import { DynamoDB } from "@aws-sdk/client-dynamodb";
import dynamoose from "dynamoose";
import { eventually, feature, none } from "../features.mjs";

const [endpoint, prefix] = process.argv.slice(2);
const client = new DynamoDB({ endpoint });
dynamoose.aws.ddb.set(client);

const once = { throughput: "ON_DEMAND", initialize: false, waitForActive: { check: { frequency: 50 } } };
const attributes = {
  customer: { type: String, hashKey: true },
  id: { type: Number, rangeKey: true },
  state: { type: String, enum: ["open", "sent"], default: "open" },
  total: { type: Number, default: 0 },
  tags: { type: Set, schema: [String] },
  parts: { type: Array, schema: [{ type: Object, schema: { sku: String, n: Number } }] },
};
const placed = (index) => ({ placed: { type: String, ...(index ? { index } : {}) } });
const day = (id) => `2026-01-${10 + id}`;
const ids = (orders) => orders.map((order) => order.id);

const local = { type: "local", name: "by-placed", rangeKey: "placed", project: true };
const Order = dynamoose.model(
  `${prefix}-orders`,
  new dynamoose.Schema({ ...attributes, ...placed(local) }, { timestamps: true }),
);
const orders = new dynamoose.Table(`${prefix}-orders`, [Order], once);

/** A model of a table of its own. */
async function made(name, model, options = {}) {
  const table = new dynamoose.Table(`${prefix}-${name}`, [model], { ...once, ...options });
  await table.initialize();
  return table;
}

none("it has no call for it; AWS's SDK has", "PartiQL", "delete table");

await feature("create table", async () => {
  await orders.initialize();
  const { Table } = await client.describeTable({ TableName: orders.name });
  assert.equal(Table.TableStatus, "ACTIVE");
});

await feature("put and get", async () => {
  const wanted = { customer: "ann", id: 1, placed: day(1), tags: new Set(["a", "b"]), parts: [{ sku: "pen", n: 2 }] };
  await Order.create(wanted);
  const { createdAt, updatedAt, ...got } = { ...(await Order.get({ customer: "ann", id: 1 }, { consistent: true })) };
  assert.deepEqual(got, { ...wanted, state: "open", total: 0 });
  assert.ok(createdAt instanceof Date && updatedAt instanceof Date);
});

await feature("update", async () => {
  const order = await Order.update(
    { customer: "ann", id: 1 },
    { $ADD: { total: 7 }, $SET: { state: "sent" }, $REMOVE: ["tags"] },
  );
  assert.deepEqual([order.total, order.state, order.tags], [7, "sent", undefined]);
});

await feature("condition", async () => {
  const refused = (error) => error.name === "ConditionalCheckFailedException";
  await assert.rejects(Order.create({ customer: "ann", id: 1, placed: day(1) }), refused);
  const open = new dynamoose.Condition().where("state").eq("open").and().where("total").lt(10);
  await assert.rejects(
    Order.update({ customer: "ann", id: 1 }, { total: 0 }, { condition: open }),
    refused,
  );
});

await feature("batch write", async () => {
  const many = [...Array(24).keys()].map((i) => ({ customer: "ann", id: i + 2, placed: day(i + 2), total: i }));
  assert.deepEqual((await Order.batchPut(many)).unprocessedItems, []);
  await Order.batchDelete([{ customer: "ann", id: 25 }]);
});

await feature("batch get", async () => {
  const found = await Order.batchGet([2, 3, 99].map((id) => ({ customer: "ann", id })));
  assert.deepEqual(ids(found).sort(), [2, 3]);
});

await feature("query", async () => {
  const found = await Order.query("customer").eq("ann").where("id").between(2, 9).filter("total").ge(4).sort("descending").exec();
  assert.deepEqual(ids(found), [9, 8, 7, 6]);
});

await feature("scan", async () => {
  assert.deepEqual(ids(await Order.scan("state").eq("sent").exec()), [1]);
  const parts = await Order.scan().parallel(2).count().exec();
  assert.equal(parts.count, 24);
});

await feature("paginate", async () => {
  let page = await Order.query("customer").eq("ann").limit(10).exec();
  const found = ids(page);
  while (page.lastKey) {
    page = await Order.query("customer").eq("ann").limit(10).startAt(page.lastKey).exec();
    found.push(...ids(page));
  }
  assert.equal(found.length, 24);
  assert.equal((await Order.scan().limit(5).all().exec()).length, 24);
});

await feature("local index", async () => {
  const found = await Order.query("customer").eq("ann").where("placed").beginsWith("2026-01-3").using("by-placed").exec();
  assert.deepEqual(ids(found), [20, 21, 22, 23, 24]);
});

const global = { type: "global", name: "by-placed", rangeKey: "id", project: true };

await feature("global index", async () => {
  const Indexed = dynamoose.model(`${prefix}-indexed`, { ...attributes, ...placed(global) });
  await made("indexed", Indexed);
  await Indexed.batchPut([1, 2, 3].map((id) => ({ customer: `c${id}`, id, placed: id < 3 ? "mon" : "tue" })));
  const monday = async () => ids(await Indexed.query("placed").eq("mon").using("by-placed").exec());
  await eventually(monday, (found) => found.join() === "1,2");
  await Indexed.update({ customer: "c1", id: 1 }, { placed: "tue" });
  await eventually(monday, (found) => found.join() === "2");
});

await feature("index added later", async () => {
  const name = `${prefix}-later`;
  const Before = dynamoose.model(name, { ...attributes, ...placed() });
  await made("later", Before);
  await Before.batchPut([1, 2, 3].map((id) => ({ customer: `c${id}`, id, placed: id < 3 ? "mon" : "tue" })));
  const After = dynamoose.model(name, { ...attributes, ...placed(global) });
  await made("later", After, { create: false, update: ["indexes"] });
  const monday = async () => ids(await After.query("placed").eq("mon").using("by-placed").exec());
  assert.deepEqual(await monday(), [1, 2]);
});

await feature("transact write", async () => {
  const place = (id) =>
    dynamoose.transaction([
      Order.transaction.create({ customer: "bob", id, placed: day(id) }),
      Order.transaction.update({ customer: "ann", id: 1 }, { $ADD: { total: 1 } }),
      Order.transaction.condition({ customer: "ann", id: 2 }, new dynamoose.Condition().where("state").eq("open")),
    ]);
  await place(1);
  await assert.rejects(place(1), (error) => error.name === "TransactionCanceledException");
});

await feature("transact get", async () => {
  const [bob, ann] = await dynamoose.transaction([
    Order.transaction.get({ customer: "bob", id: 1 }),
    Order.transaction.get({ customer: "ann", id: 1 }),
  ]);
  assert.deepEqual([bob.id, ann.total], [1, 8]);
});

await feature("time to live", async () => {
  const Session = dynamoose.model(`${prefix}-sessions`, { customer: { type: String, hashKey: true } });
  await made("sessions", Session, { expires: { ttl: -60_000, attribute: "expires" } });
  await Session.create({ customer: "ann" });
  await eventually(() => Session.get("ann"), (found) => found === undefined);
});

// Dynamoose switches streams on; AWS's SDK reads them.
await feature("stream", async () => {
  const Event = dynamoose.model(`${prefix}-events`, { customer: { type: String, hashKey: true } });
  const table = await made("events", Event, { streamOptions: { enabled: true, type: "NEW_IMAGE" } });
  const { Table } = await client.describeTable({ TableName: table.name });
  assert.deepEqual(Table.StreamSpecification, { StreamEnabled: true, StreamViewType: "NEW_IMAGE" });
});

await feature("delete", async () => {
  await Order.delete({ customer: "ann", id: 24 });
  assert.equal(await Order.get({ customer: "ann", id: 24 }), undefined);
});

// Documents that are changed and saved, and are checked against their schema.
await feature("its own", async () => {
  const order = await Order.get({ customer: "ann", id: 3 });
  order.state = "sent";
  order.parts = [{ sku: "ink", n: 1 }];
  await order.save();
  assert.equal((await Order.get({ customer: "ann", id: 3 })).parts[0].sku, "ink");
  order.state = "lost";
  await assert.rejects(order.save(), (error) => error.name === "ValidationError");
});

for (const name of ["orders", "indexed", "later", "sessions", "events"]) {
  await client.deleteTable({ TableName: `${prefix}-${name}` }).catch((error) => {
    assert.equal(error.name, "ResourceNotFoundException");
  });
}
