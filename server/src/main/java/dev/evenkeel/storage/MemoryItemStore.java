package dev.evenkeel.storage;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.NavigableMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// The ordered store in memory, with a chain of versions per key.
///
/// Each batch has a sequence; it becomes visible when [#visible] reaches it. Readers take no lock.
/// Writers, and cursors as they open and close, share one. A version goes when a newer one is
/// visible and no open cursor can see it: at once when no cursor is open, else when the last such
/// cursor closes.
///
/// Made by [#forSimulation] it also remembers what each batch replaced since the last flush, and
/// [#crash] takes that back.
public final class MemoryItemStore implements ItemStore {
  /// Assumed for each key besides its bytes: map node, version, array headers.
  private static final int OVERHEAD_BYTES = 120;

  private final ConcurrentSkipListMap<byte[], Version> versions =
      new ConcurrentSkipListMap<>(Arrays::compareUnsigned);
  private final ReentrantLock lock = new ReentrantLock();
  private final Snapshots snapshots = new Snapshots();

  /// Keys changed by the write in progress; empty between writes.
  private final List<byte[]> touched = new ArrayList<>();

  private final LongAdder bytes = new LongAdder();
  private final @Nullable UndoLog undo;
  private volatile long visible;
  private volatile boolean closed;

  private MemoryItemStore(@Nullable UndoLog undo) {
    this.undo = undo;
  }

  /// A store that keeps nothing: all is gone with the process.
  public static MemoryItemStore create() {
    return new MemoryItemStore(null);
  }

  /// A store that stands in for one on disk: it outlives a crash of the simulated node.
  public static MemoryItemStore forSimulation() {
    return new MemoryItemStore(new UndoLog());
  }

  @Override
  public byte @Nullable [] get(byte[] key) {
    requireOpen();
    // The chain first: what is visible by then includes all of it but a batch on its way in.
    Version newest = versions.get(key);
    return Version.visible(newest, visible);
  }

  @Override
  public Lookup lookup(byte[] key) {
    byte @Nullable [] value = get(key);
    return value == null ? Lookup.ABSENT : new Lookup.Found(value);
  }

  @Override
  public Batch batch() {
    requireOpen();
    return new MemoryBatch();
  }

  @Override
  public void write(Batch batch) {
    requireOpen();
    lock.lock();
    try {
      if (undo != null) {
        undo.begin();
      }
      install(((MemoryBatch) batch).list());
    } finally {
      lock.unlock();
    }
  }

  private void install(List<MemoryBatch.Change> changes) {
    long sequence = visible + 1;
    for (MemoryBatch.Change change : changes) {
      switch (change) {
        case MemoryBatch.Put put -> change(put.key(), put.value(), sequence);
        case MemoryBatch.Delete delete -> change(delete.key(), null, sequence);
        case MemoryBatch.DeleteRange range ->
            between(range.from(), range.to()).keySet().forEach(key -> change(key, null, sequence));
      }
    }
    publish(sequence);
  }

  private void change(byte[] key, byte @Nullable [] value, long sequence) {
    Version before = versions.get(key);
    byte @Nullable [] old = Version.visible(before, sequence);
    if (old == null && value == null) {
      return;
    }
    if (undo != null) {
      undo.replaced(key, old);
    }
    versions.put(key, new Version(sequence, value, before));
    bytes.add(weight(key, value) - weight(key, old));
    touched.add(key);
  }

  private static long weight(byte[] key, byte @Nullable [] value) {
    return value == null ? 0 : OVERHEAD_BYTES + key.length + (long) value.length;
  }

  private void publish(long sequence) {
    visible = sequence;
    touched.forEach(this::prune);
    touched.clear();
  }

  /// Drops the versions of the key that no reader can see any more.
  private void prune(byte[] key) {
    Version before = versions.get(key);
    if (before == null || before.isSingle()) {
      return;
    }
    Version after = Version.pruned(before, visible, snapshots.sequences());
    if (after == null) {
      versions.remove(key);
      return;
    }
    if (after != before) {
      versions.put(key, after);
    }
    if (!after.isSingle()) {
      snapshots.pin(key, after.sequence());
    }
  }

  @Override
  public Cursor scan(byte[] from, byte[] to, boolean descending) {
    requireOpen();
    lock.lock();
    try {
      long sequence = visible;
      snapshots.open(sequence);
      NavigableMap<byte[], Version> range = between(from, to);
      return new MemoryCursor(
          (descending ? range.descendingMap() : range).entrySet().iterator(),
          sequence,
          () -> closed(sequence));
    } finally {
      lock.unlock();
    }
  }

  private void closed(long sequence) {
    lock.lock();
    try {
      snapshots.close(sequence).forEach(this::prune);
    } finally {
      lock.unlock();
    }
  }

  private NavigableMap<byte[], Version> between(byte[] from, byte[] to) {
    return Arrays.compareUnsigned(from, to) < 0
        ? versions.subMap(from, true, to, false)
        : Collections.emptyNavigableMap();
  }

  @Override
  public Cursor scanMemory(byte[] from, byte[] to, boolean descending) {
    return scan(from, to, descending);
  }

  @Override
  public void flush() {
    requireOpen();
    lock.lock();
    try {
      if (undo != null) {
        undo.clear();
      }
    } finally {
      lock.unlock();
    }
  }

  /// Batches written since the last flush; only for a store made [#forSimulation].
  public int unflushedBatches() {
    lock.lock();
    try {
      return forCrashes().size();
    } finally {
      lock.unlock();
    }
  }

  /// Goes back to the state of the last flush; only for a store made [#forSimulation].
  public void crash() {
    crash(0);
  }

  /// Goes back to the state of the last flush and the `kept` oldest batches after it, which is
  /// where a store that also writes on its own may be found. Open cursors are dead. The store is
  /// then open and usable again, as the restarted node finds it.
  public void crash(int kept) {
    lock.lock();
    try {
      UndoLog log = forCrashes();
      touched.addAll(snapshots.closeAll());
      long sequence = visible + 1;
      log.unwind(kept, replaced -> restore(replaced, sequence));
      log.clear();
      publish(sequence);
      closed = false;
    } finally {
      lock.unlock();
    }
  }

  private void restore(UndoLog.Replaced replaced, long sequence) {
    Version before = versions.get(replaced.key());
    bytes.add(
        weight(replaced.key(), replaced.value())
            - weight(replaced.key(), Version.visible(before, sequence)));
    versions.put(replaced.key(), new Version(sequence, replaced.value(), before));
    touched.add(replaced.key());
  }

  private UndoLog forCrashes() {
    if (undo == null) {
      throw new IllegalStateException("this store does not simulate crashes");
    }
    return undo;
  }

  @Override
  public long approximateBytes(byte[] from, byte[] to) {
    requireOpen();
    long total = 0;
    for (var entry : between(from, to).entrySet()) {
      total += weight(entry.getKey(), Version.visible(entry.getValue(), visible));
    }
    return total;
  }

  @Override
  public StoreGauges gauges() {
    return new StoreGauges(versions.size(), bytes.sum(), 0, 0, 0, 0, false);
  }

  @Override
  public void close() {
    lock.lock();
    try {
      if (snapshots.count() != 0) {
        throw new IllegalStateException(snapshots.count() + " cursors are still open");
      }
      closed = true;
    } finally {
      lock.unlock();
    }
  }

  private void requireOpen() {
    if (closed) {
      throw new IllegalStateException("the store is closed");
    }
  }
}
