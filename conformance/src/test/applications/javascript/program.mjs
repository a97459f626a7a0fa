// A shop's orders, with AWS's SDK for JavaScript: node program.mjs ENDPOINT PREFIX
import assert from "node:assert/strict";
import {
  DeleteTableCommand,
  DynamoDBClient,
  CreateTableCommand,
  DescribeTimeToLiveCommand,
  UpdateTableCommand,
  UpdateTimeToLiveCommand,
  DescribeTableCommand,
  waitUntilTableExists,
  waitUntilTableNotExists,
} from "@aws-sdk/client-dynamodb";
import {
  DescribeStreamCommand,
  DynamoDBStreamsClient,
  GetRecordsCommand,
  GetShardIteratorCommand,
} from "@aws-sdk/client-dynamodb-streams";
import {
  BatchGetCommand,
  BatchWriteCommand,
  DeleteCommand,
  DynamoDBDocumentClient,
  ExecuteStatementCommand,
  GetCommand,
  paginateQuery,
  paginateScan,
  PutCommand,
  QueryCommand,
  ScanCommand,
  TransactGetCommand,
  TransactWriteCommand,
  UpdateCommand,
} from "@aws-sdk/lib-dynamodb";
import { all, eventually, feature } from "../features.mjs";

const [endpoint, prefix] = process.argv.slice(2);
const client = new DynamoDBClient({ endpoint });
const ddb = DynamoDBDocumentClient.from(client);
const streams = new DynamoDBStreamsClient({ endpoint });
const TableName = `${prefix}-orders`;
const waiting = { client, maxWaitTime: 120, minDelay: 1 };

const hash = (AttributeName) => ({ AttributeName, KeyType: "HASH" });
const range = (AttributeName) => ({ AttributeName, KeyType: "RANGE" });
const string = (AttributeName) => ({ AttributeName, AttributeType: "S" });
const number = (AttributeName) => ({ AttributeName, AttributeType: "N" });
const everything = { ProjectionType: "ALL" };
const order = (customer, id, more = {}) => ({ customer, id, placed: `2026-01-${10 + id}`, ...more });

async function create(table) {
  await client.send(new CreateTableCommand({ BillingMode: "PAY_PER_REQUEST", ...table }));
  await waitUntilTableExists(waiting, { TableName: table.TableName });
}

await feature("create table", () =>
  create({
    TableName,
    AttributeDefinitions: [string("customer"), number("id"), string("placed")],
    KeySchema: [hash("customer"), range("id")],
    LocalSecondaryIndexes: [
      { IndexName: "by-placed", KeySchema: [hash("customer"), range("placed")], Projection: everything },
    ],
  }),
);

await feature("put and get", async () => {
  const Item = order("ann", 1, { parts: [{ sku: "pen", n: 2 }], paid: false, note: null });
  await ddb.send(new PutCommand({ TableName, Item }));
  const Key = { customer: "ann", id: 1 };
  assert.deepEqual((await ddb.send(new GetCommand({ TableName, Key, ConsistentRead: true }))).Item, Item);
});

await feature("update", async () => {
  const { Attributes } = await ddb.send(
    new UpdateCommand({
      TableName,
      Key: { customer: "ann", id: 1 },
      UpdateExpression: "SET parts[0].n = parts[0].n + :one, paid = :yes REMOVE note",
      ExpressionAttributeValues: { ":one": 1, ":yes": true },
      ReturnValues: "ALL_NEW",
    }),
  );
  assert.deepEqual(Attributes, order("ann", 1, { parts: [{ sku: "pen", n: 3 }], paid: true }));
});

await feature("condition", () =>
  assert.rejects(
    ddb.send(
      new PutCommand({
        TableName,
        Item: order("ann", 1),
        ConditionExpression: "attribute_not_exists(customer)",
        ReturnValuesOnConditionCheckFailure: "ALL_OLD",
      }),
    ),
    (error) => error.name === "ConditionalCheckFailedException" && error.Item.paid.BOOL,
  ),
);

await feature("batch write", async () => {
  const ids = [...Array(24).keys()].map((i) => i + 2);
  const puts = ids.map((id) => ({ PutRequest: { Item: order("ann", id, { paid: id % 2 === 0 }) } }));
  const { UnprocessedItems } = await ddb.send(
    new BatchWriteCommand({ RequestItems: { [TableName]: puts } }),
  );
  assert.deepEqual(UnprocessedItems, {});
});

await feature("batch get", async () => {
  const Keys = [2, 3, 99].map((id) => ({ customer: "ann", id }));
  const { Responses } = await ddb.send(
    new BatchGetCommand({ RequestItems: { [TableName]: { Keys, ConsistentRead: true } } }),
  );
  assert.deepEqual(Responses[TableName].map((item) => item.id).sort(), [2, 3]);
});

await feature("query", async () => {
  const { Items } = await ddb.send(
    new QueryCommand({
      TableName,
      KeyConditionExpression: "customer = :c AND id BETWEEN :from AND :to",
      FilterExpression: "paid = :yes",
      ExpressionAttributeValues: { ":c": "ann", ":from": 2, ":to": 9, ":yes": true },
      ScanIndexForward: false,
    }),
  );
  assert.deepEqual(Items.map((item) => item.id), [8, 6, 4, 2]);
});

await feature("scan", async () => {
  const segments = [0, 1].map((Segment) =>
    ddb.send(new ScanCommand({ TableName, Segment, TotalSegments: 2, Select: "COUNT" })),
  );
  const counts = (await Promise.all(segments)).map((page) => page.Count);
  assert.equal(counts[0] + counts[1], 25);
});

await feature("paginate", async () => {
  const scanned = await all(paginateScan({ client: ddb, pageSize: 7 }, { TableName }));
  const queried = await all(
    paginateQuery(
      { client: ddb, pageSize: 4 },
      { TableName, KeyConditionExpression: "customer = :c", ExpressionAttributeValues: { ":c": "ann" } },
    ),
  );
  assert.deepEqual([scanned.length, queried.length], [25, 25]);
});

await feature("local index", async () => {
  const { Items } = await ddb.send(
    new QueryCommand({
      TableName,
      IndexName: "by-placed",
      ConsistentRead: true,
      KeyConditionExpression: "customer = :c AND begins_with(placed, :p)",
      ExpressionAttributeValues: { ":c": "ann", ":p": "2026-01-2" },
    }),
  );
  assert.deepEqual(Items.map((item) => item.id), [10, 11, 12, 13, 14, 15, 16, 17, 18, 19]);
});

const indexed = `${prefix}-indexed`;
const byState = { IndexName: "by-state", KeySchema: [hash("state"), range("id")], Projection: everything };
const inState = (IndexName, attribute) => async () =>
  (
    await ddb.send(
      new QueryCommand({
        TableName: indexed,
        IndexName,
        KeyConditionExpression: "#a = :s",
        ExpressionAttributeNames: { "#a": attribute },
        ExpressionAttributeValues: { ":s": "open" },
      }),
    )
  ).Items.map((item) => item.id);
const are = (...wanted) => (ids) => JSON.stringify(ids) === JSON.stringify(wanted);

await feature("global index", async () => {
  await create({
    TableName: indexed,
    AttributeDefinitions: [string("customer"), number("id"), string("state")],
    KeySchema: [hash("customer"), range("id")],
    GlobalSecondaryIndexes: [byState],
  });
  for (const Item of [
    order("bob", 2, { state: "open" }),
    order("ann", 1, { state: "open" }),
    order("ann", 3, { state: "sent" }),
    order("ann", 4),
  ]) {
    await ddb.send(new PutCommand({ TableName: indexed, Item }));
  }
  await eventually(inState("by-state", "state"), are(1, 2));
  await ddb.send(
    new UpdateCommand({
      TableName: indexed,
      Key: { customer: "ann", id: 1 },
      UpdateExpression: "SET #s = :sent",
      ExpressionAttributeNames: { "#s": "state" },
      ExpressionAttributeValues: { ":sent": "sent" },
    }),
  );
  await eventually(inState("by-state", "state"), are(2));
});

await feature("index added later", async () => {
  await client.send(
    new UpdateTableCommand({
      TableName: indexed,
      AttributeDefinitions: [string("customer"), number("id"), string("state"), string("placed")],
      GlobalSecondaryIndexUpdates: [
        { Create: { IndexName: "by-day", KeySchema: [hash("placed")], Projection: { ProjectionType: "KEYS_ONLY" } } },
      ],
    }),
  );
  await eventually(
    async () => (await client.send(new DescribeTableCommand({ TableName: indexed }))).Table.GlobalSecondaryIndexes,
    (indexes) => indexes.find((index) => index.IndexName === "by-day")?.IndexStatus === "ACTIVE",
  );
  const { Count } = await ddb.send(
    new QueryCommand({
      TableName: indexed,
      IndexName: "by-day",
      KeyConditionExpression: "placed = :p",
      ExpressionAttributeValues: { ":p": "2026-01-13" },
    }),
  );
  assert.equal(Count, 1);
});

await feature("transact write", async () => {
  const ClientRequestToken = `${prefix.slice(-20)}-token`;
  const count = {
    TransactItems: [
      { Put: { TableName, Item: order("cid", 1, { paid: false }), ConditionExpression: "attribute_not_exists(id)" } },
      {
        Update: {
          TableName,
          Key: { customer: "cid", id: 0 },
          UpdateExpression: "ADD orders :one",
          ExpressionAttributeValues: { ":one": 1 },
        },
      },
    ],
  };
  await ddb.send(new TransactWriteCommand({ ...count, ClientRequestToken }));
  await ddb.send(new TransactWriteCommand({ ...count, ClientRequestToken }));
  await assert.rejects(
    ddb.send(new TransactWriteCommand(count)),
    (error) =>
      error.name === "TransactionCanceledException" &&
      error.CancellationReasons.map((reason) => reason.Code).join() === "ConditionalCheckFailed,None",
  );
});

await feature("transact get", async () => {
  const { Responses } = await ddb.send(
    new TransactGetCommand({
      TransactItems: [1, 0].map((id) => ({ Get: { TableName, Key: { customer: "cid", id } } })),
    }),
  );
  assert.deepEqual(Responses.map((each) => each.Item?.orders ?? each.Item?.paid), [false, 1]);
});

await feature("time to live", async () => {
  const TimeToLiveSpecification = { AttributeName: "expires", Enabled: true };
  await client.send(new UpdateTimeToLiveCommand({ TableName, TimeToLiveSpecification }));
  const { TimeToLiveDescription } = await eventually(
    () => client.send(new DescribeTimeToLiveCommand({ TableName })),
    (answer) => answer.TimeToLiveDescription.TimeToLiveStatus === "ENABLED",
  );
  assert.equal(TimeToLiveDescription.AttributeName, "expires");
  const Item = order("dan", 1, { expires: Math.floor(Date.now() / 1000) - 60 });
  await ddb.send(new PutCommand({ TableName, Item }));
  await eventually(
    () => ddb.send(new GetCommand({ TableName, Key: { customer: "dan", id: 1 }, ConsistentRead: true })),
    (answer) => answer.Item === undefined,
  );
});

await feature("stream", async () => {
  const streamed = `${prefix}-streamed`;
  await create({
    TableName: streamed,
    AttributeDefinitions: [string("customer")],
    KeySchema: [hash("customer")],
    StreamSpecification: { StreamEnabled: true, StreamViewType: "NEW_AND_OLD_IMAGES" },
  });
  try {
    await ddb.send(new PutCommand({ TableName: streamed, Item: { customer: "ann", orders: 1 } }));
    await ddb.send(new PutCommand({ TableName: streamed, Item: { customer: "ann", orders: 2 } }));
    await ddb.send(new DeleteCommand({ TableName: streamed, Key: { customer: "ann" } }));
    const { Table } = await client.send(new DescribeTableCommand({ TableName: streamed }));
    const StreamArn = Table.LatestStreamArn;
    const { StreamDescription } = await streams.send(new DescribeStreamCommand({ StreamArn }));
    const { ShardIterator } = await streams.send(
      new GetShardIteratorCommand({
        StreamArn,
        ShardId: StreamDescription.Shards[0].ShardId,
        ShardIteratorType: "TRIM_HORIZON",
      }),
    );
    let next = ShardIterator;
    const read = [];
    await eventually(
      async () => {
        const answer = await streams.send(new GetRecordsCommand({ ShardIterator: next }));
        next = answer.NextShardIterator;
        read.push(...answer.Records);
        return read.map((record) => record.eventName);
      },
      (names) => names.length >= 3,
    );
    assert.deepEqual(
      read.map((r) => [r.eventName, r.dynamodb.OldImage?.orders.N, r.dynamodb.NewImage?.orders.N]),
      [
        ["INSERT", undefined, "1"],
        ["MODIFY", "1", "2"],
        ["REMOVE", "2", undefined],
      ],
    );
  } finally {
    await client.send(new DeleteTableCommand({ TableName: streamed }));
  }
});

await feature("PartiQL", async () => {
  const execute = async (Statement, ...Parameters) =>
    (await ddb.send(new ExecuteStatementCommand({ Statement, ...(Parameters.length ? { Parameters } : {}) }))).Items;
  await execute(`INSERT INTO "${TableName}" VALUE {'customer': ?, 'id': ?, 'state': 'open'}`, "eve", 1);
  await execute(`UPDATE "${TableName}" SET state = 'sent' WHERE customer = ? AND id = ?`, "eve", 1);
  const found = await execute(`SELECT state FROM "${TableName}" WHERE customer = ?`, "eve");
  await execute(`DELETE FROM "${TableName}" WHERE customer = 'eve' AND id = 1`);
  assert.deepEqual(found, [{ state: "sent" }]);
});

await feature("delete", async () => {
  const { Attributes } = await ddb.send(
    new DeleteCommand({ TableName, Key: { customer: "ann", id: 25 }, ReturnValues: "ALL_OLD" }),
  );
  assert.equal(Attributes.placed, "2026-01-35");
});

// Types that the document client turns into JavaScript's own.
await feature("its own", async () => {
  const Item = {
    customer: "fay",
    id: 1,
    tags: new Set(["a", "ü"]),
    sizes: new Set([1, 2.5]),
    picture: new Uint8Array([0, 255, 128]),
    deep: { list: [1, [true, null]], empty: "" },
  };
  await ddb.send(new PutCommand({ TableName, Item }));
  const got = (await ddb.send(new GetCommand({ TableName, Key: { customer: "fay", id: 1 } }))).Item;
  assert.deepEqual({ ...got, picture: Array.from(got.picture) }, { ...Item, picture: [0, 255, 128] });
});

await feature("delete table", async () => {
  await client.send(new DeleteTableCommand({ TableName }));
  await waitUntilTableNotExists(waiting, { TableName });
  await client.send(new DeleteTableCommand({ TableName: indexed })).catch((error) => {
    assert.equal(error.name, "ResourceNotFoundException");
  });
});
