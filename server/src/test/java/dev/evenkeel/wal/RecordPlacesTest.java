package dev.evenkeel.wal;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.NavigableMap;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/// Where records lie, against a sorted map.
class RecordPlacesTest {
  private static final int BYTES_A_RECORD_MAX = 24;

  @Test
  void placeHoldsSegmentAndPosition() {
    int highest = Integer.MAX_VALUE & -RecordFormat.ALIGNMENT;
    long place = RecordPlaces.place(1L << 34, highest);
    assertThat(RecordPlaces.segment(place)).isEqualTo(1L << 34);
    assertThat(RecordPlaces.position(place)).isEqualTo(highest);
  }

  @Test
  void equalsASortedMap() {
    for (int seed = 0; seed < 40; seed++) {
      SplittableRandom random = new SplittableRandom(seed);
      RecordPlaces places = new RecordPlaces();
      TreeMap<Long, Long> expected = new TreeMap<>();
      for (int step = 0; step < 300; step++) {
        change(places, expected, random, step);
        assertThat(places.size()).isEqualTo(expected.size());
        assertSame(places.run(0, Long.MAX_VALUE, Integer.MAX_VALUE), expected, seed);
      }
    }
  }

  private static void change(
      RecordPlaces places, NavigableMap<Long, Long> expected, SplittableRandom random, int step) {
    long slot = (long) step / 2 + random.nextInt(20);
    switch (random.nextInt(20)) {
      case 0 -> {
        places.release(slot - 10);
        expected.headMap(slot - 10, true).clear();
      }
      case 1 -> {
        long segment = step / 30;
        places.releaseBefore(segment);
        expected.values().removeIf(place -> RecordPlaces.segment(place) < segment);
      }
      default -> {
        long place = RecordPlaces.place(step / 10, step * 8);
        places.put(slot, place);
        expected.put(slot, place);
      }
    }
  }

  /// The run is how the map begins, as far as the first segment goes.
  private static void assertSame(
      RecordPlaces.Run run, NavigableMap<Long, Long> expected, int seed) {
    int i = 0;
    for (var each : expected.entrySet()) {
      if (i == run.size()) {
        assertThat(RecordPlaces.segment(each.getValue()))
            .as("seed %d", seed)
            .isNotEqualTo(RecordPlaces.segment(run.place(0)));
        return;
      }
      assertThat(run.slot(i)).as("seed %d", seed).isEqualTo(each.getKey());
      assertThat(run.place(i)).as("seed %d", seed).isEqualTo(each.getValue());
      i++;
    }
    assertThat(i).isEqualTo(run.size());
  }

  @Test
  void recordTakesAtMostSoManyBytes() {
    RecordPlaces places = new RecordPlaces();
    for (int slot = 1; slot <= 100_000; slot++) {
      places.put(slot, slot);
      if (slot >= 100) {
        assertThat(2L * Long.BYTES * places.capacity())
            .isLessThanOrEqualTo((long) BYTES_A_RECORD_MAX * slot);
      }
    }
    places.release(99_990);
    assertThat(places.capacity()).isLessThan(20);
  }
}
