package dev.evenkeel.api;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/// Statements that happen together.
final class ExecuteTransactionTest {
  @RegisterExtension final TestDatabase database = new TestDatabase();

  @BeforeEach
  void createTables() {
    database.create("Tab", "h:S r:N");
    database.create("Other", "k:S");
    database.ok("PutItem", "'Item':{'h':{'S':'a'},'r':{'N':'1'},'n':{'N':'5'}}");
    database.ok("PutItem", "{'TableName':'Other','Item':{'k':{'S':'o'},'n':{'N':'1'}}}");
  }

  private static String request(String... statements) {
    StringBuilder all = new StringBuilder("{'TransactStatements':[");
    for (String statement : statements) {
      all.append(all.charAt(all.length() - 1) == '}' ? "," : "")
          .append("{'Statement':'")
          .append(statement.replace("'", "\\u0027"))
          .append("'}");
    }
    return all + "],'ReturnConsumedCapacity':'TOTAL'}";
  }

  @Test
  void readsShowOneMomentInTheOrderOfTheStatements() {
    assertThat(
            database.ok(
                "ExecuteTransaction",
                request(
                    "SELECT n FROM Other WHERE k = 'o'",
                    "SELECT * FROM Tab WHERE h = 'none' AND r = 1",
                    "SELECT n FROM Tab WHERE h = 'a' AND r = 1")))
        .startsWith("{'Responses':[{'Item':{'n':{'N':'1'}}},{},{'Item':{'n':{'N':'5'}}}],")
        .contains("{'TableName':'Tab','CapacityUnits':4.0,'ReadCapacityUnits':4.0}");
  }

  @Test
  void writesHappenTogether() {
    assertThat(
            database.ok(
                "ExecuteTransaction",
                request(
                    "EXISTS(SELECT * FROM Other WHERE k = 'o' AND n = 1)",
                    "INSERT INTO Tab VALUE {'h': 'b', 'r': 2}",
                    "UPDATE Tab SET n = n + 1 WHERE h = 'a' AND r = 1")))
        .startsWith("{'Responses':[{},{},{}],");
    assertThat(database.ok("Scan", "{'TableName':'Tab','Select':'COUNT'}")).contains("'Count':2");
    assertThat(database.ok("GetItem", "'Key':{'h':{'S':'a'},'r':{'N':'1'}}"))
        .contains("'n':{'N':'6'}");
  }

  @Test
  void nothingHappensWhereOneFails() {
    assertThat(
            database.refusalBody(
                "ExecuteTransaction",
                request(
                    "DELETE FROM Tab WHERE h = 'a' AND r = 1",
                    "EXISTS(SELECT * FROM Other WHERE k = 'o' AND n = 2)")))
        .contains("TransactionCanceledException")
        .contains("[None, ConditionalCheckFailed]");
    assertThat(database.ok("GetItem", "'Key':{'h':{'S':'a'},'r':{'N':'1'}}")).contains("'Item'");
  }

  @Test
  void whatIsNoTransactionIsRefused() {
    String read = "SELECT * FROM Other WHERE k = 'o'";
    String write = "DELETE FROM Tab WHERE h = 'a' AND r = 1";
    assertThat(database.refusal("ExecuteTransaction", request(read, write)))
        .endsWith("A transaction consists of reads only, or of writes and EXISTS only");
    assertThat(database.refusal("ExecuteTransaction", request("SELECT * FROM Other")))
        .endsWith("A SELECT of a transaction names one item of a table by its whole key");
    assertThat(database.refusal("ExecuteTransaction", request(write, write)))
        .endsWith("Transaction request cannot include multiple operations on one item");
    assertThat(database.refusal("ExecuteTransaction", request(write + " RETURNING ALL OLD *")))
        .endsWith("A statement of a transaction takes no RETURNING");
  }
}
