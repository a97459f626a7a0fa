package dev.evenkeel.api.wire;

import java.io.OutputStream;
import java.util.Arrays;

/// A growing buffer without locks, whose array becomes the body of an answer.
final class ByteOut extends OutputStream {
  private byte[] bytes;
  private int length;

  ByteOut(int bytes) {
    this.bytes = AnswerMemory.take(bytes);
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

  void write(char one, char other) {
    reserve(2);
    bytes[length++] = (byte) one;
    bytes[length++] = (byte) other;
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

  /// Writes text of which JSON wants nothing escaped; else nothing.
  ///
  /// @return whether it wrote
  boolean writePlain(byte[] utf8, int offset, int count) {
    reserve(count);
    if (!Escapes.copyPlain(utf8, offset, count, bytes, length)) {
      return false;
    }
    length += count;
    return true;
  }

  /// Puts another byte in the place of one that was written.
  void set(int at, char one) {
    bytes[at] = (byte) one;
  }

  private void reserve(int count) {
    if (bytes.length - length < count) {
      int doubled = Math.max(bytes.length * 2, Math.addExact(length, count));
      bytes = Arrays.copyOf(bytes, doubled);
    }
  }
}
