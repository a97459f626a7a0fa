package dev.evenkeel.replica;

import dev.evenkeel.codec.StoredKeys;
import dev.evenkeel.paxos.Ballot;
import dev.evenkeel.paxos.Configuration;
import dev.evenkeel.paxos.Entry;
import dev.evenkeel.paxos.Member;
import dev.evenkeel.paxos.Participant;
import dev.evenkeel.rpc.CallOutcome;
import dev.evenkeel.storage.Batch;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/// Rebuilds a replica's state: fetches the partition from another storage replica, piece by piece,
/// then applies the log behind it.
///
/// The pieces need not be of one moment. Entries are after-images, so whatever was read at some
/// slot or later becomes right by applying everything from the slot on at which the first piece was
/// read; only then does the replica serve. So it can go on with any source, after any crash, where
/// it stood: the store holds how far it has come.
final class Restore {
  private static final System.Logger LOGGER = System.getLogger(Restore.class.getName());
  private static final int PIECE_BYTES = 512 << 10;
  private static final long BYTES_PER_SECOND_MAX = 128L << 20;
  private static final Duration ASK_WITHIN = Duration.ofSeconds(5);
  private static final Duration AGAIN_AFTER = Duration.ofMillis(100);

  private final StorageReplica replica;
  private final NodeParts node;

  /// Serial executor of the replica only, except reads of [#fetchedBytes].
  private boolean running;

  /// Where the log begins now, which the store does not know yet; null when it does. Serial
  /// executor only.
  private @Nullable ReplicaState beginning;

  private final LongAdder fetchedBytes = new LongAdder();

  /// How far a snapshot has come, as the replica's state holds it.
  ///
  /// @param ended whether all pieces have come
  /// @param until every source had applied at most this
  /// @param next the first key of the next piece
  @SuppressWarnings("ArrayRecordComponent")
  record Cursor(boolean ended, long until, byte[] next) {
    static final Cursor BEGINNING = new Cursor(false, 0, new byte[0]);

    static Cursor decode(byte[] encoded) {
      if (encoded.length == 0) {
        return BEGINNING;
      }
      ByteBuffer in = ByteBuffer.wrap(encoded);
      boolean ended = in.get() != 0;
      long until = in.getLong();
      byte[] next = new byte[in.remaining()];
      in.get(next);
      return new Cursor(ended, until, next);
    }

    byte[] encode() {
      return ByteBuffer.allocate(1 + Long.BYTES + next.length)
          .put((byte) (ended ? 1 : 0))
          .putLong(until)
          .put(next)
          .array();
    }
  }

  Restore(StorageReplica replica, NodeParts node) {
    this.replica = replica;
    this.node = node;
  }

  /// The log begins behind that slot now: what the store holds is void. A store that takes no
  /// writes for now is told later.
  void begin(long slot, Configuration configuration, Ballot promised) {
    boolean isWaiting = beginning != null;
    beginning = ReplicaState.based(slot, configuration, promised);
    if (!isWaiting) {
      tellStore();
    }
  }

  private void tellStore() {
    ReplicaState next = beginning;
    if (next == null || replica.hasFailed()) {
      return;
    }
    try {
      replica.applier().replace(next, null);
      beginning = null;
      wake();
    } catch (IOException e) {
      LOGGER.log(System.Logger.Level.WARNING, "a snapshot waits: " + e.getMessage());
      node.environment()
          .tasks()
          .after(AGAIN_AFTER, () -> replica.serial().execute(this::tellStore));
    }
  }

  /// Whether what the store says of itself is out of date, since it could not be told yet.
  boolean isAwaited() {
    return beginning != null;
  }

  /// There is something to do.
  void wake() {
    if (!running) {
      running = true;
      node.environment().tasks().fork("restore-" + replica.group(), this::run);
    }
  }

  boolean isUnderWay() {
    return running || isAwaited();
  }

  /// Bytes of the snapshot that have come in this life.
  long fetchedBytes() {
    return fetchedBytes.sum();
  }

  private void run() {
    try {
      while (!onSerial(this::isFinished)) {
        boolean moved = Cursor.decode(replica.state().cursor()).ended ? replay() : fetchPiece();
        if (!moved) {
          node.environment().tasks().pause(AGAIN_AFTER);
        }
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  /// What is done on the replica's serial executor.
  private interface Work<T> {
    T run() throws IOException;
  }

  private <T> T onSerial(Work<T> work) {
    CompletableFuture<T> result = new CompletableFuture<>();
    replica
        .serial()
        .execute(() -> {
          try {
            result.complete(work.run());
          } catch (IOException e) {
            result.completeExceptionally(e);
          }
        });
    return result.join();
  }

  private boolean isFinished() {
    ReplicaState state = replica.state();
    if (state.isServing() || replica.hasFailed() || state.phase() == ReplicaState.Phase.REMOVED) {
      running = false;
      return true;
    }
    return false;
  }

  private boolean fetchPiece() throws InterruptedException {
    Cursor cursor = Cursor.decode(replica.state().cursor());
    for (long source : sources()) {
      NodeMessage.Piece piece = ask(source, cursor);
      if (piece != null && piece.problem().isEmpty() && isGood(piece)) {
        try {
          boolean installed = onSerial(() -> install(cursor, piece));
          fetchedBytes.add(piece.pairs().length);
          pace(piece.pairs().length);
          return installed;
        } catch (CompletionException e) {
          LOGGER.log(System.Logger.Level.WARNING, "a snapshot waits: " + e.getMessage());
          return false;
        }
      }
    }
    return false;
  }

  private static boolean isGood(NodeMessage.Piece piece) {
    return Snapshots.checksum(piece.pairs()) == piece.checksum();
  }

  private void pace(int bytes) throws InterruptedException {
    long nanos = bytes * 1_000_000_000L / BYTES_PER_SECOND_MAX;
    node.environment().tasks().pause(Duration.ofNanos(nanos));
  }

  /// The leader first, then whoever has a store. One that has a log replica's place may hold the
  /// items too, and be the only one: it was about to become a storage replica again.
  private List<Long> sources() {
    return onSerial(() -> {
      List<Long> sources = new ArrayList<>();
      long leader = replica.leader();
      if (leader != 0 && leader != node.self()) {
        sources.add(leader);
      }
      for (Member.Kind kind : List.of(Member.Kind.STORAGE, Member.Kind.LOG)) {
        for (Member member : replica.participant().configuration().members()) {
          boolean isAnother = member.kind() == kind && member.node() != node.self();
          if (isAnother && !sources.contains(member.node())) {
            sources.add(member.node());
          }
        }
      }
      return sources;
    });
  }

  private NodeMessage.@Nullable Piece ask(long source, Cursor cursor) {
    CompletableFuture<CallOutcome<NodeMessage>> outcome = new CompletableFuture<>();
    node.messenger()
        .call(
            source,
            new NodeMessage.Fetch(replica.group(), cursor.next, PIECE_BYTES),
            ASK_WITHIN,
            outcome::complete);
    return outcome.join() instanceof CallOutcome.Answered<NodeMessage>(var answer)
            && answer instanceof NodeMessage.Piece piece
        ? piece
        : null;
  }

  /// Takes a piece, unless the replica has meanwhile begun anew, or the source was behind.
  private boolean install(Cursor at, NodeMessage.Piece piece) throws IOException {
    ReplicaState state = replica.state();
    boolean first = state.cursor().length == 0;
    boolean moved = !Arrays.equals(at.next, Cursor.decode(state.cursor()).next);
    long atLeast = first ? state.membership().base() : state.appliedSlot();
    if (state.isServing() || moved || piece.applied() < atLeast) {
      return false;
    }
    Cursor next =
        new Cursor(piece.next().length == 0, Math.max(at.until, piece.applied()), piece.next());
    ByteBuffer totals = ByteBuffer.wrap(piece.totals());
    ReplicaState after =
        first
            ? state.restoring(
                piece.applied(),
                Growth.decode(totals),
                new ReplicaState.Order(totals.getLong(), totals.getLong()),
                next.encode())
            : state.restoring(state.appliedSlot(), state.totals(), state.order(), next.encode());
    try (Batch batch = node.store().batch()) {
      if (first) {
        StoredKeys.Range all = StoredKeys.everything(replica.group());
        batch.deleteRange(all.from(), all.to());
      }
      Snapshots.unpack(piece.pairs(), batch);
      replica.applier().replace(after, batch);
    }
    return true;
  }

  /// Applies what the log holds behind the snapshot; when all that is chosen is applied, the
  /// replica serves.
  private boolean replay() {
    ReplicaState state = replica.state();
    long from = state.appliedSlot() + 1;
    long to = onSerial(replica::delivered) + 1;
    try {
      if (from < to) {
        LogFetch.Found found = LogFetch.read(replica.log(), from, to, PIECE_BYTES);
        if (found.gone()) {
          LOGGER.log(System.Logger.Level.WARNING, "a snapshot is too old for the log; again");
          onSerial(() -> {
            replica
                .applier()
                .replace(
                    replica.state().restoring(0, Growth.NONE, ReplicaState.Order.NONE, new byte[0]),
                    null);
            return true;
          });
          return true;
        }
        return onSerial(() -> applyAll(from, found.entries()));
      }
      return onSerial(this::finish);
    } catch (IOException | CompletionException e) {
      LOGGER.log(System.Logger.Level.WARNING, "a snapshot waits: " + e.getMessage());
      return false;
    }
  }

  private boolean applyAll(long from, List<Entry> entries) throws IOException {
    boolean fits = replica.state().appliedSlot() + 1 == from;
    if (fits && !replica.state().isServing()) {
      entries.forEach(replica.applier()::choose);
      try {
        replica.applier().apply();
      } finally {
        // What the store did not take is read again from the log.
        replica.applier().takeChosen();
      }
    }
    return fits && !entries.isEmpty();
  }

  private boolean finish() throws IOException {
    ReplicaState state = replica.state();
    Cursor cursor = Cursor.decode(state.cursor());
    boolean whole = state.appliedSlot() >= cursor.until && cursor.ended;
    if (!whole || state.appliedSlot() != replica.delivered() || state.isServing()) {
      return false;
    }
    // What came with the snapshot includes configurations that this replica never applied.
    Participant participant = replica.participant();
    ReplicaState serving =
        state.withBase(
            state.membership().base(),
            participant.configurationSlot(),
            participant.configuration());
    replica.applier().load();
    replica.applier().replace(serving.restored(), null);
    participant.restored(node.environment().clock().monotonicNanos());
    node.probes().hit("replica.restored");
    return true;
  }
}
