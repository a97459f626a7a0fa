package dev.evenkeel.partiql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeout;

import dev.evenkeel.model.ApiException;
import java.time.Duration;
import java.util.Random;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

/// Whatever a statement is, it is read, or refused with a ValidationException, in little time.
/// Repeat with `-Dseed=…`.
class RandomStatementTest {
  private static final int ROUNDS = 5_000;
  private static final int CHARS_MAX = 8192;

  /// Far more than any statement needs, also on a busy machine.
  private static final Duration TIME_MAX = Duration.ofSeconds(2);

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
