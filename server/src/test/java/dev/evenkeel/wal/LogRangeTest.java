package dev.evenkeel.wal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.evenkeel.simulation.CrashLoss;
import dev.evenkeel.telemetry.Telemetry;
import java.io.IOException;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/// A log from which files were taken away.
class LogRangeTest {
  private static final int SEGMENTS = 4;

  private final SplittableRandom random = new SplittableRandom(7);

  /// A log that was closed, whose oldest segments are released and gone.
  private LogLife closed(long seed) throws IOException {
    LogLife life = LogLife.begin(seed);
    fill(life);
    life.release(1, life.model().group(1).durable);
    life.world().settle();
    fill(life);
    assertThat(life.end()).isTrue();
    assertThat(segments(life).getFirst()).isNotEqualTo("log/segment-0000000000000001.log");
    return life;
  }

  private void fill(LogLife life) {
    fill(life, SEGMENTS);
  }

  private void fill(LogLife life, int segments) {
    int wanted = life.log().liveSegments() + segments;
    while (life.log().liveSegments() < wanted) {
      life.model().append(life.door(1), 3_000, random);
      life.world().settle();
    }
  }

  private static List<String> segments(LogLife life) {
    return life.world().files("segment-");
  }

  private static void delete(LogLife life, List<String> files) throws IOException {
    for (String file : files) {
      life.world().disk().delete(file);
    }
  }

  private static String range(LogLife life) {
    List<String> ranges = life.world().files("range-");
    assertThat(ranges).hasSize(1);
    return ranges.getFirst();
  }

  @Test
  void eachSegmentThatIsTakenAwayIsMissed() throws IOException {
    int count = segments(closed(1)).size();
    for (int i = 0; i < count; i++) {
      LogLife life = closed(1);
      String file = segments(life).get(i);
      delete(life, List.of(file));
      assertThatThrownBy(life::reopen)
          .isInstanceOf(CorruptLogException.class)
          .hasMessageContaining(file)
          .hasMessageContaining("missing");
      assertThat(range(life)).as("nothing was changed").isEqualTo(range(closed(1)));
    }
  }

  @Test
  void allSegmentsThatAreTakenAwayAreMissed() throws IOException {
    LogLife life = closed(2);
    String oldest = segments(life).getFirst();
    delete(life, segments(life));
    assertThatThrownBy(life::reopen).hasMessageContaining(oldest + " at offset 0: this file is");
  }

  @Test
  void theWholeLogIsMissed() throws IOException {
    LogLife life = closed(3);
    delete(life, life.world().files(""));
    assertThatThrownBy(life::reopen)
        .isInstanceOf(IOException.class)
        .isNotInstanceOf(CorruptLogException.class)
        .hasMessageContaining("nothing of it is left in the folder log")
        .message()
        .doesNotContain("\n");
    assertThat(life.world().files("")).as("nothing was begun").isEmpty();
  }

  @Test
  void aLogThatWasBegunAndHoldsNothingYetIsOpenedAgain() throws IOException {
    LogWorld world = new LogWorld(4);
    Log.open(world, LogLife.SMALL, (group, kind, ballot, slot, payload) -> {});
    // Before its first segment is there.
    world.forget();
    world.disk().crash(CrashLoss.EVERYTHING);
    new LogLife(world, new LogModel(), LogLife.SMALL, new Telemetry(), Expected.RANGE);
    world.settle();
    assertThat(world.files("range-"))
        .containsExactly("log/range-0000000000000001-0000000000000002.log");
  }

  @Test
  void theRangeIsDurableWhenItsSegmentsAreUsed() throws IOException {
    for (int i = 1; i <= SEGMENTS; i++) {
      LogLife life = LogLife.begin(8);
      fill(life, i);
      String range = range(life);
      List<String> segments = segments(life);
      life.world().forget();
      life.world().disk().crash(CrashLoss.EVERYTHING);
      assertThat(range(life)).isEqualTo(range);
      delete(life, List.of(segments.getLast()));
      assertThatThrownBy(life::reopen).hasMessageContaining(segments.getLast());
    }
  }

  @Test
  void aLogWithoutARangeGetsOne() throws IOException {
    LogLife life = closed(5);
    delete(life, List.of(range(life)));
    assertThatThrownBy(life::reopen).hasMessageContaining("missing");
    LogLife next = life.reopen(Expected.SEGMENT);
    next.world().settle();
    assertThat(next.end()).isTrue();
    delete(next, List.of(segments(next).getFirst()));
    assertThatThrownBy(next::reopen).hasMessageContaining("missing");
  }

  @Test
  void aLogWithoutARangeHasASegment() throws IOException {
    LogLife life = closed(6);
    delete(life, life.world().files(""));
    assertThatThrownBy(() -> life.reopen(Expected.SEGMENT)).hasMessageContaining("missing");
  }

  /// A version that knows no ranges lets segments go and leaves the range as it was.
  @Test
  void aRangeThatIsNotKeptIsNotBelieved() throws IOException {
    LogLife life = closed(7);
    String old = range(life);
    life.world().disk().rename(old, "log/range-0000000000000001-0000000000000002.log");
    assertThatThrownBy(life::reopen).hasMessageContaining("segment-0000000000000001.log");
    life.reopen(Expected.SEGMENT);
    life.world().settle();
    assertThat(range(life)).isNotEqualTo("log/range-0000000000000001-0000000000000002.log");
    life.reopen();
  }
}
