package dev.evenkeel.partiql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.evenkeel.model.ApiException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class StatementParserTest {
  private static final String NOT_WELL_FORMED =
      "Statement wasn't well formed, can't be processed: ";

  @ParameterizedTest
  @CsvSource(
      delimiter = '│',
      quoteCharacter = '`',
      textBlock =
          """
          SELECT * FROM "Tab"                                  │ select * from Tab
          select * from Tab;                                   │ select * from Tab
          SELECT * FROM "T.a-b"."i x" WHERE a = 1              │ select * from T.a-b/i x where (= a 1)
          SELECT a, b.c[0]."d e" FROM T                        │ select a b.c[0].d e from T
          SELECT "select" FROM "from" WHERE "where" = 'x'      │ select select from from where (= where 'x')
          SELECT * FROM T WHERE a = 'it''s'                    │ select * from T where (= a 'it's')
          SELECT * FROM T WHERE "a""b" = ''                    │ select * from T where (= a"b '')
          SELECT * FROM T WHERE a=1 ORDER BY a                 │ select * from T where (= a 1) by a up
          SELECT * FROM T WHERE a=1 ORDER BY b DESC, a ASC     │ select * from T where (= a 1) by b down by a up
          SELECT * FROM T -- a note                            │ select * from T
          SELECT /* a ' note */ * FROM T                       │ select * from T
          EXISTS(SELECT * FROM T WHERE a = 1)                  │ exists [select * from T where (= a 1)]
          INSERT INTO T VALUE {'a': 1, 'b': ?}                 │ insert T (map a:1 b:?0)
          INSERT INTO "T" value {'a': [1, 'x', <<2>>], 'm': {}}│ insert T (map a:(list 1 'x' (set 2)) m:(map))
          INSERT INTO T VALUE ?                                │ insert T ?0
          UPDATE T SET a = 1 WHERE k = 'x'                     │ update T set a 1 where (= k 'x')
          UPDATE T SET a = a + 1, b[0] = ? REMOVE c.d SET e=2  │ update T set a (+ a 1) set b[0] ?0 remove c.d set e 2
          UPDATE T REMOVE a WHERE k=1 RETURNING ALL OLD *      │ update T remove a where (= k 1) returning ALL OLD *
          update T set a=1 where k=1 returning modified new *  │ update T set a 1 where (= k 1) returning MODIFIED NEW *
          FROM T WHERE k = 1 SET a = 2 REMOVE b                │ update T set a 2 remove b where (= k 1)
          from T set a = 2 returning all new *                 │ update T set a 2 returning ALL NEW *
          DELETE FROM T WHERE k = 1                            │ delete T where (= k 1)
          DELETE FROM T WHERE k = 1 RETURNING ALL OLD *        │ delete T where (= k 1) returning ALL OLD *
          DELETE FROM T RETURNING MODIFIED NEW *               │ delete T returning MODIFIED NEW *
          """)
  void statementIsRead(String text, String tree) {
    assertThat(StatementText.of(StatementParser.parse(text).statement())).isEqualTo(tree);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '│',
      quoteCharacter = '`',
      textBlock =
          """
          a = 1 OR b = 2 AND c = 3        │ (or (= a 1) (and (= b 2) (= c 3)))
          (a = 1 OR b = 2) AND c = 3      │ (and (or (= a 1) (= b 2)) (= c 3))
          NOT a = 1 AND NOT NOT b = 2     │ (and (not (= a 1)) (not (not (= b 2))))
          a <> 1 AND b != 2 AND c < 3     │ (and (<> a 1) (<> b 2) (< c 3))
          a <= 1 OR b >= 2 OR c > 3       │ (or (<= a 1) (>= b 2) (> c 3))
          'x' = a                         │ (= 'x' a)
          a BETWEEN 1 AND 2 AND b = 3     │ (and (between a 1 2) (= b 3))
          a NOT BETWEEN 1 AND 2           │ (not (between a 1 2))
          a IN [1, 'x', ?]                │ (in a[ 1,  'x',  ?0])
          a IN (1)                        │ (in a[ 1])
          a not in [1]                    │ (not (in a[ 1]))
          NOT a IN [1]                    │ (not (in a[ 1]))
          a LIKE 'x%'                     │ (like a 'x%')
          a IS MISSING                    │ (is a MISSING)
          a IS NOT MISSING OR a is null   │ (or (not (is a MISSING)) (is a NULL))
          a IS DOUBLE PRECISION           │ (is a DOUBLE)
          a IS CHARACTER VARYING          │ (is a CHARACTER)
          a IS INT4                       │ (is a INT4)
          begins_with(a.b[2], 'x')        │ (begins_with() a.b[2] 'x')
          SIZE("a") > 3                   │ (> (size() a) 3)
          f()                             │ (f() )
          attribute_exists(a) = TRUE      │ (= (attribute_exists() a) true)
          a = true OR a = FALSE OR a=null │ (or (= a true) (= a false) (= a null))
          a = MISSING                     │ (= a missing)
          a = 1e2 OR a = 1.50 OR a = .5   │ (or (= a 1E+2) (= a 1.50) (= a 0.5))
          a = -1 OR a = +2 OR a = - - 3   │ (or (= a -1) (= a 2) (= a 3))
          a = -b                          │ (= a (- b))
          a - 1 > b + 2 - c               │ (> (- a 1) (- (+ b 2) c))
          a-1=0                           │ (= (- a 1) 0)
          a = <<'x', 'y'>>                │ (= a (set 'x' 'y'))
          a = [[], {'k': {}}]             │ (= a (list (list ) (map k:(map))))
          status = 1 AND year = 2 AND _a$1 = 3 │ (and (= status 1) (= year 2) (= _a$1 3))
          """)
  void conditionIsRead(String text, String tree) {
    assertThat(StatementText.of(StatementParser.parse("SELECT * FROM T WHERE " + text).statement()))
        .isEqualTo("select * from T where " + tree);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '│',
      quoteCharacter = '`',
      textBlock =
          """
          SLECT * FROM T                          │ it does not begin as a SELECT, INSERT, UPDATE or DELETE does
          ``                                      │ it does not begin as a SELECT, INSERT, UPDATE or DELETE does
          ;                                       │ it does not begin as a SELECT, INSERT, UPDATE or DELETE does
          UPDATE Payment-T SET a = 1              │ it does not begin as a SELECT, INSERT, UPDATE or DELETE does
          UPDATE T WHERE a = 1                    │ it does not begin as a SELECT, INSERT, UPDATE or DELETE does
          FROM T WHERE a = 1                      │ it does not begin as a SELECT, INSERT, UPDATE or DELETE does
          SELECT * FROM T WHERE a = 1 foo         │ more follows than a statement
          SELECT * FROM T WHERE a = 1 e5          │ more follows than a statement
          SELECT * FROM T WHERE a = 1)            │ more follows than a statement
          SELECT * FROM T WHERE a = 1;;           │ more follows than a statement
          SELECT * FROM T WHERE a = b = c         │ more follows than a statement
          SELECT * FROM T ORDER BY a WHERE a = 1  │ more follows than a statement
          INSERT INTO T VALUE {'a': 1} foo        │ more follows than a statement
          INSERT INTO T t VALUE {'a': 1}          │ more follows than a statement
          UPDATE T SET a = 9 WHERE k = 1 foo      │ more follows than a statement
          UPDATE T REMOVE a, b WHERE k = 1        │ more follows than a statement
          FROM T SET c = 1 WHERE k = 'a'          │ more follows than a statement
          DELETE FROM T WHERE k = 1 foo           │ more follows than a statement
          DELETE FROM T WHERE k = 1 ORDER BY k    │ more follows than a statement
          SELECT * FROM T WHERE                   │ a value stands where none may be
          SELECT * FROM T WHERE;                  │ a value stands where none may be
          SELECT * FROM T WHERE NOT               │ a value stands where none may be
          SELECT * FROM T WHERE (                 │ a value stands where none may be
          SELECT * FROM                           │ a value stands where none may be
          UPDATE T SET a = 1 WHERE                │ a value stands where none may be
          SELECT * FROM T WHERE a = 'p' AND       │ nothing follows the operator
          SELECT * FROM T WHERE a = 'p' OR        │ nothing follows the operator
          SELECT * FROM T WHERE ORDER BY k        │ a keyword stands where none may be
          SELECT * FROM T WHERE date = 1          │ a keyword stands where none may be
          SELECT * FROM T WHERE key = 1           │ a keyword stands where none may be
          INSERT INTO urls (key, b) VALUES (?, ?) │ a keyword stands where none may be
          SELECT * FROM T WHERE IS NULL           │ an operator stands where none may be
          SELECT * FROM T WHERE a = LIKE          │ an operator stands where none may be
          SELECT * FROM T WHERE = 1               │ an operator stands where none may be
          SELECT * FROM T WHERE a IS FOO          │ IS needs a type
          SELECT * FROM T WHERE a IS              │ IS needs a type
          SELECT * FROM T WHERE a.inner = 1       │ no name follows the '.'
          SELECT * FROM T WHERE a. = 1            │ no name follows the '.'
          DELETE FROM                             │ a name is missing
          DELETE FROM;                            │ a name is missing
          DELETE FROM WHERE k = 'a'               │ a name is missing
          UPDATE                                  │ a name is missing
          SELECT * FROM T WHERE (a = 1            │ a ')' is missing
          SELECT * FROM T WHERE a IN [1           │ a ']' is missing
          INSERT INTO T VALUE {'a': 1             │ a '}' is missing
          INSERT INTO T VALUE {'a' 1}             │ a ':' is missing
          INSERT INTO T VALUE {'a': <<1}          │ a '>>' is missing
          """)
  void malformedStatementIsRefused(String text, String detail) {
    assertRefused(text, NOT_WELL_FORMED + detail);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "SELECT * FROM T WHERE a = 1 # note",
        "SELECT * FROM T WHERE a = 1 /* note",
        "SELECT * FROM T WHERE a = 'open",
        "SELECT * FROM \"open",
        "SELECT * FROM T WHERE a = `1`",
        "SELECT * FROM T WHERE a = 1e",
        "SELECT * FROM T WHERE a = 1x",
        "SELECT * FROM T WHERE a = 1e2147483648",
        "SELECT * FROM T WHERE a = 1e99999999999",
        "SELECT * FROM T WHERE a = 1.5e-2147483647",
        "SELECT * FROM T WHERE ä = 1"
      })
  void whatIsNoTokenIsRefusedWithoutDetail(String text) {
    assertRefused(text, NOT_WELL_FORMED);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '│',
      quoteCharacter = '`',
      textBlock =
          """
          SELECT * FROM T t WHERE a = 1          │ A table has no other name within a statement
          SELECT * FROM "T" AS t WHERE a = 1     │ A table has no other name within a statement
          SELECT a AS b FROM T                   │ A table has no other name within a statement
          UPDATE T t SET a = 3 WHERE a = 1       │ A table has no other name within a statement
          DELETE FROM T t WHERE a = 1            │ A table has no other name within a statement
          SELECT *, a FROM T                     │ Beside * no attribute is selected
          SELECT a, * FROM T                     │ Beside * no attribute is selected
          SELECT count(a) FROM T                 │ This is no step of a path: at 1:8:5
          SELECT 'a' FROM T                      │ This is no step of a path: at 1:8:3
          SELECT a['b'] FROM T                   │ This is no step of a path: at 1:10:3
          SELECT l[-1] FROM T                    │ List index is not within the allowable range; index: [-1] at 1:11:1
          SELECT l[9999999999] FROM T            │ List index is not within the allowable range; index: [9999999999] at 1:10:10
          SELECT * FROM T, U                     │ FROM takes one table or index
          SELECT * FROM T JOIN U                 │ FROM takes one table or index
          SELECT * FROM a.b.c                    │ FROM takes a table, or a table and one of its indexes
          SELECT * FROM T LIMIT 3                │ There is no clause LIMIT at 1:17:5
          SELECT * FROM T WHERE a=1 GROUP BY a   │ There is no clause GROUP at 1:27:5
          SELECT DISTINCT a FROM T               │ There is no clause DISTINCT at 1:8:8
          UPDATE T.i SET a = 1                   │ An index takes no writes
          INSERT INTO T VALUE {} RETURNING ALL OLD * │ INSERT takes no RETURNING
          DELETE FROM T RETURNING ALL OLD a      │ RETURNING takes * only
          """)
  void whatDynamoDbDoesNotDoIsRefused(String text, String message) {
    assertRefused(text, message);
  }

  @Test
  void placesCountLinesAndCharacters() {
    assertRefused(
        "SELECT a,\n -- note\n /* two\n lines */ 'b\n c' FROM T",
        "This is no step of a path: at 4:11:6");
  }

  @Test
  void parametersAreNumberedFromLeftToRight() {
    StatementParser.Parsed parsed =
        StatementParser.parse("UPDATE T SET a = ?, b = [?, 1] WHERE k = ? AND c IN [?, '?']");
    assertThat(parsed.parameters()).isEqualTo(4);
    assertThat(StatementText.of(parsed.statement()))
        .isEqualTo("update T set a ?0 set b (list ?1 1) where (and (= k ?2) (in c[ ?3,  '?']))");
  }

  @Test
  void operatorsAreBounded() {
    String most = "a = 1" + " OR a = 1".repeat(149) + " OR NOT b";
    assertRefused(
        "SELECT * FROM T WHERE " + most,
        "The expression contains too many operators; operator count: 301");
    assertThat(StatementParser.parse("SELECT * FROM T WHERE " + most.replace("NOT ", "")))
        .isNotNull();
  }

  @Test
  void bracketsAreBounded() {
    int most = TermParser.NESTING_MAX - 1;
    String from = "SELECT * FROM T WHERE a = ";
    assertThat(StatementParser.parse(from + "(".repeat(most) + "1" + ")".repeat(most))).isNotNull();
    for (String bracket : new String[] {"(", "[", "<<", "{'a':", "size("}) {
      assertThatThrownBy(() -> StatementParser.parse(from + bracket.repeat(1000)))
          .isInstanceOf(ApiException.class);
    }
    assertRefused(
        from + "(".repeat(most + 1), NOT_WELL_FORMED + "It nests more than 100 levels deep");
  }

  @Test
  void pathsAreBounded() {
    assertThat(StatementParser.parse("SELECT a" + ".b".repeat(31) + " FROM T")).isNotNull();
    assertRefused(
        "SELECT a" + ".b".repeat(32) + " FROM T",
        "The document path has too many nesting elements; nesting levels: 33");
  }

  private static void assertRefused(String text, String message) {
    assertThatThrownBy(() -> StatementParser.parse(text))
        .isInstanceOfSatisfying(
            ApiException.class,
            error -> {
              assertThat(error.kind()).isEqualTo(ApiException.Kind.VALIDATION);
              assertThat(error).hasMessage(message);
            });
  }
}
