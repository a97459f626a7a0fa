// A shop's orders, with dynamodb-toolbox: node program.mjs ENDPOINT PREFIX
import assert from "node:assert/strict";
import * as sdk from "@aws-sdk/client-dynamodb";
import { DynamoDBDocumentClient } from "@aws-sdk/lib-dynamodb";
import {
  $add,
  anyOf,
  BatchDeleteRequest,
  BatchGetCommand,
  BatchGetRequest,
  BatchPutRequest,
  BatchWriteCommand,
  ConditionCheck,
  DeleteItemCommand,
  DeletePartitionCommand,
  Entity,
  executeBatchGet,
  executeBatchWrite,
  executeTransactGet,
  executeTransactWrite,
  GetItemCommand,
  GetTransaction,
  item,
  list,
  map,
  number,
  PutItemCommand,
  PutTransaction,
  QueryCommand,
  ScanCommand,
  set,
  string,
  Table,
  UpdateItemCommand,
  UpdateTransaction,
} from "dynamodb-toolbox";
import { eventually, feature, none } from "../features.mjs";
import { tables } from "../tables.mjs";

const [endpoint, prefix] = process.argv.slice(2);
const client = new sdk.DynamoDBClient({ endpoint });
const documentClient = DynamoDBDocumentClient.from(client);
const { create, drop } = tables(sdk, client);

const keys = {
  partitionKey: { name: "pk", type: "string" },
  sortKey: { name: "sk", type: "number" },
};
const shop = new Table({
  ...keys,
  documentClient,
  name: `${prefix}-shop`,
  indexes: { local: { type: "local", sortKey: { name: "placed", type: "string" } } },
});
const indexed = new Table({
  ...keys,
  documentClient,
  name: `${prefix}-indexed`,
  indexes: {
    global: {
      type: "global",
      partitionKey: { name: "state", type: "string" },
      sortKey: { name: "placed", type: "string" },
    },
  },
});

const order = item({
  customer: string().key().savedAs("pk"),
  id: number().key().savedAs("sk"),
  placed: string(),
  state: string().enum("open", "sent").default("open"),
  parts: list(map({ sku: string(), n: number() })).optional(),
  total: number().default(0),
});
const Order = new Entity({ name: "order", table: shop, schema: order });
const Indexed = new Entity({ name: "order", table: indexed, schema: order });
const placed = (id) => `2026-01-${10 + id}`;
const ids = (answer) => answer.Items.map((found) => found.id);

await create(shop.getName(), { sk: "N", attributes: { placed: "S" }, local: { local: ["pk", "placed"] } });
none("its users make tables with AWS's SDK", "create table", "delete table", "index added later");
none("it has no call for it; AWS's SDK has", "time to live", "stream", "PartiQL");

await feature("put and get", async () => {
  const wanted = { customer: "ann", id: 1, placed: placed(1), parts: [{ sku: "pen", n: 2 }] };
  await Order.build(PutItemCommand).item(wanted).send();
  const { Item } = await Order.build(GetItemCommand)
    .key({ customer: "ann", id: 1 })
    .options({ consistent: true })
    .send();
  const { created, modified, ...rest } = Item;
  assert.deepEqual(rest, { ...wanted, state: "open", total: 0 });
  assert.equal(created, modified);
});

await feature("update", async () => {
  const { Attributes } = await Order.build(UpdateItemCommand)
    .item({ customer: "ann", id: 1, total: $add(7), state: "sent", parts: { 0: { n: $add(1) } } })
    .options({ returnValues: "ALL_NEW" })
    .send();
  assert.deepEqual([Attributes.total, Attributes.state, Attributes.parts[0].n], [7, "sent", 3]);
});

await feature("condition", () =>
  assert.rejects(
    Order.build(PutItemCommand)
      .item({ customer: "ann", id: 1, placed: placed(1) })
      .options({ condition: { or: [{ attr: "customer", exists: false }, { attr: "total", gt: 100 }] } })
      .send(),
    (error) => error.name === "ConditionalCheckFailedException",
  ),
);

await feature("batch write", async () => {
  const puts = [...Array(24).keys()].map((i) =>
    Order.build(BatchPutRequest).item({ customer: "ann", id: i + 2, placed: placed(i + 2), total: i }),
  );
  const gone = Order.build(BatchDeleteRequest).key({ customer: "nobody", id: 1 });
  const { UnprocessedItems } = await executeBatchWrite(
    shop.build(BatchWriteCommand).requests(...puts, gone),
  );
  assert.deepEqual(UnprocessedItems, {});
});

await feature("batch get", async () => {
  const gets = [2, 3, 99].map((id) => Order.build(BatchGetRequest).key({ customer: "ann", id }));
  const { Responses } = await executeBatchGet(shop.build(BatchGetCommand).requests(...gets));
  assert.deepEqual(Responses[0].map((found) => found?.id), [2, 3, undefined]);
});

await feature("query", async () => {
  const answer = await shop
    .build(QueryCommand)
    .query({ partition: "ann", range: { between: [2, 9] } })
    .entities(Order)
    .options({ reverse: true, filters: { order: { attr: "total", gte: 4 } } })
    .send();
  assert.deepEqual(ids(answer), [9, 8, 7, 6]);
});

await feature("scan", async () => {
  const answer = await shop
    .build(ScanCommand)
    .entities(Order)
    .options({ consistent: true, filters: { order: { attr: "state", eq: "sent" } } })
    .send();
  assert.deepEqual(ids(answer), [1]);
});

await feature("paginate", async () => {
  const query = shop.build(QueryCommand).query({ partition: "ann" }).entities(Order);
  const all = await query.options({ limit: 4, maxPages: Infinity }).send();
  assert.equal(all.Count, 25);
  const first = await query.options({ limit: 10 }).send();
  const second = await query.options({ limit: 10, exclusiveStartKey: first.LastEvaluatedKey }).send();
  assert.deepEqual([...ids(first), ...ids(second)], [...Array(20).keys()].map((i) => i + 1));
});

await feature("local index", async () => {
  const answer = await shop
    .build(QueryCommand)
    .query({ index: "local", partition: "ann", range: { beginsWith: "2026-01-3" } })
    .entities(Order)
    .options({ consistent: true })
    .send();
  assert.deepEqual(ids(answer), [20, 21, 22, 23, 24, 25]);
});

await feature("global index", async () => {
  const attributes = { state: "S", placed: "S" };
  await create(indexed.getName(), { sk: "N", attributes, global: { global: ["state", "placed"] } });
  for (const id of [3, 1, 2]) {
    await Indexed.build(PutItemCommand).item({ customer: `c${id}`, id, placed: placed(id) }).send();
  }
  const open = indexed
    .build(QueryCommand)
    .query({ index: "global", partition: "open", range: { lte: placed(2) } })
    .entities(Indexed);
  await eventually(async () => ids(await open.send()), (found) => found.join() === "1,2");
  await Indexed.build(UpdateItemCommand).item({ customer: "c1", id: 1, state: "sent" }).send();
  await eventually(async () => ids(await open.send()), (found) => found.join() === "2");
});

await feature("transact write", async () => {
  const place = (id) =>
    executeTransactWrite(
      { clientRequestToken: `${prefix.slice(-20)}-${id}` },
      Order.build(PutTransaction)
        .item({ customer: "bob", id, placed: placed(id) })
        .options({ condition: { attr: "customer", exists: false } }),
      Order.build(UpdateTransaction).item({ customer: "ann", id: 1, total: $add(1) }),
      Order.build(ConditionCheck).key({ customer: "ann", id: 2 }).condition({ attr: "total", eq: 0 }),
    );
  await place(1);
  await Order.build(DeleteItemCommand).key({ customer: "bob", id: 2 }).send();
  await Order.build(PutItemCommand).item({ customer: "bob", id: 2, placed: placed(2) }).send();
  await assert.rejects(place(2), (error) => error.name === "TransactionCanceledException");
});

await feature("transact get", async () => {
  const { Responses } = await executeTransactGet(
    Order.build(GetTransaction).key({ customer: "bob", id: 1 }),
    Order.build(GetTransaction).key({ customer: "ann", id: 1 }),
  );
  assert.deepEqual(Responses.map((each) => each.Item.total), [0, 8]);
});

await feature("delete", async () => {
  const { Attributes } = await Order.build(DeleteItemCommand)
    .key({ customer: "ann", id: 25 })
    .options({ returnValues: "ALL_OLD" })
    .send();
  assert.equal(Attributes.placed, placed(25));
});

// Schemas of several shapes, and the deletion of a partition.
await feature("its own", async () => {
  const Note = new Entity({
    name: "note",
    table: shop,
    schema: item({
      customer: string().key().savedAs("pk"),
      id: number().key().savedAs("sk"),
      tags: set(string()),
      body: anyOf(map({ kind: string().const("text"), text: string() }), string()),
    }),
  });
  await Note.build(PutItemCommand)
    .item({ customer: "fay", id: 1, tags: new Set(["a"]), body: { kind: "text", text: "hello" } })
    .send();
  await Note.build(UpdateItemCommand)
    .item({ customer: "fay", id: 1, tags: $add(new Set(["b"])), body: "short" })
    .send();
  await Order.build(PutItemCommand).item({ customer: "fay", id: 2, placed: placed(2) }).send();
  const both = shop.build(QueryCommand).query({ partition: "fay" }).entities(Note, Order);
  const { Items } = await both.options({ showEntityAttr: true }).send();
  assert.deepEqual(Items.map((found) => found.entity), ["note", "order"]);
  assert.deepEqual([Items[0].tags, Items[0].body], [new Set(["a", "b"]), "short"]);
  await shop.build(DeletePartitionCommand).entities(Note, Order).query({ partition: "fay" }).send();
  assert.equal((await both.send()).Count, 0);
});

await drop(shop.getName(), indexed.getName());
