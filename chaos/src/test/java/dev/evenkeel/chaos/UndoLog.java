package dev.evenkeel.chaos;

import dev.evenkeel.simulation.CrashLoss;
import dev.evenkeel.simulation.SectorFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;

/// What happened to the content of one file of a [VolatileDisk] since its last sync, as the library
/// wrote it down.
///
/// @param changes in their order
record UndoLog(List<Change> changes) {
  private static final int HEADER_BYTES = 40;
  private static final int MAGIC = 0x6b657631;
  private static final int SYNC = 2;

  /// Bytes that were replaced, cut off or added.
  ///
  /// @param position of this in the log
  /// @param offset where they begin
  /// @param formerSize of the file
  /// @param former those that were there
  /// @param length how many are affected
  record Change(int position, int offset, int formerSize, ByteBuffer former, int length) {}

  static UndoLog read(Path file) throws IOException {
    ByteBuffer log = ByteBuffer.wrap(Files.readAllBytes(file)).order(ByteOrder.nativeOrder());
    List<Change> changes = new ArrayList<>();
    while (log.remaining() >= HEADER_BYTES) {
      int position = log.position();
      if (log.getInt() != MAGIC) {
        throw new AssertionError(file + " has no record at " + position);
      }
      boolean isSync = log.getInt() == SYNC;
      int offset = Math.toIntExact(log.getLong());
      int formerSize = Math.toIntExact(log.getLong());
      int bytes = Math.toIntExact(log.getLong());
      int length = Math.toIntExact(log.getLong());
      if (log.remaining() < bytes) {
        // The process was killed before this was whole, so before the change.
        break;
      }
      ByteBuffer former = log.slice(log.position(), bytes);
      log.position(log.position() + bytes);
      if (isSync) {
        changes.removeIf(change -> change.position < offset);
      } else {
        changes.add(new Change(position, offset, formerSize, former, length));
      }
    }
    return new UndoLog(changes);
  }

  /// Undoes as much as a power loss may.
  ///
  /// @return how many changes there were
  int undo(Path file, CrashLoss loss, RandomGenerator random) throws IOException {
    if (!changes.isEmpty()) {
      Files.write(file, after(Files.readAllBytes(file), loss, random));
    }
    return changes.size();
  }

  /// Some changes may have been on their way to the disk before the others came: so the power is
  /// cut twice, as it were.
  private byte[] after(byte[] last, CrashLoss loss, RandomGenerator random) {
    int early = random.nextInt(changes.size() + 1);
    byte[] middle = before(last, changes.subList(early, changes.size()));
    byte[] durable = before(middle, changes.subList(0, early));
    byte[] seen = last;
    if (last.length < durable.length) {
      boolean isCut = loss.survivors(1, random) == 1;
      if (isCut) {
        durable = Arrays.copyOf(durable, last.length);
      } else {
        seen = Arrays.copyOf(durable, durable.length);
        System.arraycopy(last, 0, seen, 0, last.length);
      }
    }
    SectorFile sectors = new SectorFile();
    write(sectors, durable, 0, durable.length);
    sectors.synced(sectors.beginSync());
    changes.subList(0, early).forEach(change -> write(sectors, middle, change));
    sectors.crash(loss, random);
    byte[] end = seen;
    changes.subList(early, changes.size()).forEach(change -> write(sectors, end, change));
    sectors.crash(loss, random);
    ByteBuffer after = ByteBuffer.allocate(Math.toIntExact(sectors.size()));
    sectors.read(0, after);
    return after.array();
  }

  /// What the file held before those changes.
  private static byte[] before(byte[] content, List<Change> changes) {
    int size = content.length;
    int most = changes.stream().mapToInt(Change::formerSize).reduce(size, Math::max);
    byte[] bytes = Arrays.copyOf(content, most);
    for (Change change : changes.reversed()) {
      size = change.formerSize;
      change.former.get(0, bytes, change.offset, change.former.remaining());
    }
    return Arrays.copyOf(bytes, size);
  }

  private static void write(SectorFile file, byte[] content, Change change) {
    write(file, content, change.offset, change.offset + change.length);
  }

  private static void write(SectorFile file, byte[] content, int from, int to) {
    int end = Math.min(to, content.length);
    if (from < end) {
      file.write(from, ByteBuffer.wrap(content, from, end - from));
    }
  }
}
