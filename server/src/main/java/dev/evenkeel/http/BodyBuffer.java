package dev.evenkeel.http;

import io.netty.buffer.ByteBuf;
import java.util.Arrays;

/// A body as it arrives. Grows with what has come, not with what was announced.
final class BodyBuffer {
  /// Bodies up to here are allocated at once and are not counted in [BodyMemory].
  static final int SMALL_BYTES = 64 * 1024;

  private static final byte[] EMPTY = {};

  private final int bytesMax;
  private final BodyMemory memory;
  private final long announced;
  private byte[] bytes = EMPTY;
  private int length;

  /// Taken from `memory`.
  private int taken;

  /// What an append came to.
  enum Outcome {
    APPENDED,
    TOO_LARGE,
    NO_MEMORY
  }

  /// @param announced the Content-Length, or -1 when it is not known
  BodyBuffer(long announced, int bytesMax, BodyMemory memory) {
    this.announced = announced;
    this.bytesMax = bytesMax;
    this.memory = memory;
  }

  Outcome append(ByteBuf content) {
    int count = content.readableBytes();
    if (count == 0) {
      return Outcome.APPENDED;
    }
    if (count > bytesMax - length) {
      return Outcome.TOO_LARGE;
    }
    if (length + count > bytes.length && !grow(length + count)) {
      return Outcome.NO_MEMORY;
    }
    content.readBytes(bytes, length, count);
    length += count;
    return Outcome.APPENDED;
  }

  /// The whole body; this buffer is not used after.
  byte[] whole() {
    return length == bytes.length ? bytes : Arrays.copyOf(bytes, length);
  }

  /// Bytes of [BodyMemory] that the owner has to give back.
  int taken() {
    return taken;
  }

  private boolean grow(int needed) {
    long wanted = Math.max(needed, 2L * bytes.length);
    if (announced >= needed) {
      wanted = bytes.length == 0 ? Math.max(needed, SMALL_BYTES) : wanted;
      wanted = Math.min(wanted, announced);
    }
    int size = (int) Math.min(wanted, bytesMax);
    if (size > SMALL_BYTES) {
      if (!memory.take(size - taken)) {
        return false;
      }
      taken = size;
    }
    bytes = Arrays.copyOf(bytes, size);
    return true;
  }
}
