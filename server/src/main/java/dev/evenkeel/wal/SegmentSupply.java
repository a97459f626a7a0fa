package dev.evenkeel.wal;

import dev.evenkeel.environment.Disk;
import dev.evenkeel.environment.Environment;
import dev.evenkeel.environment.Tasks;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.TreeSet;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/// Has the next segment ready before it is needed, takes back those that are not needed any more,
/// and watches the free space. Everything happens on a thread of its own, so that the writer never
/// waits for a file to be filled with zeros.
final class SegmentSupply {
  private static final Logger LOG = System.getLogger(SegmentSupply.class.getName());
  private static final int FILL_BYTES = 1 << 20;

  private final Disk disk;
  private final Tasks tasks;
  private final Executor executor;
  private final RandomGenerator salts;
  private final LogOptions options;
  private final SegmentFolder folder;
  private final LogMeter meter;
  private final Places places;
  private final SegmentRange range;
  private @Nullable Customer customer;

  /// Numbers in the names of former segments that have the right size.
  private final TreeSet<Long> spares;

  /// Segments to take back, the oldest first.
  private final Deque<Segment> freed = new ArrayDeque<>();

  /// The segment that the writer waits for; 0 for none.
  private long wanted;

  private boolean preparing;
  private boolean closed;
  private Tasks.@Nullable Timer watch;

  /// The device has less than the reserve left.
  private volatile boolean spaceLow;

  /// The wanted segment could not be made. Read by those who append.
  private volatile boolean starved;

  SegmentSupply(
      Environment environment,
      LogOptions options,
      Recovered recovered,
      LogMeter meter,
      Places places) {
    this.disk = environment.disk();
    this.tasks = environment.tasks();
    this.executor = tasks.dedicated("log-segments");
    this.salts = environment.entropy().stream("wal.salts");
    this.options = options;
    this.folder = new SegmentFolder(disk, options.folder());
    this.spares = new TreeSet<>(recovered.spares());
    this.meter = meter;
    this.places = places;
    this.range = recovered.range();
  }

  /// Who waits for segments. Called on this supply's thread.
  interface Customer {
    void prepared(Segment segment);

    /// The segment could not be made; it will be tried again.
    void starved();
  }

  boolean isSpaceLow() {
    return spaceLow;
  }

  boolean isStarved() {
    return starved;
  }

  /// Begins, with the segment of that number for that customer.
  void start(Customer waiting, long number) {
    executor.execute(() -> {
      customer = waiting;
      wanted = number;
      watch();
    });
  }

  /// Makes the segment of that number ready. From any thread.
  void prepare(long number) {
    executor.execute(() -> {
      wanted = number;
      tryPrepare();
    });
  }

  /// Takes back a segment that is not needed any more. From any thread, the oldest first.
  void free(Segment segment) {
    executor.execute(() -> {
      freed.add(segment);
      tryTakeBack();
    });
  }

  void close() {
    executor.execute(() -> {
      closed = true;
      if (watch != null) {
        watch.cancel();
      }
    });
  }

  private void watch() {
    if (closed) {
      return;
    }
    tryTakeBack();
    boolean low = !hasFree(0);
    if (low != spaceLow) {
      spaceLow = low;
      meter.hit(low ? LogMeter.DISK_FULL : LogMeter.DISK_ROOM_AGAIN);
      LOG.log(Level.WARNING, low ? "the disk is nearly full: writes are refused" : "room again");
    }
    tryPrepare();
    watch = tasks.after(options.roomInterval(), () -> executor.execute(this::watch));
  }

  private boolean hasFree(long bytes) {
    try {
      return disk.freeBytes() >= options.reserveBytes() + bytes;
    } catch (IOException e) {
      warn("cannot tell the free space of the disk", e);
      return false;
    }
  }

  private void tryPrepare() {
    if (wanted == 0 || preparing || closed) {
      return;
    }
    int bytes = wanted == 1 ? options.firstSegmentBytes() : options.segmentBytes();
    boolean fresh = spares.isEmpty() || bytes != options.segmentBytes();
    if (!hasFree(fresh ? bytes : 0)) {
      starve();
      return;
    }
    preparing = true;
    String name = fresh ? folder.unfinished(wanted) : folder.spare(spares.removeFirst());
    var identity = new SegmentFormat.Identity(wanted, salts.nextLong(), bytes);
    try {
      Disk.File file = disk.open(name);
      Segment segment = new Segment(identity, file);
      write(segment, name, fresh);
      file.sync(failure -> synced(segment, name, fresh, failure));
    } catch (IOException e) {
      preparing = false;
      discard(name, e);
    }
  }

  private void write(Segment segment, String name, boolean fresh) throws IOException {
    try {
      if (fresh) {
        fill(segment.file(), segment.bytes());
      }
      segment.writeHeader();
    } catch (IOException e) {
      closeAfter(segment, e);
      throw new IOException("cannot prepare " + name + ": " + e.getMessage(), e);
    }
  }

  private static void fill(Disk.File file, int bytes) throws IOException {
    ByteBuffer zeros = file.buffer(Math.min(bytes, FILL_BYTES));
    for (int position = 0; position < bytes; position += FILL_BYTES) {
      zeros.clear().limit(Math.min(FILL_BYTES, bytes - position));
      file.write(position, zeros);
    }
  }

  private void synced(Segment segment, String name, boolean fresh, @Nullable IOException failure) {
    preparing = false;
    if (failure != null) {
      closeAfter(segment, failure);
      discard(name, failure);
      return;
    }
    try {
      folder.rename(name, folder.segment(segment.number()));
      range.extendTo(segment.number());
      segment.moveTo(disk.open(folder.segment(segment.number())));
    } catch (IOException e) {
      closeAfter(segment, e);
      discard(name, e);
      return;
    }
    meter.hit(fresh ? LogMeter.SEGMENT_CREATED : LogMeter.SEGMENT_REUSED);
    wanted = 0;
    starved = false;
    tell(waiting -> waiting.prepared(segment));
  }

  /// The file of a segment that could not be prepared goes; the next watch tries again.
  private void discard(String name, IOException cause) {
    warn("no new segment of the write-ahead log", cause);
    try {
      if (disk.exists(name)) {
        disk.delete(name);
      }
    } catch (IOException e) {
      warn("cannot remove what is left of a segment", e);
    }
    starve();
  }

  private void starve() {
    if (!starved) {
      starved = true;
      meter.hit(LogMeter.DISK_FULL);
      tell(Customer::starved);
    }
  }

  private void tell(Consumer<Customer> news) {
    if (customer == null) {
      throw new AssertionError("the supply of segments worked before it was started");
    }
    news.accept(customer);
  }

  /// Stops at the first that is still read, or fails: a younger one must not go before an older
  /// one.
  private void tryTakeBack() {
    @Nullable Segment oldest = freed.peek();
    try {
      while (oldest != null && places.letGo(oldest.number())) {
        takeBack(oldest);
        meter.hit(LogMeter.SEGMENT_FREED);
        freed.remove();
        oldest = freed.peek();
      }
    } catch (IOException e) {
      warn("cannot free a segment of the write-ahead log", e);
    }
  }

  /// May be tried again from any point at which it failed.
  private void takeBack(Segment segment) throws IOException {
    range.forgetUpTo(segment.number());
    String name = folder.segment(segment.number());
    boolean keep = segment.bytes() == options.segmentBytes() && spares.size() < options.sparesMax();
    if (!disk.exists(name)) {
      disk.syncFolder(options.folder());
    } else if (keep) {
      folder.rename(name, folder.spare(segment.number()));
      spares.add(segment.number());
    } else {
      disk.delete(name);
      disk.syncFolder(options.folder());
    }
  }

  private static void closeAfter(Segment segment, IOException cause) {
    try {
      segment.close();
    } catch (IOException e) {
      cause.addSuppressed(e);
    }
  }

  private static void warn(String what, IOException cause) {
    LOG.log(Level.WARNING, what + ": " + cause.getMessage());
  }
}
