package dev.evenkeel.replica;

import dev.evenkeel.paxos.AcceptorRecord;
import dev.evenkeel.paxos.Ballot;
import dev.evenkeel.paxos.Configuration;
import dev.evenkeel.paxos.RecordFormat;
import java.io.IOException;
import java.nio.ByteBuffer;

/// What a replica keeps of itself in the ordered store, written with each applied batch. Immutable.
public final class ReplicaState {
  private static final byte VERSION = 4;

  private final Phase phase;
  private final long appliedSlot;
  private final Growth totals;
  private final Ballot promised;
  private final Membership membership;

  /// Where a snapshot that is being installed goes on; empty when it has not begun.
  private final byte[] cursor;

  private final Order order;

  /// How many, and their bytes by AWS's accounting.
  public record Total(long count, long bytes) {
    public static final Total NONE = new Total(0, 0);
  }

  /// What the store holds of the group. The number is the stored byte: never renumbered.
  public enum Phase {
    /// Everything up to the applied slot.
    SERVING(1),
    /// A part of a snapshot.
    RESTORING(2),
    /// Nothing, for good: the replica is one of a group that does without it.
    REMOVED(3);

    private final byte number;

    Phase(int number) {
      this.number = (byte) number;
    }

    static Phase of(byte number) {
      for (Phase phase : values()) {
        if (phase.number == number) {
          return phase;
        }
      }
      throw new IllegalStateException("unknown phase of a replica " + number);
    }
  }

  /// What the commands so far demand of the next one.
  ///
  /// @param barrier slot of the newest barrier that is applied; 0 for none
  /// @param clockMicros greatest commit time of a command, µs since 1970
  record Order(long barrier, long clockMicros) {
    static final Order NONE = new Order(0, 0);
  }

  /// @param base where the log begins, when it reaches further than the store
  /// @param slot of the entry that brought the configuration
  record Membership(long base, long slot, Configuration configuration) {
    private byte[] encode() {
      return RecordFormat.encode(new AcceptorRecord.Based(slot, configuration));
    }

    private static Membership decode(long base, byte[] encoded) {
      try {
        if (RecordFormat.decode(encoded) instanceof AcceptorRecord.Based(var slot, var members)) {
          return new Membership(base, slot, members);
        }
      } catch (IOException e) {
        throw new IllegalStateException("a replica's configuration cannot be read", e);
      }
      throw new IllegalStateException("a replica's state holds no configuration");
    }
  }

  private ReplicaState(
      Phase phase,
      long appliedSlot,
      Growth totals,
      Ballot promised,
      Membership membership,
      byte[] cursor,
      Order order) {
    this.phase = phase;
    this.appliedSlot = appliedSlot;
    this.totals = totals;
    this.promised = promised;
    this.membership = membership;
    this.cursor = cursor;
    this.order = order;
  }

  /// A group that begins here, with all its members.
  static ReplicaState first(Configuration configuration) {
    return new ReplicaState(
        Phase.SERVING,
        0,
        Growth.NONE,
        Ballot.NONE,
        new Membership(0, 0, configuration),
        new byte[0],
        Order.NONE);
  }

  /// A replica without state, whose log begins behind that slot.
  static ReplicaState based(long slot, Configuration configuration, Ballot promised) {
    return new ReplicaState(
        Phase.RESTORING,
        0,
        Growth.NONE,
        promised,
        new Membership(slot, slot, configuration),
        new byte[0],
        Order.NONE);
  }

  /// Every entry up to this slot is applied, and none above.
  public long appliedSlot() {
    return appliedSlot;
  }

  public Phase phase() {
    return phase;
  }

  public boolean isServing() {
    return phase == Phase.SERVING;
  }

  /// The partition's items.
  public Total items() {
    return totals.pair(0);
  }

  /// The entries of a local index in this partition.
  ///
  /// @param index the index's number, from 1
  public Total entries(int index) {
    return totals.pair(index);
  }

  Growth totals() {
    return totals;
  }

  Ballot promised() {
    return promised;
  }

  Membership membership() {
    return membership;
  }

  byte[] cursor() {
    return cursor;
  }

  Order order() {
    return order;
  }

  /// Whether a command changes anything: the leader that proposed it must have been the last to
  /// begin. Paxos may choose what an earlier leader left above the place where another began; it
  /// was evaluated on entries that were never chosen.
  boolean takes(Command command) {
    return command.barrier() == order.barrier;
  }

  /// A leader begins.
  ReplicaState afterBarrier(long slot) {
    return new ReplicaState(
        phase, slot, totals, promised, membership, cursor, new Order(slot, order.clockMicros));
  }

  /// A slot without items is applied.
  ReplicaState after(long slot) {
    return new ReplicaState(phase, slot, totals, promised, membership, cursor, order);
  }

  ReplicaState after(long slot, Command command) {
    return new ReplicaState(
        phase,
        slot,
        totals.plus(command.growth()),
        promised,
        membership,
        cursor,
        new Order(order.barrier, Math.max(order.clockMicros, command.commitMicros())));
  }

  /// While it is being restored, a replica's configuration is what its log says, which begins at
  /// its base.
  ReplicaState after(long slot, Configuration next) {
    return isServing()
        ? new ReplicaState(
            phase,
            slot,
            totals,
            promised,
            new Membership(membership.base, slot, next),
            cursor,
            order)
        : after(slot);
  }

  ReplicaState withPromise(Ballot ballot) {
    return new ReplicaState(phase, appliedSlot, totals, ballot, membership, cursor, order);
  }

  /// The log was let go of up to that slot, though the store is not there.
  ReplicaState withBase(long slot, long configurationSlot, Configuration configuration) {
    return new ReplicaState(
        phase,
        appliedSlot,
        totals,
        promised,
        new Membership(slot, configurationSlot, configuration),
        cursor,
        order);
  }

  /// A snapshot has come up to that key.
  ///
  /// @param slot applied by the source before it began
  ReplicaState restoring(long slot, Growth theirs, Order theirOrder, byte[] next) {
    return new ReplicaState(Phase.RESTORING, slot, theirs, promised, membership, next, theirOrder);
  }

  /// All of the snapshot has come.
  ReplicaState restored() {
    return new ReplicaState(
        Phase.SERVING, appliedSlot, totals, promised, membership, new byte[0], order);
  }

  ReplicaState removed() {
    return new ReplicaState(
        Phase.REMOVED, appliedSlot, Growth.NONE, promised, membership, new byte[0], order);
  }

  /// Whether a store that held the other state may hold this one: what it has of the group goes
  /// back only where a snapshot begins anew, which leaves nothing.
  boolean mayFollow(ReplicaState before) {
    boolean isAnew = phase == Phase.RESTORING && appliedSlot == 0 && cursor.length == 0;
    boolean goesBack = appliedSlot < before.appliedSlot || isUnfinishedAfter(before);
    return isAnew || !goesBack;
  }

  private boolean isUnfinishedAfter(ReplicaState before) {
    return phase == Phase.RESTORING && before.phase != Phase.RESTORING;
  }

  byte[] encode() {
    byte[] members = membership.encode();
    ByteBuffer out =
        ByteBuffer.allocate(
            2
                + 6 * Long.BYTES
                + totals.encodedBytes()
                + 2 * Integer.BYTES
                + members.length
                + cursor.length);
    out.put(VERSION).put(phase.number).putLong(appliedSlot);
    totals.encode(out);
    out.putLong(promised.round()).putLong(promised.node());
    out.putLong(membership.base).putLong(order.barrier).putLong(order.clockMicros);
    out.putInt(members.length).put(members);
    out.putInt(cursor.length).put(cursor);
    return out.array();
  }

  static ReplicaState decode(byte[] encoded) {
    ByteBuffer in = ByteBuffer.wrap(encoded);
    byte version = in.get();
    if (version != VERSION) {
      throw new IllegalStateException("unknown replica state format version " + version);
    }
    Phase phase = Phase.of(in.get());
    long applied = in.getLong();
    Growth totals = Growth.decode(in);
    Ballot promised = new Ballot(in.getLong(), in.getLong());
    long base = in.getLong();
    Order order = new Order(in.getLong(), in.getLong());
    Membership membership = Membership.decode(base, part(in));
    return new ReplicaState(phase, applied, totals, promised, membership, part(in), order);
  }

  private static byte[] part(ByteBuffer in) {
    byte[] part = new byte[in.getInt()];
    in.get(part);
    return part;
  }

  @Override
  public String toString() {
    return phase + " at slot " + appliedSlot;
  }
}
