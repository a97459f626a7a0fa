// Tables as an operator makes them, for clients that leave that to AWS's SDK.
import assert from "node:assert/strict";

const PATIENCE_S = 120;

/**
 * Orders of customers: key `pk` and `sk`, both strings unless `sk` is said to be of another type.
 *
 * @param sdk the module of AWS's SDK for JavaScript, as the program has it
 */
export function tables(sdk, client) {
  async function create(TableName, { sk = "S", local = {}, global = {}, attributes = {} }) {
    const types = { pk: "S", sk, ...attributes };
    const keys = (hash, range) => [
      { AttributeName: hash, KeyType: "HASH" },
      { AttributeName: range, KeyType: "RANGE" },
    ];
    const indexes = (named) =>
      Object.entries(named).map(([IndexName, [hash, range]]) => ({
        IndexName,
        KeySchema: keys(hash, range),
        Projection: { ProjectionType: "ALL" },
      }));
    const orNone = (list) => (list.length > 0 ? list : undefined);
    await client.send(
      new sdk.CreateTableCommand({
        TableName,
        BillingMode: "PAY_PER_REQUEST",
        AttributeDefinitions: Object.entries(types).map(([AttributeName, AttributeType]) => ({
          AttributeName,
          AttributeType,
        })),
        KeySchema: keys("pk", "sk"),
        LocalSecondaryIndexes: orNone(indexes(local)),
        GlobalSecondaryIndexes: orNone(indexes(global)),
      }),
    );
    await sdk.waitUntilTableExists({ client, maxWaitTime: PATIENCE_S, minDelay: 1 }, { TableName });
  }

  async function drop(...names) {
    for (const TableName of names) {
      await client
        .send(new sdk.DeleteTableCommand({ TableName }))
        .catch((error) => assert.equal(error.name, "ResourceNotFoundException"));
    }
  }

  return { create, drop };
}
