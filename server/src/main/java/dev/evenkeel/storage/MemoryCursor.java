package dev.evenkeel.storage;

import java.util.Iterator;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A walk over the versions of a [MemoryItemStore] that were visible at one sequence.
final class MemoryCursor implements Cursor {
  private final Iterator<Map.Entry<byte[], Version>> entries;
  private final long sequence;
  private final Runnable whenClosed;
  private byte @Nullable [] key;
  private byte @Nullable [] value;
  private boolean closed;

  MemoryCursor(Iterator<Map.Entry<byte[], Version>> entries, long sequence, Runnable whenClosed) {
    this.entries = entries;
    this.sequence = sequence;
    this.whenClosed = whenClosed;
  }

  @Override
  public boolean next() {
    if (closed) {
      throw new IllegalStateException("the cursor is closed");
    }
    while (entries.hasNext()) {
      Map.Entry<byte[], Version> entry = entries.next();
      value = Version.visible(entry.getValue(), sequence);
      if (value != null) {
        key = entry.getKey();
        return true;
      }
    }
    key = null;
    value = null;
    return false;
  }

  @Override
  public byte[] key() {
    return current(key);
  }

  @Override
  public byte[] value() {
    return current(value);
  }

  private static byte[] current(byte @Nullable [] bytes) {
    if (bytes == null) {
      throw new IllegalStateException("the cursor stands at no item");
    }
    return bytes;
  }

  @Override
  public boolean isCutShort() {
    return false;
  }

  @Override
  public void close() {
    if (!closed) {
      closed = true;
      whenClosed.run();
    }
  }
}
