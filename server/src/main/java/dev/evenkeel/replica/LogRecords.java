package dev.evenkeel.replica;

import dev.evenkeel.paxos.AcceptorRecord;
import dev.evenkeel.paxos.RecordFormat;
import dev.evenkeel.wal.AppendOutcome;
import dev.evenkeel.wal.LogGroup;
import dev.evenkeel.wal.LogRecord;
import java.io.IOException;
import java.nio.ByteBuffer;

/// What an acceptor remembers, as records of the node's log. Entries have a place in the order of
/// slots and are read back; promises and bases are notes. The payload is paxos' own form.
final class LogRecords {
  private static final byte ACCEPTED = 1;
  private static final byte PROMISED = -1;
  private static final byte BASED = -2;

  private LogRecords() {}

  /// @param newestSlot keeps a promise for as long as the entries that came before it
  static AppendOutcome append(LogGroup log, AcceptorRecord record, long newestSlot) {
    byte[] payload = RecordFormat.encode(record);
    return switch (record) {
      case AcceptorRecord.Accepted(var entry, _) ->
          log.append(ACCEPTED, entry.ballot().round(), entry.slot(), payload);
      case AcceptorRecord.Promised(var ballot) ->
          log.append(PROMISED, ballot.round(), newestSlot, payload);
      case AcceptorRecord.Based(var slot, _) -> log.append(BASED, 0, slot, payload);
    };
  }

  static AcceptorRecord decode(ByteBuffer payload) throws IOException {
    return RecordFormat.decode(payload);
  }

  static AcceptorRecord.Accepted accepted(LogRecord record) throws IOException {
    if (decode(ByteBuffer.wrap(record.payload())) instanceof AcceptorRecord.Accepted accepted) {
      return accepted;
    }
    throw new IOException("the log holds something else than an entry at slot " + record.slot());
  }
}
