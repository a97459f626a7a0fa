// A shop's orders, with AWS's SDK for Go: program ENDPOINT PREFIX
package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"reflect"
	"strings"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/config"
	"github.com/aws/aws-sdk-go-v2/feature/dynamodb/attributevalue"
	"github.com/aws/aws-sdk-go-v2/feature/dynamodb/expression"
	"github.com/aws/aws-sdk-go-v2/service/dynamodb"
	"github.com/aws/aws-sdk-go-v2/service/dynamodb/types"
	"github.com/aws/aws-sdk-go-v2/service/dynamodbstreams"
	streams "github.com/aws/aws-sdk-go-v2/service/dynamodbstreams/types"
)

const (
	patience = 2 * time.Minute
	pause    = 20 * time.Millisecond
)

var (
	ctx     = context.Background()
	ddb     *dynamodb.Client
	stream  *dynamodbstreams.Client
	orders  string
	indexed string
)

type part struct {
	Sku string `dynamodbav:"sku"`
	N   int    `dynamodbav:"n"`
}

type order struct {
	Customer string          `dynamodbav:"customer"`
	ID       int             `dynamodbav:"id"`
	Placed   string          `dynamodbav:"placed"`
	State    string          `dynamodbav:"state,omitempty"`
	Parts    []part          `dynamodbav:"parts,omitempty"`
	Tags     []string        `dynamodbav:"tags,stringset,omitempty"`
	Picture  []byte          `dynamodbav:"picture,omitempty"`
	Sizes    map[string]*int `dynamodbav:"sizes,omitempty"`
	Expires  int64           `dynamodbav:"expires,omitempty"`
}

type item = map[string]types.AttributeValue

// feature says that the feature is there, or why it is not.
func feature(name string, work func()) {
	defer func() {
		if fault := recover(); fault != nil {
			text := strings.Join(strings.Fields(fmt.Sprint(fault)), " ")
			fmt.Printf("error\t%s\t%s\n", name, text)
		} else {
			fmt.Printf("ok\t%s\n", name)
		}
	}()
	work()
}

func must[T any](answer T, err error) T {
	if err != nil {
		panic(err)
	}
	return answer
}

func same(found, wanted any) {
	if !reflect.DeepEqual(found, wanted) {
		panic(fmt.Sprintf("found %v, wanted %v", found, wanted))
	}
}

func eventually(done func() bool) {
	for end := time.Now().Add(patience); !done(); time.Sleep(pause) {
		if time.Now().After(end) {
			panic("it does not come to be")
		}
	}
}

func placed(id int) string { return fmt.Sprintf("2026-01-%d", 10+id) }

func anOrder(customer string, id int) order {
	return order{Customer: customer, ID: id, Placed: placed(id)}
}

func marshal(value any) item { return must(attributevalue.MarshalMap(value)) }

func key(customer string, id int) item {
	return item{
		"customer": &types.AttributeValueMemberS{Value: customer},
		"id":       &types.AttributeValueMemberN{Value: fmt.Sprint(id)},
	}
}

func ids(items []item) []int {
	found := []order{}
	if err := attributevalue.UnmarshalListOfMaps(items, &found); err != nil {
		panic(err)
	}
	numbers := []int{}
	for _, each := range found {
		numbers = append(numbers, each.ID)
	}
	return numbers
}

func put(table string, value any) {
	must(ddb.PutItem(ctx, &dynamodb.PutItemInput{TableName: &table, Item: marshal(value)}))
}

func attribute(name string, kind types.ScalarAttributeType) types.AttributeDefinition {
	return types.AttributeDefinition{AttributeName: &name, AttributeType: kind}
}

func keys(names ...string) []types.KeySchemaElement {
	kinds := []types.KeyType{types.KeyTypeHash, types.KeyTypeRange}
	schema := []types.KeySchemaElement{}
	for i := range names {
		schema = append(schema, types.KeySchemaElement{AttributeName: &names[i], KeyType: kinds[i]})
	}
	return schema
}

func create(input *dynamodb.CreateTableInput) {
	input.BillingMode = types.BillingModePayPerRequest
	must(ddb.CreateTable(ctx, input))
	waiter := dynamodb.NewTableExistsWaiter(ddb, func(o *dynamodb.TableExistsWaiterOptions) {
		o.MinDelay = pause
	})
	describe := &dynamodb.DescribeTableInput{TableName: input.TableName}
	if err := waiter.Wait(ctx, describe, patience); err != nil {
		panic(err)
	}
}

var everything = &types.Projection{ProjectionType: types.ProjectionTypeAll}

func createTable() {
	create(&dynamodb.CreateTableInput{
		TableName: &orders,
		AttributeDefinitions: []types.AttributeDefinition{
			attribute("customer", "S"), attribute("id", "N"), attribute("placed", "S"),
		},
		KeySchema: keys("customer", "id"),
		LocalSecondaryIndexes: []types.LocalSecondaryIndex{
			{IndexName: aws.String("by-placed"), KeySchema: keys("customer", "placed"), Projection: everything},
		},
	})
}

func putAndGet() {
	wanted := anOrder("ann", 1)
	wanted.Parts = []part{{"pen", 2}}
	put(orders, wanted)
	answer := must(ddb.GetItem(ctx, &dynamodb.GetItemInput{
		TableName: &orders, Key: key("ann", 1), ConsistentRead: aws.Bool(true),
	}))
	var found order
	if err := attributevalue.UnmarshalMap(answer.Item, &found); err != nil {
		panic(err)
	}
	same(found, wanted)
}

func update() {
	change := expression.Set(expression.Name("state"), expression.Value("sent")).
		Add(expression.Name("parts[0].n"), expression.Value(1))
	built := must(expression.NewBuilder().WithUpdate(change).Build())
	answer := must(ddb.UpdateItem(ctx, &dynamodb.UpdateItemInput{
		TableName: &orders, Key: key("ann", 1), UpdateExpression: built.Update(),
		ExpressionAttributeNames: built.Names(), ExpressionAttributeValues: built.Values(),
		ReturnValues: types.ReturnValueAllNew,
	}))
	var found order
	if err := attributevalue.UnmarshalMap(answer.Attributes, &found); err != nil {
		panic(err)
	}
	same([]any{found.State, found.Parts}, []any{"sent", []part{{"pen", 3}}})
}

func condition() {
	built := must(expression.NewBuilder().WithCondition(
		expression.AttributeNotExists(expression.Name("customer")).
			Or(expression.Name("state").Equal(expression.Value("open")))).Build())
	_, err := ddb.PutItem(ctx, &dynamodb.PutItemInput{
		TableName: &orders, Item: marshal(anOrder("ann", 1)), ConditionExpression: built.Condition(),
		ExpressionAttributeNames: built.Names(), ExpressionAttributeValues: built.Values(),
	})
	var refusal *types.ConditionalCheckFailedException
	same(errors.As(err, &refusal), true)
}

func batchWrite() {
	writes := []types.WriteRequest{}
	for id := 2; id <= 25; id++ {
		writes = append(writes, types.WriteRequest{PutRequest: &types.PutRequest{Item: marshal(anOrder("ann", id))}})
	}
	answer := must(ddb.BatchWriteItem(ctx, &dynamodb.BatchWriteItemInput{
		RequestItems: map[string][]types.WriteRequest{orders: writes},
	}))
	same(len(answer.UnprocessedItems), 0)
}

func batchGet() {
	answer := must(ddb.BatchGetItem(ctx, &dynamodb.BatchGetItemInput{
		RequestItems: map[string]types.KeysAndAttributes{
			orders: {Keys: []item{key("ann", 2), key("ann", 3), key("ann", 99)}},
		},
	}))
	same(len(answer.Responses[orders]), 2)
}

func query() {
	built := must(expression.NewBuilder().
		WithKeyCondition(expression.Key("customer").Equal(expression.Value("ann")).
			And(expression.Key("id").Between(expression.Value(1), expression.Value(9)))).
		WithFilter(expression.Name("state").AttributeNotExists().
			And(expression.Name("placed").GreaterThan(expression.Value(placed(5))))).
		Build())
	answer := must(ddb.Query(ctx, &dynamodb.QueryInput{
		TableName: &orders, KeyConditionExpression: built.KeyCondition(), FilterExpression: built.Filter(),
		ExpressionAttributeNames: built.Names(), ExpressionAttributeValues: built.Values(),
		ScanIndexForward: aws.Bool(false),
	}))
	same(ids(answer.Items), []int{9, 8, 7, 6})
}

func scan() {
	total := int32(0)
	for segment := int32(0); segment < 2; segment++ {
		total += must(ddb.Scan(ctx, &dynamodb.ScanInput{
			TableName: &orders, Segment: &segment, TotalSegments: aws.Int32(2), Select: types.SelectCount,
		})).Count
	}
	same(total, int32(25))
}

func paginate() {
	pages := dynamodb.NewScanPaginator(ddb, &dynamodb.ScanInput{TableName: &orders, Limit: aws.Int32(7)})
	found := []int{}
	for pages.HasMorePages() {
		found = append(found, ids(must(pages.NextPage(ctx)).Items)...)
	}
	same(len(found), 25)
}

func queryIndex(table, index, name, value string) []int {
	built := must(expression.NewBuilder().
		WithKeyCondition(expression.Key(name).Equal(expression.Value(value))).Build())
	return ids(must(ddb.Query(ctx, &dynamodb.QueryInput{
		TableName: &table, IndexName: &index, KeyConditionExpression: built.KeyCondition(),
		ExpressionAttributeNames: built.Names(), ExpressionAttributeValues: built.Values(),
	})).Items)
}

func localIndex() {
	same(queryIndex(orders, "by-placed", "customer", "ann")[:3], []int{1, 2, 3})
}

func globalIndex() {
	create(&dynamodb.CreateTableInput{
		TableName: &indexed,
		AttributeDefinitions: []types.AttributeDefinition{
			attribute("customer", "S"), attribute("id", "N"), attribute("state", "S"),
		},
		KeySchema: keys("customer", "id"),
		GlobalSecondaryIndexes: []types.GlobalSecondaryIndex{
			{IndexName: aws.String("by-state"), KeySchema: keys("state", "id"), Projection: everything},
		},
	})
	for id := 1; id <= 3; id++ {
		open := anOrder("ann", id)
		open.State = "open"
		put(indexed, open)
	}
	is := func(wanted ...int) func() bool {
		return func() bool { return reflect.DeepEqual(queryIndex(indexed, "by-state", "state", "open"), wanted) }
	}
	eventually(is(1, 2, 3))
	put(indexed, anOrder("ann", 2))
	eventually(is(1, 3))
}

func indexAddedLater() {
	must(ddb.UpdateTable(ctx, &dynamodb.UpdateTableInput{
		TableName: &indexed,
		AttributeDefinitions: []types.AttributeDefinition{
			attribute("customer", "S"), attribute("id", "N"), attribute("state", "S"), attribute("placed", "S"),
		},
		GlobalSecondaryIndexUpdates: []types.GlobalSecondaryIndexUpdate{{
			Create: &types.CreateGlobalSecondaryIndexAction{
				IndexName: aws.String("by-day"), KeySchema: keys("placed"), Projection: everything,
			},
		}},
	}))
	eventually(func() bool {
		table := must(ddb.DescribeTable(ctx, &dynamodb.DescribeTableInput{TableName: &indexed})).Table
		for _, index := range table.GlobalSecondaryIndexes {
			if *index.IndexName == "by-day" {
				return index.IndexStatus == types.IndexStatusActive
			}
		}
		return false
	})
	same(queryIndex(indexed, "by-day", "placed", placed(3)), []int{3})
}

func transactWrite() {
	build := func() *dynamodb.TransactWriteItemsInput {
		return &dynamodb.TransactWriteItemsInput{TransactItems: []types.TransactWriteItem{
			{Put: &types.Put{
				TableName: &orders, Item: marshal(anOrder("cid", 1)),
				ConditionExpression: aws.String("attribute_not_exists(id)"),
			}},
			{Update: &types.Update{
				TableName: &orders, Key: key("cid", 0), UpdateExpression: aws.String("ADD orders :one"),
				ExpressionAttributeValues: item{":one": &types.AttributeValueMemberN{Value: "1"}},
			}},
		}}
	}
	// The SDK gives every call a token of its own, so the second is another transaction.
	must(ddb.TransactWriteItems(ctx, build()))
	_, err := ddb.TransactWriteItems(ctx, build())
	var canceled *types.TransactionCanceledException
	if !errors.As(err, &canceled) {
		panic(err)
	}
	same([]string{*canceled.CancellationReasons[0].Code, *canceled.CancellationReasons[1].Code},
		[]string{"ConditionalCheckFailed", "None"})
}

func transactGet() {
	answer := must(ddb.TransactGetItems(ctx, &dynamodb.TransactGetItemsInput{
		TransactItems: []types.TransactGetItem{
			{Get: &types.Get{TableName: &orders, Key: key("cid", 1)}},
			{Get: &types.Get{TableName: &orders, Key: key("cid", 2)}},
		},
	}))
	same([]int{len(answer.Responses[0].Item), len(answer.Responses[1].Item)}, []int{3, 0})
}

func timeToLive() {
	must(ddb.UpdateTimeToLive(ctx, &dynamodb.UpdateTimeToLiveInput{
		TableName: &orders,
		TimeToLiveSpecification: &types.TimeToLiveSpecification{
			AttributeName: aws.String("expires"), Enabled: aws.Bool(true),
		},
	}))
	eventually(func() bool {
		found := must(ddb.DescribeTimeToLive(ctx, &dynamodb.DescribeTimeToLiveInput{TableName: &orders}))
		return found.TimeToLiveDescription.TimeToLiveStatus == types.TimeToLiveStatusEnabled
	})
	expired := anOrder("dan", 1)
	expired.Expires = time.Now().Unix() - 60
	put(orders, expired)
	eventually(func() bool {
		return must(ddb.GetItem(ctx, &dynamodb.GetItemInput{TableName: &orders, Key: key("dan", 1)})).Item == nil
	})
}

func changes() {
	streamed := orders + "-streamed"
	create(&dynamodb.CreateTableInput{
		TableName:            &streamed,
		AttributeDefinitions: []types.AttributeDefinition{attribute("customer", "S"), attribute("id", "N")},
		KeySchema:            keys("customer", "id"),
		StreamSpecification: &types.StreamSpecification{
			StreamEnabled: aws.Bool(true), StreamViewType: types.StreamViewTypeNewImage,
		},
	})
	put(streamed, anOrder("ann", 1))
	must(ddb.DeleteItem(ctx, &dynamodb.DeleteItemInput{TableName: &streamed, Key: key("ann", 1)}))
	arn := must(ddb.DescribeTable(ctx, &dynamodb.DescribeTableInput{TableName: &streamed})).Table.LatestStreamArn
	described := must(stream.DescribeStream(ctx, &dynamodbstreams.DescribeStreamInput{StreamArn: arn}))
	next := must(stream.GetShardIterator(ctx, &dynamodbstreams.GetShardIteratorInput{
		StreamArn: arn, ShardId: described.StreamDescription.Shards[0].ShardId,
		ShardIteratorType: streams.ShardIteratorTypeTrimHorizon,
	})).ShardIterator
	read := []streams.OperationType{}
	eventually(func() bool {
		answer := must(stream.GetRecords(ctx, &dynamodbstreams.GetRecordsInput{ShardIterator: next}))
		next = answer.NextShardIterator
		for _, record := range answer.Records {
			read = append(read, record.EventName)
		}
		return len(read) >= 2
	})
	same(read, []streams.OperationType{streams.OperationTypeInsert, streams.OperationTypeRemove})
	must(ddb.DeleteTable(ctx, &dynamodb.DeleteTableInput{TableName: &streamed}))
}

func execute(statement string, parameters ...any) []item {
	input := &dynamodb.ExecuteStatementInput{Statement: aws.String(fmt.Sprintf(statement, orders))}
	for _, parameter := range parameters {
		input.Parameters = append(input.Parameters, must(attributevalue.Marshal(parameter)))
	}
	return must(ddb.ExecuteStatement(ctx, input)).Items
}

func partiql() {
	execute(`INSERT INTO "%s" VALUE {'customer': ?, 'id': ?, 'placed': 'today'}`, "eve", 1)
	execute(`UPDATE "%s" SET placed = 'later' WHERE customer = ? AND id = ?`, "eve", 1)
	same(ids(execute(`SELECT id FROM "%s" WHERE customer = ? AND placed = 'later'`, "eve")), []int{1})
	execute(`DELETE FROM "%s" WHERE customer = 'eve' AND id = 1`)
}

func remove() {
	answer := must(ddb.DeleteItem(ctx, &dynamodb.DeleteItemInput{
		TableName: &orders, Key: key("ann", 25), ReturnValues: types.ReturnValueAllOld,
	}))
	same(ids([]item{answer.Attributes}), []int{25})
}

// Go's own types, by the marshaller.
func own() {
	one := 1
	wanted := anOrder("fay", 1)
	wanted.Tags, wanted.Picture = []string{"a"}, []byte{0, 255}
	wanted.Sizes = map[string]*int{"one": &one, "none": nil}
	put(orders, wanted)
	answer := must(ddb.GetItem(ctx, &dynamodb.GetItemInput{TableName: &orders, Key: key("fay", 1)}))
	var found order
	if err := attributevalue.UnmarshalMap(answer.Item, &found); err != nil {
		panic(err)
	}
	same(found, wanted)
}

func deleteTable() {
	must(ddb.DeleteTable(ctx, &dynamodb.DeleteTableInput{TableName: &orders}))
	waiter := dynamodb.NewTableNotExistsWaiter(ddb, func(o *dynamodb.TableNotExistsWaiterOptions) {
		o.MinDelay = pause
	})
	if err := waiter.Wait(ctx, &dynamodb.DescribeTableInput{TableName: &orders}, patience); err != nil {
		panic(err)
	}
	_, err := ddb.DeleteTable(ctx, &dynamodb.DeleteTableInput{TableName: &indexed})
	var absent *types.ResourceNotFoundException
	same(err == nil || errors.As(err, &absent), true)
}

func main() {
	endpoint, prefix := os.Args[1], os.Args[2]
	resolver := aws.EndpointResolverWithOptionsFunc(
		func(service, region string, options ...any) (aws.Endpoint, error) {
			return aws.Endpoint{URL: endpoint}, nil
		})
	settings := must(config.LoadDefaultConfig(ctx, config.WithEndpointResolverWithOptions(resolver)))
	ddb, stream = dynamodb.NewFromConfig(settings), dynamodbstreams.NewFromConfig(settings)
	orders, indexed = prefix+"-orders", prefix+"-indexed"

	feature("create table", createTable)
	feature("put and get", putAndGet)
	feature("update", update)
	feature("condition", condition)
	feature("batch write", batchWrite)
	feature("batch get", batchGet)
	feature("query", query)
	feature("scan", scan)
	feature("paginate", paginate)
	feature("local index", localIndex)
	feature("global index", globalIndex)
	feature("index added later", indexAddedLater)
	feature("transact write", transactWrite)
	feature("transact get", transactGet)
	feature("time to live", timeToLive)
	feature("stream", changes)
	feature("PartiQL", partiql)
	feature("delete", remove)
	feature("its own", own)
	feature("delete table", deleteTable)
}
