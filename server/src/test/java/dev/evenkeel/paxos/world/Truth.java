package dev.evenkeel.paxos.world;

import dev.evenkeel.paxos.AcceptorRecord;
import dev.evenkeel.paxos.Ballot;
import dev.evenkeel.paxos.Configuration;
import dev.evenkeel.paxos.Entry;
import dev.evenkeel.paxos.Lease;
import dev.evenkeel.paxos.Message;
import dev.evenkeel.paxos.Participant;
import dev.evenkeel.paxos.Recovered;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/// What nobody in the world can see at once, and what must hold in it at every moment.
final class Truth {
  private final World world;
  private final List<GroupTruth> groups = new ArrayList<>();

  Truth(World world) {
    this.world = world;
  }

  void begin(Configuration first) {
    groups.add(new GroupTruth(world, groups.size() + 1, first));
  }

  GroupTruth of(long group) {
    return groups.get((int) group - 1);
  }

  List<GroupTruth> groups() {
    return groups;
  }

  static void require(boolean holds, Supplier<String> otherwise) {
    if (!holds) {
      throw new AssertionError(otherwise.get());
    }
  }

  // What is told.

  /// Nothing is told before it is durable, and a promise that was told binds for ever.
  void sends(Host host, Message message) {
    of(host.group).trace.sends(host, message);
    switch (message) {
      case Message.Promise promise -> of(host.group).promises(host, promise);
      case Message.Accepted accepted -> of(host.group).accepts(host, accepted);
      default -> {}
    }
  }

  /// A node that has no replica of the group says that a ballot of its own is given up.
  void disowns(long group, Ballot ballot) {
    of(group).trace.disowns(ballot);
  }

  void appends(Host host, AcceptorRecord record) {
    of(host.group).appends(host, record);
    of(host.group).trace.appends(host, record);
  }

  void hardens(long identity, long group, AcceptorRecord record) {
    of(group).trace.hardens(identity, record);
  }

  void durable(Host host) {
    of(host.group).durable(host);
  }

  void recovered(long identity, long group, Recovered recovered) {
    of(group).recovered(identity, recovered);
    of(group).trace.restarts(identity, recovered.applied(), recovered.truncated());
  }

  void chooses(Host host, Entry entry) {
    of(host.group).chooses(host, entry);
    of(host.group).trace.chooses(host, entry);
  }

  void acknowledged(long group, long slot) {
    of(group).acknowledged(slot);
  }

  void applied(long group, Store.State state) {
    of(group).applied(state);
  }

  void based(Host host, long slot, Configuration configuration) {
    of(host.group).based(slot, configuration);
    of(host.group).trace.based(host, slot);
  }

  void released(Host host, long slot) {
    of(host.group).released(host, slot);
    of(host.group).trace.released(host, slot);
  }

  void flushed(Host host) {
    of(host.group).trace.flushed(host);
  }

  void wiped(Host host) {
    of(host.group).trace.wiped(host);
  }

  void reads(Host host, Lease lease, long seen, long atLeast) {
    of(host.group).trace.reads(lease, seen, atLeast);
  }

  // What happens to nodes.

  /// A process has begun that knows nothing of the groups it has not on its disk.
  void starts(NodeProcess process) {
    groups.forEach(group -> group.trace.restarts(process.identity, 0, 0));
  }

  void grants(NodeProcess process, long to, long epoch) {
    groups.forEach(group -> group.trace.grants(process.identity, to, epoch));
  }

  void crashes(long identity) {
    groups.forEach(group -> group.trace.crashes(identity));
  }

  void losesDisk(long identity) {
    groups.forEach(group -> group.trace.losesDisk(identity));
  }

  // Before each step.

  /// Time has passed, and something is to happen at that process.
  void look(NodeProcess process) {
    groups.forEach(group -> group.trace.look(process));
  }

  /// The same, and something is to happen to a process.
  void look() {
    groups.forEach(group -> group.trace.look());
  }

  // After each step.

  void check(NodeProcess stepped) {
    for (Host host : stepped.hosts.values()) {
      of(host.group).check(host);
    }
    groups.forEach(this::atMostOneHolder);
  }

  private void atMostOneHolder(GroupTruth group) {
    long holder = 0;
    for (Machine machine : world.machines) {
      Host host = machine.host(group.number());
      if (host != null && holds(host.participant, host.process.now())) {
        long other = holder;
        require(
            other == 0,
            () ->
                "two hold the lease of group "
                    + group.number()
                    + ": "
                    + Long.toHexString(other)
                    + " and "
                    + Long.toHexString(host.process.identity));
        holder = host.process.identity;
      }
    }
  }

  private static boolean holds(Participant participant, long now) {
    var lease = participant.lease();
    return lease != null && lease.holds(now);
  }
}
