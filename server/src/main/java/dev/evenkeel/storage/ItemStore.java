package dev.evenkeel.storage;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/// An ordered map from byte strings to byte strings in unsigned byte order: what one node keeps of
/// its items. The package's documentation holds the rules of durability, threads and failure.
///
/// Arrays are handed over, not copied: neither side changes one after it was passed or returned.
/// Ranges are `[from, to)`; a range whose `from` is not below its `to` is empty.
public interface ItemStore extends AutoCloseable {
  /// The newest value of the key, or null when there is none. May wait for the disk.
  ///
  /// @throws IOException when the block that should hold the key cannot be read or does not verify
  byte @Nullable [] get(byte[] key) throws IOException;

  /// What memory alone can say about the key; never waits for the disk. [Lookup#ABSENT] is as
  /// certain as a null of [#get]: whatever leaves a doubt is [Lookup#ON_DISK].
  Lookup lookup(byte[] key);

  /// A new, empty batch of this store.
  Batch batch();

  /// Applies the batch atomically, in the order of its calls. It is visible when this returns, and
  /// durable after the next [#flush]. The batch can be cleared and used again.
  ///
  /// @throws IOException when the store takes no writes, for instance because the disk is full;
  ///   nothing of the batch is applied
  void write(Batch batch) throws IOException;

  /// Opens a cursor over the range as it is now; later writes do not show in it. The cursor stands
  /// before its first item.
  Cursor scan(byte[] from, byte[] to, boolean descending) throws IOException;

  /// The same over what memory holds: the walk never waits for the disk, and ends before its range
  /// does where that would be needed, see [Cursor#isCutShort].
  Cursor scanMemory(byte[] from, byte[] to, boolean descending);

  /// Returns when everything written before the call is durable.
  void flush() throws IOException;

  /// About how many bytes the range takes, in memory and on disk, after compression.
  long approximateBytes(byte[] from, byte[] to);

  /// What the store uses at this moment.
  StoreGauges gauges();

  /// Closes without making anything durable: call [#flush] first. No call may be in progress.
  ///
  /// @throws IllegalStateException when a cursor is still open
  @Override
  void close();
}
