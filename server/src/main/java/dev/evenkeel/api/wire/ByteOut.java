package dev.evenkeel.api.wire;

import java.io.OutputStream;
import java.util.Arrays;

/// A growing buffer without locks, whose array becomes the body of an answer.
final class ByteOut extends OutputStream {
  private byte[] bytes;
  private int length;

  ByteOut(int bytes) {
    this.bytes = new byte[bytes];
  }

  /// The array itself; bytes beyond [#length] do not count.
  byte[] bytes() {
    return bytes;
  }

  int length() {
    return length;
  }

  @Override
  public void write(int one) {
    reserve(1);
    bytes[length++] = (byte) one;
  }

  @Override
  public void write(byte[] from) {
    write(from, 0, from.length);
  }

  @Override
  public void write(byte[] from, int offset, int count) {
    reserve(count);
    System.arraycopy(from, offset, bytes, length, count);
    length += count;
  }

  private void reserve(int count) {
    if (bytes.length - length < count) {
      int doubled = Math.max(bytes.length * 2, Math.addExact(length, count));
      bytes = Arrays.copyOf(bytes, doubled);
    }
  }
}
