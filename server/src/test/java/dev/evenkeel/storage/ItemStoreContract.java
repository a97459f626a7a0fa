package dev.evenkeel.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What every [ItemStore] promises.
abstract class ItemStoreContract {
  private StoreUnderTest subject;

  abstract StoreUnderTest open() throws IOException;

  @BeforeEach
  void openStore() throws IOException {
    subject = open();
  }

  @AfterEach
  void closeStore() {
    subject.close();
  }

  private ItemStore store() {
    return subject.store();
  }

  @Test
  void absentKeyIsNullAndAbsent() throws IOException {
    assertThat(store().get(key("nothing"))).isNull();
    assertThat(store().lookup(key("nothing"))).isEqualTo(Lookup.ABSENT);
  }

  @Test
  void writtenKeyIsFoundAtOnce() throws IOException {
    put("a", "1");
    assertThat(store().get(key("a"))).isEqualTo(key("1"));
    assertThat(store().lookup(key("a")))
        .isInstanceOfSatisfying(
            Lookup.Found.class, found -> assertThat(found.value()).isEqualTo(key("1")));
  }

  @Test
  void emptyValueIsFoundAndIsNotAbsence() throws IOException {
    put("a", "");
    assertThat(store().get(key("a"))).isEmpty();
    store().flush();
    assertThat(store().get(key("a"))).isEmpty();
    assertThat(store().lookup(key("a"))).isNotEqualTo(Lookup.ABSENT);
  }

  @Test
  void laterChangeOfABatchWins() throws IOException {
    put("b", "old");
    try (Batch batch = store().batch()) {
      batch.put(key("a"), key("1"));
      batch.put(key("a"), key("2"));
      batch.put(key("b"), key("new"));
      batch.delete(key("b"));
      batch.put(key("c"), key("3"));
      batch.deleteRange(key("c"), key("d"));
      batch.put(key("ca"), key("4"));
      assertThat(batch.changes()).isEqualTo(7);
      store().write(batch);
    }
    assertThat(items("a", "z", false)).containsExactly("a=2", "ca=4");
  }

  @Test
  void clearedBatchStartsAnew() throws IOException {
    try (Batch batch = store().batch()) {
      batch.put(key("a"), key("1"));
      store().write(batch);
      batch.clear();
      assertThat(batch.changes()).isZero();
      batch.put(key("b"), key("2"));
      store().write(batch);
    }
    assertThat(items("a", "z", false)).containsExactly("a=1", "b=2");
  }

  @Test
  void orderIsThatOfUnsignedBytes() throws IOException {
    byte[][] ordered = {
      {0}, {0, 0}, {0, (byte) 0xff}, {1}, {0x7f}, {(byte) 0x80}, {(byte) 0x80, 0}, {(byte) 0xff}
    };
    try (Batch batch = store().batch()) {
      for (byte[] key : ordered) {
        batch.put(key, key);
      }
      store().write(batch);
    }
    byte[] end = {(byte) 0xff, (byte) 0xff};
    List<byte[]> ascending = new ArrayList<>();
    try (Cursor cursor = store().scan(new byte[0], end, false)) {
      while (cursor.next()) {
        ascending.add(cursor.key());
      }
    }
    assertThat(ascending).containsExactly(ordered);
  }

  @Test
  void rangeHoldsItsStartAndNotItsEnd() throws IOException {
    put("a", "1");
    put("b", "2");
    put("c", "3");
    assertThat(items("a", "c", false)).containsExactly("a=1", "b=2");
    assertThat(items("a", "c", true)).containsExactly("b=2", "a=1");
  }

  @Test
  void rangeWhoseStartIsNotBelowItsEndIsEmpty() throws IOException {
    put("a", "1");
    put("b", "2");
    for (boolean descending : new boolean[] {false, true}) {
      assertThat(items("b", "b", descending)).isEmpty();
      assertThat(items("c", "a", descending)).isEmpty();
    }
    try (Batch batch = store().batch()) {
      batch.deleteRange(key("b"), key("a"));
      batch.deleteRange(key("a"), key("a"));
      store().write(batch);
    }
    assertThat(items("a", "z", false)).containsExactly("a=1", "b=2");
  }

  @Test
  void cursorThatReachedItsEndStaysThere() throws IOException {
    put("a", "1");
    try (Cursor cursor = store().scan(key("a"), key("z"), false)) {
      assertThat(cursor.next()).isTrue();
      assertThat(cursor.next()).isFalse();
      assertThat(cursor.next()).isFalse();
    }
  }

  @Test
  void walkOfMemoryShowsWhatWasWrittenLast() throws IOException {
    put("a", "1");
    put("b", "2");
    put("c", "3");
    for (boolean descending : new boolean[] {false, true}) {
      try (Cursor cursor = store().scanMemory(key("a"), key("c"), descending)) {
        List<String> expected = List.of("a=1", "b=2");
        assertThat(remaining(cursor)).isEqualTo(descending ? expected.reversed() : expected);
        assertThat(cursor.isCutShort()).isFalse();
      }
    }
    try (Cursor cursor = store().scanMemory(key("x"), key("z"), false)) {
      assertThat(cursor.next()).isFalse();
      assertThat(cursor.isCutShort()).isFalse();
    }
  }

  @Test
  void cursorShowsTheStoreAsItWasWhenItOpened() throws IOException {
    put("a", "1");
    put("b", "2");
    put("d", "4");
    try (Cursor early = store().scan(key("a"), key("z"), false)) {
      try (Batch batch = store().batch()) {
        batch.put(key("a"), key("changed"));
        batch.deleteRange(key("b"), key("z"));
        batch.put(key("c"), key("added"));
        store().write(batch);
      }
      store().flush();
      assertThat(remaining(early)).containsExactly("a=1", "b=2", "d=4");
    }
    assertThat(items("a", "z", false)).containsExactly("a=changed", "c=added");
  }

  @Test
  void flushedWritesSurviveACrash() throws IOException {
    put("a", "1");
    put("b", "2");
    store().flush();
    subject.crash();
    assertThat(items("a", "z", false)).containsExactly("a=1", "b=2");
  }

  @Test
  void crashTakesBackWhatWasNotFlushed() throws IOException {
    put("a", "1");
    put("b", "2");
    store().flush();
    put("a", "changed");
    put("c", "added");
    try (Batch batch = store().batch()) {
      batch.deleteRange(key("b"), key("c"));
      store().write(batch);
    }
    subject.crash();
    assertThat(items("a", "z", false)).containsExactly("a=1", "b=2");
  }

  @Test
  void useAfterCloseIsRefused() {
    ItemStore store = store();
    store.close();
    store.close();
    assertThatIllegalStateException().isThrownBy(() -> store.get(key("a")));
    assertThatIllegalStateException().isThrownBy(() -> store.lookup(key("a")));
    assertThatIllegalStateException().isThrownBy(store::flush);
    assertThatIllegalStateException().isThrownBy(() -> store.scan(key("a"), key("b"), false));
  }

  @Test
  void closeWithAnOpenCursorIsRefused() throws IOException {
    try (Cursor cursor = store().scan(key("a"), key("b"), false)) {
      assertThatIllegalStateException().isThrownBy(store()::close);
      assertThat(cursor.next()).isFalse();
    }
  }

  @Test
  void gaugesFollowWhatIsStored() throws IOException {
    long before = store().approximateBytes(key("a"), key("b"));
    try (Batch batch = store().batch()) {
      for (int i = 0; i < 2000; i++) {
        batch.put(key("a" + i), new byte[500]);
      }
      store().write(batch);
    }
    assertThat(before).isZero();
    assertThat(store().approximateBytes(key("a"), key("b"))).isPositive();
    assertThat(store().approximateBytes(key("x"), key("y"))).isZero();
    assertThat(store().gauges().keys()).isEqualTo(2000);
    assertThat(store().gauges().stalledWrites()).isFalse();
  }

  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {1, 2, 3, 4})
  void storeAgreesWithASortedMap(long seed) throws IOException {
    new RandomisedStore(subject, seed).run(1000);
  }

  private void put(String key, String value) throws IOException {
    try (Batch batch = store().batch()) {
      batch.put(key(key), key(value));
      store().write(batch);
    }
  }

  private List<String> items(String from, String to, boolean descending) throws IOException {
    try (Cursor cursor = store().scan(key(from), key(to), descending)) {
      return remaining(cursor);
    }
  }

  private static List<String> remaining(Cursor cursor) throws IOException {
    List<String> items = new ArrayList<>();
    while (cursor.next()) {
      items.add(text(cursor.key()) + "=" + text(cursor.value()));
    }
    return items;
  }

  static byte[] key(String text) {
    return text.getBytes(StandardCharsets.ISO_8859_1);
  }

  private static String text(byte[] bytes) {
    return new String(bytes, StandardCharsets.ISO_8859_1);
  }
}
