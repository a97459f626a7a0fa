package dev.evenkeel.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ExecuteStatementReadTest {
  private static final Pattern TOKEN = Pattern.compile("'NextToken':'([^']+)'");
  private static final Pattern SORT_KEYS = Pattern.compile("'r':\\{'N':'([0-9]+)'\\}");

  @RegisterExtension final TestDatabase database = new TestDatabase();

  @BeforeEach
  void createTable() {
    database.create("Tab", "h:S r:N", "byT t:S KEYS_ONLY");
    for (int r = 1; r <= 5; r++) {
      put("a", r, "'t':{'S':'t" + (9 - r) + "'},'n':{'N':'" + r * 10 + "'}");
    }
    put(
        "b",
        1,
        "'m':{'M':{'k':{'L':[{'S':'x'},{'S':'y'}]}}},'nul':{'NULL':true},'f':{'BOOL':true}");
    put("c", 1, "'ss':{'SS':['p','q']}");
  }

  private void put(String h, int r, String rest) {
    database.ok("PutItem", "'Item':{'h':{'S':'" + h + "'},'r':{'N':'" + r + "'}," + rest + "}");
  }

  private String run(String statement, String... more) {
    return database.ok("ExecuteStatement", Statements.of(statement, more));
  }

  private String refusal(String statement, String... more) {
    return database.refusal("ExecuteStatement", Statements.of(statement, more));
  }

  /// The sort keys of the items found, in order.
  private static List<Integer> sortKeys(String answer) {
    int behind = answer.indexOf("'NextToken'");
    List<Integer> found = new ArrayList<>();
    Matcher matcher = SORT_KEYS.matcher(behind < 0 ? answer : answer.substring(0, behind));
    while (matcher.find()) {
      found.add(Integer.valueOf(matcher.group(1)));
    }
    return found;
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '│',
      quoteCharacter = '`',
      textBlock =
          """
          h = 'a'                                        │ [1, 2, 3, 4, 5]
          'a' = h                                        │ [1, 2, 3, 4, 5]
          h = 'a' AND r = 3                              │ [3]
          h = 'a' AND r = 3 AND n = 30                   │ [3]
          h = 'a' AND r = 3 AND n = 31                   │ []
          h = 'a' AND r > 3                              │ [4, 5]
          h = 'a' AND 3 > r                              │ [1, 2]
          h = 'a' AND r >= 2 AND r < 4                   │ [2, 3]
          h = 'a' AND r BETWEEN 2 AND 4                  │ [2, 3, 4]
          h = 'a' AND r NOT BETWEEN 2 AND 4              │ [1, 5]
          h = 'a' AND r IN [5, 1, 7]                     │ [1, 5]
          h = 'a' AND n IN (20, 40)                      │ [2, 4]
          h = 'a' AND NOT n IN [20, 40]                  │ [1, 3, 5]
          h = 'a' AND (r = 1 OR n = 50)                  │ [1, 5]
          h = 'a' AND r = 1 OR h = 'a' AND r = 4         │ [1, 4]
          h = 'a' AND r < 2 OR h = 'a' AND r > 4         │ [1, 5]
          h = 'a' AND NOT r = 1 OR h = 'a' AND r = 2     │ [2, 3, 4, 5]
          h = 'a' OR h = 'a' AND r <> 1                  │ [1, 2, 3, 4, 5]
          h IN ['b', 'a'] AND r = 1                      │ [1, 1]
          h = 'zzz'                                      │ []
          n > 20                                         │ [3, 4, 5]
          n > 20 OR h = 'b'                              │ [1, 3, 4, 5]
          begins_with(t, 't') AND size(t) = 2 AND n < 30 │ [1, 2]
          contains(ss, 'p')                              │ [1]
          h = 'c' AND ss = <<'q', 'p'>>                  │ [1]
          attribute_type(m, 'M')                         │ [1]
          h = 'b' AND m.k[1] = 'y'                       │ [1]
          h = 'b' AND attribute_exists(m.k[2])           │ []
          h = 'b' AND attribute_exists(m.k[1]) = true    │ [1]
          h = 'b' AND false = ATTRIBUTE_EXISTS("m")      │ []
          h = 'b' AND nul IS NULL                        │ [1]
          h = 'b' AND f IS NULL                          │ []
          h = 'b' AND f IS BOOL AND h IS STRING          │ [1]
          h = 'b' AND m IS STRUCT AND m.k IS LIST        │ [1]
          n IS MISSING AND r IS NUMERIC                  │ [1, 1]
          n IS NOT MISSING AND n <> 10                   │ [2, 3, 4, 5]
          """)
  void selectFindsItems(String where, String sortKeys) {
    List<Integer> found = sortKeys(run("SELECT * FROM \"Tab\" WHERE " + where));
    assertThat(found.stream().sorted().toList().toString()).isEqualTo(sortKeys);
    assertThat(sortKeys(run("SELECT r FROM Tab WHERE " + where))).isEqualTo(found);
  }

  @Test
  void itemsComeInTheOrderOfTheStatement() {
    assertThat(sortKeys(run("SELECT * FROM Tab WHERE h = 'a'"))).containsExactly(1, 2, 3, 4, 5);
    assertThat(sortKeys(run("SELECT * FROM Tab WHERE h = 'a' ORDER BY r DESC")))
        .containsExactly(5, 4, 3, 2, 1);
    assertThat(sortKeys(run("SELECT * FROM Tab WHERE h = 'a' AND r IN [2, 4, 3] ORDER BY r DESC")))
        .containsExactly(4, 3, 2);
    assertThat(run("SELECT h FROM Tab WHERE h IN ['c', 'a', 'b'] AND r = 1 ORDER BY h DESC"))
        .isEqualTo("{'Items':[{'h':{'S':'c'}},{'h':{'S':'b'}},{'h':{'S':'a'}}]}");
    assertThat(run("SELECT h FROM Tab WHERE h IN ['c', 'a', 'b'] AND r = 1"))
        .isEqualTo("{'Items':[{'h':{'S':'a'}},{'h':{'S':'b'}},{'h':{'S':'c'}}]}");
  }

  @Test
  void columnsAreNamedByTheLastPartOfTheirPath() {
    assertThat(run("SELECT m.k, m.k[1], h, absent FROM Tab WHERE h = 'b' AND r = 1"))
        .isEqualTo("{'Items':[{'h':{'S':'b'},'k':{'L':[{'S':'x'},{'S':'y'}]},'k[1]':{'S':'y'}}]}");
    assertThat(run("SELECT absent FROM Tab WHERE h = 'b'")).isEqualTo("{'Items':[{}]}");
    assertThat(refusal("SELECT m.h, h FROM Tab"))
        .isEqualTo("ValidationException: An attribute is selected twice: h");
  }

  @Test
  void parametersTakeThePlaceOfValues() {
    assertThat(
            sortKeys(
                run(
                    "SELECT * FROM Tab WHERE h = ? AND r IN [?, 2]",
                    "'Parameters':[{'S':'a'},{'N':'4'}]")))
        .containsExactly(2, 4);
    assertThat(sortKeys(run("SELECT * FROM Tab WHERE ss = ?", "'Parameters':[{'SS':['q','p']}]")))
        .containsExactly(1);
    assertThat(refusal("SELECT * FROM Tab WHERE h = ?"))
        .isEqualTo(
            "ValidationException: Number of parameters in request and statement don't match.");
    assertThat(refusal("SELECT * FROM Tab", "'Parameters':[{'S':'a'}]"))
        .startsWith("ValidationException: Number of parameters in request");
    assertThat(refusal("SELECT * FROM Tab WHERE h = ?", "'Parameters':[{'N':'x'}]"))
        .isEqualTo("ValidationException: The parameter cannot be converted to a numeric value: x");
    assertThat(refusal("SELECT * FROM Tab", "'Parameters':[]"))
        .isEqualTo(
            "ValidationException: 1 validation error detected: Value '[]' at 'Parameters' failed to satisfy constraint: Member must have length greater than or equal to 1");
  }

  @Test
  void indexesAreRead() {
    assertThat(sortKeys(run("SELECT * FROM Tab.byT WHERE h = 'a' ORDER BY t DESC")))
        .containsExactly(1, 2, 3, 4, 5);
    assertThat(run("SELECT * FROM \"Tab\".\"byT\" WHERE h = 'a' AND t = 't5'"))
        .isEqualTo("{'Items':[{'h':{'S':'a'},'r':{'N':'4'},'t':{'S':'t5'}}]}");
    assertThat(run("SELECT n FROM Tab.byT WHERE h = 'a' AND t BETWEEN 't4' AND 't5'"))
        .isEqualTo("{'Items':[{'n':{'N':'50'}},{'n':{'N':'40'}}]}");
    assertThat(sortKeys(run("SELECT * FROM Tab.byT WHERE r > 3"))).containsExactlyInAnyOrder(4, 5);
    assertThat(
            run(
                "SELECT n FROM Tab.byT WHERE h = 'a' AND t = 't5'",
                "'ConsistentRead':true,'ReturnConsumedCapacity':'INDEXES'"))
        .contains("'LocalSecondaryIndexes':{'byT':{'CapacityUnits':1.0}}");
    assertThat(refusal("SELECT * FROM Tab.nope"))
        .isEqualTo("ValidationException: The table has no such index");
  }

  @Test
  void pagesFollowOneAnother() {
    for (String statement :
        List.of(
            "SELECT * FROM Tab WHERE h = 'a'",
            "SELECT * FROM Tab WHERE h = 'a' ORDER BY r DESC",
            "SELECT * FROM Tab",
            "SELECT * FROM Tab WHERE n > 10",
            "SELECT * FROM Tab.byT",
            "SELECT * FROM Tab WHERE h IN ['a', 'b', 'c']",
            "SELECT * FROM Tab WHERE h IN ['c', 'b', 'a'] ORDER BY h DESC, r DESC",
            "SELECT r FROM Tab WHERE h = 'a' AND r IN [1, 3, 5]")) {
      List<Integer> whole = sortKeys(run(statement));
      for (int limit = 1; limit <= 8; limit++) {
        assertThat(inPages(statement, limit)).as("%s by %s", statement, limit).isEqualTo(whole);
      }
    }
  }

  private List<Integer> inPages(String statement, int limit) {
    List<Integer> found = new ArrayList<>();
    String more = "'Limit':" + limit;
    for (int pages = 0; pages < 20; pages++) {
      String answer = run(statement, more);
      found.addAll(sortKeys(answer));
      Matcher token = TOKEN.matcher(answer);
      if (!token.find()) {
        return found;
      }
      more = "'Limit':" + limit + ",'NextToken':'" + token.group(1) + "'";
    }
    throw new AssertionError("no end after " + found);
  }

  @Test
  void tokenBelongsToItsStatement() {
    String statement = "SELECT * FROM Tab WHERE h = ?";
    String answer = run(statement, "'Limit':2,'Parameters':[{'S':'a'}]");
    assertThat(answer).endsWith("'LastEvaluatedKey':{'h':{'S':'a'},'r':{'N':'2'}}}");
    Matcher matcher = TOKEN.matcher(answer);
    assertThat(matcher.find()).isTrue();
    String token = matcher.group(1);
    assertThat(
            sortKeys(
                run(
                    statement,
                    "'NextToken':'" + token + "','ConsistentRead':true,'Parameters':[{'S':'a'}]")))
        .containsExactly(3, 4, 5);
    String mismatch =
        "ValidationException: The NextToken belongs to another statement or other parameters";
    String given = "'NextToken':'" + token + "'";
    assertThat(refusal(statement, given, "'Parameters':[{'S':'b'}]")).isEqualTo(mismatch);
    assertThat(refusal("SELECT * FROM Tab", given)).isEqualTo(mismatch);
    assertThat(refusal("DELETE FROM Tab WHERE h = 'a' AND r = 1", given)).isEqualTo(mismatch);
    assertThat(refusal("SELECT * FROM Tab WHERE h = 'a' AND r = 1", given)).isEqualTo(mismatch);
    String invalid = "ValidationException: The NextToken is none of this server's";
    for (int i = 0; i < token.length(); i++) {
      char other = token.charAt(i) == 'A' ? 'B' : 'A';
      String altered = token.substring(0, i) + other + token.substring(i + 1);
      assertThat(refusal(statement, "'NextToken':'" + altered + "','Parameters':[{'S':'a'}]"))
          .isEqualTo(invalid);
    }
    assertThat(refusal(statement, "'NextToken':'?','Parameters':[{'S':'a'}]")).isEqualTo(invalid);
    assertThat(refusal("SELECT * FROM Tab", "'NextToken':'" + "A".repeat(32_769) + "'"))
        .contains("Member must have length less than or equal to 32768");
  }

  @Test
  void readsCostWhatNativeReadsCost() {
    String total = "'ReturnConsumedCapacity':'TOTAL'";
    assertThat(run("SELECT * FROM Tab WHERE h = 'a' AND r = 1", total))
        .endsWith("'ConsumedCapacity':{'TableName':'Tab','CapacityUnits':0.5}}");
    assertThat(run("SELECT * FROM Tab WHERE h = 'z' AND r = 1", total, "'ConsistentRead':true"))
        .isEqualTo("{'Items':[],'ConsumedCapacity':{'TableName':'Tab','CapacityUnits':1.0}}");
    assertThat(run("SELECT * FROM Tab WHERE h = 'a'", total)).endsWith("'CapacityUnits':0.5}}");
    assertThat(run("SELECT r FROM Tab WHERE h IN ['a', 'b', 'z']", total))
        .endsWith("'CapacityUnits':1.5}}");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '│',
      quoteCharacter = '`',
      textBlock =
          """
          SELECT * FROM Nope WHERE h = 'a'                  │ ResourceNotFoundException: Requested resource not found
          SELECT * FROM Tab WHERE h = 1                     │ ValidationException: One or more parameter values were invalid: Condition parameter type does not match schema type
          SELECT * FROM Tab WHERE h = ''                    │ ValidationException: One or more parameter values are not valid. The AttributeValue for a key attribute cannot contain an empty string value. Key: h
          SELECT * FROM Tab WHERE h.x = 1                   │ ValidationException: Key attributes must be scalars; list random access '[]' and map lookup '.' are not allowed: Key: h
          SELECT * FROM Tab ORDER BY r                      │ ValidationException: Must have WHERE clause in the statement when using ORDER BY clause.
          SELECT * FROM Tab WHERE h > 'a' ORDER BY r        │ ValidationException: Must have at least one non-optional hash key condition in WHERE clause when using ORDER BY clause.
          SELECT * FROM Tab WHERE h IN ['a','b'] ORDER BY r │ ValidationException: Several partition keys are ordered by the partition key first: ORDER BY lacks it
          SELECT * FROM Tab WHERE h = 'a' ORDER BY n        │ ValidationException: Attribute n in ORDER BY clause must be part of the primary key
          SELECT * FROM Tab WHERE h IN ['a', 'a']           │ ValidationException: The conditions on the sort key overlap
          SELECT * FROM Tab WHERE h='a' AND n=1 OR h='a' AND r=2 │ ValidationException: The conditions on the sort key overlap
          SELECT * FROM Tab WHERE h='a' AND r>1 OR h='a' AND r<5 │ ValidationException: The conditions on the sort key overlap
          SELECT * FROM Tab WHERE h = 'a' AND n < true      │ ValidationException: Incorrect operand type for operator or function; operator or function: <, operand type: BOOL
          SELECT * FROM Tab WHERE n BETWEEN true AND false  │ ValidationException: Incorrect operand type for operator or function; operator or function: BETWEEN, operand type: BOOL
          SELECT * FROM Tab WHERE attribute_exists('ss')    │ ValidationException: Operator or function requires a document path; operator or function: attribute_exists
          SELECT * FROM Tab WHERE attribute_exists()        │ ValidationException: Incorrect number of operands for operator or function; operator or function: attribute_exists, number of operands: 0
          SELECT * FROM Tab WHERE attribute_exists(a, b)    │ ValidationException: Incorrect number of operands for operator or function; operator or function: attribute_exists, number of operands: 2
          SELECT * FROM Tab WHERE h = 'a' AND EXISTS(n)     │ ValidationException: There is no function exists at 1:37:6
          SELECT * FROM Tab WHERE set_add(a, <<1>>) = a     │ ValidationException: There is no function set_add at 1:25:7
          SELECT * FROM Tab WHERE size(n)                   │ ValidationException: The function is not allowed to be used this way in an expression; function: size
          SELECT * FROM Tab WHERE contains(n, 1) > 1        │ ValidationException: The function is not allowed to be used this way in an expression; function: contains
          SELECT * FROM Tab WHERE n + 1 = 2                 │ ValidationException: A condition takes no operator +
          SELECT * FROM Tab WHERE n LIKE 'x'                │ ValidationException: There is no LIKE at 1:27:4
          SELECT * FROM Tab WHERE n IS INT                  │ ValidationException: IS does not know the type INT of these: [MISSING, NULL, BOOLEAN, BLOB, STRING, NUMERIC, STRUCT, TUPLE, LIST]
          SELECT * FROM Tab WHERE n = 1e126                 │ ValidationException: Number overflow. Attempting to store a number with magnitude larger than supported range under root
          SELECT * FROM Tab WHERE n = [1, 1e-131]           │ ValidationException: Number underflow. Attempting to store a number with magnitude smaller than supported range under root[1]
          SELECT * FROM Tab WHERE n                         │ ValidationException: A condition is missing at 1:25:1
          EXISTS(SELECT * FROM Tab WHERE h = 'a' AND r = 1 AND n = 10) │ ValidationException: EXISTS may stand in ExecuteTransaction only
          SELECT * FROM ab                                  │ ValidationException: A table's name has 3 to 255 letters, digits, '-', '_' and '.': ab
          """)
  void whatDoesNotFitIsRefused(String statement, String refusal) {
    assertThat(refusal(statement)).isEqualTo(refusal);
  }

  @Test
  void operandsOfInAreBounded() {
    String values = "'x'" + ", 'y'".repeat(50);
    assertThat(refusal("SELECT * FROM Tab WHERE h IN [" + values + "]"))
        .isEqualTo(
            "ValidationException: The IN operator is provided with too many operands; number of operands: 51");
    assertThat(run("SELECT * FROM Tab WHERE t IN [" + values + "]")).isEqualTo("{'Items':[]}");
    assertThat(refusal("SELECT * FROM Tab WHERE t IN [" + values + ", 1".repeat(50) + "]"))
        .endsWith("number of operands: 101");
  }

  @Test
  void pagesOfManyRangesEndAtOneMegabyte() {
    String blob = "x".repeat(300_000);
    for (String h : List.of("l1", "l2", "l3", "l4", "l5")) {
      put(h, 1, "'s':{'S':'" + blob + "'}");
    }
    String statement = "SELECT h, r FROM Tab WHERE h IN ['l1', 'l2', 'l3', 'l4', 'l5']";
    String first = run(statement);
    assertThat(sortKeys(first)).hasSize(4);
    Matcher token = TOKEN.matcher(first);
    assertThat(token.find()).isTrue();
    assertThat(run(statement, "'NextToken':'" + token.group(1) + "'"))
        .isEqualTo("{'Items':[{'h':{'S':'l5'},'r':{'N':'1'}}]}");
  }

  @Test
  void aStatementHasABound() {
    assertThat(refusal("S".repeat(8193)))
        .endsWith("Member must have length less than or equal to 8192");
    assertThat(refusal("")).endsWith("Member must have length greater than or equal to 1");
  }
}
