// A shop's customers and orders in one table, with ElectroDB: node program.mjs ENDPOINT PREFIX
import assert from "node:assert/strict";
import * as sdk from "@aws-sdk/client-dynamodb";
import { Entity, Service } from "electrodb";
import { eventually, feature, none } from "../features.mjs";
import { tables } from "../tables.mjs";

const [endpoint, prefix] = process.argv.slice(2);
const client = new sdk.DynamoDBClient({ endpoint });
const table = `${prefix}-shop`;
const indexed = `${prefix}-indexed`;
const { create, drop } = tables(sdk, client);

const Customer = new Entity(
  {
    model: { entity: "customer", version: "1", service: "shop" },
    attributes: {
      customer: { type: "string", required: true },
      email: { type: "string", required: true },
      orders: { type: "number", default: 0 },
    },
    indexes: {
      primary: {
        collection: "account",
        pk: { field: "pk", composite: ["customer"] },
        sk: { field: "sk", composite: [] },
      },
    },
  },
  { client, table },
);

const attributes = {
  customer: { type: "string", required: true },
  id: { type: "number", required: true, padding: { length: 6, char: "0" } },
  placed: { type: "string", required: true },
  state: { type: ["open", "sent"], default: "open" },
  parts: {
    type: "list",
    items: { type: "map", properties: { sku: { type: "string" }, n: { type: "number" } } },
  },
};

const Order = new Entity(
  {
    model: { entity: "order", version: "1", service: "shop" },
    attributes,
    indexes: {
      primary: {
        collection: "account",
        pk: { field: "pk", composite: ["customer"] },
        sk: { field: "sk", composite: ["id"] },
      },
      placed: {
        index: "local",
        pk: { field: "pk", composite: ["customer"] },
        sk: { field: "localsk", composite: ["placed"] },
      },
    },
  },
  { client, table },
);

const Indexed = new Entity(
  {
    model: { entity: "order", version: "1", service: "shop" },
    attributes,
    indexes: {
      primary: { pk: { field: "pk", composite: ["customer"] }, sk: { field: "sk", composite: ["id"] } },
      inState: {
        index: "global",
        pk: { field: "globalpk", composite: ["state"] },
        sk: { field: "globalsk", composite: ["placed"] },
      },
    },
  },
  { client, table: indexed },
);

const shop = new Service({ Customer, Order });
const ids = (answer) => answer.data.map((order) => order.id);
const placed = (id) => `2026-01-${10 + id}`;

await create(table, { attributes: { localsk: "S" }, local: { local: ["pk", "localsk"] } });
none("its users make tables with AWS's SDK", "create table", "delete table", "index added later");
none("it has no call for it; AWS's SDK has", "time to live", "stream", "PartiQL");

await feature("put and get", async () => {
  await Customer.create({ customer: "ann", email: "ann@example.org" }).go();
  const order = { customer: "ann", id: 1, placed: placed(1), parts: [{ sku: "pen", n: 2 }] };
  await Order.create(order).go();
  const { data } = await Order.get({ customer: "ann", id: 1 }).go({ consistent: true });
  assert.deepEqual(data, { ...order, state: "open" });
});

await feature("update", async () => {
  const { data } = await Order.patch({ customer: "ann", id: 1 })
    .set({ state: "sent" })
    .data(({ parts }, { add }) => add(parts[0].n, 1))
    .go({ response: "all_new" });
  assert.deepEqual([data.state, data.parts[0].n], ["sent", 3]);
});

await feature("condition", async () => {
  await assert.rejects(
    Order.create({ customer: "ann", id: 1, placed: placed(1) }).go(),
    (error) => error.cause?.name === "ConditionalCheckFailedException",
  );
  await assert.rejects(
    Order.patch({ customer: "ann", id: 1 })
      .set({ state: "open" })
      .where(({ state }, { eq }) => eq(state, "open"))
      .go(),
    (error) => error.cause?.name === "ConditionalCheckFailedException",
  );
});

await feature("batch write", async () => {
  const orders = [...Array(30).keys()].map((i) => ({ customer: "ann", id: i + 2, placed: placed(i + 2) }));
  assert.deepEqual((await Order.put(orders).go()).unprocessed, []);
});

await feature("batch get", async () => {
  const keys = [2, 3, 99].map((id) => ({ customer: "ann", id }));
  const { data, unprocessed } = await Order.get(keys).go({ preserveBatchOrder: true });
  assert.deepEqual(
    [data.map((order) => order?.id ?? null), unprocessed],
    [[2, 3, null], []],
  );
});

await feature("query", async () => {
  const orders = await Order.query
    .primary({ customer: "ann" })
    .between({ id: 2 }, { id: 5 })
    .where(({ state }, { eq }) => eq(state, "open"))
    .go({ order: "desc" });
  assert.deepEqual(ids(orders), [5, 4, 3, 2]);
});

await feature("scan", async () => {
  const all = await Order.scan.where(({ state }, { eq }) => eq(state, "sent")).go({ pages: "all" });
  assert.deepEqual(ids(all), [1]);
});

await feature("paginate", async () => {
  let cursor = null;
  let pages = 0;
  const found = [];
  do {
    const page = await Order.query.primary({ customer: "ann" }).go({ cursor, limit: 10 });
    found.push(...ids(page));
    cursor = page.cursor;
    pages++;
  } while (cursor !== null);
  assert.equal(found.length, 31);
  assert.ok(pages >= 4);
  const all = await Order.query.primary({ customer: "ann" }).go({ limit: 7, pages: "all" });
  assert.equal(all.data.length, 31);
});

await feature("local index", async () => {
  const orders = await Order.query.placed({ customer: "ann" }).gte({ placed: placed(29) }).go();
  assert.deepEqual(ids(orders), [29, 30, 31]);
});

await feature("global index", async () => {
  const index = { globalpk: "S", globalsk: "S" };
  await create(indexed, { attributes: index, global: { global: ["globalpk", "globalsk"] } });
  await Indexed.put([1, 2, 3].map((id) => ({ customer: `c${id}`, id, placed: placed(id) }))).go();
  const open = () => Indexed.query.inState({ state: "open" }).go();
  await eventually(async () => ids(await open()), (found) => found.join() === "1,2,3");
  await Indexed.patch({ customer: "c2", id: 2 }).set({ state: "sent", placed: placed(2) }).go();
  await eventually(async () => ids(await open()), (found) => found.join() === "1,3");
});

await feature("transact write", async () => {
  const place = (id) =>
    shop.transaction
      .write(({ Customer, Order }) => [
        Customer.patch({ customer: "ann" }).add({ orders: 1 }).commit(),
        Order.create({ customer: "ann", id, placed: placed(id) }).commit({ response: "all_old" }),
      ])
      .go();
  assert.equal((await place(50)).canceled, false);
  const again = await place(50);
  assert.equal(again.canceled, true);
  assert.deepEqual(again.data.map((each) => each.code), ["None", "ConditionalCheckFailed"]);
});

await feature("transact get", async () => {
  const { data } = await shop.transaction
    .get(({ Customer, Order }) => [
      Customer.get({ customer: "ann" }).commit(),
      Order.get({ customer: "ann", id: 50 }).commit(),
    ])
    .go();
  assert.deepEqual([data[0].item.orders, data[1].item.id], [1, 50]);
});

// A collection: entities of several kinds that one query brings.
await feature("its own", async () => {
  const { data } = await shop.collections.account({ customer: "ann" }).go({ pages: "all" });
  assert.deepEqual([data.Customer.length, data.Customer[0].email], [1, "ann@example.org"]);
  assert.ok(data.Order.length >= 31);
});

await feature("delete", async () => {
  const { data } = await Order.remove({ customer: "ann", id: 31 }).go({ response: "all_old" });
  assert.equal(data.placed, placed(31));
});

await drop(table, indexed);
