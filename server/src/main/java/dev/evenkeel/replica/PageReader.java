package dev.evenkeel.replica;

import dev.evenkeel.codec.BinaryItem;
import dev.evenkeel.model.Limits;
import dev.evenkeel.storage.Cursor;
import dev.evenkeel.storage.ItemStore;
import dev.evenkeel.storage.Lookup;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Reads one page from a snapshot of the store.
final class PageReader {
  /// Items that are evaluated at most for a page from memory, whose reader others wait behind.
  private static final int MEMORY_ITEMS_MAX = 256;

  /// Bytes likewise, those of the item that goes beyond them not counted.
  private static final long MEMORY_BYTES_MAX = 64 << 10;

  private final PageRead read;
  private final List<BinaryItem> items = new ArrayList<>();
  private int evaluated;
  private long bytes;
  private long fetchedBytes;

  /// What the page holds in memory: entries and fetched items.
  private long held;

  private PageReader(PageRead read) {
    this.read = read;
  }

  /// May wait for the disk.
  static Page read(ItemStore store, PageRead read) throws IOException {
    PageReader page = new PageReader(read);
    try (Cursor cursor = store.scan(read.range().from(), read.range().to(), read.descending())) {
      while (cursor.next()) {
        BinaryItem entry = BinaryItem.wrap(cursor.value());
        byte @Nullable [] fetched =
            read.fetch() == null ? null : store.get(read.fetch().storedKey(entry));
        page.evaluate(entry, fetched);
        if (page.isFull()) {
          return page.endingWith(entry);
        }
      }
    }
    return page.endingWith(null);
  }

  /// Never waits for the disk, and bounds what it takes of the caller's time.
  ///
  /// @return null when the disk is needed, or the page is a large one
  /// @throws IOException as [#read]
  static @Nullable Page readMemory(ItemStore store, PageRead read) throws IOException {
    PageReader page = new PageReader(read);
    try (Cursor cursor =
        store.scanMemory(read.range().from(), read.range().to(), read.descending())) {
      while (cursor.next()) {
        if (page.evaluated == MEMORY_ITEMS_MAX || page.held >= MEMORY_BYTES_MAX) {
          return null;
        }
        BinaryItem entry = BinaryItem.wrap(cursor.value());
        byte @Nullable [] fetched = null;
        if (read.fetch() != null) {
          switch (store.lookup(read.fetch().storedKey(entry))) {
            case Lookup.Found found -> fetched = found.value();
            case Lookup.Absent _ -> {}
            case Lookup.OnDisk _ -> {
              return null;
            }
          }
        }
        page.evaluate(entry, fetched);
        if (page.isFull()) {
          return page.endingWith(entry);
        }
      }
      return cursor.isCutShort() ? null : page.endingWith(null);
    }
  }

  /// @param fetched the item of an index entry, where it is to be fetched and there is one
  private void evaluate(BinaryItem entry, byte @Nullable [] fetched) {
    BinaryItem item = entry;
    evaluated++;
    bytes += entry.size();
    held += entry.size();
    if (fetched != null) {
      item = BinaryItem.wrap(fetched);
      fetchedBytes += wholeBlocks(item.size());
      held += item.size();
    }
    if (read.wants(item)) {
      items.add(item);
    }
  }

  private boolean isFull() {
    return evaluated >= read.itemsMax() || held >= read.bytesMax();
  }

  /// @param last null where the range ended first
  private Page endingWith(@Nullable BinaryItem last) {
    return new Page(items, evaluated, bytes, fetchedBytes, last);
  }

  private static long wholeBlocks(int size) {
    return Math.ceilDiv((long) size, Limits.READ_UNIT_BYTES) * Limits.READ_UNIT_BYTES;
  }
}
