package dev.evenkeel.wal;

import dev.evenkeel.environment.Disk;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Makes segments ready to be written, from spares or from nothing. Runs on an executor of its own:
/// filling a file with zeros takes its time. One thread at a time.
final class SegmentSupply {
  private static final String SPARE_PREFIX = "spare-";
  private static final int CHUNK_BYTES = 1 << 20;

  private final Disk disk;
  private final LogOptions options;
  private final Deque<String> spares = new ArrayDeque<>();
  private long nextSpare;

  SegmentSupply(Disk disk, LogOptions options) {
    this.disk = disk;
    this.options = options;
  }

  /// Takes over a spare that an earlier life of the log left, or deletes it.
  void found(String fileName) throws IOException {
    String name = path(fileName);
    if (spares.size() < options.sparesMax()) {
      nextSpare = Math.max(nextSpare, spareNumber(fileName) + 1);
      spares.add(name);
    } else {
      disk.delete(name);
    }
  }

  static boolean isSpare(String fileName) {
    return fileName.startsWith(SPARE_PREFIX);
  }

  /// Makes the segment of that number; `done` gets it, or the reason why it cannot be had now.
  void prepare(long number, long bytes, Consumer<Segment> done, Consumer<IOException> failed) {
    try {
      boolean spare = !spares.isEmpty();
      if (disk.freeBytes() - (spare ? 0 : bytes) < options.reserveBytes()) {
        throw new IOException(
            "the disk is full: the log keeps a reserve of " + options.reserveBytes() + " bytes");
      }
      String from = spare ? spares.remove() : path(SPARE_PREFIX + nextSpare++);
      prepareFile(from, new SegmentHeader(number, bytes), done, failed);
    } catch (IOException e) {
      failed.accept(e);
    }
  }

  /// Keeps the file of a released segment as a spare, or deletes it.
  void recycle(Segment segment) throws IOException {
    segment.file.close();
    if (segment.bytes == options.segmentBytes() && spares.size() < options.sparesMax()) {
      String spare = path(SPARE_PREFIX + nextSpare++);
      disk.rename(segment.name, spare);
      spares.add(spare);
    } else {
      disk.delete(segment.name);
    }
    disk.syncFolder(options.folder());
  }

  private void prepareFile(
      String from, SegmentHeader header, Consumer<Segment> done, Consumer<IOException> failed)
      throws IOException {
    Disk.File file = disk.open(from);
    try {
      fill(file, header.segmentBytes());
      file.write(0, header.encode());
    } catch (IOException e) {
      abandon(from, file, e);
      throw e;
    }
    file.sync((@Nullable IOException problem) -> {
      if (problem != null) {
        failed.accept(problem);
        return;
      }
      try {
        String name = path(Segment.fileName(header.number()));
        disk.rename(from, name);
        disk.syncFolder(options.folder());
        done.accept(new Segment(header, name, file));
      } catch (IOException e) {
        failed.accept(e);
      }
    });
  }

  private void abandon(String name, Disk.File file, IOException reason) {
    try {
      file.close();
      disk.delete(name);
    } catch (IOException e) {
      reason.addSuppressed(e);
    }
  }

  private static void fill(Disk.File file, long bytes) throws IOException {
    ByteBuffer zeros = ByteBuffer.allocateDirect((int) Math.min(bytes, CHUNK_BYTES));
    for (long at = file.size(); at < bytes; ) {
      zeros.clear().limit((int) Math.min(zeros.capacity(), bytes - at));
      file.write(at, zeros);
      at += zeros.limit();
    }
  }

  private String path(String fileName) {
    return options.folder() + "/" + fileName;
  }

  private static long spareNumber(String fileName) throws IOException {
    try {
      return Long.parseLong(fileName.substring(SPARE_PREFIX.length()));
    } catch (NumberFormatException e) {
      throw new IOException("log folder holds a foreign file " + fileName, e);
    }
  }
}
