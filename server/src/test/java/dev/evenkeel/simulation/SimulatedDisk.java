package dev.evenkeel.simulation;

import dev.evenkeel.environment.Disk;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/// A disk that forgets what was not synced, in sectors of 512 bytes.
///
/// Only a sync that has completed moves bytes to what survives, only [#syncFolder] does so with
/// names. A failed sync leaves its sectors clean in the page cache and does not write them again,
/// as ext4, XFS and btrfs do. [#crash] is a power loss, [#kill] the death of the process alone.
/// Both end all open files: using one afterwards is a bug of the test.
///
/// One thread at a time.
public final class SimulatedDisk implements Disk {
  private final RandomGenerator random;
  private final Completion completion;
  private final DiskFaults faults;
  private final List<SectorFile.DurableRuns> observers = new ArrayList<>();
  private FileNames names = new FileNames();

  /// Lives of the process so far.
  private int life;

  /// Decides when a sync ends.
  @FunctionalInterface
  public interface Completion {
    /// @param end to be run once, now or later
    void complete(Runnable end);
  }

  public SimulatedDisk(RandomGenerator random, Completion completion) {
    this.random = random;
    this.completion = completion;
    this.faults = new DiskFaults(random);
  }

  /// A disk whose syncs end before they return.
  public static SimulatedDisk inline(long seed) {
    return new SimulatedDisk(new SplittableRandom(seed), Runnable::run);
  }

  public DiskFaults faults() {
    return faults;
  }

  /// Has `observer` told of all bytes that become durable.
  void observe(SectorFile.DurableRuns observer) {
    observers.add(observer);
  }

  /// The machine loses power and comes back: what was not synced fares as `loss` says.
  public void crash(CrashLoss loss) {
    life++;
    faults.poweredUp();
    names.files().forEach(file -> file.crash(loss, random));
    names.crash(loss, random);
  }

  /// The process dies and the machine lives: what was written is still there, synced or not.
  public void kill() {
    life++;
    faults.poweredUp();
    names.files().forEach(file -> file.evictLost(random));
  }

  /// Everything on it is lost for good, as on a new disk.
  void wipe() {
    life++;
    names = new FileNames();
  }

  /// The disk as [CrashLoss#EVERYTHING] would leave it; this one stays as it is.
  public SimulatedDisk durableCopy() {
    SimulatedDisk copy = inline(0);
    copy.names = names.durableCopy();
    return copy;
  }

  /// Flips a bit at rest, behind everybody's back.
  ///
  /// @param bit 0 to 7
  public void flip(String name, long position, int bit) throws FileNotFoundException {
    SectorFile file = names.get(name);
    if (position < 0 || position >= file.size()) {
      throw new IllegalArgumentException(name + " has no byte " + position);
    }
    file.flip(position, bit);
  }

  /// From now on files can grow by that many bytes together.
  public void fillUpTo(long room) {
    faults.capacityBytes(names.bytes() + room);
  }

  /// All of a file as the process reads it; no operation, never fails.
  public byte[] contents(String name) throws FileNotFoundException {
    SectorFile file = names.get(name);
    byte[] bytes = new byte[(int) file.size()];
    file.read(0, ByteBuffer.wrap(bytes));
    return bytes;
  }

  /// Names of all files.
  public List<String> files() {
    return names.all();
  }

  /// Durable on return, as in the real environment: nothing is known of folders here but the names
  /// of the files in them.
  @Override
  public void createFolder(String folder) {
    faults.count();
  }

  @Override
  public List<String> list(String folder) {
    faults.count();
    return names.list(folder);
  }

  @Override
  public boolean exists(String name) {
    faults.count();
    return names.find(name) != null;
  }

  @Override
  public File open(String name) throws IOException {
    faults.before(DiskFaults.Operation.NAMES, name);
    SectorFile file = names.find(name);
    if (file == null) {
      file = new SectorFile();
      names.create(name, file);
    }
    return new OpenFile(name, file, life);
  }

  @Override
  public void rename(String from, String to) throws IOException {
    faults.before(DiskFaults.Operation.NAMES, from);
    names.rename(from, to);
  }

  @Override
  public void delete(String name) throws IOException {
    faults.before(DiskFaults.Operation.NAMES, name);
    names.delete(name);
  }

  @Override
  public void syncFolder(String folder) throws IOException {
    faults.before(DiskFaults.Operation.SYNC_FOLDER, folder);
    names.sync(folder);
  }

  @Override
  public long freeBytes() {
    faults.count();
    return faults.freeBytes(names.bytes());
  }

  private final class OpenFile implements File {
    private final String name;
    private final SectorFile file;
    private final int openedIn;
    private boolean closed;

    OpenFile(String name, SectorFile file, int openedIn) {
      this.name = name;
      this.file = file;
      this.openedIn = openedIn;
    }

    @Override
    public long size() {
      requireOpen();
      faults.count();
      return file.size();
    }

    /// On the heap: where memory beside it runs short the JVM collects garbage and has the caller
    /// sleep, on a clock that is not the simulation's.
    @Override
    public ByteBuffer buffer(int bytes) {
      return ByteBuffer.allocate(bytes);
    }

    @Override
    public int read(long position, ByteBuffer into) throws IOException {
      requireOpen();
      faults.before(DiskFaults.Operation.READ, name);
      return file.read(position, into);
    }

    /// A write that fails may have written some of its bytes.
    @Override
    public void write(long position, ByteBuffer from) throws IOException {
      requireOpen();
      faults.count();
      long growth = Math.max(0, position + from.remaining() - file.size());
      if (growth > 0 && !faults.hasRoom(growth, names.bytes())) {
        throw new IOException("write of " + name + ": No space left on device");
      }
      if (faults.fails(DiskFaults.Operation.WRITE)) {
        file.write(position, from.slice(from.position(), random.nextInt(from.remaining() + 1)));
        throw DiskFaults.error(DiskFaults.Operation.WRITE, name);
      }
      file.write(position, from);
    }

    @Override
    public void sync(Consumer<@Nullable IOException> done) {
      requireOpen();
      faults.count();
      SectorFile.Sync sync = file.beginSync();
      completion.complete(() -> {
        if (openedIn == life) {
          done.accept(end(sync));
        }
      });
    }

    private @Nullable IOException end(SectorFile.Sync sync) {
      if (faults.fails(DiskFaults.Operation.SYNC)) {
        file.syncFailed(sync, random);
        return DiskFaults.error(DiskFaults.Operation.SYNC, name);
      }
      file.synced(sync);
      observers.forEach(sync::runs);
      return null;
    }

    @Override
    public void close() {
      closed = true;
    }

    private void requireOpen() {
      if (closed || openedIn != life) {
        throw new IllegalStateException(
            name + (closed ? " is closed" : " was opened by a process that is dead"));
      }
    }
  }
}
