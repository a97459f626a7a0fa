package dev.evenkeel.wal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.evenkeel.simulation.CrashLoss;
import dev.evenkeel.simulation.DiskFaults.Operation;
import dev.evenkeel.simulation.SimulatedDisk;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/// What a log does while it lives.
class LogTest {
  private static final int SMALL_PAYLOAD = 100;

  private final SplittableRandom random = new SplittableRandom(7);

  @Test
  void acknowledgedRecordsAreThereAfterPowerLoss() throws IOException {
    LogLife life = LogLife.begin(1);
    append(life, 1, 5);
    append(life, 2, 5);
    life.world().settle();
    assertThat(life.model().group(1).durable).isEqualTo(5);
    life.world().disk().crash(CrashLoss.EVERYTHING);
    life.reopen();
    assertThat(life.model().group(1).lastReplayed).isEqualTo(5);
    assertThat(life.model().group(2).lastReplayed).isEqualTo(5);
  }

  @Test
  void recordsThatWaitTogetherShareOneBatch() throws IOException {
    LogLife life = LogLife.begin(2);
    for (int group = 0; group < 8; group++) {
      append(life, group, 3);
    }
    life.world().settle();
    life = life.reopen();
    append(life, 1, 1);
    life.world().settle();
    assertThat(life.events(LogMeter.SHARED_BATCH)).isBetween(1L, 3L);
  }

  @Test
  void nothingIsAcknowledgedBeforeItsSync() throws IOException {
    LogLife life = LogLife.begin(3);
    append(life, 1, 5);
    life.world().disk().crash(CrashLoss.EVERYTHING);
    assertThat(life.model().group(1).durable).isZero();
    life.reopen();
    assertThat(life.model().group(1).lastReplayed).isZero();
  }

  @Test
  void durableSaysHowManyAppendsAndNotWhichSlots() throws IOException {
    LogLife life = LogLife.begin(19);
    Told listener = new Told(new ArrayList<>());
    LogGroup door = life.log().group(1, listener);
    for (long slot : new long[] {7, 3, 7, 1, 3}) {
      assertThat(door.append((byte) 1, 1, slot, new byte[1])).isEqualTo(AppendOutcome.ACCEPTED);
      life.world().settle();
    }
    assertThat(listener.told).containsExactly(1L, 2L, 3L, 4L, 5L);
    assertThat(door.appended()).isEqualTo(5);
  }

  @Test
  void refusedAppendGetsNoNumber() throws IOException {
    LogLife life = LogLife.begin(20);
    LogGroup door = life.door(1);
    byte[] payload = new byte[LogLife.SMALL.payloadBytesMax()];
    while (door.append((byte) 1, 1, 1, payload) == AppendOutcome.ACCEPTED) {}
    long accepted = LogLife.SMALL.queueBytesMax() / LogLife.SMALL.batchBytesMax();
    assertThat(door.appended()).isEqualTo(accepted);
  }

  @Test
  void emptyFolderBecomesAnEmptyLog() throws IOException {
    LogLife life = LogLife.begin(4);
    assertThat(life.log().liveSegments()).isEqualTo(1);
    assertThat(life.log().hasRoom()).isTrue();
    assertThat(life.model().groups()).isEmpty();
  }

  @Test
  void recordsSpreadOverManySegmentsAreReplayedInOrder() throws IOException {
    LogLife life = LogLife.begin(5);
    fill(life, 6);
    life.reopen();
    LogModel.Group group = life.model().group(1);
    assertThat(group.firstReplayed).isEqualTo(1);
    assertThat(group.lastReplayed).isEqualTo(group.appended());
  }

  @Test
  void releasedSegmentsAreUsedAgain() throws IOException {
    LogLife life = LogLife.begin(6);
    for (int round = 0; round < 10; round++) {
      fill(life, 3);
      life.release(1, life.model().group(1).durable);
      life.world().settle();
    }
    assertThat(life.log().liveSegments()).isEqualTo(1);
    assertThat(life.events(LogMeter.SEGMENT_REUSED)).isPositive();
    assertThat(life.world().files("range-")).hasSize(1);
    assertThat(life.world().files("")).hasSizeLessThanOrEqualTo(3 + LogLife.SMALL.sparesMax());
    life.reopen();
  }

  @Test
  void segmentStaysUntilEveryGroupReleasedIt() throws IOException {
    LogLife life = LogLife.begin(7);
    append(life, 2, 1);
    fill(life, 3);
    life.release(1, life.model().group(1).durable);
    life.world().settle();
    int pinned = life.log().liveSegments();
    life.release(2, 1);
    life.world().settle();
    assertThat(pinned).isGreaterThanOrEqualTo(3);
    assertThat(life.log().liveSegments()).isEqualTo(1);
  }

  @Test
  void groupThatIsGonePinsNothing() throws IOException {
    LogLife life = LogLife.begin(8);
    append(life, 2, 1);
    fill(life, 3);
    life.release(1, life.model().group(1).durable);
    life.log().drop(2);
    life.world().settle();
    assertThat(life.log().liveSegments()).isEqualTo(1);
  }

  @Test
  void failedSyncKillsTheLogForGood() throws IOException {
    LogLife life = LogLife.begin(9);
    append(life, 1, 1);
    life.world().settle();
    life.world().disk().faults().failNext(Operation.SYNC);
    append(life, 1, 1);
    life.world().settle();
    assertThat(life.model().group(1).durable).isEqualTo(1);
    assertThat(life.model().group(1).failures).isEqualTo(1);
    assertThat(life.log().failure()).hasMessageContaining("SYNC of log/segment-");
    assertThat(append(life, 1, 1)).isEqualTo(AppendOutcome.FAILED);
    life.world().passTime(Duration.ofMinutes(1));
    assertThat(append(life, 1, 1)).isEqualTo(AppendOutcome.FAILED);
    assertThat(life.end()).isTrue();
  }

  @Test
  void groupThatComesAfterTheFailureHearsOfIt() throws IOException {
    LogLife life = LogLife.begin(10);
    life.world().disk().faults().failNext(Operation.WRITE);
    append(life, 1, 1);
    life.world().settle();
    life.door(2);
    life.world().settle();
    assertThat(life.model().group(2).failures).isEqualTo(1);
  }

  @Test
  void whatFailedToSyncIsNotTakenForDurableAfterRestart() throws IOException {
    LogLife life = LogLife.begin(11);
    append(life, 1, 3);
    life.world().settle();
    life.world().disk().faults().failNext(Operation.SYNC);
    append(life, 1, 3);
    life.world().settle();
    life.world().disk().kill();
    LogLife second = life.reopen();
    life.world().settle();
    long found = life.model().group(1).lastReplayed;
    life.world().disk().crash(CrashLoss.EVERYTHING);
    second.reopen();
    assertThat(life.model().group(1).lastReplayed).isEqualTo(found);
  }

  /// An open finds a record whose sync failed, and copies it to a former segment; it is killed
  /// meanwhile. When the record has gone from the page cache, the next open copies as well.
  @Test
  void copyThatWasInterruptedBringsNothingBack() throws IOException {
    LogLife life = LogLife.begin(12);
    fill(life, 3);
    life.release(1, life.model().group(1).durable);
    append(life, 1, 1);
    life.world().settle();
    long durable = life.model().group(1).durable;
    life.world().disk().faults().failNext(Operation.SYNC);
    append(life, 1, 1);
    life.world().settle();
    assertThat(life.world().files("spare-")).isNotEmpty();
    LogLife second = life.reopen();
    assertThat(life.model().group(1).lastReplayed).isEqualTo(durable + 1);
    String segment = life.world().files("segment-").getLast();
    byte[] damaged = damageLastBatch(life.world().disk(), segment);
    LogLife third = second.reopen();
    assertThat(life.model().group(1).lastReplayed).isEqualTo(durable);
    while (Arrays.equals(life.world().disk().contents(segment), damaged)) {
      assertThat(life.world().step()).as("the copy takes the segment's place").isTrue();
    }
    third.reopen();
    assertThat(life.model().group(1).lastReplayed).isEqualTo(durable);
  }

  /// Changes the last byte that is written there.
  ///
  /// @return what the file holds then
  private static byte[] damageLastBatch(SimulatedDisk disk, String segment) throws IOException {
    byte[] bytes = disk.contents(segment);
    int last = bytes.length - 1;
    while (bytes[last] == 0) {
      last--;
    }
    disk.flip(segment, last, 0);
    return disk.contents(segment);
  }

  @Test
  void fullDiskRefusesAppendsAndTakesThemAgainWhenSpaceReturns() throws IOException {
    LogLife life = LogLife.begin(12);
    append(life, 1, 1);
    life.world().settle();
    life.world().disk().faults().capacityBytes(0);
    life.world().passTime(LogLife.SMALL.roomInterval());
    assertThat(append(life, 1, 1)).isEqualTo(AppendOutcome.DISK_FULL);
    assertThat(life.log().hasRoom()).isFalse();
    life.world().disk().faults().capacityBytes(Long.MAX_VALUE);
    life.world().passTime(LogLife.SMALL.roomInterval());
    assertThat(append(life, 1, 1)).isEqualTo(AppendOutcome.ACCEPTED);
    life.world().settle();
    assertThat(life.model().group(1).durable).isEqualTo(2);
  }

  @Test
  void whatWasAcceptedHasItsPlaceWhenTheDiskFillsUp() throws IOException {
    LogOptions roomy =
        new LogOptions(
            "log", 256 << 10, 256 << 10, 16 << 10, 64 << 10, 0, 2, Duration.ofSeconds(1));
    LogLife life = LogLife.begin(13, roomy);
    // Room for the active segment only: the second one is there already, the third cannot be made.
    life.world().disk().faults().capacityBytes(512 << 10);
    AppendOutcome outcome = AppendOutcome.ACCEPTED;
    while (outcome == AppendOutcome.ACCEPTED) {
      outcome = append(life, 1, 1);
      life.world().step();
      if (outcome == AppendOutcome.OVERLOADED) {
        life.world().settle();
        outcome = AppendOutcome.ACCEPTED;
      }
    }
    assertThat(outcome).isEqualTo(AppendOutcome.DISK_FULL);
    life.world().settle();
    LogModel.Group group = life.model().group(1);
    assertThat(group.durable).isEqualTo(group.appended()).isGreaterThan(100);
  }

  @Test
  void appendBeyondTheQueueIsRefused() throws IOException {
    LogLife life = LogLife.begin(14);
    AppendOutcome outcome = AppendOutcome.ACCEPTED;
    while (outcome == AppendOutcome.ACCEPTED) {
      outcome = append(life, 1, 1);
    }
    assertThat(outcome).isEqualTo(AppendOutcome.OVERLOADED);
    life.world().settle();
    assertThat(life.log().pendingBytes()).isZero();
    assertThat(append(life, 1, 1)).isEqualTo(AppendOutcome.ACCEPTED);
  }

  @Test
  void recordThatFitsNoBatchIsTheCallersBug() throws IOException {
    LogLife life = LogLife.begin(15);
    int tooLong = LogLife.SMALL.payloadBytesMax() + 1;
    assertThatThrownBy(() -> life.door(1).append((byte) 0, 0, 1, new byte[tooLong]))
        .isInstanceOf(IllegalArgumentException.class);
    assertThat(life.model().append(life.door(1), tooLong - 1, random))
        .isEqualTo(AppendOutcome.ACCEPTED);
    life.world().settle();
    assertThat(life.model().group(1).durable).isEqualTo(1);
  }

  @Test
  void closingWritesWhatIsPending() throws IOException {
    LogLife life = LogLife.begin(16);
    append(life, 1, 10);
    assertThat(life.end()).isTrue();
    assertThat(life.model().group(1).durable).isEqualTo(10);
    assertThat(append(life, 1, 1)).isEqualTo(AppendOutcome.CLOSED);
    life.world().disk().crash(CrashLoss.EVERYTHING);
    life.reopen();
    assertThat(life.model().group(1).lastReplayed).isEqualTo(10);
  }

  @Test
  void closingAgainAndAgainDoesNotGrowTheLog() throws IOException {
    LogLife life = LogLife.begin(17);
    append(life, 1, 1);
    life.end();
    byte[] first = life.world().disk().contents(life.world().files("segment-").getFirst());
    for (int i = 0; i < 3; i++) {
      life = life.reopen();
      life.world().settle();
      life.end();
    }
    byte[] last = life.world().disk().contents(life.world().files("segment-").getFirst());
    assertThat(last).isEqualTo(first);
  }

  @Test
  void payloadIsShownReadOnly() throws IOException {
    LogLife life = LogLife.begin(18);
    append(life, 1, 1);
    life.end();
    life.world().forget();
    LogReplay replay =
        (group, kind, ballot, slot, payload) ->
            assertThat(payload).satisfies(ByteBuffer::isReadOnly);
    Log.open(life.world(), LogLife.SMALL, replay);
  }

  private record Told(List<Long> told) implements LogListener {
    @Override
    public void durable(long sequence) {
      told.add(sequence);
    }

    @Override
    public void failed(IOException cause) {
      throw new AssertionError(cause);
    }
  }

  private AppendOutcome append(LogLife life, long group, int records) {
    AppendOutcome outcome = AppendOutcome.ACCEPTED;
    for (int i = 0; i < records; i++) {
      outcome = life.model().append(life.door(group), SMALL_PAYLOAD, random);
    }
    return outcome;
  }

  /// Appends to group 1 until so many more segments are live.
  private void fill(LogLife life, int segments) {
    int wanted = life.log().liveSegments() + segments;
    while (life.log().liveSegments() < wanted) {
      life.model().append(life.door(1), 3_000, random);
      life.world().settle();
    }
  }
}
