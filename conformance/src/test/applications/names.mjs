// The small application, with AWS's SDK for JavaScript: node names.mjs ENDPOINT TABLE RECORDS
import { readFileSync } from "node:fs";
import {
  CreateTableCommand,
  DeleteTableCommand,
  DescribeTableCommand,
  DynamoDBClient,
  waitUntilTableExists,
  waitUntilTableNotExists,
} from "@aws-sdk/client-dynamodb";
import {
  BatchGetCommand,
  BatchWriteCommand,
  DeleteCommand,
  DynamoDBDocumentClient,
  paginateQuery,
  paginateScan,
  QueryCommand,
  UpdateCommand,
} from "@aws-sdk/lib-dynamodb";

const [endpoint, TableName, records] = process.argv.slice(2);
const client = new DynamoDBClient({ endpoint });
const ddb = DynamoDBDocumentClient.from(client);
const BATCH = 25;

async function all(pages) {
  const items = [];
  for await (const page of pages) {
    items.push(...page.Items);
  }
  return items;
}

const listed = (items) => items.map((item) => item.name).join("; ");
const query = (parameters) => all(paginateQuery({ client: ddb }, { TableName, ...parameters }));
const scan = (parameters) => all(paginateScan({ client: ddb }, { TableName, ...parameters }));

await client.send(
  new CreateTableCommand({
    TableName,
    BillingMode: "PAY_PER_REQUEST",
    AttributeDefinitions: [
      { AttributeName: "block", AttributeType: "S" },
      { AttributeName: "code", AttributeType: "N" },
      { AttributeName: "name", AttributeType: "S" },
    ],
    KeySchema: [
      { AttributeName: "block", KeyType: "HASH" },
      { AttributeName: "code", KeyType: "RANGE" },
    ],
    LocalSecondaryIndexes: [
      {
        IndexName: "by-name",
        KeySchema: [
          { AttributeName: "block", KeyType: "HASH" },
          { AttributeName: "name", KeyType: "RANGE" },
        ],
        Projection: { ProjectionType: "ALL" },
      },
    ],
  }),
);
await waitUntilTableExists({ client, maxWaitTime: 60 }, { TableName });

const items = readFileSync(records, "utf8")
  .trim()
  .split("\n")
  .map((line) => JSON.parse(line))
  .map((record) => ({ ...record, words: new Set(record.name.split(" ")) }));
for (let from = 0; from < items.length; from += BATCH) {
  let writes = items.slice(from, from + BATCH).map((Item) => ({ PutRequest: { Item } }));
  while (writes.length > 0) {
    const { UnprocessedItems } = await ddb.send(
      new BatchWriteCommand({ RequestItems: { [TableName]: writes } }),
    );
    writes = UnprocessedItems?.[TableName] ?? [];
  }
}
console.log("imported", (await scan({ ProjectionExpression: "code" })).length);

const range = await query({
  KeyConditionExpression: "#b = :b AND code BETWEEN :from AND :to",
  ExpressionAttributeNames: { "#b": "block" },
  ExpressionAttributeValues: { ":b": "GREEK", ":from": 0x3b1, ":to": 0x3b5 },
});
console.log("range", listed(range));

const last = await ddb.send(
  new QueryCommand({
    TableName,
    KeyConditionExpression: "#b = :b",
    ExpressionAttributeNames: { "#b": "block" },
    ExpressionAttributeValues: { ":b": "CYRILLIC" },
    ScanIndexForward: false,
    Limit: 3,
  }),
);
console.log("last", listed(last.Items));

const index = await query({
  IndexName: "by-name",
  KeyConditionExpression: "#b = :b AND begins_with(#n, :n)",
  ExpressionAttributeNames: { "#b": "block", "#n": "name" },
  ExpressionAttributeValues: { ":b": "BASIC_LATIN", ":n": "DIGIT " },
});
console.log("index", listed(index));

const filtered = await query({
  KeyConditionExpression: "#b = :b",
  FilterExpression: "contains(words, :w)",
  ExpressionAttributeNames: { "#b": "block" },
  ExpressionAttributeValues: { ":b": "LATIN_EXTENDED_A", ":w": "CARON" },
  Limit: 50,
});
console.log("filtered", filtered.length);

async function claim(who) {
  const { Attributes } = await ddb.send(
    new UpdateCommand({
      TableName,
      Key: { block: "BASIC_LATIN", code: 65 },
      UpdateExpression: "SET claimed = :who",
      ConditionExpression: "attribute_exists(#b) AND attribute_not_exists(claimed)",
      ExpressionAttributeNames: { "#b": "block" },
      ExpressionAttributeValues: { ":who": who },
      ReturnValues: "UPDATED_NEW",
    }),
  );
  return Attributes.claimed;
}

console.log("claimed by", await claim("ann"));
try {
  console.log("claimed by", await claim("bob"));
} catch (refusal) {
  console.log("refused", refusal.name);
}

let seen = 0;
for (let time = 0; time < 3; time++) {
  const { Attributes } = await ddb.send(
    new UpdateCommand({
      TableName,
      Key: { block: "BASIC_LATIN", code: 65 },
      UpdateExpression: "ADD seen :one",
      ExpressionAttributeValues: { ":one": 1 },
      ReturnValues: "UPDATED_NEW",
    }),
  );
  seen = Attributes.seen;
}
console.log("counted", seen);

const everything = await scan({ Limit: 500 });
const sum = everything.reduce((total, item) => total + item.code, 0);
console.log("paged", everything.length, "codes", sum);

const { Responses } = await ddb.send(
  new BatchGetCommand({
    RequestItems: {
      [TableName]: {
        Keys: ["a".codePointAt(0), "z".codePointAt(0), 100_000].map((code) => ({
          block: "BASIC_LATIN",
          code,
        })),
        ConsistentRead: true,
      },
    },
  }),
);
console.log("batch", listed(Responses[TableName].sort((one, other) => one.code - other.code)));

const deleted = await ddb.send(
  new DeleteCommand({
    TableName,
    Key: { block: "BASIC_LATIN", code: "q".codePointAt(0) },
    ReturnValues: "ALL_OLD",
  }),
);
console.log("deleted", deleted.Attributes.name);

await client.send(new DeleteTableCommand({ TableName }));
await waitUntilTableNotExists({ client, maxWaitTime: 60 }, { TableName });
try {
  await client.send(new DescribeTableCommand({ TableName }));
} catch (gone) {
  console.log("gone", gone.name);
}
