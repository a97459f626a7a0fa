"""A shop's orders, with AWS's SDK for Python: program.py ENDPOINT PREFIX"""
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from decimal import Decimal

import boto3
from boto3.dynamodb.conditions import Attr, Key
from boto3.dynamodb.types import Binary

from features import eventually, feature

endpoint, prefix = sys.argv[1:]
dynamodb = boto3.resource("dynamodb", endpoint_url=endpoint)
client = dynamodb.meta.client
streams = boto3.client("dynamodbstreams", endpoint_url=endpoint)
table = dynamodb.Table(f"{prefix}-orders")
indexed = dynamodb.Table(f"{prefix}-indexed")


def attributes(**types):
    return [{"AttributeName": name, "AttributeType": kind} for name, kind in types.items()]


def keys(hash_key, range_key=None):
    schema = [{"AttributeName": hash_key, "KeyType": "HASH"}]
    if range_key:
        schema.append({"AttributeName": range_key, "KeyType": "RANGE"})
    return schema


def index(name, *schema):
    return {"IndexName": name, "KeySchema": keys(*schema), "Projection": {"ProjectionType": "ALL"}}


def order(customer, number, **more):
    return {"customer": customer, "id": number, "placed": f"2026-01-{10 + number}", **more}


def key(customer, number):
    return {"customer": customer, "id": number}


def ids(answer):
    return [int(item["id"]) for item in answer["Items"]]


def refused(error, work, **parameters):
    try:
        work(**parameters)
    except error as refusal:
        return refusal.response
    raise AssertionError(f"not refused: {parameters}")


with feature("create table"):
    dynamodb.create_table(
        TableName=table.name,
        BillingMode="PAY_PER_REQUEST",
        AttributeDefinitions=attributes(customer="S", id="N", placed="S"),
        KeySchema=keys("customer", "id"),
        LocalSecondaryIndexes=[index("by-placed", "customer", "placed")],
    ).wait_until_exists()

with feature("put and get"):
    item = order("ann", 1, parts=[{"sku": "pen", "n": 2}], paid=False, note=None, total=Decimal("9.90"))
    table.put_item(Item=item)
    assert table.get_item(Key=key("ann", 1), ConsistentRead=True)["Item"] == item

with feature("update"):
    updated = table.update_item(
        Key=key("ann", 1),
        UpdateExpression="SET parts[0].n = parts[0].n + :one, paid = :yes REMOVE note",
        ExpressionAttributeValues={":one": 1, ":yes": True},
        ReturnValues="ALL_NEW",
    )["Attributes"]
    assert updated == order("ann", 1, parts=[{"sku": "pen", "n": 3}], paid=True, total=Decimal("9.90"))

with feature("condition"):
    answer = refused(
        client.exceptions.ConditionalCheckFailedException,
        table.put_item,
        Item=order("ann", 1),
        ConditionExpression=Attr("customer").not_exists() | Attr("total").gt(100),
        ReturnValuesOnConditionCheckFailure="ALL_OLD",
    )
    assert answer["Item"]["paid"] == {"BOOL": True} or answer["Item"]["paid"] is True

with feature("batch write"):
    with table.batch_writer() as batch:
        for number in range(2, 61):
            batch.put_item(Item=order("ann", number, paid=number % 2 == 0))
        batch.delete_item(Key=key("nobody", 1))

with feature("batch get"):
    wanted = {"Keys": [key("ann", number) for number in (2, 3, 99)], "ConsistentRead": True}
    found = dynamodb.batch_get_item(RequestItems={table.name: wanted})["Responses"][table.name]
    assert sorted(item["id"] for item in found) == [2, 3]

with feature("query"):
    answer = table.query(
        KeyConditionExpression=Key("customer").eq("ann") & Key("id").between(2, 9),
        FilterExpression=Attr("paid").eq(True),
        ScanIndexForward=False,
    )
    assert ids(answer) == [8, 6, 4, 2]

with feature("scan"):
    with ThreadPoolExecutor(4) as workers:
        segments = workers.map(
            lambda segment: client.scan(
                TableName=table.name, Segment=segment, TotalSegments=4, Select="COUNT"
            )["Count"],
            range(4),
        )
        assert sum(segments) == 60

with feature("paginate"):
    pages = client.get_paginator("query").paginate(
        TableName=table.name,
        KeyConditionExpression=Key("customer").eq("ann"),
        PaginationConfig={"PageSize": 7},
    )
    assert [number for page in pages for number in ids(page)] == list(range(1, 61))

with feature("local index"):
    answer = table.query(
        IndexName="by-placed",
        ConsistentRead=True,
        KeyConditionExpression=Key("customer").eq("ann") & Key("placed").begins_with("2026-01-2"),
    )
    assert ids(answer) == list(range(10, 20))


def in_state(name="by-state"):
    return indexed.query(IndexName=name, KeyConditionExpression=Key("state").eq("open"))


with feature("global index"):
    dynamodb.create_table(
        TableName=indexed.name,
        BillingMode="PAY_PER_REQUEST",
        AttributeDefinitions=attributes(customer="S", id="N", state="S"),
        KeySchema=keys("customer", "id"),
        GlobalSecondaryIndexes=[index("by-state", "state", "id")],
    ).wait_until_exists()
    for item in (order("bob", 2, state="open"), order("ann", 1, state="open"), order("ann", 3)):
        indexed.put_item(Item=item)
    eventually(lambda: ids(in_state()), lambda found: found == [1, 2])
    indexed.delete_item(Key=key("ann", 1))
    eventually(lambda: ids(in_state()), lambda found: found == [2])

with feature("index added later"):
    client.update_table(
        TableName=indexed.name,
        AttributeDefinitions=attributes(customer="S", id="N", state="S", placed="S"),
        GlobalSecondaryIndexUpdates=[{"Create": index("by-day", "placed")}],
    )

    def indexes():
        indexed.reload()
        return {each["IndexName"]: each["IndexStatus"] for each in indexed.global_secondary_indexes}

    eventually(indexes, lambda states: states["by-day"] == "ACTIVE")
    day = Key("placed").eq("2026-01-13")
    assert ids(indexed.query(IndexName="by-day", KeyConditionExpression=day)) == [3]

with feature("transact write"):
    put = {"TableName": table.name, "Item": order("cid", 1), "ConditionExpression": "attribute_not_exists(id)"}
    count = {
        "TableName": table.name,
        "Key": key("cid", 0),
        "UpdateExpression": "ADD orders :one",
        "ExpressionAttributeValues": {":one": 1},
    }
    client.transact_write_items(TransactItems=[{"Put": put}, {"Update": count}])
    answer = refused(
        client.exceptions.TransactionCanceledException,
        client.transact_write_items,
        TransactItems=[{"Put": put}, {"Update": count}],
    )
    assert [each["Code"] for each in answer["CancellationReasons"]] == ["ConditionalCheckFailed", "None"]

with feature("transact get"):
    gets = [{"Get": {"TableName": table.name, "Key": key("cid", number)}} for number in (1, 0)]
    answers = client.transact_get_items(TransactItems=gets)["Responses"]
    assert [each["Item"].get("orders") for each in answers] == [None, 1]

with feature("time to live"):
    client.update_time_to_live(
        TableName=table.name, TimeToLiveSpecification={"AttributeName": "expires", "Enabled": True}
    )
    eventually(
        lambda: client.describe_time_to_live(TableName=table.name)["TimeToLiveDescription"],
        lambda found: found == {"TimeToLiveStatus": "ENABLED", "AttributeName": "expires"},
    )
    table.put_item(Item=order("dan", 1, expires=int(time.time()) - 60))
    eventually(lambda: table.get_item(Key=key("dan", 1)), lambda answer: "Item" not in answer)

with feature("stream"):
    streamed = dynamodb.create_table(
        TableName=f"{prefix}-streamed",
        BillingMode="PAY_PER_REQUEST",
        AttributeDefinitions=attributes(customer="S"),
        KeySchema=keys("customer"),
        StreamSpecification={"StreamEnabled": True, "StreamViewType": "NEW_AND_OLD_IMAGES"},
    )
    streamed.wait_until_exists()
    streamed.put_item(Item={"customer": "ann", "orders": 1})
    streamed.put_item(Item={"customer": "ann", "orders": 2})
    streamed.delete_item(Key={"customer": "ann"})
    streamed.reload()
    arn = streamed.latest_stream_arn
    shard = streams.describe_stream(StreamArn=arn)["StreamDescription"]["Shards"][0]["ShardId"]
    iterator = streams.get_shard_iterator(StreamArn=arn, ShardId=shard, ShardIteratorType="TRIM_HORIZON")
    records = []
    position = iterator["ShardIterator"]

    def read():
        global position
        answer = streams.get_records(ShardIterator=position)
        position = answer["NextShardIterator"]
        records.extend(answer["Records"])
        return [record["eventName"] for record in records]

    eventually(read, lambda names: len(names) >= 3)
    assert read() == ["INSERT", "MODIFY", "REMOVE"]
    assert records[1]["dynamodb"]["OldImage"]["orders"] == {"N": "1"}
    streamed.delete()

with feature("PartiQL"):
    def execute(statement, *parameters):
        given = {"Parameters": list(parameters)} if parameters else {}
        return client.execute_statement(Statement=statement, **given)["Items"]

    execute(f"""INSERT INTO "{table.name}" VALUE {{'customer': ?, 'id': ?, 'state': 'open'}}""", "eve", 1)
    execute(f"""UPDATE "{table.name}" SET state = 'sent' WHERE customer = ? AND id = ?""", "eve", 1)
    assert execute(f"""SELECT state FROM "{table.name}" WHERE customer = ?""", "eve") == [{"state": "sent"}]
    execute(f"""DELETE FROM "{table.name}" WHERE customer = 'eve' AND id = 1""")

with feature("delete"):
    deleted = table.delete_item(Key=key("ann", 25), ReturnValues="ALL_OLD")
    assert deleted["Attributes"]["placed"] == "2026-01-35"

# Types that the resource turns into Python's own; exact numbers above all.
with feature("its own"):
    item = {
        **key("fay", 1),
        "tags": {"a", "ü"},
        "sizes": {Decimal(1), Decimal("2.5")},
        "pictures": {Binary(b"\x00\xff")},
        "exact": Decimal("12345678901234567890123456789012345678"),
        "small": Decimal("1E-130"),
        "deep": {"list": [1, [True, None]], "empty": ""},
    }
    table.put_item(Item=item)
    assert table.get_item(Key=key("fay", 1))["Item"] == item

with feature("delete table"):
    table.delete()
    table.wait_until_not_exists()
    try:
        indexed.delete()
    except client.exceptions.ResourceNotFoundException:
        pass
