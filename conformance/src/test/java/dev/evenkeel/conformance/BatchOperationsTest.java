package dev.evenkeel.conformance;

import static dev.evenkeel.conformance.Values.item;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.BatchGetItemResponse;
import software.amazon.awssdk.services.dynamodb.model.BatchWriteItemResponse;
import software.amazon.awssdk.services.dynamodb.model.DynamoDbException;
import software.amazon.awssdk.services.dynamodb.model.KeysAndAttributes;
import software.amazon.awssdk.services.dynamodb.model.WriteRequest;

class BatchOperationsTest {
  private final DynamoDbClient ddb = Clients.SYNC;

  @Test
  void batchesWriteAndReadSeveralTables() {
    try (TestTable one = TestTable.simple();
        TestTable two = TestTable.composite()) {
      List<WriteRequest> simple =
          IntStream.range(0, 12).mapToObj(i -> put(item("p", "k" + i, "v", i))).toList();
      List<WriteRequest> composite =
          IntStream.range(0, 13).mapToObj(i -> put(item("p", "k", "s", i))).toList();
      BatchWriteItemResponse written =
          ddb.batchWriteItem(
              r -> r.requestItems(Map.of(one.name(), simple, two.name(), composite)));
      assertThat(written.unprocessedItems()).isEmpty();

      BatchGetItemResponse read =
          ddb.batchGetItem(r ->
              r.requestItems(
                  Map.of(
                      one.name(),
                          keys(IntStream.range(0, 20).mapToObj(i -> item("p", "k" + i)).toList()),
                      two.name(), keys(List.of(item("p", "k", "s", 12))))));
      assertThat(read.responses().get(one.name())).hasSize(12).contains(item("p", "k3", "v", 3));
      assertThat(read.responses().get(two.name())).containsExactly(item("p", "k", "s", 12));
      assertThat(read.unprocessedKeys()).isEmpty();
    }
  }

  @Test
  void batchDeletes() {
    try (TestTable table = TestTable.simple()) {
      table.put(item("p", "a"));
      WriteRequest delete =
          WriteRequest.builder().deleteRequest(d -> d.key(item("p", "a"))).build();
      ddb.batchWriteItem(r -> r.requestItems(Map.of(table.name(), List.of(delete))));
      assertThat(table.get(item("p", "a"))).isEmpty();
    }
  }

  @Test
  void largeAnswerLeavesKeysUnprocessedAndThePaginatorReadsThemAll() {
    try (TestTable table = TestTable.simple()) {
      int items = 50;
      for (int i = 0; i < items; i++) {
        table.put(item("p", "k" + i, "v", "x".repeat(390_000)));
      }
      List<Map<String, AttributeValue>> keys =
          IntStream.range(0, items).mapToObj(i -> item("p", "k" + i)).toList();
      BatchGetItemResponse first =
          ddb.batchGetItem(r -> r.requestItems(Map.of(table.name(), keys(keys))));
      assertThat(first.unprocessedKeys()).containsKey(table.name());
      assertThat(
              ddb
                  .batchGetItemPaginator(r -> r.requestItems(Map.of(table.name(), keys(keys))))
                  .stream()
                  .mapToInt(page -> page.responses().getOrDefault(table.name(), List.of()).size())
                  .sum())
          .isEqualTo(items);
    }
  }

  @Test
  void duplicateKeysAreRefused() {
    try (TestTable table = TestTable.simple()) {
      List<Map<String, AttributeValue>> twice = List.of(item("p", "a"), item("p", "a"));
      assertRefused(
          () -> ddb.batchGetItem(r -> r.requestItems(Map.of(table.name(), keys(twice)))),
          "Provided list of item keys contains duplicates");
      assertRefused(
          () ->
              ddb.batchWriteItem(r ->
                  r.requestItems(
                      Map.of(table.name(), twice.stream().map(BatchOperationsTest::put).toList()))),
          "Provided list of item keys contains duplicates");
    }
  }

  @Test
  void moreThanTwentyFiveWritesAreRefused() {
    try (TestTable table = TestTable.simple()) {
      List<WriteRequest> puts =
          IntStream.range(0, 26).mapToObj(i -> put(item("p", "k" + i))).toList();
      assertRefused(
          () -> ddb.batchWriteItem(r -> r.requestItems(Map.of(table.name(), puts))),
          "less than or equal to 25");
    }
  }

  private static void assertRefused(Runnable call, String message) {
    assertThatExceptionOfType(DynamoDbException.class)
        .isThrownBy(call::run)
        .withMessageContaining(message)
        .satisfies(
            e -> assertThat(e.awsErrorDetails().errorCode()).isEqualTo("ValidationException"));
  }

  private static WriteRequest put(Map<String, AttributeValue> item) {
    return WriteRequest.builder().putRequest(p -> p.item(item)).build();
  }

  private static KeysAndAttributes keys(List<Map<String, AttributeValue>> keys) {
    return KeysAndAttributes.builder().keys(keys).build();
  }
}
