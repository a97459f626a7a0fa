package dev.evenkeel.wal;

import dev.evenkeel.environment.Disk;
import dev.evenkeel.environment.Environment;
import dev.evenkeel.environment.Tasks;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// A node's write-ahead log. See the package for format, order and failure.
public final class Log implements AutoCloseable {
  private static final System.Logger LOGGER = System.getLogger(Log.class.getName());
  private static final int BUFFER_BYTES_INITIAL = 256 << 10;

  private final Environment environment;
  private final LogOptions options;
  private final SegmentSupply supply;
  private final Executor writer;
  private final Executor acknowledgements;
  private final Executor preparation;
  private final RecordFormat format = new RecordFormat();

  private final ReentrantLock lock = new ReentrantLock();

  // Under the lock.

  private final Deque<RecordFormat.Pending> queue = new ArrayDeque<>();
  private final Map<Long, LogGroup> groups = new LinkedHashMap<>();
  private final Map<Long, Long> released = new HashMap<>();

  /// Oldest first; the last one is active.
  private final Deque<Segment> segments = new ArrayDeque<>();

  private long queueBytes;

  /// A step of the writer is scheduled or running, or a sync is in flight.
  private boolean writing;

  /// The writer waits for `next`.
  private boolean starved;

  /// The segment that follows the active one, when it is ready.
  private @Nullable Segment next;

  private boolean preparing;
  private @Nullable CompletableFuture<Void> closing;

  // Read by any thread.

  private volatile @Nullable IOException failure;
  private volatile boolean full;
  private volatile Tasks.@Nullable Timer roomTimer;

  // Writer only.

  private ByteBuffer buffer = ByteBuffer.allocateDirect(BUFFER_BYTES_INITIAL);
  private long lastBatch;

  private Log(
      Environment environment, LogOptions options, SegmentSupply supply, LogRecovery.Found found) {
    this.environment = environment;
    this.options = options;
    this.supply = supply;
    this.writer = environment.tasks().dedicated("log-writer");
    this.acknowledgements = environment.tasks().dedicated("log-acknowledgements");
    this.preparation = environment.tasks().dedicated("log-segments");
    this.segments.addAll(found.segments());
    this.lastBatch = found.lastBatch();
  }

  /// Opens the log of a data directory, creating it where there is none, and hands over what it
  /// holds.
  ///
  /// @throws CorruptLogException when it holds what no crash can explain
  /// @throws IOException when the disk fails, or `replay` does
  public static Log open(Environment environment, LogOptions options, LogReplay replay)
      throws IOException {
    Disk disk = environment.disk();
    disk.createFolder(options.folder());
    SegmentSupply supply = new SegmentSupply(disk, options);
    LogRecovery.Found found = new LogRecovery(disk, options, supply).run(replay);
    Log log = new Log(environment, options, supply, found);
    log.prepareNext();
    log.watchRoom();
    return log;
  }

  /// A group's part of the log; the listener of an earlier call for the same group hears no more.
  public LogGroup group(long number, LogListener listener) {
    LogGroup group = new LogGroup(this, number, listener);
    lock.lock();
    try {
      groups.put(number, group);
    } finally {
      lock.unlock();
    }
    return group;
  }

  /// Forgets a group that is no more: none of its records is needed.
  public void drop(long group) {
    lock.lock();
    try {
      groups.remove(group);
    } finally {
      lock.unlock();
    }
    release(group, Long.MAX_VALUE);
  }

  public boolean hasRoom() {
    return failure == null && !full;
  }

  /// Number of segments that hold records or may soon.
  public int liveSegments() {
    lock.lock();
    try {
      return segments.size();
    } finally {
      lock.unlock();
    }
  }

  /// Writes what is queued, then closes the files. No append may follow.
  @Override
  public void close() throws IOException {
    CompletableFuture<Void> idle = new CompletableFuture<>();
    lock.lock();
    try {
      closing = idle;
      if (!writing) {
        idle.complete(null);
      }
    } finally {
      lock.unlock();
    }
    idle.join();
    Tasks.Timer timer = roomTimer;
    if (timer != null) {
      timer.cancel();
    }
    for (Segment segment : segments) {
      segment.file.close();
    }
    Segment ahead = next;
    if (ahead != null) {
      ahead.file.close();
    }
  }

  boolean append(RecordFormat.Pending record) {
    if (record.bytes() > RecordFormat.RECORD_BYTES_MAX) {
      throw new IllegalArgumentException("a record of " + record.bytes() + " bytes");
    }
    boolean start;
    lock.lock();
    try {
      if (!hasRoom() || closing != null || queueBytes + record.bytes() > options.queueBytesMax()) {
        return false;
      }
      queue.add(record);
      queueBytes += record.bytes();
      start = !writing;
      writing = true;
    } finally {
      lock.unlock();
    }
    if (start) {
      writer.execute(this::writeBatch);
    }
    return true;
  }

  void release(long group, long slot) {
    lock.lock();
    try {
      released.merge(group, slot, Math::max);
      // The active segment and the one before it stay, so that recovery knows which batch comes
      // next.
      while (segments.size() > 2 && segments.getFirst().isReleased(released)) {
        Segment oldest = segments.removeFirst();
        preparation.execute(() -> recycle(oldest));
      }
    } finally {
      lock.unlock();
    }
  }

  private void recycle(Segment segment) {
    try {
      supply.recycle(segment);
    } catch (IOException e) {
      LOGGER.log(System.Logger.Level.WARNING, "log segment not recycled: " + e.getMessage());
    }
  }

  /// One batch: takes what is queued, writes it, and asks for its durability.
  private void writeBatch() {
    List<RecordFormat.Pending> batch = new ArrayList<>();
    Segment active;
    lock.lock();
    try {
      int bytes = take(batch);
      if (batch.isEmpty()) {
        writing = false;
        if (closing != null) {
          closing.complete(null);
        }
        return;
      }
      active = segments.getLast();
      if (bytes > active.room()) {
        Segment following = next;
        if (following == null) {
          giveBack(batch);
          starved = true;
          return;
        }
        segments.add(following);
        next = null;
        active = following;
      }
    } finally {
      lock.unlock();
    }
    if (active.end == SegmentHeader.BYTES) {
      prepareNext();
    }
    write(batch, active);
  }

  private void write(List<RecordFormat.Pending> batch, Segment active) {
    long number = lastBatch + 1;
    int bytes = 0;
    for (RecordFormat.Pending record : batch) {
      bytes += record.bytes();
    }
    if (buffer.capacity() < bytes) {
      buffer = ByteBuffer.allocateDirect(Math.max(bytes, buffer.capacity() * 2));
    }
    buffer.clear();
    for (int i = 0; i < batch.size(); i++) {
      boolean last = i == batch.size() - 1;
      format.write(batch.get(i), number, last, active.number, active.end, buffer);
    }
    try {
      active.file.write(active.end, buffer.flip());
    } catch (IOException e) {
      fail(e);
      return;
    }
    int written = bytes;
    active.file.sync(problem -> {
      if (problem != null) {
        fail(problem);
      } else {
        synced(batch, active, number, written);
      }
    });
  }

  private void synced(List<RecordFormat.Pending> batch, Segment active, long number, int bytes) {
    lastBatch = number;
    active.end += bytes;
    Map<LogGroup, Long> newest = new LinkedHashMap<>();
    for (RecordFormat.Pending record : batch) {
      newest.merge(record.group(), record.slot(), Math::max);
    }
    lock.lock();
    try {
      newest.forEach((group, slot) -> active.holds(group.number(), slot));
    } finally {
      lock.unlock();
    }
    acknowledgements.execute(() -> newest.forEach(LogGroup::durable));
    writer.execute(this::writeBatch);
  }

  /// Moves records from the queue into a batch and returns their bytes.
  private int take(List<RecordFormat.Pending> batch) {
    int bytes = 0;
    for (RecordFormat.Pending record = queue.peek();
        record != null && (batch.isEmpty() || bytes + record.bytes() <= options.batchBytesMax());
        record = queue.peek()) {
      batch.add(queue.remove());
      bytes += record.bytes();
    }
    queueBytes -= bytes;
    return bytes;
  }

  private void giveBack(List<RecordFormat.Pending> batch) {
    for (RecordFormat.Pending record : batch.reversed()) {
      queue.addFirst(record);
      queueBytes += record.bytes();
    }
  }

  /// Has the segment after the active one made ready, unless that is under way or done.
  private void prepareNext() {
    long number;
    lock.lock();
    try {
      if (preparing || next != null || failure != null) {
        return;
      }
      preparing = true;
      number = segments.getLast().number + 1;
    } finally {
      lock.unlock();
    }
    preparation.execute(
        () -> supply.prepare(number, options.segmentBytes(), this::prepared, this::notPrepared));
  }

  private void prepared(Segment segment) {
    boolean resume;
    lock.lock();
    try {
      preparing = false;
      next = segment;
      resume = starved;
      starved = false;
    } finally {
      lock.unlock();
    }
    if (resume) {
      writer.execute(this::writeBatch);
    }
  }

  private void notPrepared(IOException reason) {
    LOGGER.log(
        System.Logger.Level.WARNING, "no room for the next log segment: " + reason.getMessage());
    full = true;
    lock.lock();
    try {
      preparing = false;
    } finally {
      lock.unlock();
    }
  }

  private void watchRoom() {
    roomTimer =
        environment
            .tasks()
            .after(options.roomInterval(), () -> preparation.execute(this::lookForRoom));
  }

  /// Decides whether appends are taken, and tries again for a segment that could not be prepared.
  private void lookForRoom() {
    try {
      boolean scarce = environment.disk().freeBytes() < options.reserveBytes();
      boolean ahead;
      lock.lock();
      try {
        ahead = next != null || preparing;
      } finally {
        lock.unlock();
      }
      if (!scarce && !ahead) {
        prepareNext();
      }
      full = scarce || !ahead;
    } catch (IOException e) {
      LOGGER.log(System.Logger.Level.WARNING, "free space unknown: " + e.getMessage());
    }
    if (failure == null && closing == null) {
      watchRoom();
    }
  }

  private void fail(IOException reason) {
    List<LogGroup> told;
    lock.lock();
    try {
      if (failure != null) {
        return;
      }
      failure = reason;
      queue.clear();
      queueBytes = 0;
      writing = false;
      told = new ArrayList<>(groups.values());
      if (closing != null) {
        closing.complete(null);
      }
    } finally {
      lock.unlock();
    }
    LOGGER.log(
        System.Logger.Level.ERROR,
        "the log failed and takes no more writes: " + reason.getMessage());
    acknowledgements.execute(() -> told.forEach(group -> group.failed(reason)));
  }
}
