package dev.evenkeel.transaction;

import dev.evenkeel.codec.BinaryItem;
import dev.evenkeel.environment.Environment;
import dev.evenkeel.model.AttributeValue.Bytes;
import dev.evenkeel.model.Limits;
import dev.evenkeel.replica.Request;
import dev.evenkeel.replica.TogetherOutcome;
import dev.evenkeel.replica.Transaction;
import dev.evenkeel.replica.TransactionAction;
import dev.evenkeel.replica.TransactionCodec;
import dev.evenkeel.replica.TransactionId;
import dev.evenkeel.replica.WriteOutcome;
import dev.evenkeel.telemetry.Probes;
import dev.evenkeel.transaction.LedgerEntry.State;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/// Carries transactions out, each on the virtual thread of its request. The protocol, and why it is
/// safe, is in `docs/transactions.md`.
public final class Coordinator {
  /// Times that a transaction begins anew, because its token was in use or its group had gone on.
  private static final int BEGINS_MAX = 5;

  /// Times that a read is tried while others are in the way.
  private static final int LOOKS_MAX = 7;

  private static final Duration LOOK_AGAIN_FIRST = Duration.ofMillis(1);

  private final Environment environment;
  private final Partitions partitions;
  private final Ledger ledger;
  private final Settlement settlement;
  private final Bookkeeping books;
  private final Probes probes;

  /// Of groups, as far as this node knows; see `replica.Mark`.
  private final Map<Long, Long> epochs = new ConcurrentHashMap<>();

  private final ReentrantLock drawing = new ReentrantLock();

  /// Guarded by the lock.
  private final RandomGenerator chance;

  Coordinator(
      Environment environment,
      Partitions partitions,
      Ledger ledger,
      Settlement settlement,
      Bookkeeping books,
      Probes probes) {
    this.environment = environment;
    this.partitions = partitions;
    this.ledger = ledger;
    this.settlement = settlement;
    this.books = books;
    this.probes = probes;
    this.chance = environment.entropy().stream("transactions");
  }

  /// Does all of the actions, or none. Blocks.
  ///
  /// @param token what makes the request known if it comes again, or null
  /// @param actions at most [Limits#TRANSACTION_ACTIONS_MAX], no two on the same item
  public WriteResult write(@Nullable String token, List<TransactionAction> actions) {
    SequencedMap<Long, List<Integer>> places = byGroup(actions);
    boolean alone = places.size() == 1;
    if (alone && token == null) {
      WriteOutcome outcome =
          partitions.change(new Request.Transact(places.firstEntry().getKey(), null, actions));
      if (!(outcome instanceof WriteOutcome.TooLarge)) {
        return result(outcome);
      }
      alone = false;
    }
    return begin(token, new Work(actions, places, digest(actions)), alone);
  }

  /// What a transaction is to do.
  ///
  /// @param places of the actions of each group
  private record Work(
      List<TransactionAction> actions, SequencedMap<Long, List<Integer>> places, Bytes digest) {
    List<Long> groups() {
      return List.copyOf(places.sequencedKeySet());
    }

    List<TransactionAction> of(long group) {
      return places.getOrDefault(group, List.of()).stream().map(actions::get).toList();
    }
  }

  private static SequencedMap<Long, List<Integer>> byGroup(List<TransactionAction> actions) {
    SequencedMap<Long, List<Integer>> places = new LinkedHashMap<>();
    for (int i = 0; i < actions.size(); i++) {
      long group = actions.get(i).write().table().id();
      places.computeIfAbsent(group, _ -> new ArrayList<>()).add(i);
    }
    return places;
  }

  private static WriteResult result(WriteOutcome outcome) {
    return switch (outcome) {
      case WriteOutcome.Transacted(_, var effects) -> new WriteResult.Committed(effects);
      case WriteOutcome.Canceled(var reasons) -> new WriteResult.Canceled(reasons);
      case WriteOutcome.Rejected(var error) -> new WriteResult.Refused(error);
      case WriteOutcome.Unavailable(var reason) -> new WriteResult.Unavailable(reason);
      case WriteOutcome.NotLeader _ ->
          new WriteResult.Unavailable("the partition has no leader that is known");
      case WriteOutcome.Unknown(var reason) -> new WriteResult.Unknown(reason);
      default -> throw new IllegalStateException("no answer to a transaction: " + outcome);
    };
  }

  private WriteResult begin(@Nullable String token, Work work, boolean alone) {
    boolean whole = alone;
    for (int begins = 0; begins < BEGINS_MAX; begins++) {
      TransactionId id = newId();
      String key = token == null ? "id/" + id.text() : "token/" + token;
      long epoch = epochs.getOrDefault(work.groups().getFirst(), 0L);
      LedgerEntry entry =
          LedgerEntry.begun(
              new Transaction(id, key),
              work.digest,
              new LedgerEntry.Scope(work.groups(), whole, epoch));
      WriteOutcome begun = ledger.begin(entry);
      switch (begun) {
        case WriteOutcome.Applied _ -> {
          if (!whole) {
            return phases(entry, work);
          }
          WriteOutcome outcome = transact(entry, work);
          switch (outcome) {
            // Both begin anew, under the same key.
            case WriteOutcome.OtherEpoch(long now) ->
                epochs.merge(entry.groups().getFirst(), now, Math::max);
            case WriteOutcome.TooLarge _ -> whole = false;
            default -> {
              return concluded(entry, outcome);
            }
          }
          ledger.cancel(entry);
        }
        case WriteOutcome.ConditionFailed(var item) -> {
          WriteResult met = item == null ? null : meet(LedgerEntry.of(item), work.digest);
          if (met != null) {
            return met;
          }
        }
        // Whatever the ledger has, nobody will carry it out.
        case WriteOutcome.Unknown(var reason) -> {
          return new WriteResult.Unavailable(reason);
        }
        default -> {
          return result(begun);
        }
      }
    }
    return new WriteResult.Unavailable("others were in the way");
  }

  /// The token is known: what its transaction has come to. Null where it did not happen.
  private @Nullable WriteResult meet(LedgerEntry other, Bytes digest) {
    if (!other.digest().equals(digest)) {
      return new WriteResult.Mismatch();
    }
    long age = environment.clock().wallMillis() - other.transaction().id().startedMillis();
    State state = settlement.settle(other, age > Recovery.AGE_MAX.toMillis());
    return switch (state) {
      case DONE -> new WriteResult.Repeated();
      case CANCELED -> null;
      case BEGUN, COMMITTED -> new WriteResult.InProgress();
    };
  }

  private TransactionId newId() {
    drawing.lock();
    try {
      return new TransactionId(environment.clock().wallMillis(), chance.nextLong());
    } finally {
      drawing.unlock();
    }
  }

  // One group.

  private WriteOutcome transact(LedgerEntry entry, Work work) {
    return partitions.change(
        new Request.Transact(entry.groups().getFirst(), entry.mark(), work.actions));
  }

  private WriteResult concluded(LedgerEntry entry, WriteOutcome outcome) {
    if (outcome instanceof WriteOutcome.Transacted) {
      books.finished(entry);
    } else if (outcome instanceof WriteOutcome.Unknown(var reason)) {
      return switch (settlement.settle(entry, true)) {
        case DONE -> new WriteResult.Repeated();
        case CANCELED -> new WriteResult.Unavailable(reason);
        case BEGUN, COMMITTED -> new WriteResult.Unknown(reason);
      };
    } else {
      ledger.cancel(entry);
    }
    return result(outcome);
  }

  // Several groups.

  private WriteResult phases(LedgerEntry entry, Work work) {
    SequencedMap<Long, WriteOutcome> prepared =
        partitions.changes(
            entry.groups(),
            group -> new Request.Prepare(group, entry.transaction(), work.of(group)));
    long micros = 0;
    long bytes = 0;
    for (WriteOutcome outcome : prepared.values()) {
      if (!(outcome instanceof WriteOutcome.Transacted(long at, var effects))) {
        return canceled(entry, work, prepared);
      }
      micros = Math.max(micros, at + 1);
      for (WriteOutcome.Effect effect : effects) {
        bytes += Math.max(effect.bytesBefore(), effect.bytesAfter());
      }
    }
    if (bytes > Limits.TRANSACTION_BYTES_MAX && work.actions.size() > 1) {
      settlement.cancel(entry);
      return new WriteResult.Refused(TransactionLimits.tooLarge());
    }
    return decide(entry.committed(micros), work, prepared);
  }

  /// The transaction happens if the ledger takes that it does.
  private WriteResult decide(
      LedgerEntry committed, Work work, SequencedMap<Long, WriteOutcome> prepared) {
    WriteOutcome decision = ledger.commit(committed, committed.commitMicros());
    State state =
        decision instanceof WriteOutcome.Applied
            ? settlement.finish(committed)
            // Canceled by another, or not known to be anything; whoever cancels gives up, too.
            : settlement.cancel(committed);
    return switch (state) {
      case DONE -> {
        probes.hit("transaction.committed");
        yield new WriteResult.Committed(effects(work, prepared));
      }
      case CANCELED ->
          new WriteResult.Unavailable("the transaction took too long, and was given up");
      case BEGUN, COMMITTED ->
          new WriteResult.Unknown("what became of the transaction is not known yet");
    };
  }

  private static List<WriteOutcome.Effect> effects(
      Work work, SequencedMap<Long, WriteOutcome> prepared) {
    List<WriteOutcome.@Nullable Effect> effects =
        new ArrayList<>(Collections.nCopies(work.actions.size(), null));
    prepared.forEach((group, outcome) -> {
      if (outcome instanceof WriteOutcome.Transacted(_, var ofGroup)) {
        List<Integer> places = work.places.getOrDefault(group, List.of());
        for (int i = 0; i < places.size(); i++) {
          effects.set(places.get(i), ofGroup.get(i));
        }
      }
    });
    List<WriteOutcome.Effect> all = new ArrayList<>();
    for (WriteOutcome.Effect effect : effects) {
      if (effect != null) {
        all.add(effect);
      }
    }
    return all;
  }

  /// Nothing happens: what is prepared is unlocked before the caller hears of it.
  private WriteResult canceled(
      LedgerEntry entry, Work work, SequencedMap<Long, WriteOutcome> prepared) {
    State state = settlement.cancel(entry);
    if (state == State.BEGUN) {
      // The ledger does not answer; only this coordinator could have committed.
      settlement.giveUp(entry);
    }
    List<WriteOutcome.Reason> reasons =
        new ArrayList<>(
            Collections.nCopies(work.actions.size(), WriteOutcome.Reason.None.INSTANCE));
    WriteResult other = null;
    boolean isCanceled = false;
    for (var each : prepared.entrySet()) {
      if (each.getValue() instanceof WriteOutcome.Canceled(var ofGroup)) {
        isCanceled = true;
        List<Integer> places = work.places.getOrDefault(each.getKey(), List.of());
        for (int i = 0; i < places.size(); i++) {
          reasons.set(places.get(i), ofGroup.get(i));
        }
      } else if (each.getValue() instanceof WriteOutcome.Unknown(var reason)) {
        other = new WriteResult.Unavailable(reason);
      } else if (!(each.getValue() instanceof WriteOutcome.Transacted)) {
        other = result(each.getValue());
      }
    }
    if (isCanceled || other == null) {
      probes.hit("transaction.canceled");
      return new WriteResult.Canceled(reasons);
    }
    return other;
  }

  private static Bytes digest(List<TransactionAction> actions) {
    try {
      return new Bytes(
          MessageDigest.getInstance("SHA-256").digest(TransactionCodec.canonical(actions)));
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("every Java platform has SHA-256", e);
    }
  }

  // Reads.

  /// Reads all of the items as they are at one moment between the call and the answer. Blocks.
  ///
  /// @param keys at most [Limits#TRANSACTION_ACTIONS_MAX]
  public ReadResult read(List<ItemKey> keys) {
    SequencedMap<Long, List<Integer>> places = new LinkedHashMap<>();
    for (int i = 0; i < keys.size(); i++) {
      places.computeIfAbsent(keys.get(i).table().id(), _ -> new ArrayList<>()).add(i);
    }
    ReadResult result = look(keys, places);
    Duration pause = LOOK_AGAIN_FIRST;
    for (int looks = 1; looks < LOOKS_MAX && result instanceof ReadResult.Conflict; looks++) {
      probes.hit("transaction.read-again");
      try {
        environment.tasks().pause(pause);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return new ReadResult.Failed("the node stops");
      }
      pause = pause.multipliedBy(2);
      result = look(keys, places);
    }
    return result;
  }

  /// Reads in every group, then asks every group whether what was read still is so: if it is, all
  /// of it was so between the two.
  private ReadResult look(List<ItemKey> keys, SequencedMap<Long, List<Integer>> places) {
    List<Request.ReadTogether> requests = new ArrayList<>();
    places.forEach((group, ofGroup) ->
        requests.add(
            new Request.ReadTogether(
                group, ofGroup.stream().map(place -> keys.get(place).stored()).toList())));
    List<TogetherOutcome> read = partitions.looks(requests);
    List<List<Integer>> order = List.copyOf(places.sequencedValues());
    List<@Nullable BinaryItem> items = new ArrayList<>(Collections.nCopies(keys.size(), null));
    List<Request.StillTogether> again = new ArrayList<>();
    for (int i = 0; i < read.size(); i++) {
      if (!(read.get(i) instanceof TogetherOutcome.Items(long slot, var ofGroup))) {
        return failed(read.get(i), order.get(i));
      }
      for (int j = 0; j < ofGroup.size(); j++) {
        items.set(order.get(i).get(j), ofGroup.get(j));
      }
      Request.ReadTogether request = requests.get(i);
      again.add(new Request.StillTogether(request.group(), request.keys(), slot));
    }
    if (again.size() > 1) {
      List<TogetherOutcome> still = partitions.looks(again);
      for (int i = 0; i < still.size(); i++) {
        if (!(still.get(i) instanceof TogetherOutcome.Items)) {
          return failed(still.get(i), order.get(i));
        }
      }
    }
    return new ReadResult.Items(items);
  }

  private static ReadResult failed(TogetherOutcome outcome, List<Integer> places) {
    return switch (outcome) {
      case TogetherOutcome.Conflict(int place) -> new ReadResult.Conflict(places.get(place));
      case TogetherOutcome.Failed(var reason) -> new ReadResult.Failed(reason);
      case TogetherOutcome.NotLeader _ ->
          new ReadResult.Failed("the partition has no leader that is known");
      case TogetherOutcome.Items _ -> throw new IllegalArgumentException("nothing has failed");
    };
  }
}
