package dev.evenkeel.paxos;

import java.util.Arrays;

/// A growing buffer for the formats of this package. One thread at a time.
///
/// ```
/// number         7 bits a byte, the lowest first; the top bit says that more follow
/// signed         the same, of 2n or −2n−1
/// identity       8 bytes, the highest first
/// ballot         number round · identity node
/// configuration  number generation · number members · for each: identity · byte kind (1, 2)
/// value          byte 1                     no-op
///                byte 2 · number length · the bytes      command
///                byte 3 · configuration     reconfigure
/// ```
final class FormatWriter {
  static final byte VERSION = 1;

  static final byte NOOP = 1;
  static final byte COMMAND = 2;
  static final byte RECONFIGURE = 3;

  static final byte STORAGE = 1;
  static final byte LOG = 2;

  private static final int NUMBER_BYTES_MAX = 10;

  private byte[] buffer;
  private int position;

  /// Begins with the version and what kind of thing follows.
  FormatWriter(byte kind, int sizeGuess) {
    buffer = new byte[2 + sizeGuess];
    one(VERSION).one(kind);
  }

  FormatWriter one(byte value) {
    reserve(1);
    buffer[position++] = value;
    return this;
  }

  FormatWriter flag(boolean value) {
    return one((byte) (value ? 1 : 0));
  }

  FormatWriter number(long value) {
    reserve(NUMBER_BYTES_MAX);
    long rest = value;
    while ((rest & ~0x7FL) != 0) {
      buffer[position++] = (byte) (rest | 0x80);
      rest >>>= 7;
    }
    buffer[position++] = (byte) rest;
    return this;
  }

  FormatWriter signed(long value) {
    return number(value << 1 ^ value >> 63);
  }

  FormatWriter identity(long value) {
    reserve(Long.BYTES);
    for (int shift = Long.SIZE - Byte.SIZE; shift >= 0; shift -= Byte.SIZE) {
      buffer[position++] = (byte) (value >>> shift);
    }
    return this;
  }

  FormatWriter ballot(Ballot ballot) {
    return number(ballot.round()).identity(ballot.node());
  }

  FormatWriter configuration(Configuration configuration) {
    number(configuration.generation()).number(configuration.members().size());
    for (Member member : configuration.members()) {
      identity(member.node()).one(member.kind() == Member.Kind.STORAGE ? STORAGE : LOG);
    }
    return this;
  }

  FormatWriter value(Value value) {
    return switch (value) {
      case Value.Noop _ -> one(NOOP);
      case Value.Command(var bytes) -> one(COMMAND).number(bytes.length).bytes(bytes);
      case Value.Reconfigure(var next) -> one(RECONFIGURE).configuration(next);
    };
  }

  private FormatWriter bytes(byte[] bytes) {
    reserve(bytes.length);
    System.arraycopy(bytes, 0, buffer, position, bytes.length);
    position += bytes.length;
    return this;
  }

  byte[] toBytes() {
    return position == buffer.length ? buffer : Arrays.copyOf(buffer, position);
  }

  private void reserve(int bytes) {
    if (buffer.length - position < bytes) {
      int needed = Math.addExact(position, bytes);
      buffer = Arrays.copyOf(buffer, (int) Math.min(2L * needed, Integer.MAX_VALUE - 8));
    }
  }
}
