package dev.evenkeel.runtime;

import dev.evenkeel.environment.Disk;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// A file in memory: the chunks that hold something else than zeros.
final class MemoryFile implements Disk.File {
  private static final int CHUNK_BYTES = 64 << 10;
  private static final byte[] ZEROS = new byte[CHUNK_BYTES];

  /// What is left of the disk's capacity; shared by all its files.
  private final AtomicLong freeBytes;

  private final ReentrantLock lock = new ReentrantLock();

  /// Chunk number → its bytes. Guarded by `lock`, as is `size`.
  private final TreeMap<Long, byte[]> chunks = new TreeMap<>();

  private long size;

  MemoryFile(AtomicLong freeBytes) {
    this.freeBytes = freeBytes;
  }

  @Override
  public long size() {
    lock.lock();
    try {
      return size;
    } finally {
      lock.unlock();
    }
  }

  @Override
  public ByteBuffer buffer(int bytes) {
    return ByteBuffer.allocate(bytes);
  }

  @Override
  public int read(long position, ByteBuffer into) {
    lock.lock();
    try {
      int total = Math.clamp(size - position, 0, into.remaining());
      for (int done = 0; done < total; ) {
        long at = position + done;
        int offset = (int) (at % CHUNK_BYTES);
        int length = Math.min(total - done, CHUNK_BYTES - offset);
        byte @Nullable [] chunk = chunks.get(at / CHUNK_BYTES);
        into.put(chunk == null ? ZEROS : chunk, offset, length);
        done += length;
      }
      return total;
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void write(long position, ByteBuffer from) throws IOException {
    lock.lock();
    try {
      for (long at = position; from.hasRemaining(); ) {
        int offset = (int) (at % CHUNK_BYTES);
        int length = Math.min(from.remaining(), CHUNK_BYTES - offset);
        write(at / CHUNK_BYTES, offset, from.slice(from.position(), length));
        from.position(from.position() + length);
        at += length;
        size = Math.max(size, at);
      }
    } finally {
      lock.unlock();
    }
  }

  private void write(long number, int offset, ByteBuffer piece) throws IOException {
    byte @Nullable [] chunk = chunks.get(number);
    if (chunk == null) {
      if (isZero(piece)) {
        return;
      }
      chunk = allocate();
      chunks.put(number, chunk);
    }
    piece.get(chunk, offset, piece.remaining());
  }

  private byte[] allocate() throws IOException {
    if (freeBytes.addAndGet(-CHUNK_BYTES) < 0) {
      freeBytes.addAndGet(CHUNK_BYTES);
      throw new IOException("no space left in the memory given to files");
    }
    return new byte[CHUNK_BYTES];
  }

  private static boolean isZero(ByteBuffer piece) {
    for (int i = piece.position(); i < piece.limit(); i++) {
      if (piece.get(i) != 0) {
        return false;
      }
    }
    return true;
  }

  /// Gives the memory back after the file's deletion. Whoever still has it open sees an empty file.
  void release() {
    lock.lock();
    try {
      freeBytes.addAndGet((long) chunks.size() * CHUNK_BYTES);
      chunks.clear();
      size = 0;
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void sync(Consumer<@Nullable IOException> done) {
    done.accept(null);
  }

  /// Does nothing: the bytes stay for whoever opens the name again.
  @Override
  public void close() {}
}
