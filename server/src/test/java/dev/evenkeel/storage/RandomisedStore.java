package dev.evenkeel.storage;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Random;
import java.util.TreeMap;

/// Random operations on a store and on a sorted map, compared at each step.
///
/// Every batch also writes its number under [#COUNTER]: after a crash that number says which prefix
/// of the batches is there, and the store must equal the map as it was then.
final class RandomisedStore {
  /// Above all other keys of the test.
  private static final byte[] COUNTER = {(byte) 0xff, (byte) 0xff, (byte) 0xff, (byte) 0xff};

  private static final byte[] END = {(byte) 0xff, (byte) 0xff, (byte) 0xff, (byte) 0xff, 0};
  private static final byte[] LETTERS = {0, 1, 'a', 0x7f, (byte) 0x80, (byte) 0xff};
  private static final int CURSORS_MAX = 4;

  private final StoreUnderTest subject;
  private final long seed;
  private final Random random;
  private final List<OpenCursor> cursors = new ArrayList<>();

  /// The map after each batch since the last flush, the flushed one first.
  private final List<NavigableMap<byte[], byte[]>> history = new ArrayList<>();

  private int flushed;
  private int step;

  RandomisedStore(StoreUnderTest subject, long seed) {
    this.subject = subject;
    this.seed = seed;
    this.random = new Random(seed);
    history.add(new TreeMap<>(Arrays::compareUnsigned));
  }

  void run(int steps) throws IOException {
    try {
      for (step = 0; step < steps; step++) {
        act();
      }
      compareAll();
    } finally {
      cursors.forEach(open -> open.cursor.close());
    }
  }

  private void act() throws IOException {
    int dice = random.nextInt(100);
    if (dice < 40) {
      write();
    } else if (dice < 60) {
      read();
    } else if (dice < 75) {
      openCursor();
    } else if (dice < 92) {
      advanceCursor();
    } else if (dice < 97) {
      subject.store().flush();
      flushed += history.size() - 1;
      history.subList(0, history.size() - 1).clear();
    } else {
      crash();
    }
  }

  private NavigableMap<byte[], byte[]> model() {
    return history.getLast();
  }

  private void write() throws IOException {
    NavigableMap<byte[], byte[]> after = new TreeMap<>(model());
    try (Batch batch = subject.store().batch()) {
      for (int changes = random.nextInt(8); changes > 0; changes--) {
        change(batch, after);
      }
      byte[] number = ByteBuffer.allocate(4).putInt(flushed + history.size()).array();
      batch.put(COUNTER, number);
      after.put(COUNTER, number);
      subject.store().write(batch);
    }
    history.add(after);
  }

  private void change(Batch batch, NavigableMap<byte[], byte[]> after) {
    byte[] key = key();
    int dice = random.nextInt(20);
    if (dice < 13) {
      byte[] value = new byte[random.nextInt(4) == 0 ? 3000 : random.nextInt(30)];
      random.nextBytes(value);
      batch.put(key, value);
      after.put(key, value);
    } else if (dice < 18) {
      batch.delete(key);
      after.remove(key);
    } else {
      byte[] to = key();
      batch.deleteRange(key, to);
      between(after, key, to).clear();
    }
  }

  private void read() throws IOException {
    byte[] key = key();
    byte[] expected = model().get(key);
    assertThat(subject.store().get(key)).as(where()).isEqualTo(expected);
    switch (subject.store().lookup(key)) {
      case Lookup.Found found -> assertThat(found.value()).as(where()).isEqualTo(expected);
      case Lookup.Absent absent -> assertThat(expected).as(where()).isNull();
      case Lookup.OnDisk onDisk -> assertThat(subject.store().get(key)).isEqualTo(expected);
    }
  }

  private void openCursor() throws IOException {
    if (cursors.size() == CURSORS_MAX) {
      cursors.remove(random.nextInt(CURSORS_MAX)).cursor.close();
    }
    byte[] from = key();
    byte[] to = key();
    boolean descending = random.nextBoolean();
    NavigableMap<byte[], byte[]> range = between(new TreeMap<>(model()), from, to);
    Map<byte[], byte[]> expected = descending ? range.descendingMap() : range;
    cursors.add(
        new OpenCursor(subject.store().scan(from, to, descending), expected.entrySet().iterator()));
  }

  private void advanceCursor() throws IOException {
    if (cursors.isEmpty()) {
      return;
    }
    OpenCursor open = cursors.get(random.nextInt(cursors.size()));
    for (int items = random.nextInt(20); items > 0; items--) {
      compareNext(open);
    }
  }

  private void compareNext(OpenCursor open) throws IOException {
    boolean more = open.expected.hasNext();
    assertThat(open.cursor.next()).as(where()).isEqualTo(more);
    if (more) {
      Map.Entry<byte[], byte[]> item = open.expected.next();
      assertThat(open.cursor.key()).as(where()).isEqualTo(item.getKey());
      assertThat(open.cursor.value()).as(where()).isEqualTo(item.getValue());
    }
  }

  private void crash() throws IOException {
    cursors.forEach(open -> open.cursor.close());
    cursors.clear();
    subject.crash();
    byte[] number = subject.store().get(COUNTER);
    int found = number == null ? 0 : ByteBuffer.wrap(number).getInt();
    assertThat(found).as(where()).isBetween(flushed, flushed + history.size() - 1);
    NavigableMap<byte[], byte[]> survivor = history.get(found - flushed);
    history.clear();
    history.add(survivor);
    flushed = found;
    compareAll();
  }

  private void compareAll() throws IOException {
    try (Cursor cursor = subject.store().scan(new byte[0], END, false)) {
      OpenCursor all = new OpenCursor(cursor, model().entrySet().iterator());
      for (int items = model().size() + 1; items > 0; items--) {
        compareNext(all);
      }
    }
  }

  private byte[] key() {
    byte[] key = new byte[1 + random.nextInt(3)];
    for (int i = 0; i < key.length; i++) {
      key[i] = LETTERS[random.nextInt(LETTERS.length)];
    }
    return key;
  }

  private static NavigableMap<byte[], byte[]> between(
      NavigableMap<byte[], byte[]> map, byte[] from, byte[] to) {
    return Arrays.compareUnsigned(from, to) < 0
        ? map.subMap(from, true, to, false)
        : new TreeMap<>(map.comparator());
  }

  private String where() {
    return "seed " + seed + ", step " + step;
  }

  private record OpenCursor(Cursor cursor, Iterator<Map.Entry<byte[], byte[]>> expected) {}
}
