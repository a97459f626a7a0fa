package dev.evenkeel.conformance;

import static dev.evenkeel.conformance.Values.item;
import static dev.evenkeel.conformance.Values.n;
import static dev.evenkeel.conformance.Values.s;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.BatchStatementErrorCodeEnum;
import software.amazon.awssdk.services.dynamodb.model.BatchStatementRequest;
import software.amazon.awssdk.services.dynamodb.model.BatchStatementResponse;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;
import software.amazon.awssdk.services.dynamodb.model.DuplicateItemException;
import software.amazon.awssdk.services.dynamodb.model.DynamoDbException;
import software.amazon.awssdk.services.dynamodb.model.ExecuteStatementResponse;
import software.amazon.awssdk.services.dynamodb.model.ProjectionType;
import software.amazon.awssdk.services.dynamodb.model.ReturnConsumedCapacity;
import software.amazon.awssdk.services.dynamodb.model.ReturnValuesOnConditionCheckFailure;

class StatementsTest {
  private final DynamoDbClient ddb = Clients.SYNC;

  private ExecuteStatementResponse run(String statement, AttributeValue... parameters) {
    return ddb.executeStatement(r -> {
      r.statement(statement);
      if (parameters.length > 0) {
        r.parameters(parameters);
      }
    });
  }

  @Test
  void statementsWriteAndReadItems() {
    try (TestTable table = TestTable.composite()) {
      String name = '"' + table.name() + '"';
      assertThat(
              run("INSERT INTO " + name + " VALUE {'p': 'a', 's': 1, 'v': ?}", s("it's")).items())
          .isEmpty();
      assertThat(table.get(item("p", "a", "s", 1))).isEqualTo(item("p", "a", "s", 1, "v", "it's"));
      assertThatExceptionOfType(DuplicateItemException.class)
          .isThrownBy(() -> run("INSERT INTO " + name + " VALUE {'p': 'a', 's': 1}"));
      assertThat(
              run(
                      "UPDATE "
                          + name
                          + " SET v = 'w', c = ? WHERE p = ? AND s = 1"
                          + " RETURNING ALL NEW *",
                      n(3),
                      s("a"))
                  .items())
          .containsExactly(item("p", "a", "s", 1, "v", "w", "c", 3));
      assertThat(run("SELECT v FROM " + name + " WHERE p = ? AND s = ?", s("a"), n(1)).items())
          .containsExactly(item("v", "w"));
      assertThat(
              run("DELETE FROM " + name + " WHERE p = 'a' AND s = 1 RETURNING ALL OLD *").items())
          .hasSize(1);
      assertThat(run("SELECT * FROM " + name).items()).isEmpty();
    }
  }

  @Test
  void failedConditionCarriesTheItem() {
    try (TestTable table = TestTable.simple()) {
      table.put(item("p", "a", "v", 1));
      assertThatExceptionOfType(ConditionalCheckFailedException.class)
          .isThrownBy(() ->
              ddb.executeStatement(r ->
                  r.statement("UPDATE \"" + table.name() + "\" SET v = 2 WHERE p = 'a' AND v = 9")
                      .returnValuesOnConditionCheckFailure(
                          ReturnValuesOnConditionCheckFailure.ALL_OLD)))
          .satisfies(error -> assertThat(error.item()).isEqualTo(item("p", "a", "v", 1)));
    }
  }

  @Test
  void tokensLeadThroughAllPages() {
    try (TestTable table = TestTable.withIndex(ProjectionType.ALL)) {
      for (int i = 0; i < 25; i++) {
        table.put(item("p", "k" + i % 2, "s", i, "name", "n" + (200 - i)));
      }
      String name = '"' + table.name() + '"';
      assertThat(pages("SELECT s FROM " + name + " WHERE p = 'k1' ORDER BY s DESC"))
          .containsExactlyElementsOf(
              IntStream.range(0, 12).mapToObj(i -> item("s", 23 - 2 * i)).toList());
      assertThat(pages("SELECT * FROM " + name + " WHERE p IN ['k0', 'k1']")).hasSize(25);
      assertThat(pages("SELECT * FROM " + name + " WHERE s >= 5")).hasSize(20);
      assertThat(pages("SELECT s FROM " + name + ".\"by-name\" WHERE p = 'k0' AND name < 'n180'"))
          .containsExactly(item("s", 24), item("s", 22));
    }
  }

  private List<Map<String, AttributeValue>> pages(String statement) {
    List<Map<String, AttributeValue>> items = new ArrayList<>();
    ExecuteStatementResponse page = ddb.executeStatement(r -> r.statement(statement).limit(4));
    items.addAll(page.items());
    while (page.nextToken() != null) {
      String token = page.nextToken();
      page = ddb.executeStatement(r -> r.statement(statement).limit(4).nextToken(token));
      items.addAll(page.items());
    }
    return items;
  }

  @Test
  void batchesRunStatementByStatement() {
    try (TestTable table = TestTable.simple()) {
      String name = '"' + table.name() + '"';
      List<BatchStatementResponse> written =
          ddb.batchExecuteStatement(r ->
                  r.statements(
                      statement("INSERT INTO " + name + " VALUE {'p': 'a', 'v': 1}"),
                      statement("INSERT INTO " + name + " VALUE {'p': ?}", s("b")),
                      statement("UPDATE " + name + " SET v = 2 WHERE p = 'none'")))
              .responses();
      assertThat(written).hasSize(3);
      assertThat(written.get(0).error()).isNull();
      assertThat(written.get(0).tableName()).isEqualTo(table.name());
      assertThat(written.get(2).error().code())
          .isEqualTo(BatchStatementErrorCodeEnum.CONDITIONAL_CHECK_FAILED);
      var read =
          ddb.batchExecuteStatement(r ->
              r.returnConsumedCapacity(ReturnConsumedCapacity.TOTAL)
                  .statements(
                      statement("SELECT * FROM " + name + " WHERE p = 'b'"),
                      statement("SELECT v FROM " + name + " WHERE p = ?", s("a"))));
      assertThat(read.responses())
          .extracting(BatchStatementResponse::item)
          .containsExactly(item("p", "b"), item("v", 1));
      assertThat(read.consumedCapacity())
          .singleElement()
          .satisfies(capacity -> assertThat(capacity.capacityUnits()).isEqualTo(1.0));
    }
  }

  private static BatchStatementRequest statement(String text, AttributeValue... parameters) {
    BatchStatementRequest.Builder request = BatchStatementRequest.builder().statement(text);
    if (parameters.length > 0) {
      request.parameters(parameters);
    }
    return request.build();
  }

  @Test
  void malformedStatementIsRefused() {
    assertThatExceptionOfType(DynamoDbException.class)
        .isThrownBy(() -> run("SLECT * FROM t"))
        .satisfies(error -> {
          assertThat(error.awsErrorDetails().errorCode()).isEqualTo("ValidationException");
          assertThat(error.awsErrorDetails().errorMessage())
              .isEqualTo(
                  "Statement wasn't well formed, can't be processed: it does not begin as a SELECT, INSERT, UPDATE or DELETE does");
        });
  }
}
