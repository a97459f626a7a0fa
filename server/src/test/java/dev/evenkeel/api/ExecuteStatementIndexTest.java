package dev.evenkeel.api;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/// Statements that name a global index.
final class ExecuteStatementIndexTest {
  @RegisterExtension final TestDatabase database = new TestDatabase();

  @BeforeEach
  void createTable() {
    database.ok(
        "CreateTable",
        """
        'BillingMode':'PAY_PER_REQUEST','AttributeDefinitions':[{'AttributeName':'p','AttributeType':'S'},
        {'AttributeName':'g','AttributeType':'S'},{'AttributeName':'s','AttributeType':'N'}],
        'KeySchema':[{'AttributeName':'p','KeyType':'HASH'}],'GlobalSecondaryIndexes':[
        {'IndexName':'by-g','KeySchema':[{'AttributeName':'g','KeyType':'HASH'},{'AttributeName':'s','KeyType':'RANGE'}],
        'Projection':{'ProjectionType':'KEYS_ONLY'}},
        {'IndexName':'by-two','KeySchema':[{'AttributeName':'g','KeyType':'HASH'},{'AttributeName':'s','KeyType':'HASH'}],
        'Projection':{'ProjectionType':'ALL'}}]
        """);
    database.awaitDescribed("'TableStatus':'ACTIVE'");
    for (int i = 1; i <= 4; i++) {
      database.ok(
          "PutItem",
          "'Item':{'p':{'S':'i"
              + i
              + "'},'g':{'S':'a'},'s':{'N':'"
              + (9 - i)
              + "'},'v':{'S':'x'}}");
    }
    for (String index : new String[] {"by-g", "by-two"}) {
      database.awaitAnswer(
          "Scan", "'Select':'COUNT','IndexName':'" + index + "'", "{'Count':4,'ScannedCount':4}");
    }
  }

  private String run(String statement, String... more) {
    return database.ok("ExecuteStatement", Statements.of(statement, more));
  }

  private String refusal(String statement, String... more) {
    return database.refusal("ExecuteStatement", Statements.of(statement, more));
  }

  @Test
  void keysOfTheIndexAreFound() {
    assertThat(run("SELECT p FROM Tab.\"by-g\" WHERE g = 'a' AND s > 6 ORDER BY s DESC"))
        .isEqualTo("{'Items':[{'p':{'S':'i1'}},{'p':{'S':'i2'}}]}");
    assertThat(
            run(
                "SELECT * FROM Tab.\"by-g\" WHERE g = 'a' AND s = 5",
                "'ReturnConsumedCapacity':'INDEXES'"))
        .startsWith("{'Items':[{'g':{'S':'a'},'p':{'S':'i4'},'s':{'N':'5'}}],")
        .contains("'GlobalSecondaryIndexes':{'by-g':{'CapacityUnits':0.5}}");
    assertThat(run("SELECT p FROM Tab.\"by-g\" WHERE p = 'i3'"))
        .isEqualTo("{'Items':[{'p':{'S':'i3'}}]}");
    assertThat(run("SELECT p FROM Tab.\"by-two\" WHERE g = 'a' AND s = 6 AND v = 'x'"))
        .isEqualTo("{'Items':[{'p':{'S':'i3'}}]}");
    assertThat(run("SELECT p FROM Tab.\"by-g\" WHERE g = 'a'", "'Limit':3"))
        .contains("'LastEvaluatedKey':{'g':{'S':'a'},'p':{'S':'i2'},'s':{'N':'7'}}");
  }

  @Test
  void whatGlobalIndexesDoNotGiveIsRefused() {
    assertThat(refusal("SELECT v, w, g FROM Tab.\"by-g\" WHERE g = 'a'"))
        .isEqualTo(
            "ValidationException: One or more parameter values were invalid: Global secondary index by-g does not project [v, w]");
    assertThat(refusal("SELECT v FROM Tab.\"by-g\"")).contains("does not project [v]");
    assertThat(refusal("SELECT * FROM Tab.\"by-g\"", "'ConsistentRead':true"))
        .isEqualTo(
            "ValidationException: Strongly consistent read is not supported on Global Secondary Indexes");
    assertThat(refusal("SELECT * FROM Tab.nope", "'ConsistentRead':true"))
        .isEqualTo("ValidationException: The table has no such index");
    assertThat(refusal("SELECT * FROM Tab.\"by-two\" WHERE g = 'a' ORDER BY s"))
        .contains("ORDER BY on an index with keys of several attributes is not supported");
  }
}
