package dev.evenkeel.replica;

import dev.evenkeel.paxos.AcceptorRecord;
import dev.evenkeel.paxos.Effects;
import dev.evenkeel.paxos.Entry;
import dev.evenkeel.wal.CorruptLogException;
import dev.evenkeel.wal.LogGroup;
import dev.evenkeel.wal.LogRead;
import dev.evenkeel.wal.LogRecord;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Reads old entries of a group back from the node's log, on the pool for reads.
final class LogFetch {
  private static final System.Logger LOGGER = System.getLogger(LogFetch.class.getName());

  private LogFetch() {}

  /// Entries of `[from, to)`, and then tells the replica.
  static void start(
      StorageReplica replica, NodeParts node, Effects.Fetch purpose, long from, long to) {
    node.environment()
        .tasks()
        .reads()
        .execute(() -> {
          try {
            Found found = read(replica.log(), from, to, node.protocol().messageBytes());
            if (found.gone || !found.entries.isEmpty()) {
              List<Entry> entries = found.gone ? null : found.entries;
              tell(replica, purpose, entries);
            }
            // Else they are not durable yet: the protocol asks again.
          } catch (CorruptLogException e) {
            LOGGER.log(System.Logger.Level.ERROR, e.getMessage());
            node.watch().damaged(e);
          } catch (IOException e) {
            LOGGER.log(System.Logger.Level.ERROR, "cannot read back the log: " + e.getMessage());
          }
        });
  }

  private static void tell(
      StorageReplica replica, Effects.Fetch purpose, @Nullable List<Entry> entries) {
    replica.step(now -> replica.participant().fetched(purpose, entries, now));
  }

  /// @param gone whether the log does not reach back so far
  /// @param entries from the first slot on, without gaps; none when they are not durable yet
  record Found(boolean gone, List<Entry> entries) {}

  static Found read(LogGroup log, long from, long to, int bytesMax) throws IOException {
    return switch (log.read(from, to, bytesMax)) {
      case LogRead.Gone _ -> new Found(true, List.of());
      case LogRead.Records(var records) -> {
        List<Entry> entries = new ArrayList<>(records.size());
        long next = from;
        for (LogRecord record : records) {
          AcceptorRecord.Accepted accepted = LogRecords.accepted(record);
          if (accepted.entry().slot() != next) {
            break;
          }
          entries.add(accepted.entry());
          next++;
        }
        boolean gone = entries.isEmpty() && !records.isEmpty();
        yield new Found(gone, entries);
      }
    };
  }
}
