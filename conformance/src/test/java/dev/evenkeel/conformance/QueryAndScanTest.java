package dev.evenkeel.conformance;

import static dev.evenkeel.conformance.Values.item;
import static dev.evenkeel.conformance.Values.n;
import static dev.evenkeel.conformance.Values.s;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ProjectionType;
import software.amazon.awssdk.services.dynamodb.model.QueryRequest;
import software.amazon.awssdk.services.dynamodb.model.QueryResponse;
import software.amazon.awssdk.services.dynamodb.model.ScanResponse;
import software.amazon.awssdk.services.dynamodb.model.Select;
import software.amazon.awssdk.services.dynamodb.paginators.ScanIterable;

/// 2 × 100 items: sort keys -50 to 49, names "name-000" to "name-099" against the order of the sort
/// keys, and one partition of large items.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class QueryAndScanTest {
  private static final int ITEMS = 100;

  private final DynamoDbClient ddb = Clients.SYNC;
  private TestTable table = new TestTable(ddb, "");

  @BeforeAll
  void createAndFillTable() {
    table = TestTable.withIndex(ProjectionType.KEYS_ONLY);
    for (String partition : List.of("a", "b")) {
      for (int i = 0; i < ITEMS; i++) {
        table.put(
            item(
                "p", partition, "s", i - 50, "name", "name-%03d".formatted(99 - i), "even", i % 2));
      }
    }
    for (int i = 0; i < 10; i++) {
      table.put(item("p", "large", "s", i, "v", "x".repeat(150_000)));
    }
  }

  @AfterAll
  void deleteTable() {
    table.close();
  }

  @Test
  void queryAnswersInOrderOfNumbers() {
    assertThat(sortKeys(query("p = :p", Map.of(":p", s("a")), r -> {})))
        .isEqualTo(LongStream.range(-50, 50).boxed().toList());
  }

  @Test
  void queryAnswersBackwards() {
    Map<String, AttributeValue> values = Map.of(":p", s("a"), ":s", n(-45));
    assertThat(sortKeys(query("p = :p AND s < :s", values, r -> r.scanIndexForward(false))))
        .containsExactly(-46L, -47L, -48L, -49L, -50L);
  }

  @Test
  void everyComparisonSelectsItsRange() {
    assertThat(selected("s = :x")).containsExactly(5L);
    assertThat(selected("s <= :x")).hasSize(56).endsWith(5L);
    assertThat(selected("s > :x")).hasSize(44).startsWith(6L);
    assertThat(selected("s >= :x")).hasSize(45).startsWith(5L);
    assertThat(
            sortKeys(
                query(
                    "p = :p AND s BETWEEN :x AND :y",
                    Map.of(":p", s("a"), ":x", n("-1.5"), ":y", n("1.5")),
                    r -> {})))
        .containsExactly(-1L, 0L, 1L);
  }

  private List<Long> selected(String condition) {
    return sortKeys(query("p = :p AND " + condition, Map.of(":p", s("a"), ":x", n(5)), r -> {}));
  }

  @Test
  void localIndexAnswersInItsOwnOrder() {
    QueryResponse response =
        query(
            "p = :p AND begins_with(#name, :n)",
            Map.of(":p", s("b"), ":n", s("name-01")),
            r -> r.indexName("by-name").expressionAttributeNames(Map.of("#name", "name")));
    assertThat(response.items()).extracting(i -> Values.get(i, "name").s()).isSorted().hasSize(10);
    assertThat(response.items()).allSatisfy(i -> assertThat(i).containsOnlyKeys("p", "s", "name"));
  }

  @Test
  void filterAppliesAfterTheLimit() {
    QueryResponse response =
        query(
            "p = :p",
            Map.of(":p", s("a"), ":even", n(0)),
            r -> r.filterExpression("even = :even").limit(10));
    assertThat(response.scannedCount()).isEqualTo(10);
    assertThat(response.count()).isEqualTo(5);
    assertThat(response.lastEvaluatedKey()).isEqualTo(item("p", "a", "s", -41));
  }

  @Test
  void countAnswersNoItems() {
    QueryResponse response = query("p = :p", Map.of(":p", s("a")), r -> r.select(Select.COUNT));
    assertThat(response.count()).isEqualTo(ITEMS);
    assertThat(response.items()).isEmpty();
  }

  @Test
  void paginatorReadsEveryPageOnce() {
    List<Map<String, AttributeValue>> items =
        ddb
            .queryPaginator(r ->
                r.tableName(table.name())
                    .keyConditionExpression("p = :p")
                    .expressionAttributeValues(Map.of(":p", s("a")))
                    .limit(7))
            .items()
            .stream()
            .toList();
    assertThat(items).hasSize(ITEMS).doesNotHaveDuplicates();
  }

  @Test
  void pageEndsAtOneMegabyte() {
    QueryResponse first = query("p = :p", Map.of(":p", s("large")), r -> {});
    assertThat(first.count()).isEqualTo(7);
    assertThat(first.lastEvaluatedKey()).isEqualTo(item("p", "large", "s", 6));
    QueryResponse rest =
        query(
            "p = :p", Map.of(":p", s("large")), r -> r.exclusiveStartKey(first.lastEvaluatedKey()));
    assertThat(rest.count()).isEqualTo(3);
    assertThat(rest.hasLastEvaluatedKey()).isFalse();
  }

  @Test
  void scanAnswersEverything() {
    int pages = 0;
    Set<Map<String, AttributeValue>> keys = new HashSet<>();
    for (ScanResponse page :
        ddb.scanPaginator(r ->
            r.tableName(table.name())
                .limit(50)
                .projectionExpression("p, #s")
                .expressionAttributeNames(Map.of("#s", "s")))) {
      pages++;
      keys.addAll(page.items());
    }
    assertThat(keys).hasSize(2 * ITEMS + 10);
    assertThat(pages).isGreaterThan(4);
  }

  @Test
  void segmentsOfAScanPartTheTable() {
    List<Map<String, AttributeValue>> all = new ArrayList<>();
    for (int segment = 0; segment < 4; segment++) {
      int number = segment;
      ddb.scanPaginator(r -> r.tableName(table.name()).segment(number).totalSegments(4))
          .items()
          .forEach(item -> all.add(item("p", Values.get(item, "p"), "s", Values.get(item, "s"))));
    }
    assertThat(all).hasSize(2 * ITEMS + 10).doesNotHaveDuplicates();
  }

  @Test
  void scanFilters() {
    ScanIterable pages =
        ddb.scanPaginator(r ->
            r.tableName(table.name())
                .filterExpression("(s IN (:a, :b) OR contains(#name, :n)) AND NOT p = :large")
                .expressionAttributeNames(Map.of("#name", "name"))
                .expressionAttributeValues(
                    Map.of(":a", n(1), ":b", n(2), ":n", s("-099"), ":large", s("large"))));
    assertThat(pages.items().stream()).hasSize(6);
  }

  private QueryResponse query(
      String condition, Map<String, AttributeValue> values, Consumer<QueryRequest.Builder> change) {
    QueryRequest.Builder request =
        QueryRequest.builder()
            .tableName(table.name())
            .keyConditionExpression(condition)
            .expressionAttributeValues(values);
    change.accept(request);
    return ddb.query(request.build());
  }

  private static List<Long> sortKeys(QueryResponse response) {
    return response.items().stream().map(item -> Long.valueOf(Values.get(item, "s").n())).toList();
  }
}
