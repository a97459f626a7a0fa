package dev.evenkeel.api;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

final class BatchExecuteStatementTest {
  private static final String NO_KEY =
      "{'Error':{'Code':'ValidationError','Message':'Select statements within BatchExecuteStatement must specify the primary key in the where clause.'}}";
  private static final String NOT_FOUND =
      "{'Error':{'Code':'ResourceNotFound','Message':'Requested resource not found'}}";

  @RegisterExtension final TestDatabase database = new TestDatabase();

  @BeforeEach
  void createTables() {
    database.create("Tab", "h:S r:N", "byT t:S ALL");
    database.create("Other", "k:S");
    database.ok("PutItem", "'Item':{'h':{'S':'a'},'r':{'N':'1'},'n':{'N':'5'}}");
    database.ok("PutItem", "{'TableName':'Other','Item':{'k':{'S':'o'}}}");
  }

  private String run(String... statements) {
    return database.ok("BatchExecuteStatement", Statements.batch(statements));
  }

  @Test
  void readsAnswerInTheOrderOfTheStatements() {
    assertThat(
            run(
                "SELECT * FROM Other WHERE k = 'o'",
                "SELECT n FROM \"Tab\" WHERE r = 1 AND h = 'a'",
                "SELECT * FROM Tab WHERE h = 'none' AND r = 1"))
        .isEqualTo(
            "{'Responses':[{'TableName':'Other','Item':{'k':{'S':'o'}}},{'TableName':'Tab','Item':{'n':{'N':'5'}}},{'TableName':'Tab'}]}");
  }

  @Test
  void eachStatementFailsAlone() {
    assertThat(
            run(
                "SLECT * FROM Tab",
                "SELECT * FROM Nope WHERE k = 'x'",
                "SELECT * FROM Tab WHERE h = 'a'",
                "SELECT * FROM Tab WHERE h = 'a' AND r = 1 AND n = 5",
                "SELECT * FROM Tab.byT WHERE h = 'a' AND t = 'x'",
                "SELECT * FROM Other WHERE k = ?",
                "SELECT * FROM Other WHERE k = 'o'"))
        .isEqualTo(
            "{'Responses':[{'Error':{'Code':'ValidationError','Message':'Statement wasn't well formed, can't be processed: it does not begin as a SELECT, INSERT, UPDATE or DELETE does'}},"
                + NOT_FOUND
                + ","
                + NO_KEY
                + ","
                + NO_KEY
                + ","
                + NO_KEY
                + ",{'Error':{'Code':'ValidationError','Message':'Number of parameters in request and statement don't match.'}},{'TableName':'Other','Item':{'k':{'S':'o'}}}]}");
  }

  @Test
  void writesAnswerWithWhatTheyReturn() {
    assertThat(
            run(
                "INSERT INTO Tab VALUE {'h': 'b', 'r': 1}",
                "INSERT INTO Tab VALUE {'h': 'a', 'r': 1}",
                "UPDATE Tab SET n = 6 WHERE h = 'a' AND r = 1 AND n = 4",
                "UPDATE Tab SET n = 7 WHERE h = 'a' AND r = 1 RETURNING MODIFIED NEW *",
                "DELETE FROM Other WHERE k = 'o' RETURNING ALL OLD *",
                "DELETE FROM Other WHERE k = 'p' RETURNING ALL OLD *",
                "DELETE FROM Other WHERE k = 'p' RETURNING MODIFIED OLD *"))
        .isEqualTo(
            "{'Responses':[{'TableName':'Tab'},{'Error':{'Code':'DuplicateItem','Message':'Duplicate primary key exists in table'},'TableName':'Tab'},{'Error':{'Code':'ConditionalCheckFailed','Message':'The conditional request failed'},'TableName':'Tab'},{'TableName':'Tab','Item':{'n':{'N':'7'}}},{'TableName':'Other','Item':{'k':{'S':'o'}}},{'TableName':'Other'},{'Error':{'Code':'ValidationError','Message':'This statement does not take RETURNING MODIFIED OLD *: a DELETE takes ALL OLD * only'}}]}");
  }

  @Test
  void theItemThatFailedAConditionIsInTheError() {
    String request =
        Statements.batch("DELETE FROM Tab WHERE h = 'a' AND r = 1 AND n = 4")
            .replace("}]}", ",'ReturnValuesOnConditionCheckFailure':'ALL_OLD'}]}");
    assertThat(database.ok("BatchExecuteStatement", request))
        .isEqualTo(
            "{'Responses':[{'Error':{'Code':'ConditionalCheckFailed','Message':'The conditional request failed','Item':{'h':{'S':'a'},'n':{'N':'5'},'r':{'N':'1'}}},'TableName':'Tab'}]}");
  }

  @Test
  void malformedParameterIsAMistakeOfItsStatement() {
    String request =
        "{'Statements':["
            + Statements.of(
                "SELECT * FROM Other WHERE k = ?", "'Parameters':[{'N':'1e99999999999'}]")
            + ","
            + Statements.of(
                "SELECT * FROM Other WHERE k = ?", "'Parameters':[{'M':{'x':{'N':'y'}}}]")
            + ","
            + Statements.of("SELECT * FROM Other WHERE k = ?", "'Parameters':[{'S':'o'}]")
            + "]}";
    assertThat(database.ok("BatchExecuteStatement", request))
        .isEqualTo(
            "{'Responses':[{'Error':{'Code':'ValidationError','Message':'The parameter cannot be converted to a numeric value: 1e99999999999'}},{'Error':{'Code':'ValidationError','Message':'The parameter cannot be converted to a numeric value: y'}},{'TableName':'Other','Item':{'k':{'S':'o'}}}]}");
  }

  @Test
  void capacityIsCountedByTable() {
    String request =
        "{'ReturnConsumedCapacity':'TOTAL','Statements':["
            + Statements.of("SELECT * FROM Tab WHERE h = 'a' AND r = 1", "'ConsistentRead':true")
            + ","
            + Statements.of("SELECT * FROM Other WHERE k = 'o'")
            + ","
            + Statements.of("SELECT * FROM Tab WHERE h = 'a' AND r = 2")
            + ","
            + Statements.of("SELECT * FROM Tab")
            + "]}";
    assertThat(database.ok("BatchExecuteStatement", request))
        .endsWith(
            "'ConsumedCapacity':[{'TableName':'Tab','CapacityUnits':1.5},{'TableName':'Other','CapacityUnits':0.5}]}");
  }

  @Test
  void mixturesAndWrongNumbersAreRefused() {
    assertThat(
            database.refusal(
                "BatchExecuteStatement",
                Statements.batch(
                    "SELECT * FROM Other WHERE k = 'o'", "DELETE FROM Other WHERE k = 'o'")))
        .isEqualTo(
            "ValidationException: The entire batch must consist of either read statements or write statements, you cannot mix both in one batch.");
    assertThat(database.ok("GetItem", "{'TableName':'Other','Key':{'k':{'S':'o'}}}"))
        .contains("'Item'");
    assertThat(database.refusal("BatchExecuteStatement", "{'Statements':[]}"))
        .contains("Member must have length greater than or equal to 1");
    String[] many = new String[26];
    java.util.Arrays.fill(many, "SELECT * FROM Other WHERE k = 'o'");
    assertThat(database.refusal("BatchExecuteStatement", Statements.batch(many)))
        .contains("Member must have length less than or equal to 25");
  }
}
