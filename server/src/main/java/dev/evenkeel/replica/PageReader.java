package dev.evenkeel.replica;

import dev.evenkeel.codec.BinaryItem;
import dev.evenkeel.model.Limits;
import dev.evenkeel.storage.Cursor;
import dev.evenkeel.storage.ItemStore;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/// Reads one page from a snapshot of the store.
final class PageReader {
  private PageReader() {}

  static Page read(ItemStore store, PageRead read) throws IOException {
    List<BinaryItem> items = new ArrayList<>();
    int evaluated = 0;
    long bytes = 0;
    long fetchedBytes = 0;
    long held = 0;
    try (Cursor cursor = store.scan(read.range().from(), read.range().to(), read.descending())) {
      while (cursor.next()) {
        BinaryItem entry = BinaryItem.wrap(cursor.value());
        BinaryItem item = entry;
        evaluated++;
        bytes += entry.size();
        held += entry.size();
        if (read.fetch() != null) {
          byte[] fetched = store.get(read.fetch().storedKey(entry));
          if (fetched != null) {
            item = BinaryItem.wrap(fetched);
            fetchedBytes += wholeBlocks(item.size());
            held += item.size();
          }
        }
        if (read.wants(item)) {
          items.add(item);
        }
        if (evaluated >= read.itemsMax() || held >= read.bytesMax()) {
          return new Page(items, evaluated, bytes, fetchedBytes, entry);
        }
      }
    }
    return new Page(items, evaluated, bytes, fetchedBytes, null);
  }

  private static long wholeBlocks(int size) {
    return Math.ceilDiv((long) size, Limits.READ_UNIT_BYTES) * Limits.READ_UNIT_BYTES;
  }
}
