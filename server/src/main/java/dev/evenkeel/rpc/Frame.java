package dev.evenkeel.rpc;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.zip.CRC32C;

/// What travels between two nodes; see the package for its form.
///
/// @param id of the request, for requests and what answers them; else 0
/// @param body what remains in it
record Frame(Kind kind, long id, ByteBuffer body) {
  static final int HEADER_BYTES = 14;
  private static final int CHECKSUM_AT = 10;

  /// Kinds with their numbers on the wire.
  enum Kind {
    /// A [Hello]: first in each direction.
    HELLO(1),
    /// Why there will be no hello; the last frame.
    REFUSAL(2),
    /// One-way.
    MESSAGE(3),
    REQUEST(4),
    ANSWER(5),
    /// Instead of an answer: the number of a [CallOutcome.Reason] that says nothing was done.
    FAILURE(6),
    /// Says only that this side is there.
    PING(7);

    private final byte number;

    Kind(int number) {
      this.number = (byte) number;
    }

    static Kind of(byte number) throws IOException {
      return switch (number) {
        case 1 -> HELLO;
        case 2 -> REFUSAL;
        case 3 -> MESSAGE;
        case 4 -> REQUEST;
        case 5 -> ANSWER;
        case 6 -> FAILURE;
        case 7 -> PING;
        default -> throw new IOException("a frame of the unknown kind " + number);
      };
    }
  }

  /// A buffer for a body, with room for the header in front.
  static MessageOutput begin() {
    return new MessageOutput(HEADER_BYTES);
  }

  /// Puts the header in front of the body.
  static ByteBuffer seal(MessageOutput out, Kind kind, long id) {
    ByteBuffer frame = out.buffer();
    frame.put(0, (byte) Hello.VERSION);
    frame.put(1, kind.number);
    frame.putLong(2, id);
    frame.putInt(CHECKSUM_AT, checksum(frame));
    return frame;
  }

  /// A frame without body.
  static ByteBuffer of(Kind kind) {
    return seal(begin(), kind, 0);
  }

  /// @throws IOException when the frame is damaged, or of another version
  static Frame parse(ByteBuffer bytes) throws IOException {
    ByteBuffer frame = bytes.slice();
    if (frame.remaining() < HEADER_BYTES) {
      throw new IOException("a frame of " + frame.remaining() + " bytes");
    }
    if (frame.getInt(CHECKSUM_AT) != checksum(frame)) {
      throw new IOException("a frame whose checksum is wrong");
    }
    if (frame.get(0) != Hello.VERSION) {
      throw new IOException("a frame of protocol version " + frame.get(0));
    }
    Kind kind = Kind.of(frame.get(1));
    long id = frame.getLong(2);
    return new Frame(kind, id, frame.position(HEADER_BYTES));
  }

  /// Of all bytes but its own.
  private static int checksum(ByteBuffer frame) {
    CRC32C crc = new CRC32C();
    byte[] array = frame.array();
    int from = frame.arrayOffset();
    crc.update(array, from, CHECKSUM_AT);
    crc.update(array, from + HEADER_BYTES, frame.limit() - HEADER_BYTES);
    return (int) crc.getValue();
  }
}
