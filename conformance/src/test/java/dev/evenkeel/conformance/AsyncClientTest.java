package dev.evenkeel.conformance;

import static dev.evenkeel.conformance.Values.item;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.DynamoDbAsyncClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;

class AsyncClientTest {
  private final DynamoDbAsyncClient ddb = Clients.ASYNC;

  @Test
  void manyRequestsAreInFlightAtOnce() {
    try (TestTable table = TestTable.composite()) {
      List<? extends CompletableFuture<?>> puts =
          IntStream.range(0, 500)
              .mapToObj(
                  i -> ddb.putItem(r -> r.tableName(table.name()).item(item("p", "a", "s", i))))
              .toList();
      CompletableFuture.allOf(puts.toArray(CompletableFuture<?>[]::new)).join();

      Set<AttributeValue> read = ConcurrentHashMap.newKeySet();
      ddb.scanPaginator(r -> r.tableName(table.name()).limit(60))
          .items()
          .subscribe(found -> read.add(found.get("s")))
          .join();
      assertThat(read).hasSize(500);
    }
  }

  @Test
  void oneOfManyConcurrentConditionalPutsWins() {
    try (TestTable table = TestTable.simple()) {
      long won =
          IntStream.range(0, 20)
              .mapToObj(i ->
                  ddb.putItem(r ->
                          r.tableName(table.name())
                              .item(item("p", "seat", "owner", i))
                              .conditionExpression("attribute_not_exists(p)"))
                      .handle((answer, failure) -> failure == null))
              .toList()
              .stream()
              .filter(CompletableFuture::join)
              .count();
      assertThat(won).isEqualTo(1);
    }
  }

  @Test
  void concurrentCountersLoseNoIncrement() {
    try (TestTable table = TestTable.simple()) {
      List<? extends CompletableFuture<?>> updates =
          IntStream.range(0, 200)
              .mapToObj(i ->
                  ddb.updateItem(r ->
                      r.tableName(table.name())
                          .key(item("p", "counter"))
                          .updateExpression("ADD hits :one")
                          .expressionAttributeValues(Map.of(":one", Values.n(1)))))
              .toList();
      CompletableFuture.allOf(updates.toArray(CompletableFuture<?>[]::new)).join();
      assertThat(table.get(item("p", "counter"))).isEqualTo(item("p", "counter", "hits", 200));
    }
  }

  @Test
  void waiterAndErrorsWorkAsync() {
    try (TestTable table = TestTable.simple()) {
      assertThat(
              ddb.waiter()
                  .waitUntilTableExists(r -> r.tableName(table.name()))
                  .join()
                  .matched()
                  .response())
          .isPresent();
      assertThatThrownBy(() ->
              ddb.deleteItem(r ->
                      r.tableName(table.name())
                          .key(item("p", "none"))
                          .conditionExpression("attribute_exists(p)"))
                  .join())
          .hasCauseInstanceOf(ConditionalCheckFailedException.class);
    }
  }
}
