package dev.evenkeel.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// Requests by seeds. `-Dfuzz.seconds=600` goes on for longer, with fresh seeds; `-Dfuzz.seed=n`
/// begins at one.
class RequestsTest {
  private static final long SECONDS = Long.getLong("fuzz.seconds", 0);
  private static final long FIRST = Long.getLong("fuzz.seed", SECONDS > 0 ? System.nanoTime() : 1);

  /// Enough for each operation to be done and to be refused, in seconds.
  private static final int REQUESTS = 3_000;

  @Test
  void everyRequestIsAnsweredAsTheModelDeclares() throws Exception {
    long end = System.nanoTime() + Duration.ofSeconds(SECONDS).toNanos();
    try (FuzzedDatabase database = new FuzzedDatabase(true)) {
      for (int i = 0; i < REQUESTS || System.nanoTime() < end; i++) {
        try {
          database.request(Choices.of(FIRST + i));
        } catch (AssertionError e) {
          throw new AssertionError(
              "request " + i + " from -Dfuzz.seed=" + FIRST + ": " + e.getMessage(), e);
        }
      }
      database
          .outcomes()
          .forEach((operation, outcomes) -> System.out.println(operation + " " + outcomes));
      assertThat(database.outcomes()).containsOnlyKeys(database.operations());
      for (Map<String, Integer> outcomes : database.outcomes().values()) {
        assertThat(outcomes).containsKey("done");
      }
    }
  }
}
