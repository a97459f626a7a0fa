package dev.evenkeel.paxos;

import java.io.IOException;
import java.nio.ByteBuffer;

/// An acceptor's records as bytes, complete in themselves: version, kind, fields in the order in
/// which [AcceptorRecord] declares them (see [FormatWriter] for the parts).
///
/// ```
/// | version 1 | kind 1 | fields |
///
/// 1 Promised   ballot
/// 2 Accepted   number slot · ballot · value · number chosen
/// 3 Based      number slot · configuration
/// ```
///
/// The log around it has checksums. Any thread.
public final class RecordFormat {
  private static final byte PROMISED = 1;
  private static final byte ACCEPTED = 2;
  private static final byte BASED = 3;

  /// What a record takes besides its value, at most.
  private static final int SIZE_GUESS = 48;

  private RecordFormat() {}

  public static byte[] encode(AcceptorRecord record) {
    return switch (record) {
      case AcceptorRecord.Promised(var ballot) ->
          new FormatWriter(PROMISED, SIZE_GUESS).ballot(ballot).toBytes();
      case AcceptorRecord.Accepted(var entry, var chosen) ->
          new FormatWriter(ACCEPTED, SIZE_GUESS + entry.value().size())
              .number(entry.slot())
              .ballot(entry.ballot())
              .value(entry.value())
              .number(chosen)
              .toBytes();
      case AcceptorRecord.Based(var slot, var configuration) ->
          new FormatWriter(BASED, SIZE_GUESS).number(slot).configuration(configuration).toBytes();
    };
  }

  /// Reads one record from what remains in the buffer, whose position and limit are not touched.
  ///
  /// @throws IOException when the bytes are not one record of a known version
  public static AcceptorRecord decode(ByteBuffer bytes) throws IOException {
    FormatReader in = new FormatReader(bytes);
    AcceptorRecord record =
        switch (in.kind()) {
          case PROMISED -> new AcceptorRecord.Promised(in.ballot());
          case ACCEPTED -> {
            Entry entry = new Entry(in.number(), in.ballot(), in.value());
            yield new AcceptorRecord.Accepted(entry, in.number());
          }
          case BASED -> new AcceptorRecord.Based(in.number(), in.configuration());
          default -> throw in.unknownKind();
        };
    return in.end(record);
  }

  /// As the other, for a whole array.
  public static AcceptorRecord decode(byte[] bytes) throws IOException {
    return decode(ByteBuffer.wrap(bytes));
  }
}
