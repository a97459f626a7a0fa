package dev.evenkeel.paxos;

import java.io.IOException;
import java.nio.ByteBuffer;

/// What nodes say of support, as bytes (see [FormatWriter] for the parts).
///
/// ```
/// | version 1 | kind 1 | sent 8 | fields |
///
/// 1 Heartbeat   number life
/// 2 Supported   signed epoch
/// ```
///
/// Any thread.
public final class SupportFormat {
  private static final byte HEARTBEAT = 1;
  private static final byte SUPPORTED = 2;
  private static final int SIZE_GUESS = 18;

  private SupportFormat() {}

  public static byte[] encode(Support.Heartbeat heartbeat) {
    return new FormatWriter(HEARTBEAT, SIZE_GUESS)
        .identity(heartbeat.sent())
        .number(heartbeat.life())
        .toBytes();
  }

  public static byte[] encode(Support.Supported supported) {
    return new FormatWriter(SUPPORTED, SIZE_GUESS)
        .identity(supported.sent())
        .signed(supported.epoch())
        .toBytes();
  }

  /// Reads a heartbeat from what remains in the buffer, whose position and limit are not touched.
  ///
  /// @throws IOException when the bytes are not one heartbeat of a known version
  public static Support.Heartbeat decodeHeartbeat(ByteBuffer bytes) throws IOException {
    FormatReader in = reader(bytes, HEARTBEAT);
    return in.end(new Support.Heartbeat(in.identity(), in.number()));
  }

  /// The same for the answer.
  ///
  /// @throws IOException when the bytes are not one answer of a known version
  public static Support.Supported decodeSupported(ByteBuffer bytes) throws IOException {
    FormatReader in = reader(bytes, SUPPORTED);
    return in.end(new Support.Supported(in.identity(), in.signed()));
  }

  private static FormatReader reader(ByteBuffer bytes, byte kind) throws IOException {
    FormatReader in = new FormatReader(bytes);
    if (in.kind() != kind) {
      throw in.unknownKind();
    }
    return in;
  }
}
