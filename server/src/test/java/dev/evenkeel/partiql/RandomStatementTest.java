package dev.evenkeel.partiql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeout;

import dev.evenkeel.codec.WireReader;
import dev.evenkeel.codec.WireWriter;
import dev.evenkeel.expression.Condition;
import dev.evenkeel.expression.ExpressionDecoder;
import dev.evenkeel.expression.ExpressionEncoder;
import dev.evenkeel.model.ApiException;
import dev.evenkeel.model.AttributeValue;
import dev.evenkeel.model.KeySchema;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/// Whatever a statement is, it is read, or refused with a ValidationException, in little time.
/// Repeat with `-Dseed=…`.
class RandomStatementTest {
  private static final int ROUNDS = 5_000;
  private static final int CHARS_MAX = 8192;

  /// Far more than any statement needs, also on a busy machine.
  private static final Duration TIME_MAX = Duration.ofSeconds(2);

  private static final KeySchema KEYS =
      new KeySchema(new KeySchema.KeyAttribute("a", AttributeValue.Type.S), null);

  private final long seed = Long.getLong("seed", RandomGenerator.getDefault().nextLong());

  @Test
  void randomCharactersAreReadOrRefused() {
    for (int round = 0; round < ROUNDS; round++) {
      Random random = new Random(seed + round);
      String text = RandomStatements.characters(random, random.nextInt(200));
      assertReadOrRefused(text, seed + round);
    }
  }

  @Test
  void randomWordsAreReadOrRefused() {
    int read = 0;
    for (int round = 0; round < ROUNDS; round++) {
      Random random = new Random(seed + round);
      read += assertReadOrRefused(RandomStatements.words(random), seed + round);
    }
    assertThat(read).as("statements that were read").isLessThan(ROUNDS);
  }

  @Test
  void mutatedStatementsAreReadOrRefused() {
    int read = 0;
    for (int round = 0; round < ROUNDS; round++) {
      Random random = new Random(seed + round);
      String text = RandomStatements.mutated(random, RandomStatements.statement(random));
      read += assertReadOrRefused(text, seed + round);
    }
    assertThat(read).as("statements that were read").isBetween(ROUNDS / 100, ROUNDS - 1);
  }

  @Test
  void generatedStatementsAreRead() {
    for (int round = 0; round < ROUNDS; round++) {
      String text = RandomStatements.statement(new Random(seed + round));
      assertThat(assertReadOrRefused(text, seed + round))
          .as("-Dseed=%d: %s", seed + round, text)
          .isEqualTo(1);
    }
  }

  @Test
  void generatedStatementsAreBoundOrRefused() throws IOException {
    int bound = 0;
    for (int round = 0; round < ROUNDS; round++) {
      Random random = new Random(seed + round);
      String text = RandomStatements.statement(random);
      List<AttributeValue> parameters = new ArrayList<>();
      for (int left = StatementParser.parse(text).parameters(); left > 0; left--) {
        parameters.add(RandomStatements.parameter(random));
      }
      try {
        use(BoundStatement.of(text, parameters));
        bound++;
      } catch (ApiException refused) {
        assertThat(refused.kind()).isEqualTo(ApiException.Kind.VALIDATION);
      } catch (RuntimeException | StackOverflowError broken) {
        throw new AssertionError("-Dseed=" + (seed + round) + ": " + text, broken);
      }
    }
    assertThat(bound).as("statements that were bound").isGreaterThan(ROUNDS / 20);
  }

  /// What it compiles to can be planned, and travels between nodes.
  private static void use(BoundStatement statement) throws IOException {
    switch (statement) {
      case BoundStatement.Select select -> {
        switch (select.plan(KEYS)) {
          case ReadPlan.Whole(Condition filter) -> assertTravels(filter);
          case ReadPlan.Ranges ranges -> {
            for (ReadPlan.KeyRange range : ranges.ranges()) {
              assertTravels(range.filter());
            }
          }
          case ReadPlan.Item _ -> {}
        }
      }
      case BoundStatement.Modify modify -> assertTravels(modify.on(KEYS).condition());
      case BoundStatement.Delete delete -> assertTravels(delete.on(KEYS).condition());
      case BoundStatement.Check check -> assertTravels(check.on(KEYS).condition());
      case BoundStatement.Insert insert -> assertTravels(insert.condition(KEYS));
    }
  }

  private static void assertTravels(@Nullable Condition condition) throws IOException {
    if (condition != null) {
      WireWriter out = new WireWriter(256);
      ExpressionEncoder.write(condition, out);
      assertThat(ExpressionDecoder.condition(new WireReader(out.finish()))).isEqualTo(condition);
    }
  }

  @Test
  void deepestConditionsTravel() throws IOException {
    String deep = "NOT ".repeat(297) + "b = 1";
    use(BoundStatement.of("DELETE FROM T WHERE a = 'x' AND " + deep, List.of()));
    use(BoundStatement.of("UPDATE T REMOVE c WHERE a = 'x' AND " + deep, List.of()));
    use(BoundStatement.of("SELECT * FROM T WHERE NOT NOT " + deep, List.of()));
    String nested = "(b = 1 AND ".repeat(99) + "c = 1" + ")".repeat(99);
    use(BoundStatement.of("DELETE FROM T WHERE a = 'x' AND " + nested, List.of()));
  }

  @Test
  void longestStatementsTakeLittleTime() {
    for (String part :
        new String[] {
          "(",
          "[",
          "<<",
          "{'a':",
          "NOT ",
          "- ",
          "a.",
          "a[0]",
          "''",
          "\"\"",
          "--",
          "/*",
          "1",
          ".",
          "1e9 ",
          "a OR ",
          "a IN [",
          "f(",
          "?",
          "a,",
          "\n",
          "SET a = 1 "
        }) {
      for (String start : new String[] {"", "SELECT * FROM T WHERE ", "UPDATE T SET a = "}) {
        String text = start + part.repeat((CHARS_MAX - start.length()) / part.length());
        assertTimeout(TIME_MAX, () -> assertReadOrRefused(text, seed), start + part + "…");
      }
    }
  }

  /// Returns 1 for a statement that was read.
  private static int assertReadOrRefused(String text, long seed) {
    try {
      StatementParser.parse(text);
      return 1;
    } catch (ApiException refused) {
      assertThat(refused.kind()).isEqualTo(ApiException.Kind.VALIDATION);
      return 0;
    } catch (RuntimeException | StackOverflowError broken) {
      String shown = text.substring(0, Math.min(text.length(), 500));
      throw new AssertionError("-Dseed=" + seed + ": " + shown, broken);
    }
  }
}
