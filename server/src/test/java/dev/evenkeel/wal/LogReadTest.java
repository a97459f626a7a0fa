package dev.evenkeel.wal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/// What is read back from a log, and who keeps how much of it.
class LogReadTest {
  private final SplittableRandom random = new SplittableRandom(5);

  @Test
  void recordsAreReadInSlotOrderAcrossSegments() throws IOException {
    LogLife life = LogLife.begin(1);
    fill(life, 3);
    long last = life.model().group(1).highestSlot();
    assertThat(slots(life.read(1, 3, last - 1, 1 << 20)))
        .startsWith(3L)
        .hasSize((int) last - 4)
        .endsWith(last - 2);
    life.model().group(1).requireRead(life.readFrom(1, 1, 5_000));
  }

  @Test
  void newestRecordOfASlotIsReadAndNoNote() throws IOException {
    LogLife life = LogLife.begin(2);
    LogGroup door = life.door(1);
    append(life, 1, 5);
    for (int i = 0; i < 20; i++) {
      life.model().appendAgain(door, 30, random);
      life.model().appendNote(door, 30, random);
      life.world().settle();
    }
    List<LogRecord> read = life.readFrom(1, 1, 100);
    assertThat(slots(read)).containsExactly(1L, 2L, 3L, 4L, 5L);
    life.model().group(1).requireRead(read);
    life = life.reopen();
    assertThat(life.model().group(1).lastReplayed).isEqualTo(45);
    life.model().group(1).requireRead(life.readFrom(1, 1, 100));
  }

  @Test
  void slotsWithoutARecordAreLeftOut() throws IOException {
    LogLife life = LogLife.begin(3);
    LogGroup door = life.log().group(9, LogDamageTest.NOBODY);
    for (long slot : new long[] {8, 2, 5}) {
      door.append((byte) 1, 1, slot, new byte[1]);
    }
    life.world().settle();
    LogRead read = door.read(0, 8, 100);
    assertThat(read).isInstanceOf(LogRead.Records.class);
    assertThat(slots(((LogRead.Records) read).records())).containsExactly(2L, 5L);
    assertThat(door.read(9, 100, 100)).isEqualTo(new LogRead.Records(List.of()));
  }

  @Test
  void onlyDurableRecordsAreRead() throws IOException {
    LogLife life = LogLife.begin(4);
    append(life, 1, 2);
    life.world().settle();
    append(life, 1, 2);
    assertThat(slots(life.readFrom(1, 1, 1_000))).containsExactly(1L, 2L);
    life.world().settle();
    assertThat(slots(life.readFrom(1, 1, 1_000))).containsExactly(1L, 2L, 3L, 4L);
  }

  @Test
  void firstRecordIsReadHoweverLongItIs() throws IOException {
    LogLife life = LogLife.begin(5);
    append(life, 1, 3);
    life.world().settle();
    assertThat(slots(life.read(1, 2, 9, 1))).containsExactly(2L);
    assertThat(slots(life.read(1, 1, 9, 200))).containsExactly(1L, 2L);
  }

  @Test
  void releasedSlotsAndDroppedGroupsAreGone() throws IOException {
    LogLife life = LogLife.begin(6);
    append(life, 1, 4);
    life.world().settle();
    life.release(1, 2);
    assertThat(life.door(1).read(2, 9, 1_000)).isEqualTo(new LogRead.Gone());
    assertThat(slots(life.readFrom(1, 3, 1_000))).containsExactly(3L, 4L);
    life.log().drop(1);
    assertThat(life.door(1).read(3, 9, 1_000)).isEqualTo(new LogRead.Gone());
  }

  @Test
  void slotThatWasReleasedBeforeItWasDurableIsGone() throws IOException {
    LogLife life = LogLife.begin(7);
    append(life, 1, 4);
    life.release(1, 3);
    life.world().settle();
    assertThat(life.door(1).read(3, 9, 1_000)).isEqualTo(new LogRead.Gone());
    assertThat(slots(life.readFrom(1, 4, 1_000))).containsExactly(4L);
  }

  @Test
  void groupWithNothingUnreleasedKeepsNothing() throws IOException {
    LogLife life = LogLife.begin(12);
    append(life, 1, 4);
    life.world().settle();
    assertThat(life.door(1).places).isNotNull();
    life.release(1, 6);
    assertThat(life.door(1).places).isNull();
    append(life, 1, 2);
    life.world().settle();
    assertThat(life.door(1).places).isNull();
  }

  @Test
  void damageIsReportedWithFileAndPlace() throws IOException {
    LogLife life = LogLife.begin(8);
    append(life, 1, 2);
    life.world().settle();
    String segment = life.world().files("segment-").getFirst();
    int second = SegmentFormat.BLOCK_BYTES + RecordFormat.bytes(100);
    life.world().disk().flip(segment, second + 70, 3);
    assertThat(slots(life.read(1, 1, 2, 1_000))).containsExactly(1L);
    assertThatThrownBy(() -> life.read(1, 1, 3, 1_000))
        .isInstanceOf(CorruptLogException.class)
        .hasMessageContaining(segment + " at offset " + second)
        .hasMessageContaining("slot 2 of group 1");
  }

  @Test
  void segmentThatIsReadIsNotFreed() throws IOException {
    Places places = new Places();
    places.open(new SegmentFormat.Identity(7, 1, 1 << 20));
    places.recovered(1, 5, RecordPlaces.place(7, 4096));
    LogGroup group = LogLife.begin(11).door(1);
    places.adopt(group);
    assertThat(places.lend(group, 5, 6)).isNotNull();
    assertThat(places.lend(group, 5, 6)).isNotNull();
    places.release(group, 5);
    assertThat(places.letGo(7)).isFalse();
    places.giveBack(7);
    assertThat(places.letGo(7)).isFalse();
    places.giveBack(7);
    assertThat(places.letGo(7)).isTrue();
  }

  @Test
  void groupThatPinsOldSegmentsIsNamedAndCarriesItsRecordsForward() throws IOException {
    LogLife life = LogLife.begin(9);
    append(life, 2, 3);
    fill(life, 4);
    life.release(1, life.model().group(1).durable);
    life.world().settle();
    assertThat(life.log().liveSegments()).isGreaterThanOrEqualTo(4);
    CompletableFuture<LogPins> pins = life.log().pins(2);
    life.world().settle();
    assertThat(pins.join().groups()).containsExactly(2L);
    assertThat(pins.join().segment()).isEqualTo(life.log().liveSegments() - 1);
    life.model().carry(life.door(2), pins.join().segment());
    life.world().settle();
    assertThat(life.model().group(2).carried).isEqualTo(3);
    assertThat(life.log().liveSegments()).isLessThanOrEqualTo(2);
    assertThat(slots(life.readFrom(2, 1, 1_000))).containsExactly(1L, 2L, 3L);
    LogLife second = life.reopen();
    assertThat(slots(second.readFrom(2, 1, 1_000))).containsExactly(1L, 2L, 3L);
  }

  @Test
  void segmentFromWhichRecordsWereNotCarriedForwardStays() throws IOException {
    LogLife life = LogLife.begin(13);
    append(life, 2, 1);
    fill(life, 3);
    CompletableFuture<LogPins> pins = life.log().pins(1);
    life.world().settle();
    append(life, 2, 1);
    fill(life, 3);
    life.model().group(2).carried = 1;
    life.door(2).releaseBefore(pins.join().segment());
    life.release(1, life.model().group(1).durable);
    life.world().settle();
    assertThat(slots(life.readFrom(2, 1, 1_000))).containsExactly(2L);
    life = life.reopen();
    assertThat(life.model().group(2).firstReplayed).isEqualTo(2);
  }

  @Test
  void nobodyPinsYoungSegments() throws IOException {
    LogLife life = LogLife.begin(10);
    append(life, 2, 3);
    life.world().settle();
    CompletableFuture<LogPins> pins = life.log().pins(1);
    life.world().settle();
    assertThat(pins.join().groups()).isEmpty();
  }

  private void append(LogLife life, long group, int records) {
    for (int i = 0; i < records; i++) {
      life.model().append(life.door(group), 100, random);
    }
  }

  /// Appends to group 1 until so many more segments are live.
  private void fill(LogLife life, int segments) {
    int wanted = life.log().liveSegments() + segments;
    while (life.log().liveSegments() < wanted) {
      life.model().append(life.door(1), 3_000, random);
      life.world().settle();
    }
  }

  private static List<Long> slots(List<LogRecord> records) {
    return records.stream().map(LogRecord::slot).toList();
  }
}
