package dev.evenkeel.wal;

import dev.evenkeel.environment.Clock;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/// The writer: one batch, one write, one sync at a time, for all groups.
///
/// ```
/// opening ──begin──▶ idle ──records and a segment──▶ syncing ──▶ idle ...   ──close──▶ ended
///                      └──────────────── write or sync failed ──────────────────────▶ ended
/// ```
///
/// Whatever arrives during a sync is gathered for the next batch. Fields are used on the executor
/// `writer` only, except where they say something else.
final class GroupCommit implements SegmentSupply.Customer {
  private static final Logger LOG = System.getLogger(GroupCommit.class.getName());

  private final Clock clock;
  private final Executor writer;
  private final LogOptions options;
  private final AppendQueue queue;
  private final Acknowledgements acknowledgements;
  private final LogMeter meter;
  private final SegmentSupply supply;
  private final Places places;
  private final Retention retention;

  /// Not in a batch yet; the oldest first.
  private final Deque<PendingRecord> backlog = new ArrayDeque<>();

  private final BatchBuffer batch = new BatchBuffer();

  /// Where batches go; null until the first segment of a new log is ready.
  private @Nullable Segment active;

  /// Ready to become the active one.
  private @Nullable Segment next;

  /// Number of the newest batch that was written, or 0.
  private long lastBatch;

  /// The newest batch is a seal, or there is none: what is before it is known as durable.
  private boolean sealed;

  private boolean begun;
  private boolean syncing;
  private boolean stepping;
  private boolean ended;
  private long writeNanos;
  private @Nullable CompletableFuture<Void> closing;

  /// Set once; read by those who append.
  private volatile @Nullable IOException failure;

  /// Bytes left in the active segment; read by those who append.
  private volatile int room;

  /// Segments that hold something; read by anyone.
  private volatile int liveSegments;

  GroupCommit(Parts parts, Recovered recovered) {
    this.clock = parts.clock();
    this.writer = parts.writer();
    this.options = parts.options();
    this.queue = parts.queue();
    this.acknowledgements = parts.acknowledgements();
    this.meter = parts.meter();
    this.supply = parts.supply();
    this.places = parts.places();
    this.retention = new Retention(recovered.full(), supply::free);
    this.active = recovered.active();
    this.lastBatch = recovered.lastBatch();
    this.sealed = recovered.sealed();
    publish();
  }

  /// What the writer works with.
  record Parts(
      Clock clock,
      Executor writer,
      LogOptions options,
      AppendQueue queue,
      Acknowledgements acknowledgements,
      LogMeter meter,
      SegmentSupply supply,
      Places places) {}

  /// From any thread: there is something in the queue.
  void wake() {
    writer.execute(this::step);
  }

  /// From any thread: the log's tail has been repaired, or that failed.
  void begin(@Nullable IOException failed) {
    writer.execute(() -> {
      if (failed != null) {
        fail(failed);
      } else {
        stepping = true;
        seal();
        stepping = false;
      }
      begun = true;
      step();
    });
  }

  /// From any thread: this segment may become the active one.
  @Override
  public void prepared(Segment segment) {
    writer.execute(() -> {
      next = segment;
      step();
      if (ended) {
        closeFile(segment);
      }
    });
  }

  @Override
  public void starved() {
    wake();
  }

  void release(long group, long slot) {
    writer.execute(() -> {
      retention.release(group, slot);
      publish();
    });
  }

  void releaseBefore(long group, long segment) {
    writer.execute(() -> {
      retention.releaseBefore(group, segment);
      publish();
    });
  }

  void pins(int segmentsMax, CompletableFuture<LogPins> answer) {
    writer.execute(() -> answer.complete(retention.pins(segmentsMax)));
  }

  void retire(long group) {
    writer.execute(() -> {
      if (active != null) {
        active.unpin(group);
      }
      retention.retire(group);
      publish();
    });
  }

  /// Writes what is pending, then ends. Nothing may be added to the queue any more.
  void close(CompletableFuture<Void> closed) {
    writer.execute(() -> {
      closing = closed;
      step();
    });
  }

  @Nullable IOException failure() {
    return failure;
  }

  int room() {
    return room;
  }

  int liveSegments() {
    return liveSegments;
  }

  /// Goes on as far as possible without waiting. A sync that ends at once does not recurse.
  private void step() {
    if (stepping || ended) {
      return;
    }
    stepping = true;
    boolean more = begun;
    while (more && !syncing && failure == null) {
      more = commit() || (closing != null && seal());
    }
    stepping = false;
    if (closing != null && isDone()) {
      end(closing);
    }
  }

  /// Nothing is under way and nothing can be written any more.
  private boolean isDone() {
    boolean idle = begun && (backlog.isEmpty() || supply.isStarved());
    return !syncing && (idle || failure != null);
  }

  /// Fills the batch; false when there is nothing to write, or no segment to write it to.
  private boolean gather() {
    queue.drainTo(backlog);
    while (active == null || !gatherInto(active)) {
      if (next == null || (active != null && backlog.isEmpty())) {
        return false;
      }
      activate(next);
    }
    return true;
  }

  private boolean gatherInto(Segment segment) {
    batch.gather(backlog, Math.min(options.batchBytesMax(), segment.room()));
    return !batch.isEmpty();
  }

  private void activate(Segment segment) {
    if (active != null) {
      closeFile(active);
      retention.add(active);
    }
    active = segment;
    places.open(segment.identity());
    next = null;
    supply.prepare(segment.number() + 1);
    publish();
  }

  /// Starts a batch of what is pending; false when it cannot.
  private boolean commit() {
    if (!gather() || active == null) {
      return false;
    }
    sealed = false;
    lastBatch++;
    write(active, batch.encode(active, lastBatch));
    return true;
  }

  /// Starts a batch that says that the one before it is durable; false when there is no need, or no
  /// room.
  private boolean seal() {
    if (sealed || active == null || active.room() < SegmentFormat.BLOCK_BYTES) {
      return false;
    }
    sealed = true;
    lastBatch++;
    write(active, batch.encodeSeal(active, lastBatch));
    return true;
  }

  private void write(Segment segment, ByteBuffer bytes) {
    writeNanos = clock.monotonicNanos();
    try {
      segment.file().write(segment.end(), bytes);
    } catch (IOException e) {
      fail(e);
      return;
    }
    syncing = true;
    segment.file().sync(failed -> synced(segment, failed));
  }

  private void synced(Segment segment, @Nullable IOException failed) {
    syncing = false;
    if (failed != null) {
      fail(failed);
    } else {
      PendingRecord[] records = batch.records();
      meter.batch(records.length, batch.bytes(), clock.monotonicNanos() - writeNanos);
      places.add(segment.number(), segment.end(), records);
      segment.grow(batch.bytes());
      publish();
      acknowledgements.durable(lastBatch, records, segment);
      batch.clear();
    }
    step();
  }

  private void publish() {
    room = active == null ? 0 : active.room();
    liveSegments = retention.fullSegments() + (active == null ? 0 : 1);
  }

  private void fail(IOException cause) {
    if (failure == null) {
      failure = cause;
      meter.hit(LogMeter.FAILED);
      backlog.clear();
      batch.clear();
      acknowledgements.failed(cause);
    }
  }

  private void end(CompletableFuture<Void> closed) {
    ended = true;
    supply.close();
    if (active != null) {
      closeFile(active);
    }
    if (next != null) {
      closeFile(next);
    }
    acknowledgements.after(() -> closed.complete(null));
  }

  /// All that the file holds is durable already, so there is nothing that could be lost.
  private static void closeFile(Segment segment) {
    try {
      segment.close();
    } catch (IOException e) {
      warn("cannot close a segment of the write-ahead log", e);
    }
  }

  private static void warn(String what, IOException cause) {
    LOG.log(Level.WARNING, what + ": " + cause.getMessage());
  }
}
