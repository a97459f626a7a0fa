"""The small application, with AWS's SDK for Python: names.py ENDPOINT TABLE RECORDS"""
import json
import sys

import boto3
from boto3.dynamodb.conditions import Attr, Key

endpoint, table_name, records = sys.argv[1:]
dynamodb = boto3.resource("dynamodb", endpoint_url=endpoint)
client = dynamodb.meta.client


def key(block, code):
    return {"block": block, "code": code}


def pages(operation, **parameters):
    """The items of all pages."""
    while True:
        page = operation(**parameters)
        yield from page["Items"]
        if "LastEvaluatedKey" not in page:
            return
        parameters["ExclusiveStartKey"] = page["LastEvaluatedKey"]


def listed(items):
    return "; ".join(item["name"] for item in items)


table = dynamodb.create_table(
    TableName=table_name,
    BillingMode="PAY_PER_REQUEST",
    AttributeDefinitions=[
        {"AttributeName": "block", "AttributeType": "S"},
        {"AttributeName": "code", "AttributeType": "N"},
        {"AttributeName": "name", "AttributeType": "S"},
    ],
    KeySchema=[
        {"AttributeName": "block", "KeyType": "HASH"},
        {"AttributeName": "code", "KeyType": "RANGE"},
    ],
    LocalSecondaryIndexes=[{
        "IndexName": "by-name",
        "KeySchema": [
            {"AttributeName": "block", "KeyType": "HASH"},
            {"AttributeName": "name", "KeyType": "RANGE"},
        ],
        "Projection": {"ProjectionType": "ALL"},
    }],
)
table.wait_until_exists()

with open(records, encoding="utf-8") as lines, table.batch_writer() as batch:
    for line in lines:
        record = json.loads(line)
        batch.put_item(Item={**record, "words": set(record["name"].split(" "))})
print("imported", sum(1 for _ in pages(table.scan, ProjectionExpression="code")))

greek = Key("block").eq("GREEK") & Key("code").between(0x3B1, 0x3B5)
print("range", listed(pages(table.query, KeyConditionExpression=greek)))

last = table.query(KeyConditionExpression=Key("block").eq("CYRILLIC"), ScanIndexForward=False, Limit=3)
print("last", listed(last["Items"]))

digits = Key("block").eq("BASIC_LATIN") & Key("name").begins_with("DIGIT ")
print("index", listed(pages(table.query, IndexName="by-name", KeyConditionExpression=digits)))

carons = pages(
    table.query,
    KeyConditionExpression=Key("block").eq("LATIN_EXTENDED_A"),
    FilterExpression=Attr("words").contains("CARON"),
    Limit=50,
)
print("filtered", sum(1 for _ in carons))


def claim(who):
    return table.update_item(
        Key=key("BASIC_LATIN", 65),
        UpdateExpression="SET claimed = :who",
        ConditionExpression=Attr("block").exists() & Attr("claimed").not_exists(),
        ExpressionAttributeValues={":who": who},
        ReturnValues="UPDATED_NEW",
    )["Attributes"]["claimed"]


print("claimed by", claim("ann"))
try:
    print("claimed by", claim("bob"))
except client.exceptions.ConditionalCheckFailedException as refusal:
    print("refused", refusal.response["Error"]["Code"])

for _ in range(3):
    seen = table.update_item(
        Key=key("BASIC_LATIN", 65),
        UpdateExpression="ADD seen :one",
        ExpressionAttributeValues={":one": 1},
        ReturnValues="UPDATED_NEW",
    )["Attributes"]["seen"]
print("counted", seen)

codes = [item["code"] for item in pages(table.scan, Limit=500)]
print("paged", len(codes), "codes", sum(codes))

wanted = [key("BASIC_LATIN", code) for code in (ord("a"), ord("z"), 100_000)]
found = dynamodb.batch_get_item(RequestItems={table_name: {"Keys": wanted, "ConsistentRead": True}})
print("batch", listed(sorted(found["Responses"][table_name], key=lambda item: item["code"])))

deleted = table.delete_item(Key=key("BASIC_LATIN", ord("q")), ReturnValues="ALL_OLD")
print("deleted", deleted["Attributes"]["name"])

table.delete()
table.wait_until_not_exists()
try:
    table.load()
except client.exceptions.ResourceNotFoundException as gone:
    print("gone", gone.response["Error"]["Code"])
