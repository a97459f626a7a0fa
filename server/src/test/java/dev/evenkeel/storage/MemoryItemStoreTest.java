package dev.evenkeel.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.io.IOException;
import java.util.Random;
import org.junit.jupiter.api.Test;

class MemoryItemStoreTest extends ItemStoreContract {
  @Override
  StoreUnderTest open() {
    return new Simulated(MemoryItemStore.forSimulation(), new Random(7));
  }

  @Test
  void crashKeepsAsManyBatchesAsItIsTold() throws IOException {
    try (MemoryItemStore store = MemoryItemStore.forSimulation()) {
      write(store, "a", "1");
      store.flush();
      write(store, "a", "2");
      write(store, "a", "3");
      write(store, "a", "4");
      assertThat(store.unflushedBatches()).isEqualTo(3);
      store.crash(2);
      assertThat(store.get(key("a"))).isEqualTo(key("3"));
      assertThat(store.unflushedBatches()).isZero();
    }
  }

  @Test
  void storeThatKeepsNothingHasNoCrashes() {
    try (MemoryItemStore store = MemoryItemStore.create()) {
      assertThatIllegalStateException().isThrownBy(store::crash);
    }
  }

  @Test
  void deletedKeysLeaveNothingBehindOnceNoCursorSeesThem() throws IOException {
    try (MemoryItemStore store = MemoryItemStore.create()) {
      for (int i = 0; i < 100; i++) {
        write(store, "key" + i, "value");
      }
      try (Cursor early = store.scan(key("a"), key("z"), false)) {
        write(store, "key1", "changed");
        try (Cursor later = store.scan(key("a"), key("z"), false);
            Batch batch = store.batch()) {
          batch.deleteRange(key("a"), key("z"));
          store.write(batch);
          assertThat(later.next()).isTrue();
        }
        assertThat(early.next()).isTrue();
        assertThat(store.gauges().keys()).isEqualTo(100);
      }
      assertThat(store.gauges().keys()).isZero();
      assertThat(store.gauges().memtableBytes()).isZero();
    }
  }

  @Test
  void cursorOutlivesManyOverwritesOfItsItem() throws IOException {
    try (MemoryItemStore store = MemoryItemStore.create()) {
      write(store, "a", "first");
      try (Cursor cursor = store.scan(key("a"), key("z"), false)) {
        for (int i = 0; i < 200_000; i++) {
          write(store, "a", "value" + i);
        }
        assertThat(cursor.next()).isTrue();
        assertThat(cursor.value()).isEqualTo(key("first"));
      }
    }
  }

  private static void write(MemoryItemStore store, String key, String value) {
    try (Batch batch = store.batch()) {
      batch.put(key(key), key(value));
      store.write(batch);
    }
  }

  /// Crashes to the state of the last flush, or a random number of batches later.
  private record Simulated(MemoryItemStore store, Random random) implements StoreUnderTest {
    @Override
    public void crash() {
      store.crash(random.nextBoolean() ? 0 : random.nextInt(store.unflushedBatches() + 1));
    }

    @Override
    public void close() {
      store.close();
    }
  }
}
