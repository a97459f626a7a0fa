#!/usr/bin/env bash
# The small application, with the AWS CLI: names.sh ENDPOINT TABLE REQUESTS
# REQUESTS is a folder of requests for batch-write-item, 25 records each.
set -euo pipefail

readonly endpoint=$1 table=$2 requests=$3

ddb() {
  aws --endpoint-url "$endpoint" --output text dynamodb "$@"
}

# Columns of a text answer, as one line.
listed() {
  tr '\t' '\n' | awk 'NF { line = line (line == "" ? "" : "; ") $0 } END { print line }'
}

# The name of the error that a command ends with.
error_of() {
  { "$@" >/dev/null; } 2>&1 | sed -n 's/.*An error occurred (\([A-Za-z]*\)).*/\1/p'
}

key() {
  printf '{"block":{"S":"%s"},"code":{"N":"%s"}}' "$1" "$2"
}

ddb create-table --table-name "$table" --billing-mode PAY_PER_REQUEST \
  --attribute-definitions AttributeName=block,AttributeType=S AttributeName=code,AttributeType=N \
  AttributeName=name,AttributeType=S \
  --key-schema AttributeName=block,KeyType=HASH AttributeName=code,KeyType=RANGE \
  --local-secondary-indexes 'IndexName=by-name,KeySchema=[{AttributeName=block,KeyType=HASH},{AttributeName=name,KeyType=RANGE}],Projection={ProjectionType=ALL}' \
  >/dev/null
ddb wait table-exists --table-name "$table"

for request in "$requests"/*.json; do
  unprocessed=$(ddb batch-write-item --request-items "file://$request" --query 'length(UnprocessedItems)')
  [[ $unprocessed == 0 ]]
done
echo "imported $(ddb scan --table-name "$table" --select COUNT --query Count | awk '{ n += $1 } END { print n }')"

echo "range $(ddb query --table-name "$table" --query 'Items[].name.S' \
  --key-condition-expression '#b = :b AND code BETWEEN :from AND :to' \
  --expression-attribute-names '{"#b":"block"}' \
  --expression-attribute-values '{":b":{"S":"GREEK"},":from":{"N":"945"},":to":{"N":"949"}}' | listed)"

echo "last $(ddb query --table-name "$table" --query 'Items[].name.S' --no-scan-index-forward --max-items 3 \
  --key-condition-expression '#b = :b' --expression-attribute-names '{"#b":"block"}' \
  --expression-attribute-values '{":b":{"S":"CYRILLIC"}}' | sed '/^NEXTTOKEN/d;/^None$/d' | listed)"

echo "index $(ddb query --table-name "$table" --index-name by-name --query 'Items[].name.S' \
  --key-condition-expression '#b = :b AND begins_with(#n, :n)' \
  --expression-attribute-names '{"#b":"block","#n":"name"}' \
  --expression-attribute-values '{":b":{"S":"BASIC_LATIN"},":n":{"S":"DIGIT "}}' | listed)"

echo "filtered $(ddb query --table-name "$table" --page-size 50 --query 'Items[].code.N' \
  --key-condition-expression '#b = :b' --filter-expression 'contains(words, :w)' \
  --expression-attribute-names '{"#b":"block"}' \
  --expression-attribute-values '{":b":{"S":"LATIN_EXTENDED_A"},":w":{"S":"CARON"}}' | wc -w | tr -d ' ')"

claim() {
  ddb update-item --table-name "$table" --key "$(key BASIC_LATIN 65)" --return-values UPDATED_NEW \
    --update-expression 'SET claimed = :who' --query Attributes.claimed.S \
    --condition-expression 'attribute_exists(#b) AND attribute_not_exists(claimed)' \
    --expression-attribute-names '{"#b":"block"}' \
    --expression-attribute-values "{\":who\":{\"S\":\"$1\"}}"
}
echo "claimed by $(claim ann)"
echo "refused $(error_of claim bob)"

for _ in 1 2 3; do
  seen=$(ddb update-item --table-name "$table" --key "$(key BASIC_LATIN 65)" --return-values UPDATED_NEW \
    --update-expression 'ADD seen :one' --expression-attribute-values '{":one":{"N":"1"}}' \
    --query Attributes.seen.N)
done
echo "counted $seen"

echo "paged $(ddb scan --table-name "$table" --page-size 500 --query 'Items[].code.N' | tr '\t' '\n' |
  awk '/^[0-9]+$/ { n++; sum += $1 } END { print n, "codes", sum }')"

echo "batch $(ddb batch-get-item --query "sort_by(Responses.\"$table\", &to_number(code.N))[].name.S" --request-items \
  "{\"$table\":{\"Keys\":[$(key BASIC_LATIN 97),$(key BASIC_LATIN 122),$(key BASIC_LATIN 100000)],\"ConsistentRead\":true}}" |
  listed)"

echo "deleted $(ddb delete-item --table-name "$table" --key "$(key BASIC_LATIN 113)" --return-values ALL_OLD \
  --query Attributes.name.S)"

ddb delete-table --table-name "$table" >/dev/null
ddb wait table-not-exists --table-name "$table"
echo "gone $(error_of ddb describe-table --table-name "$table")"
