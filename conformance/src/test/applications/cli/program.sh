#!/usr/bin/env bash
# A shop's orders, with the AWS CLI: program.sh ENDPOINT PREFIX
set -euo pipefail
# shellcheck source=../features.sh
source "$(dirname "$0")/../features.sh"

readonly endpoint=$1 orders=$2-orders indexed=$2-indexed streamed=$2-streamed
readonly number=AttributeName=id,AttributeType=N

aws() { command aws --endpoint-url "$endpoint" --output text "$@"; }
ddb() { aws dynamodb "$@"; }
of() { ddb "$1" --table-name "$orders" "${@:2}"; }
string() { echo "AttributeName=$1,AttributeType=S"; }
key() { printf '{"customer":{"S":"%s"},"id":{"N":"%s"}}' "$1" "$2"; }
order() { printf '{"customer":{"S":"%s"},"id":{"N":"%s"},"placed":{"S":"2026-01-%s"}%s}' "$1" "$2" $((10 + $2)) "${3:-}"; }
put() { printf '{"PutRequest":{"Item":%s}}' "$(order "$@")"; }
words() { tr -s '[:space:]' ' ' | sed 's/ $//'; }

keys() {
  echo "AttributeName=$1,KeyType=HASH" ${2:+"AttributeName=$2,KeyType=RANGE"}
}

index() {
  printf '{"IndexName":"%s","KeySchema":[{"AttributeName":"%s","KeyType":"HASH"}%s],"Projection":{"ProjectionType":"ALL"}}' \
    "$1" "$2" "${3:+,{\"AttributeName\":\"$3\",\"KeyType\":\"RANGE\"\}}"
}

# The name of the error that a command ends with.
refusal() {
  { "$@" >/dev/null; } 2>&1 | sed -n 's/.*An error occurred (\([A-Za-z]*\)).*/\1/p'
}

# create TABLE PARAMETER…
create() {
  # shellcheck disable=SC2046
  ddb create-table --table-name "$1" --billing-mode PAY_PER_REQUEST --key-schema $(keys customer id) "${@:2}"
  ddb wait table-exists --table-name "$1"
}

create_table() {
  create "$orders" --attribute-definitions "$(string customer)" "$number" "$(string placed)" \
    --local-secondary-indexes "[$(index by-placed customer placed)]"
}

put_and_get() {
  of put-item --item "$(order ann 1 ',"paid":{"BOOL":false},"tags":{"SS":["a","b"]}')"
  same "$(of get-item --key "$(key ann 1)" --consistent-read --query 'Item.[placed.S,paid.BOOL,tags.SS[1]]')" \
    $'2026-01-11\tFalse\tb'
}

update() {
  same "$(of update-item --key "$(key ann 1)" --return-values UPDATED_NEW --query Attributes.amount.N \
    --update-expression 'SET paid = :yes ADD amount :n' \
    --expression-attribute-values '{":yes":{"BOOL":true},":n":{"N":"7"}}')" 7
}

condition() {
  same "$(refusal of put-item --item "$(order ann 1)" --condition-expression 'attribute_not_exists(customer)')" \
    ConditionalCheckFailedException
}

batch_write() {
  local puts
  puts=$(for id in {2..25}; do put ann "$id"; done)
  same "$(ddb batch-write-item --request-items "{\"$orders\":[${puts//\}\{/\},\{}]}" --query 'length(UnprocessedItems)')" 0
}

batch_get() {
  same "$(ddb batch-get-item --query "length(Responses.\"$orders\")" \
    --request-items "{\"$orders\":{\"Keys\":[$(key ann 2),$(key ann 3),$(key ann 99)]}}")" 2
}

query() {
  same "$(of query --no-scan-index-forward --query 'Items[].id.N' \
    --key-condition-expression 'customer = :c AND id BETWEEN :from AND :to' \
    --filter-expression 'attribute_not_exists(paid)' \
    --expression-attribute-values '{":c":{"S":"ann"},":from":{"N":"1"},":to":{"N":"4"}}' | words)" '4 3 2'
}

scan() {
  local first second
  first=$(of scan --segment 0 --total-segments 2 --select COUNT --query Count)
  second=$(of scan --segment 1 --total-segments 2 --select COUNT --query Count)
  same $((first + second)) 25
}

paginate() {
  same "$(of scan --page-size 7 --query 'Items[].id.N' | wc -w)" 25
  local token
  token=$(of scan --max-items 10 --output json --query NextToken | tr -d '"')
  same "$(of scan --max-items 99 --starting-token "$token" --query 'Items[].id.N' | sed '/None/d' | wc -w)" 15
}

local_index() {
  same "$(of query --index-name by-placed --consistent-read --query 'Items[].id.N' \
    --key-condition-expression 'customer = :c AND begins_with(placed, :p)' \
    --expression-attribute-values '{":c":{"S":"ann"},":p":{"S":"2026-01-3"}}' | words)" '20 21 22 23 24 25'
}

# in_index INDEX ATTRIBUTE VALUE
in_index() {
  ddb query --table-name "$indexed" --index-name "$1" --query 'Items[].id.N' --key-condition-expression '#a = :v' \
    --expression-attribute-names "{\"#a\":\"$2\"}" --expression-attribute-values "{\":v\":{\"S\":\"$3\"}}" | words
}

global_index() {
  create "$indexed" --attribute-definitions "$(string customer)" "$number" "$(string state)" \
    --global-secondary-indexes "[$(index by-state state id)]"
  for id in 1 2 3; do
    ddb put-item --table-name "$indexed" --item "$(order ann "$id" ',"state":{"S":"open"}')"
  done
  eventually '1 2 3' in_index by-state state open
  ddb delete-item --table-name "$indexed" --key "$(key ann 2)"
  eventually '1 3' in_index by-state state open
}

index_added_later() {
  ddb update-table --table-name "$indexed" --global-secondary-index-updates "[{\"Create\":$(index by-day placed)}]" \
    --attribute-definitions "$(string customer)" "$number" "$(string state)" "$(string placed)"
  eventually ACTIVE ddb describe-table --table-name "$indexed" \
    --query "Table.GlobalSecondaryIndexes[?IndexName=='by-day'].IndexStatus"
  same "$(in_index by-day placed 2026-01-13)" 3
}

transact_write() {
  local items="[{\"Put\":{\"TableName\":\"$orders\",\"Item\":$(order cid 1),\"ConditionExpression\":\"attribute_not_exists(id)\"}},
    {\"Put\":{\"TableName\":\"$orders\",\"Item\":$(order cid 2)}}]"
  ddb transact-write-items --transact-items "$items" --client-request-token "$orders"
  ddb transact-write-items --transact-items "$items" --client-request-token "$orders"
  same "$(refusal ddb transact-write-items --transact-items "$items")" TransactionCanceledException
}

transact_get() {
  same "$(ddb transact-get-items --query 'Responses[].Item.id.N' --transact-items \
    "[{\"Get\":{\"TableName\":\"$orders\",\"Key\":$(key cid 1)}},{\"Get\":{\"TableName\":\"$orders\",\"Key\":$(key cid 2)}}]" | words)" \
    '1 2'
}

time_to_live() {
  of update-time-to-live --time-to-live-specification Enabled=true,AttributeName=expires
  eventually $'expires\tENABLED' of describe-time-to-live \
    --query 'TimeToLiveDescription.[AttributeName,TimeToLiveStatus]'
  of put-item --item "$(order dan 1 ",\"expires\":{\"N\":\"$(($(date +%s) - 60))\"}")"
  eventually None of get-item --key "$(key dan 1)" --query Item.id.N
}

events() { aws dynamodbstreams get-records --shard-iterator "$1" --query 'Records[].eventName' | words; }

stream() {
  create "$streamed" --attribute-definitions "$(string customer)" "$number" \
    --stream-specification StreamEnabled=true,StreamViewType=NEW_AND_OLD_IMAGES
  ddb put-item --table-name "$streamed" --item "$(order ann 1)"
  ddb delete-item --table-name "$streamed" --key "$(key ann 1)"
  local arn shard iterator
  arn=$(ddb describe-table --table-name "$streamed" --query Table.LatestStreamArn)
  shard=$(aws dynamodbstreams describe-stream --stream-arn "$arn" --query 'StreamDescription.Shards[0].ShardId')
  iterator=$(aws dynamodbstreams get-shard-iterator --stream-arn "$arn" --shard-id "$shard" \
    --shard-iterator-type TRIM_HORIZON --query ShardIterator)
  eventually 'INSERT REMOVE' events "$iterator"
  ddb delete-table --table-name "$streamed"
}

partiql() {
  execute() { ddb execute-statement --statement "$@"; }
  execute "INSERT INTO \"$orders\" VALUE {'customer': ?, 'id': ?}" --parameters '[{"S":"eve"},{"N":"1"}]'
  execute "UPDATE \"$orders\" SET placed = 'later' WHERE customer = 'eve' AND id = 1"
  same "$(execute "SELECT placed FROM \"$orders\" WHERE customer = 'eve'" --query 'Items[].placed.S')" later
  execute "DELETE FROM \"$orders\" WHERE customer = 'eve' AND id = 1"
}

delete() {
  same "$(of delete-item --key "$(key ann 25)" --return-values ALL_OLD --query Attributes.placed.S)" 2026-01-35
}

# Shorthand syntax, JSON from a file, and answers as a table.
own() {
  file=$(mktemp)
  trap 'rm -f "$file"' EXIT
  order fay 1 ',"deep":{"M":{"list":{"L":[{"N":"1"},{"NULL":true}]}}},"bytes":{"B":"AP8="}' >"$file"
  of put-item --item "file://$file"
  local shown
  shown=$(ddb get-item --table-name "$orders" --key 'customer={S=fay},id={N=1}' --output table)
  # Version 1 of the CLI takes what stands there for the bytes themselves, and encodes them.
  [[ $shown == *AP8=* || $shown == *QVA4PQ==* ]] || same "$shown" "a table with AP8="
  same "$(ddb list-tables --query "length(TableNames[?@=='$orders'])")" 1
}

delete_table() {
  of delete-table
  ddb wait table-not-exists --table-name "$orders"
  ddb delete-table --table-name "$indexed" || same "$(refusal ddb delete-table --table-name "$indexed")" \
    ResourceNotFoundException
}

feature "create table" create_table
feature "put and get" put_and_get
feature "update" update
feature "condition" condition
feature "batch write" batch_write
feature "batch get" batch_get
feature "query" query
feature "scan" scan
feature "paginate" paginate
feature "local index" local_index
feature "global index" global_index
feature "index added later" index_added_later
feature "transact write" transact_write
feature "transact get" transact_get
feature "time to live" time_to_live
feature "stream" stream
feature "PartiQL" partiql
feature "delete" delete
feature "its own" own
feature "delete table" delete_table
