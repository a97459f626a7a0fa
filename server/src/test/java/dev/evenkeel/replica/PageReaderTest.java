package dev.evenkeel.replica;

import static org.assertj.core.api.Assertions.assertThat;

import dev.evenkeel.codec.BinaryItem;
import dev.evenkeel.codec.StoredKeys;
import dev.evenkeel.model.AttributeValue;
import dev.evenkeel.model.KeySchema;
import dev.evenkeel.model.KeySchema.KeyAttribute;
import dev.evenkeel.storage.Batch;
import dev.evenkeel.storage.ItemStore;
import dev.evenkeel.storage.RocksItemStore;
import dev.evenkeel.storage.RocksSettings;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PageReaderTest {
  private static final long TABLE = 7;
  private static final int ALL = Integer.MAX_VALUE;
  private static final AttributeValue.S PARTITION = new AttributeValue.S("p");

  @TempDir Path parent;

  @Test
  void pageFromMemoryIsThatOfTheOtherWay() throws IOException {
    try (ItemStore store = open()) {
      put(store, 20, 100);
      for (boolean descending : new boolean[] {false, true}) {
        for (int itemsMax : new int[] {1, 19, 20, 21}) {
          PageRead read = read(descending, itemsMax, 1 << 20, null);
          Page page = PageReader.read(store, read);
          assertThat(page.items()).hasSize(Math.min(itemsMax, 20));
          assertThat(PageReader.readMemory(store, read)).isEqualTo(page);
        }
        PageRead short1 = read(descending, ALL, 250, null);
        assertThat(PageReader.readMemory(store, short1)).isEqualTo(PageReader.read(store, short1));
      }
    }
  }

  @Test
  void pageOnDiskIsNotReadFromMemoryBeforeItWasReadTheOtherWay() throws IOException {
    try (ItemStore store = open()) {
      put(store, 20, 100);
      store.flush();
    }
    try (ItemStore store = open()) {
      PageRead read = read(false, ALL, 1 << 20, null);
      assertThat(PageReader.readMemory(store, read)).isNull();
      Page page = PageReader.read(store, read);
      assertThat(PageReader.readMemory(store, read)).isEqualTo(page);
    }
  }

  @Test
  void largePageIsNotReadFromMemory() throws IOException {
    try (ItemStore store = open()) {
      put(store, 257, 10);
      assertThat(PageReader.readMemory(store, read(false, ALL, 1 << 20, null))).isNull();
      assertThat(PageReader.readMemory(store, read(false, 256, 1 << 20, null))).isNotNull();
      put(store, 20, 10_000);
      assertThat(PageReader.readMemory(store, read(false, 8, 1 << 20, null))).isNull();
      assertThat(PageReader.readMemory(store, read(false, 7, 1 << 20, null))).isNotNull();
    }
  }

  @Test
  void itemsOfEntriesAreFetchedFromMemoryToo() throws IOException {
    KeySchema keys =
        new KeySchema(
            new KeyAttribute("pk", AttributeValue.Type.S),
            new KeyAttribute("sk", AttributeValue.Type.N));
    PageRead.Fetch fetch = new PageRead.Fetch(TABLE + 1, keys);
    try (ItemStore store = open()) {
      put(store, 5, 100);
      try (Batch batch = store.batch()) {
        BinaryItem item = BinaryItem.of(Map.of("whole", PARTITION));
        batch.put(StoredKeys.item(TABLE + 1, PARTITION, AttributeValue.N.of(2)), item.bytes());
        store.write(batch);
      }
      PageRead read = read(false, ALL, 1 << 20, fetch);
      Page page = Objects.requireNonNull(PageReader.readMemory(store, read));
      assertThat(page).isEqualTo(PageReader.read(store, read));
      assertThat(page.items().get(2).has("whole")).isTrue();
      assertThat(page.fetchedBytes()).isEqualTo(4096);
    }
  }

  private ItemStore open() throws IOException {
    return RocksItemStore.open(RocksSettings.of(parent.resolve("store")));
  }

  private static void put(ItemStore store, int items, int bytes) throws IOException {
    try (Batch batch = store.batch()) {
      for (int i = 0; i < items; i++) {
        AttributeValue sort = AttributeValue.N.of(i);
        BinaryItem item =
            BinaryItem.of(
                Map.of("pk", PARTITION, "sk", sort, "x", new AttributeValue.S("x".repeat(bytes))));
        batch.put(StoredKeys.item(TABLE, PARTITION, sort), item.bytes());
      }
      store.write(batch);
    }
  }

  private static PageRead read(
      boolean descending, int itemsMax, long bytesMax, PageRead.@Nullable Fetch fetch) {
    byte[] from = StoredKeys.item(TABLE, PARTITION, AttributeValue.N.of(0));
    byte[] to = StoredKeys.item(TABLE, PARTITION, AttributeValue.N.of(1_000));
    return new PageRead(
        new StoredKeys.Range(from, to), descending, itemsMax, bytesMax, null, fetch);
  }
}
