package dev.evenkeel.fuzz;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.provider.MethodSource;

/// Requests whose choices Jazzer varies towards code that was not reached before; `make fuzz` says
/// for how long. A finding is printed as the request that it is.
@Tag("fuzz")
class CoverageTest {
  private static final int REQUESTS_MAX = 6;
  private static final int BEGINNINGS = 200;
  private static final int BYTES = 300;

  private static final class Holder {
    static final FuzzedDatabase DATABASE = open();
  }

  private static FuzzedDatabase open() {
    try {
      return new FuzzedDatabase(false);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// Where it starts: choices for a few whole requests each.
  static Stream<byte[]> beginnings() {
    return IntStream.range(0, BEGINNINGS)
        .mapToObj(seed -> {
          byte[] choices = new byte[BYTES];
          new Random(seed).nextBytes(choices);
          return choices;
        });
  }

  // Jazzer wants to be the last.
  @MethodSource("beginnings")
  @FuzzTest
  void everyRequestIsAnsweredAsTheModelDeclares(byte[] data) throws IOException {
    int[] next = {0};
    Choices choices = Choices.of(data, next);
    for (int i = 0; i < REQUESTS_MAX && next[0] < data.length; i++) {
      Holder.DATABASE.request(choices);
    }
  }
}
