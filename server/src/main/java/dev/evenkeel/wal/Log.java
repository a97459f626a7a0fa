package dev.evenkeel.wal;

import dev.evenkeel.environment.Disk;
import dev.evenkeel.environment.Environment;
import dev.evenkeel.environment.Tasks;
import dev.evenkeel.telemetry.Telemetry;
import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/// The node's write-ahead log.
public final class Log implements AutoCloseable {
  private final Disk disk;
  private final LogOptions options;
  private final AppendQueue queue = new AppendQueue();
  private final LogMeter meter;
  private final Acknowledgements acknowledgements;
  private final AtomicLong pendingBytes;
  private final Places places;
  private final ReadBack readBack;
  private final SegmentSupply supply;
  private final GroupCommit commit;
  private volatile boolean closed;

  private Log(
      Environment environment,
      LogOptions options,
      LogMeter meter,
      Places places,
      Recovered recovered) {
    Tasks tasks = environment.tasks();
    this.disk = environment.disk();
    this.options = options;
    this.meter = meter;
    this.acknowledgements = new Acknowledgements(tasks.dedicated("log-acknowledgements"), meter);
    this.pendingBytes = acknowledgements.pendingBytes();
    this.places = places;
    this.readBack = new ReadBack(new SegmentFolder(disk, options.folder()), places);
    this.supply = new SegmentSupply(environment, options, recovered, meter, places);
    this.commit =
        new GroupCommit(
            new GroupCommit.Parts(
                environment.clock(),
                tasks.dedicated("log-writer"),
                options,
                queue,
                acknowledgements,
                meter,
                supply,
                places),
            recovered);
  }

  /// Opens the log in that folder, or begins one where there is none, and replays all its records.
  /// Where the environment's syncs end at once, all that was replayed is durable on return; else
  /// before anything appended later is reported as durable.
  ///
  /// @param expected what must be there; on return the log may be expected by its range, durably
  /// @throws CorruptLogException when something that was acknowledged is damaged or missing
  /// @throws IOException when a file cannot be read or written, or is of an unknown version
  public static Log open(
      Environment environment,
      Telemetry telemetry,
      LogOptions options,
      Expected expected,
      LogReplay replay)
      throws IOException {
    LogMeter meter = new LogMeter(telemetry);
    Places places = new Places();
    Recovered recovered =
        new Recovery(environment.disk(), options, expected, meter, places).run(replay);
    Log log = new Log(environment, options, meter, places, recovered);
    log.start(recovered);
    log.show(telemetry);
    return log;
  }

  /// The same, for a log that may be new and whose figures nobody looks at.
  public static Log open(Environment environment, LogOptions options, LogReplay replay)
      throws IOException {
    return open(environment, new Telemetry(), options, Expected.NOTHING, replay);
  }

  private void start(Recovered recovered) throws IOException {
    @Nullable Segment tail = recovered.active();
    supply.start(commit, tail == null ? 1 : tail.number() + 1);
    if (tail == null) {
      commit.begin(null);
      return;
    }
    try {
      repair(recovered, tail);
    } catch (IOException e) {
      supply.close();
      throw e;
    }
  }

  private void repair(Recovered recovered, Segment tail) throws IOException {
    TailRepair repair = new TailRepair(new SegmentFolder(disk, options.folder()), tail);
    if (recovered.sealed()) {
      int batchEnd = Math.min(tail.end() + options.batchBytesMax(), tail.bytes());
      int eraseTo = Math.max(recovered.remainsEnd(), batchEnd);
      repair.inPlace(recovered.lastBatchBytes(), eraseTo, commit::begin);
    } else {
      repair.byCopy(recovered.former(), commit::begin);
    }
  }

  private void show(Telemetry telemetry) {
    telemetry.gauge("wal.segments.live", "Segments that hold records.", this::liveSegments);
    telemetry.gauge("wal.pending.bytes", "Bytes that wait for the disk.", pendingBytes::get);
  }

  /// The door of a group. Each group is asked for once.
  public LogGroup group(long number, LogListener listener) {
    LogGroup group = new LogGroup(this, number, listener);
    acknowledgements.add(group);
    places.adopt(group);
    return group;
  }

  /// The group is gone for good: none of its records are needed any more, nor will there be new
  /// ones.
  public void drop(long group) {
    places.drop(group, acknowledgements.retire(group));
    commit.retire(group);
  }

  AppendOutcome append(PendingRecord record) {
    int cost = record.cost();
    if (record.payload.length > options.payloadBytesMax()) {
      throw new IllegalArgumentException(
          "a record of " + record.payload.length + " bytes does not fit into a batch");
    }
    AppendOutcome outcome = reserve(cost);
    if (outcome != AppendOutcome.ACCEPTED) {
      pendingBytes.addAndGet(-cost);
    } else if (queue.add(record)) {
      commit.wake();
    }
    return outcome;
  }

  /// Takes the place first and looks at the room then: whoever took it before the room ended is
  /// counted in what still has its place.
  private AppendOutcome reserve(int cost) {
    long pending = pendingBytes.addAndGet(cost);
    if (closed) {
      return AppendOutcome.CLOSED;
    }
    if (commit.failure() != null) {
      return AppendOutcome.FAILED;
    }
    if (pending > options.queueBytesMax()) {
      meter.hit(LogMeter.OVERLOADED);
      return AppendOutcome.OVERLOADED;
    }
    return hasRoom() ? AppendOutcome.ACCEPTED : AppendOutcome.DISK_FULL;
  }

  void release(LogGroup group, long slot) {
    places.release(group, slot);
    commit.release(group.number(), slot);
  }

  void releaseBefore(LogGroup group, long segment) {
    places.releaseBefore(group, segment);
    commit.releaseBefore(group.number(), segment);
  }

  LogRead read(LogGroup group, long fromSlot, long toSlot, int bytesMax) throws IOException {
    return readBack.read(group, fromSlot, toSlot, bytesMax);
  }

  /// Tells which groups keep the log longer than so many segments. Such a group is idle or nearly
  /// so: let it append what it still needs of its old records again, and call
  /// [LogGroup#releaseBefore] when that is durable.
  ///
  /// @param segmentsMax how many of the youngest segments are not old; at least the one that is
  ///   being written
  public CompletableFuture<LogPins> pins(int segmentsMax) {
    if (segmentsMax < 1) {
      throw new IllegalArgumentException("the segment that is being written is never old");
    }
    CompletableFuture<LogPins> pins = new CompletableFuture<>();
    commit.pins(segmentsMax, pins);
    return pins;
  }

  /// Whether appends are taken, as far as the disk's space goes. While there is a segment for what
  /// comes, or hope for one, there is room; else only while the active one can take all that may be
  /// pending.
  public boolean hasRoom() {
    if (supply.isSpaceLow() || commit.failure() != null) {
      return false;
    }
    return !supply.isStarved()
        || commit.room() >= options.queueBytesMax() + options.batchBytesMax();
  }

  /// How many segments hold records that are not released, or are needed by an older one that does.
  /// The store should be flushed, and [LogGroup#release] called, before this grows large.
  public int liveSegments() {
    return commit.liveSegments();
  }

  /// What was accepted and is not durable yet, each record counted in whole blocks.
  public long pendingBytes() {
    return pendingBytes.get();
  }

  /// Why the log is dead; null while it lives.
  public @Nullable IOException failure() {
    return commit.failure();
  }

  /// Refuses appends from now on, writes what is pending, and closes the files. The future
  /// completes after the last listener was told. When the log is dead or the disk full, what cannot
  /// be written is dropped: nobody was told that it is durable.
  public CompletableFuture<Void> end() {
    closed = true;
    CompletableFuture<Void> ended = new CompletableFuture<>();
    commit.close(ended);
    return ended;
  }

  /// As [#end], and waits for it.
  @Override
  public void close() {
    end().join();
  }
}
