package dev.evenkeel.rpc;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/// A growing buffer to which fields are written in protobuf's wire format. One thread at a time.
///
/// A nested message stands between [#begin] and [#end]; its length is put in front of it
/// afterwards, so that nobody has to compute it.
public final class MessageOutput {
  /// Wire types: the lower three bits of a field's key.
  static final int VARINT = 0;

  static final int FIXED64 = 1;
  static final int BYTES = 2;
  static final int FIXED32 = 5;

  /// Field numbers are at most this.
  public static final int FIELD_MAX = (1 << 29) - 1;

  private static final int VARINT_BYTES_MAX = 10;
  private static final int INITIAL_BYTES = 256;

  private byte[] buffer = new byte[INITIAL_BYTES];
  private int position;

  /// Begins behind as many bytes, which are left for whoever frames the message.
  MessageOutput(int reservedBytes) {
    position = reservedBytes;
  }

  public MessageOutput() {
    this(0);
  }

  /// A number that is mostly small and not negative (a negative one takes ten bytes).
  public void varint(int field, long value) {
    key(field, VARINT);
    raw(value);
  }

  /// A number that is mostly near zero and may be negative (`sint64`).
  public void signed(int field, long value) {
    varint(field, value << 1 ^ value >> 63);
  }

  public void flag(int field, boolean value) {
    varint(field, value ? 1 : 0);
  }

  /// A number whose bits are all in use: an identity, a hash.
  public void fixed64(int field, long value) {
    key(field, FIXED64);
    reserve(Long.BYTES);
    for (int shift = 0; shift < Long.SIZE; shift += Byte.SIZE) {
      buffer[position++] = (byte) (value >>> shift);
    }
  }

  public void fixed32(int field, int value) {
    key(field, FIXED32);
    reserve(Integer.BYTES);
    for (int shift = 0; shift < Integer.SIZE; shift += Byte.SIZE) {
      buffer[position++] = (byte) (value >>> shift);
    }
  }

  public void bytes(int field, byte[] value) {
    bytes(field, value, 0, value.length);
  }

  public void bytes(int field, byte[] value, int offset, int length) {
    key(field, BYTES);
    raw(length);
    reserve(length);
    System.arraycopy(value, offset, buffer, position, length);
    position += length;
  }

  public void text(int field, String value) {
    bytes(field, value.getBytes(StandardCharsets.UTF_8));
  }

  /// Begins a nested message.
  ///
  /// @return for [#end]
  public int begin(int field) {
    key(field, BYTES);
    reserve(1);
    return ++position;
  }

  /// Ends the nested message that began there. One byte is kept for its length; a longer one moves
  /// the message.
  public void end(int begun) {
    int length = position - begun;
    int more = varintBytes(length) - 1;
    if (more > 0) {
      reserve(more);
      System.arraycopy(buffer, begun, buffer, begun + more, length);
    }
    position = begun - 1;
    raw(length);
    position += length;
  }

  /// How many bytes there are, those reserved included.
  public int size() {
    return position;
  }

  /// What was written, those reserved included. It shares the bytes: nothing is written after.
  ByteBuffer buffer() {
    return ByteBuffer.wrap(buffer, 0, position);
  }

  /// A copy of what was written.
  public byte[] toBytes() {
    return Arrays.copyOf(buffer, position);
  }

  private void key(int field, int type) {
    if (field < 1 || field > FIELD_MAX) {
      throw new IllegalArgumentException("no field number: " + field);
    }
    raw((long) field << 3 | type);
  }

  private void raw(long value) {
    reserve(VARINT_BYTES_MAX);
    long rest = value;
    while ((rest & ~0x7FL) != 0) {
      buffer[position++] = (byte) (rest | 0x80);
      rest >>>= 7;
    }
    buffer[position++] = (byte) rest;
  }

  private static int varintBytes(int value) {
    return Math.max(1, (Integer.SIZE - Integer.numberOfLeadingZeros(value) + 6) / 7);
  }

  private void reserve(int bytes) {
    if (buffer.length - position < bytes) {
      int needed = Math.addExact(position, bytes);
      buffer = Arrays.copyOf(buffer, Math.max(needed, (int) Math.min(2L * needed, 1 << 30)));
    }
  }
}
