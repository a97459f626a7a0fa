package dev.evenkeel.wal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.evenkeel.environment.Disk;
import dev.evenkeel.simulation.SimulatedDisk;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/// What a log says of damage: a torn tail is dropped, anything else is reported.
class LogDamageTest {
  private static final String SEGMENT = "log/segment-0000000000000001.log";
  private static final int LAST_BATCH = 3 * SegmentFormat.BLOCK_BYTES;
  private static final List<Long> FOUR = List.of(1L, 2L, 3L, 4L);
  private static final List<Long> SIX = List.of(1L, 2L, 3L, 4L, 5L, 6L);

  static final LogListener NOBODY =
      new LogListener() {
        @Override
        public void durable(long sequence) {}

        @Override
        public void failed(IOException cause) {}
      };

  private final SplittableRandom random = new SplittableRandom(11);

  @Test
  void lastBatchCutAnywhereIsDroppedAndTheRestStays() throws IOException {
    SimulatedDisk disk = threeBatches(1).world().disk();
    int recordsEnd = LAST_BATCH + RecordFormat.bytes(40) + RecordFormat.HEADER_BYTES + 40;
    for (int cut = LAST_BATCH; cut < LAST_BATCH + SegmentFormat.BLOCK_BYTES; cut++) {
      SimulatedDisk copy = disk.durableCopy();
      zero(copy, cut, LAST_BATCH + SegmentFormat.BLOCK_BYTES);
      List<Long> expected = isSame(disk, copy, recordsEnd) ? SIX : FOUR;
      assertThat(slots(copy)).as("cut at %d", cut).isEqualTo(expected);
      assertThat(slots(copy)).as("cut at %d, second time", cut).isEqualTo(expected);
    }
  }

  @Test
  void lastBatchWithoutItsBeginningIsDropped() throws IOException {
    SimulatedDisk disk = threeBatches(2).world().disk();
    for (int length = Integer.BYTES; length <= RecordFormat.bytes(40); length++) {
      SimulatedDisk copy = disk.durableCopy();
      zero(copy, LAST_BATCH, LAST_BATCH + length);
      assertThat(slots(copy)).isEqualTo(FOUR);
      assertThat(slots(copy)).isEqualTo(FOUR);
    }
  }

  /// The second half of a torn batch stays on the disk; then the first half of another one, of the
  /// same shape and in the same place, gets there.
  @Test
  void halvesOfTwoTornBatchesNeverMakeOne() throws IOException {
    SimulatedDisk disk = SimulatedDisk.inline(14);
    appendTwoBlocks(disk, (byte) 1);
    appendTwoBlocks(disk, (byte) 2);
    int second =
        LAST_BATCH + SegmentFormat.BLOCK_BYTES; // after the seal that the second life wrote
    zero(disk, second, second + SegmentFormat.BLOCK_BYTES);
    byte[] torn = appendTwoBlocks(disk, (byte) 3);
    try (Disk.File file = disk.open(SEGMENT)) {
      int half = second + SegmentFormat.BLOCK_BYTES;
      file.write(half, ByteBuffer.wrap(torn, half, SegmentFormat.BLOCK_BYTES));
    }
    assertThat(slots(disk)).isEqualTo(FOUR);
  }

  @Test
  void everyFlippedBitBeforeTheLastBatchIsReported() throws IOException {
    LogLife life = threeBatches(3);
    String segment = life.world().files("segment-").getFirst();
    for (int batch = 1; batch <= 2; batch++) {
      int begin = batch * SegmentFormat.BLOCK_BYTES;
      for (int record = 0; record < 2; record++) {
        int at = begin + record * RecordFormat.bytes(40);
        for (int i = 0; i < RecordFormat.HEADER_BYTES + 40; i++) {
          assertReported(life, segment, at + i, begin);
        }
      }
    }
  }

  @Test
  void everyFlippedBitOfTheHeaderIsReported() throws IOException {
    LogLife life = threeBatches(4);
    String segment = life.world().files("segment-").getFirst();
    for (int i = 0; i < 40; i++) {
      assertReported(life, segment, i, 0);
    }
  }

  @Test
  void damageBeforeASealIsReportedInTheLastBatchToo() throws IOException {
    LogLife life = threeBatches(5).reopen();
    life.end();
    life.world().forget();
    String segment = life.world().files("segment-").getFirst();
    byte[] whole = life.world().disk().contents(segment);
    int seal = LAST_BATCH + SegmentFormat.BLOCK_BYTES;
    assertThat(RecordFormat.isSeal(ByteBuffer.wrap(whole), seal)).isTrue();
    assertReported(life, segment, LAST_BATCH + 60, LAST_BATCH);
  }

  @Test
  void reportIsOneLineThatNamesFileAndPlace() throws IOException {
    LogLife life = threeBatches(6);
    String segment = life.world().files("segment-").getFirst();
    life.world().disk().flip(segment, SegmentFormat.BLOCK_BYTES + 5, 3);
    assertThatThrownBy(life::reopen)
        .isInstanceOf(CorruptLogException.class)
        .hasMessageContaining(segment + " at offset 4096")
        .hasMessageContaining("batch 2 after it is whole")
        .hasMessageContaining("restore")
        .message()
        .doesNotContain("\n");
  }

  @Test
  void reportChangesNothing() throws IOException {
    LogLife life = threeBatches(7);
    String segment = life.world().files("segment-").getFirst();
    life.world().disk().flip(segment, SegmentFormat.BLOCK_BYTES + 5, 3);
    byte[] before = life.world().disk().contents(segment);
    assertThatThrownBy(life::reopen).isInstanceOf(CorruptLogException.class);
    assertThat(life.world().disk().contents(segment)).isEqualTo(before);
  }

  @Test
  void missingSegmentIsReported() throws IOException {
    LogLife life = LogLife.begin(8);
    fillSegments(life, 4);
    life.world().disk().delete(life.world().files("segment-").get(1));
    assertThatThrownBy(life::reopen)
        .isInstanceOf(CorruptLogException.class)
        .hasMessageContaining("segment-0000000000000002.log")
        .hasMessageContaining("missing");
  }

  @Test
  void damageInAFullSegmentIsReported() throws IOException {
    LogLife life = LogLife.begin(9);
    fillSegments(life, 3);
    String first = life.world().files("segment-").getFirst();
    byte[] whole = life.world().disk().contents(first);
    int last = lastBatchAt(whole);
    life.world().disk().flip(first, last + 50, 0);
    assertThatThrownBy(life::reopen)
        .isInstanceOf(CorruptLogException.class)
        .hasMessageContaining(first + " at offset " + last)
        .hasMessageContaining("segment-0000000000000002.log");
  }

  @Test
  void segmentUnderAnotherNumberIsReported() throws IOException {
    LogLife life = threeBatches(10);
    life.world()
        .disk()
        .rename(life.world().files("segment-").getLast(), "log/spare-0000000000000009.log");
    life.world()
        .disk()
        .rename(life.world().files("segment-").getFirst(), "log/segment-0000000000000007.log");
    assertThatThrownBy(() -> life.reopen(Expected.NOTHING))
        .hasMessageContaining("segment 1 by its header");
  }

  @Test
  void unknownVersionIsSaidPlainly() throws IOException {
    LogLife life = threeBatches(11);
    String segment = life.world().files("segment-").getFirst();
    byte[] bytes = life.world().disk().contents(segment);
    ByteBuffer block = ByteBuffer.wrap(bytes, 0, SegmentFormat.BLOCK_BYTES).slice();
    block.putInt(8, 9).putInt(12, SegmentFormat.checksum(block));
    try (Disk.File file = life.world().disk().open(segment)) {
      file.write(0, block);
    }
    assertThatThrownBy(life::reopen)
        .isInstanceOf(IOException.class)
        .isNotInstanceOf(CorruptLogException.class)
        .hasMessageContaining(segment)
        .hasMessageContaining("version 9");
  }

  @Test
  void recordsOfAFormerLifeNeverVerify() throws IOException {
    LogLife life = LogLife.begin(12);
    for (int round = 0; round < 4; round++) {
      fillSegments(life, 3);
      life.release(1, life.model().group(1).durable);
      life.world().settle();
    }
    assertThat(life.events(LogMeter.SEGMENT_REUSED)).isPositive();
    life = life.reopen();
    LogModel.Group group = life.model().group(1);
    assertThat(group.lastReplayed).isEqualTo(group.appended());
  }

  @Test
  void unfinishedFilesAreRemovedAndSparesOfAnotherSizeToo() throws IOException {
    LogLife life = threeBatches(13);
    life.world().disk().open("log/unfinished-0000000000000002.log").close();
    life.world().disk().open("log/spare-0000000000000003.log").close();
    life.reopen();
    life.world().settle();
    assertThat(life.world().files("unfinished-")).isEmpty();
    assertThat(life.world().files("spare-")).doesNotContain("log/spare-0000000000000003.log");
  }

  /// Three batches of two records in one segment; slots 1 to 6 of group 1. The process is gone, and
  /// the batches follow each other from the second block on.
  private LogLife threeBatches(long seed) throws IOException {
    LogLife life = LogLife.begin(seed);
    for (int batch = 0; batch < 3; batch++) {
      life.model().append(life.door(1), 40, random);
      life.model().append(life.door(1), 40, random);
      life.world().settle();
    }
    life.world().forget();
    life.world().disk().kill();
    return life;
  }

  private void fillSegments(LogLife life, int segments) {
    int wanted = life.log().liveSegments() + segments;
    while (life.log().liveSegments() < wanted) {
      life.model().append(life.door(1), 3_000, random);
      life.world().settle();
    }
  }

  private static void assertReported(LogLife life, String segment, long position, long batch)
      throws IOException {
    int bit = (int) (position % 8);
    life.world().disk().flip(segment, position, bit);
    assertThatThrownBy(life::reopen)
        .as("flipped bit %d of byte %d", bit, position)
        .isInstanceOfSatisfying(
            CorruptLogException.class,
            report -> {
              assertThat(report.file()).isEqualTo(segment);
              assertThat(report.offset()).isEqualTo(batch);
            });
    life.world().disk().flip(segment, position, bit);
  }

  /// Opens the log, has it write a batch of four records that takes two blocks, and lets it die.
  /// Answers the segment as it was just before that batch.
  private static byte[] appendTwoBlocks(SimulatedDisk disk, byte content) throws IOException {
    LogWorld world = new LogWorld(disk);
    Log log = Log.open(world, LogLife.SMALL, (group, kind, ballot, slot, payload) -> {});
    world.settle();
    byte[] before = disk.contents(SEGMENT);
    LogGroup group = log.group(1, NOBODY);
    byte[] payload = new byte[SegmentFormat.BLOCK_BYTES / 2 - RecordFormat.HEADER_BYTES];
    Arrays.fill(payload, content);
    for (long slot = 1; slot <= 4; slot++) {
      group.append((byte) 0, 0, slot, payload);
    }
    world.settle();
    disk.kill();
    return before;
  }

  /// The slots that a log on that disk replays.
  private static List<Long> slots(SimulatedDisk disk) throws IOException {
    List<Long> slots = new ArrayList<>();
    LogWorld world = new LogWorld(disk);
    Log.open(world, LogLife.SMALL, (group, kind, ballot, slot, payload) -> slots.add(slot));
    world.settle();
    return slots;
  }

  private static void zero(SimulatedDisk disk, int from, int to) throws IOException {
    try (Disk.File file = disk.open(SEGMENT)) {
      file.write(from, ByteBuffer.allocate(to - from));
    }
  }

  /// Whether both hold the same up to there.
  private static boolean isSame(SimulatedDisk one, SimulatedDisk other, int end)
      throws IOException {
    return Arrays.equals(one.contents(SEGMENT), 0, end, other.contents(SEGMENT), 0, end);
  }

  private static int lastBatchAt(byte[] segment) {
    ByteBuffer bytes = ByteBuffer.wrap(segment);
    int last = 0;
    for (int at = SegmentFormat.BLOCK_BYTES; at < segment.length; at += SegmentFormat.BLOCK_BYTES) {
      if (RecordFormat.batch(bytes, at) > 0) {
        last = at;
      }
    }
    return last;
  }
}
