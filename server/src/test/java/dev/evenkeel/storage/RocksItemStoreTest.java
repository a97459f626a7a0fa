package dev.evenkeel.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RocksItemStoreTest extends ItemStoreContract {
  @TempDir Path parent;

  /// Small, so that the random operations reach files and compactions.
  private RocksSettings settings() {
    return RocksSettings.of(parent.resolve("store"))
        .withBlockCacheBytes(64 << 10)
        .withMemtableBytes(256 << 10);
  }

  @Override
  StoreUnderTest open() throws IOException {
    return new OnDisk(settings());
  }

  @Test
  void secondOpenOfTheFolderIsRefused() {
    assertThatThrownBy(() -> RocksItemStore.open(settings()))
        .isInstanceOf(IOException.class)
        .hasMessageContaining(settings().folder().toString())
        .hasMessageContaining("lock");
  }

  @Test
  void folderWithoutParentIsRefused() {
    RocksSettings nowhere = RocksSettings.of(parent.resolve("missing/store"));
    assertThatThrownBy(() -> RocksItemStore.open(nowhere))
        .isInstanceOf(IOException.class)
        .hasMessageContaining(nowhere.folder().toString());
  }

  @Test
  void itemOutsideTheCacheIsOnDiskUntilItIsRead() throws IOException {
    RocksSettings settings = RocksSettings.of(parent.resolve("other"));
    fill(settings);
    try (RocksItemStore store = RocksItemStore.open(settings)) {
      assertThat(store.lookup(key("key7"))).isEqualTo(Lookup.ON_DISK);
      assertThat(store.get(key("key7"))).hasSize(1000);
      assertThat(store.lookup(key("key7"))).isInstanceOf(Lookup.Found.class);
      assertThat(store.lookup(key("nothing"))).isEqualTo(Lookup.ABSENT);
    }
  }

  @Test
  void walkOfMemoryIsCutShortWhereTheDiskIsNeeded() throws IOException {
    RocksSettings settings = RocksSettings.of(parent.resolve("other"));
    fill(settings);
    try (RocksItemStore store = RocksItemStore.open(settings)) {
      assertThat(walked(store.scanMemory(key("a"), key("z"), false), true)).isZero();
      assertThat(walked(store.scanMemory(key("a"), key("z"), true), true)).isZero();
      store.get(key("key0"));
      assertThat(walked(store.scanMemory(key("a"), key("z"), false), true)).isBetween(1, 100);
      assertThat(walked(store.scan(key("a"), key("z"), false), false)).isEqualTo(1000);
      assertThat(walked(store.scanMemory(key("a"), key("z"), false), false)).isEqualTo(1000);
      assertThat(walked(store.scanMemory(key("a"), key("z"), true), false)).isEqualTo(1000);
    }
  }

  /// How many items it comes upon.
  private static int walked(Cursor cursor, boolean isCutShort) throws IOException {
    int items = 0;
    try (cursor) {
      while (cursor.next()) {
        items++;
      }
      assertThat(cursor.next()).isFalse();
      assertThat(cursor.isCutShort()).isEqualTo(isCutShort);
    }
    return items;
  }

  @Test
  void damagedBlockIsReportedWithItsFile() throws IOException {
    RocksSettings settings = RocksSettings.of(parent.resolve("other"));
    fill(settings);
    Path file = onlyDataFile(settings.folder());
    try (RandomAccessFile damaged = new RandomAccessFile(file.toFile(), "rw")) {
      damaged.seek(100);
      int old = damaged.read();
      damaged.seek(100);
      damaged.write(old ^ 1);
    }
    List<CorruptStoreException> told = new ArrayList<>();
    try (RocksItemStore store = RocksItemStore.open(settings, told::add)) {
      assertThat(store.lookup(key("key0"))).isEqualTo(Lookup.ON_DISK);
      assertThat(told).isEmpty();
      assertThatThrownBy(() -> store.get(key("key0"))).satisfies(e -> blames(e, file));
      assertThat(told).hasSize(1);
      try (Cursor cursor = store.scan(key("a"), key("z"), false)) {
        assertThatThrownBy(cursor::next).satisfies(e -> blames(e, file));
      }
    }
  }

  private static void blames(Throwable failure, Path file) {
    assertThat(failure)
        .isInstanceOf(IOException.class)
        .hasMessageContaining(file.getFileName().toString())
        .hasMessageContaining("offset")
        .hasMessageContaining("backup");
  }

  private static void fill(RocksSettings settings) throws IOException {
    Random random = new Random(1);
    try (RocksItemStore store = RocksItemStore.open(settings);
        Batch batch = store.batch()) {
      for (int i = 0; i < 1000; i++) {
        byte[] value = new byte[1000];
        random.nextBytes(value);
        batch.put(key("key" + i), value);
      }
      store.write(batch);
      store.flush();
    }
  }

  private static Path onlyDataFile(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.filter(file -> file.toString().endsWith(".sst")).findFirst().orElseThrow();
    }
  }

  /// Closing drops what was not flushed, as a crash does.
  private static final class OnDisk implements StoreUnderTest {
    private final RocksSettings settings;
    private RocksItemStore store;

    OnDisk(RocksSettings settings) throws IOException {
      this.settings = settings;
      this.store = RocksItemStore.open(settings);
    }

    @Override
    public ItemStore store() {
      return store;
    }

    @Override
    public void crash() throws IOException {
      store.close();
      store = RocksItemStore.open(settings);
    }

    @Override
    public void close() {
      store.close();
    }
  }
}
