package dev.evenkeel.api;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ExecuteStatementWriteTest {
  private static final String NOTHING = "{'Items':[]}";
  private static final String CONDITION_FAILED =
      "ConditionalCheckFailedException: The conditional request failed";

  @RegisterExtension final TestDatabase database = new TestDatabase();

  @BeforeEach
  void createTable() {
    database.create("Tab", "h:S r:N");
    database.ok(
        "PutItem",
        "'Item':{'h':{'S':'a'},'r':{'N':'1'},'n':{'N':'5'},'l':{'L':[{'S':'x'},{'S':'y'}]},'m':{'M':{'k':{'S':'v'},'i':{'N':'1'}}},'ss':{'SS':['p','q']}}");
  }

  private String run(String statement, String... more) {
    return database.ok("ExecuteStatement", Statements.of(statement, more));
  }

  private String refusal(String statement, String... more) {
    return database.refusal("ExecuteStatement", Statements.of(statement, more));
  }

  private String stored(String h, int r) {
    String answer =
        database.ok(
            "GetItem", "'Key':{'h':{'S':'" + h + "'},'r':{'N':'" + r + "'}},'ConsistentRead':true");
    return answer.replace("'h':{'S':'" + h + "'}", "h").replace("'r':{'N':'" + r + "'}", "r");
  }

  @Test
  void insertPutsWhereThereIsNothing() {
    String statement =
        "INSERT INTO \"Tab\" VALUE {'h': 'new', 'r': 1, 's': 'it''s', 'l': [1, {'k': NULL}], 'b': true, 'ns': <<2, 1>>, 'p': ?}";
    assertThat(run(statement, "'Parameters':[{'B':'AQ=='}]")).isEqualTo(NOTHING);
    assertThat(stored("new", 1))
        .isEqualTo(
            "{'Item':{'b':{'BOOL':true},h,'l':{'L':[{'N':'1'},{'M':{'k':{'NULL':true}}}]},'ns':{'NS':['1','2']},'p':{'B':'AQ=='},r,'s':{'S':'it's'}}}");
    assertThat(refusal(statement, "'Parameters':[{'B':'Ag=='}]"))
        .isEqualTo("DuplicateItemException: Duplicate primary key exists in table");
    assertThat(stored("new", 1)).contains("'p':{'B':'AQ=='}");
    assertThat(
            run(
                "INSERT INTO Tab VALUE ?",
                "'Parameters':[{'M':{'h':{'S':'whole'},'r':{'N':'1'}}}]"))
        .isEqualTo(NOTHING);
    assertThat(stored("whole", 1)).isEqualTo("{'Item':{h,r}}");
  }

  @Test
  void eachActionHasItsEffect() {
    assertUpdated("SET n = n - 1.5", "'n':{'N':'3.5'}");
    assertUpdated("SET n = 1 + n + 1", "'n':{'N':'5.5'}");
    assertUpdated("SET l = list_append(l, ['z'])", "'l':{'L':[{'S':'x'},{'S':'y'},{'S':'z'}]}");
    assertUpdated("SET l[0] = m.i", "'l':{'L':[{'N':'1'},{'S':'y'},{'S':'z'}]}");
    assertUpdated("REMOVE l[0]", "'l':{'L':[{'S':'y'},{'S':'z'}]}");
    assertUpdated(
        "SET m.k = {'deep': [1]} REMOVE m.i", "'m':{'M':{'k':{'M':{'deep':{'L':[{'N':'1'}]}}}}}");
    assertUpdated("SET ss = set_add(ss, <<'r', 'p'>>)", "'ss':{'SS':['p','q','r']}");
    assertUpdated("SET ss = SET_DELETE(ss, <<'q', 'none'>>)", "'ss':{'SS':['p','r']}");
    assertUpdated("SET fresh = set_add(fresh, <<1>>)", "'fresh':{'NS':['1']}");
    assertUpdated(
        "SET a1 = 1, a2 = NULL SET a3 = FALSE",
        "'a1':{'N':'1'},'a2':{'NULL':true},'a3':{'BOOL':false}");
    run("UPDATE Tab SET ss = set_delete(ss, <<'p', 'r'>>) REMOVE a1 WHERE r = 1 AND h = 'a'");
    assertThat(stored("a", 1)).doesNotContain("'ss'").doesNotContain("'a1'");
    run("FROM Tab WHERE h = 'a' AND r = 1 SET a2 = 'from' REMOVE a3");
    assertThat(stored("a", 1)).contains("'a2':{'S':'from'}").doesNotContain("'a3'");
  }

  private void assertUpdated(String actions, String member) {
    assertThat(run("UPDATE Tab " + actions + " WHERE h = 'a' AND r = 1")).isEqualTo(NOTHING);
    assertThat(stored("a", 1)).contains(member);
  }

  @Test
  void updateDoesNotCreateItems() {
    assertThat(refusal("UPDATE Tab SET n = 1 WHERE h = 'none' AND r = 1"))
        .isEqualTo(CONDITION_FAILED);
    assertThat(
            refusal("UPDATE Tab SET n = 1 WHERE h = 'none' AND r = 1 AND attribute_not_exists(h)"))
        .isEqualTo(CONDITION_FAILED);
    assertThat(stored("none", 1)).isEqualTo("{}");
  }

  @Test
  void furtherConditionsDecide() {
    String update = "UPDATE Tab SET n = 6 WHERE h = 'a' AND r = 1 AND ";
    assertThat(refusal(update + "n = 4")).isEqualTo(CONDITION_FAILED);
    assertThat(refusal(update + "NOT begins_with(m.k, 'v')")).isEqualTo(CONDITION_FAILED);
    assertThat(refusal(update + "h = 'b'")).isEqualTo(CONDITION_FAILED);
    assertThat(stored("a", 1)).contains("'n':{'N':'5'}");
    assertThat(run(update + "(n = 4 OR n = 5)")).isEqualTo(NOTHING);
    assertThat(stored("a", 1)).contains("'n':{'N':'6'}");
    assertThat(refusal("DELETE FROM Tab WHERE h = 'a' AND r = 1 AND n = 5"))
        .isEqualTo(CONDITION_FAILED);
    assertThat(run("DELETE FROM Tab WHERE h = 'a' AND r = 1 AND n = 6")).isEqualTo(NOTHING);
    assertThat(run("DELETE FROM Tab WHERE h = 'a' AND r = 1 AND n = 6")).isEqualTo(NOTHING);
    assertThat(stored("a", 1)).isEqualTo("{}");
  }

  @Test
  void theItemThatFailedAConditionIsReturnedWhenAsked() {
    String statement = "DELETE FROM Tab WHERE h = 'a' AND r = 1 AND n = 4";
    assertThat(
            database.refusalBody(
                "ExecuteStatement",
                Statements.of(statement, "'ReturnValuesOnConditionCheckFailure':'ALL_OLD'")))
        .contains("'Item':{'h':{'S':'a'}");
    assertThat(database.refusalBody("ExecuteStatement", Statements.of(statement)))
        .doesNotContain("'Item'");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '│',
      quoteCharacter = '`',
      textBlock =
          """
          UPDATE Tab SET n = 6 REMOVE l WHERE # RETURNING MODIFIED OLD *    │ {'Items':[{'l':{'L':[{'S':'x'},{'S':'y'}]},'n':{'N':'5'}}]}
          UPDATE Tab SET n = 6 REMOVE l WHERE # RETURNING MODIFIED NEW *    │ {'Items':[{'n':{'N':'6'}}]}
          UPDATE Tab REMOVE l WHERE # RETURNING MODIFIED NEW *              │ {'Items':[]}
          UPDATE Tab SET x = 1 WHERE # RETURNING MODIFIED OLD *             │ {'Items':[]}
          UPDATE Tab SET m.k = 'w' WHERE # RETURNING MODIFIED NEW *         │ {'Items':[{'m':{'M':{'k':{'S':'w'}}}}]}
          UPDATE Tab SET l[1] = 'b', l[0] = 'a' WHERE # RETURNING MODIFIED NEW * │ {'Items':[{'l':{'L':[{'S':'a'},{'S':'b'}]}}]}
          UPDATE Tab SET l[5] = 'b' WHERE # RETURNING MODIFIED NEW *        │ {'Items':[]}
          UPDATE Tab REMOVE l[0] WHERE # RETURNING MODIFIED NEW *           │ {'Items':[{'l':{'L':[{'S':'y'}]}}]}
          DELETE FROM Tab WHERE h = 'z' AND r = 1 RETURNING ALL OLD *       │ {'Items':[]}
          """)
  void writesReturnWhatTheyAreAsked(String statement, String answer) {
    assertThat(run(statement.replace("#", "h = 'a' AND r = 1"))).isEqualTo(answer);
  }

  @Test
  void writesReturnWholeItems() {
    String key = " WHERE h = 'a' AND r = 1 RETURNING ALL ";
    assertThat(run("UPDATE Tab SET n = 6" + key + "OLD *"))
        .startsWith("{'Items':[{'h':{'S':'a'},")
        .contains("'n':{'N':'5'}");
    assertThat(run("UPDATE Tab SET n = 7" + key + "NEW *"))
        .startsWith("{'Items':[{'h':{'S':'a'},")
        .contains("'n':{'N':'7'}");
    assertThat(run("DELETE FROM Tab" + key + "OLD *"))
        .startsWith("{'Items':[{'h':{'S':'a'},")
        .contains("'n':{'N':'7'}");
  }

  @Test
  void writesCostWhatNativeWritesCost() {
    String total = "'ReturnConsumedCapacity':'TOTAL'";
    String one = "{'Items':[],'ConsumedCapacity':{'TableName':'Tab','CapacityUnits':1.0}}";
    assertThat(run("INSERT INTO Tab VALUE {'h': 'c', 'r': 1}", total)).isEqualTo(one);
    assertThat(run("UPDATE Tab SET n = 1 WHERE h = 'c' AND r = 1", total)).isEqualTo(one);
    assertThat(run("DELETE FROM Tab WHERE h = 'c' AND r = 1", total)).isEqualTo(one);
    assertThat(run("DELETE FROM Tab WHERE h = 'c' AND r = 1", total)).isEqualTo(one);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '│',
      quoteCharacter = '`',
      textBlock =
          """
          UPDATE Tab SET n = 1                                │ Where clause does not contain a mandatory equality on all key attributes
          UPDATE Tab SET n = 1 WHERE h = 'a'                  │ Where clause does not contain a mandatory equality on all key attributes
          UPDATE Tab SET n = 1 WHERE h = 'a' AND r > 1        │ Where clause does not contain a mandatory equality on all key attributes
          UPDATE Tab SET n = 1 WHERE h = 'a' AND r = 1 OR n=1 │ Where clause does not contain a mandatory equality on all key attributes
          DELETE FROM Tab                                     │ Where clause does not contain a mandatory equality on all key attributes
          DELETE FROM Tab WHERE n = 1                         │ Where clause does not contain a mandatory equality on all key attributes
          FROM Tab REMOVE n                                   │ Where clause does not contain a mandatory equality on all key attributes
          DELETE FROM Tab WHERE h = 1 AND r = 1               │ The provided key element does not match the schema
          INSERT INTO Tab VALUE {'h': 'a'}                    │ One or more parameter values were invalid: Missing the key r in the item
          INSERT INTO Tab VALUE {'h': 'a', 'r': 'x'}          │ One or more parameter values were invalid: Type mismatch for key r expected: N actual: S
          INSERT INTO Tab VALUE 'x'                           │ The value of an INSERT must be a map of attributes
          INSERT INTO Tab VALUE {'h': 'a', 'h': 'b'}          │ Two members of a map have the same name: h
          INSERT INTO Tab VALUE {'h': 'q', 'r': 1, 's': <<>>} │ A set has at least one element
          INSERT INTO Tab VALUE {'h': 'q', 's': <<1, 'x'>>}   │ A set holds strings or numbers only
          INSERT INTO Tab VALUE {'h': 'q', 's': <<true>>}     │ A set holds strings or numbers only
          INSERT INTO Tab VALUE {'h': 'q', 's': <<'x', 'x'>>} │ One or more parameter values were invalid: Input collection [x, x] contains duplicates.
          INSERT INTO Tab VALUE {'h': 'q', 's': <<1, 1.0>>}   │ Input collection contains duplicates
          INSERT INTO Tab VALUE {'h': 'q', 's': MISSING}      │ This cannot be a value: missing under key root at 1:39:7
          INSERT INTO Tab VALUE {'h': set_add(<<1>>, <<2>>)}  │ This cannot be a value: set_add under key root at 1:29:7
          INSERT INTO Tab VALUE {'m': {'x': 1e126}}           │ Number overflow. Attempting to store a number with magnitude larger than supported range under root.x
          INSERT INTO Tab VALUE {'n': 123456789012345678901234567890123456789} │ Attempting to store more than 38 significant digits in a Number under root
          UPDATE Tab SET h = 'b' WHERE #                      │ One or more parameter values were invalid: Cannot update attribute h. This attribute is part of the key
          UPDATE Tab SET t = set_add(ss, <<'x'>>) WHERE #     │ The first argument to SET_ADD must equal the assignment value at 1:20:7
          UPDATE Tab SET ss = set_add(<<'a'>>, <<'b'>>) WHERE # │ The first argument to SET_ADD must equal the assignment value at 1:21:7
          UPDATE Tab SET ss = set_add(ss, 'x') WHERE #        │ The second argument to SET_ADD must be a value with type SET at 1:29:2
          UPDATE Tab SET ss = set_delete(ss, ['x']) WHERE #   │ The second argument to SET_DELETE must be a value with type SET at 1:32:2
          UPDATE Tab SET ss = set_add(ss) WHERE #             │ SET_ADD must have exactly two arguments at 1:21:7
          UPDATE Tab SET ss = set_add(ss, <<1>>) WHERE #      │ An operand in the update expression has an incorrect data type
          UPDATE Tab SET n = set_add(n, <<1>>) WHERE #        │ An operand in the update expression has an incorrect data type
          UPDATE Tab SET n = if_not_exists(n, 1) WHERE #      │ There is no function if_not_exists at 1:20:13
          UPDATE Tab SET n = n * 2 WHERE #                    │ SET takes no operator *
          UPDATE Tab SET n = 'x' + 1 WHERE #                  │ Incorrect operand type for operator or function; operator or function: +, operand type: S
          UPDATE Tab SET n = none + 1 WHERE #                 │ The provided expression refers to an attribute that does not exist in the item
          UPDATE Tab SET none.x = 1 WHERE #                   │ The document path provided in the update expression is invalid for update
          UPDATE Tab SET m = 1, m.k = 2 WHERE #               │ Two document paths overlap with each other; must remove or rewrite one of these paths; path one: [m], path two: [m, k]
          DELETE FROM Tab WHERE # RETURNING MODIFIED OLD *    │ This statement does not take RETURNING MODIFIED OLD *: a DELETE takes ALL OLD * only
          DELETE FROM Tab WHERE # RETURNING ALL NEW *         │ This statement does not take RETURNING ALL NEW *: a DELETE takes ALL OLD * only
          """)
  void whatDoesNotFitIsRefused(String statement, String message) {
    assertThat(refusal(statement.replace("#", "h = 'a' AND r = 1")))
        .isEqualTo("ValidationException: " + message);
  }

  @Test
  void itemsAreBounded() {
    String part = "'S':'" + "x".repeat(410_000) + "'";
    assertThat(
            refusal(
                "INSERT INTO Tab VALUE {'h': 'big', 'r': 1, 's': ?}",
                "'Parameters':[{" + part + "}]"))
        .isEqualTo("ValidationException: Item size has exceeded the maximum allowed size");
    assertThat(
            refusal(
                "UPDATE Tab SET s = ? WHERE h = 'a' AND r = 1", "'Parameters':[{" + part + "}]"))
        .isEqualTo(
            "ValidationException: Item size to update has exceeded the maximum allowed size");
    String deep = "[".repeat(33) + "]".repeat(33);
    assertThat(refusal("INSERT INTO Tab VALUE {'h': 'deep', 'r': 1, 'l': " + deep + "}"))
        .startsWith("ValidationException: Nesting Levels have exceeded supported limits");
    assertThat(refusal("SELECT * FROM Tab WHERE l = " + deep))
        .startsWith("ValidationException: Nesting Levels have exceeded supported limits");
  }
}
