package dev.evenkeel.paxos.world;

import dev.evenkeel.paxos.AcceptorRecord;
import dev.evenkeel.paxos.Ballot;
import dev.evenkeel.paxos.Configuration;
import dev.evenkeel.paxos.Entry;
import dev.evenkeel.paxos.Lease;
import dev.evenkeel.paxos.Member;
import dev.evenkeel.paxos.Message;
import dev.evenkeel.paxos.Value;
import dev.evenkeel.simulation.model.AbstractAction;
import dev.evenkeel.simulation.model.AbstractBallot;
import dev.evenkeel.simulation.model.AbstractConfiguration;
import dev.evenkeel.simulation.model.AbstractState;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/// What one group does, as actions of the specification: [AbstractState] refuses what
/// `spec/GroupLog.tla` does not allow.
///
/// What an acceptor does takes effect when its record is durable; what it says of that afterwards
/// is an [AbstractAction.Affirm]. Time is no action: before each event everything is looked at that
/// may have run out.
final class GroupTrace {
  /// So often all nodes are looked at: to do it before each event would cost more than the events.
  private static final long LOOK_NANOS = 5_000_000;

  private final World world;
  private final GroupTruth truth;
  private final AbstractState state;

  /// Node → what it has appended and is not durable.
  private final Map<Long, Deque<Appended>> appended = new HashMap<>();

  private long lookedAt;

  /// @param from the first slot that the node did not know as chosen when it appended the record
  private record Appended(AcceptorRecord record, long from) {}

  GroupTrace(World world, GroupTruth truth, Configuration first) {
    this.world = world;
    this.truth = truth;
    this.state = new AbstractState(abstracted(first));
  }

  private static AbstractConfiguration abstracted(Configuration configuration) {
    Set<Long> storage = new HashSet<>();
    Set<Long> logs = new HashSet<>();
    for (Member member : configuration.members()) {
      (member.kind() == Member.Kind.STORAGE ? storage : logs).add(member.node());
    }
    return new AbstractConfiguration(storage, logs);
  }

  private static AbstractBallot abstracted(Ballot ballot) {
    return new AbstractBallot(ballot.round(), ballot.node());
  }

  /// Entries of different content have different digests.
  private static long digest(Value value) {
    return switch (value) {
      case Value.Command(var bytes) -> ByteBuffer.wrap(bytes).getLong() << 2 | 1;
      case Value.Noop _, Value.Reconfigure _ -> Store.digest(value) << 2;
    };
  }

  // What members do.

  void appends(Host host, AcceptorRecord record) {
    long node = host.process.identity;
    pending(node).add(new Appended(record, state.known(node) + 1));
    switch (record) {
      case AcceptorRecord.Accepted(var entry, _) when entry.ballot().node() == node ->
          propose(entry);
      case AcceptorRecord.Promised _ when isAnothers(record, node) -> standDown(node);
      default -> {}
    }
  }

  private Deque<Appended> pending(long node) {
    return appended.computeIfAbsent(node, _ -> new ArrayDeque<>());
  }

  private static boolean isAnothers(AcceptorRecord record, long node) {
    return record instanceof AcceptorRecord.Promised(var ballot) && ballot.node() != node;
  }

  /// The node promises another's ballot, though that is not durable yet.
  private void standDown(long node) {
    if (state.leads(node)) {
      state.step(new AbstractAction.StandDown(node));
    }
  }

  private void propose(Entry entry) {
    AbstractBallot ballot = abstracted(entry.ballot());
    long digest = digest(entry.value());
    state.step(
        entry.value() instanceof Value.Reconfigure(var next)
            ? new AbstractAction.Reconfigure(ballot, entry.slot(), digest, abstracted(next))
            : new AbstractAction.Propose(ballot, entry.slot(), digest));
  }

  /// The oldest record that is not durable yet, is.
  void hardens(long node, AcceptorRecord record) {
    Appended next = pending(node).remove();
    Truth.require(next.record.equals(record), () -> "the log overtakes itself: " + record);
    switch (record) {
      case AcceptorRecord.Promised(var ballot) -> promise(node, ballot, next.from);
      case AcceptorRecord.Accepted(var entry, _) -> {
        promise(node, entry.ballot(), next.from);
        state.step(
            new AbstractAction.Accept(
                node, abstracted(entry.ballot()), entry.slot(), digest(entry.value()), 0));
      }
      case AcceptorRecord.Based(var slot, _) -> state.step(new AbstractAction.Install(node, slot));
    }
  }

  private void promise(long node, Ballot ballot, long from) {
    AbstractBallot abstracted = abstracted(ballot);
    if (ballot.node() != node) {
      long truncated =
          world.machines[Machine.place(node)].disk.group(truth.number()).durable.truncated;
      state.step(new AbstractAction.Promise(node, abstracted, truncated, 0));
    } else if (!state.hasCampaign(abstracted)) {
      state.step(new AbstractAction.Prepare(abstracted, from));
      if (pending(node).stream().anyMatch(each -> isAnothers(each.record, node))) {
        standDown(node);
      }
    }
  }

  void sends(Host host, Message message) {
    long node = host.process.identity;
    switch (message) {
      case Message.Promise promise -> affirm(node, promise.ballot(), promise.epoch());
      case Message.Accepted accepted -> affirm(node, accepted.ballot(), accepted.epoch());
      case Message.Resign(var ballot, _) -> disowns(ballot);
      default -> {}
    }
  }

  void disowns(Ballot ballot) {
    state.step(new AbstractAction.Transfer(abstracted(ballot)));
  }

  /// @param epoch of a life that has supported nobody yet, its lower half is 0
  private void affirm(long node, Ballot ballot, long epoch) {
    long named = (int) epoch == 0 ? 0 : epoch;
    state.step(new AbstractAction.Affirm(node, abstracted(ballot), named));
  }

  void chooses(Host host, Entry entry) {
    long node = host.process.identity;
    long digest = digest(entry.value());
    AbstractBallot ballot = abstracted(host.participant.ballot());
    boolean isLearned = entry.slot() <= state.acknowledged();
    if (isLearned && !(host.participant.leads() && state.isCounted(ballot, entry.slot()))) {
      state.step(new AbstractAction.Learn(node, entry.slot(), digest));
    } else {
      state.step(new AbstractAction.Choose(ballot, entry.slot()));
    }
  }

  /// The node takes everything up to that slot as chosen, by a base or by what it had stored.
  private void know(long node, long upTo) {
    for (long slot = state.known(node) + 1; slot <= upTo; slot++) {
      state.step(new AbstractAction.Learn(node, slot, digest(truth.chosen(slot))));
    }
  }

  void based(Host host, long slot) {
    know(host.process.identity, slot);
  }

  void flushed(Host host) {
    long node = host.process.identity;
    long stored = host.disk.store.durable().applied();
    if (stored > 0) {
      state.step(new AbstractAction.Flush(node, stored));
    }
  }

  void released(Host host, long slot) {
    flushed(host);
    state.step(new AbstractAction.Truncate(host.process.identity, slot));
  }

  void wiped(Host host) {
    state.step(new AbstractAction.Retire(host.process.identity));
  }

  void reads(Lease lease, long seen, long atLeast) {
    state.step(new AbstractAction.ConsistentRead(abstracted(lease.ballot()), seen, atLeast));
  }

  /// What a read that begins now must see.
  long acknowledged() {
    return state.acknowledged();
  }

  // Lives.

  void grants(long node, long to, long epoch) {
    if (epoch >= 0) {
      if (state.supports(node, to) && state.epoch(node, to) != epoch) {
        // The process that was supported is dead, and its leases with it.
        state.step(new AbstractAction.SupportLapses(node, to));
      }
      state.step(new AbstractAction.GrantSupport(node, to, epoch));
    }
  }

  void crashes(long node) {
    appended.remove(node);
    state.step(new AbstractAction.Crash(node));
  }

  void losesDisk(long node) {
    state.step(new AbstractAction.DiskLoss(node));
  }

  /// @param known every slot up to this is known as chosen to the new life
  /// @param truncated where its log begins
  void restarts(long node, long known, long truncated) {
    if (state.isUp(node)) {
      return;
    }
    state.step(new AbstractAction.Restart(node, Math.min(known, state.known(node))));
    know(node, known);
    if (truncated > state.truncated(node)) {
      state.step(new AbstractAction.Flush(node, known));
      state.step(new AbstractAction.Truncate(node, truncated));
    }
  }

  // Time.

  /// Before an event of that process.
  void look(NodeProcess process) {
    Host host = process.hosts.get(truth.number());
    boolean isDue = world.timeline.now() - lookedAt >= LOOK_NANOS;
    if (isDue || (host != null && holds(host) && state.lease(process.identity) == null)) {
      look();
      return;
    }
    if (host != null) {
      judge(host);
    }
    lapse(process);
  }

  /// Leases that no longer hold are released, and those that do are held, perhaps by fewer than
  /// before; then support that has lapsed lapses.
  void look() {
    lookedAt = world.timeline.now();
    judge();
    for (Machine machine : world.machines) {
      if (machine.process != null) {
        lapse(machine.process);
      }
    }
  }

  private void judge() {
    for (Machine machine : world.machines) {
      Host host = machine.host(truth.number());
      if (host != null) {
        judge(host);
      }
    }
  }

  private static boolean holds(Host host) {
    Lease lease = host.participant.lease();
    return lease != null && lease.holds(host.process.now());
  }

  private void judge(Host host) {
    long node = host.process.identity;
    long now = host.process.now();
    Lease lease = host.participant.lease();
    AbstractAction.HoldLease held = state.lease(node);
    if (lease == null || !lease.holds(now)) {
      if (held != null) {
        state.step(new AbstractAction.ReleaseLease(node));
      }
      return;
    }
    AbstractBallot ballot = abstracted(lease.ballot());
    Set<Long> counted = new HashSet<>(lease.counted(now));
    counted.add(node);
    var holds = new AbstractAction.HoldLease(ballot, counted);
    if (!Objects.equals(holds, held)) {
      if (held != null) {
        state.step(new AbstractAction.ReleaseLease(node));
      }
      state.step(holds);
    }
  }

  private void lapse(NodeProcess process) {
    long node = process.identity;
    for (long to : state.supported(node)) {
      if (!process.support.isGiven(to, process.now())) {
        Host host = world.machines[Machine.place(to)].host(truth.number());
        if (host != null && state.lease(to) != null) {
          judge(host);
        }
        state.step(new AbstractAction.SupportLapses(node, to));
      }
    }
    if (state.isWaiting(node) && process.support.mayPromise(process.now())) {
      judge();
      state.step(new AbstractAction.WaitedOut(node));
    }
  }
}
