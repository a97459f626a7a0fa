package dev.evenkeel.paxos.world;

import dev.evenkeel.paxos.Configuration;
import dev.evenkeel.paxos.Member;
import dev.evenkeel.paxos.Participant;
import java.util.List;
import java.util.SplittableRandom;

/// Changes memberships and moves leaders, through whoever leads; replaces members whose disk is
/// lost.
final class Operator {
  private static final long SECOND = 1_000_000_000L;
  private static final int MEMBERS_MAX = 5;
  private static final int LAG_MAX = 3;

  private final World world;
  private final SplittableRandom random;
  private final boolean changes;
  private final boolean transfers;
  private final boolean resigns;
  private final boolean wipes;
  private boolean isCalm;

  Operator(World world) {
    this.world = world;
    this.random = world.stream(400);
    this.changes = drawn(FaultKind.RECONFIGURATIONS);
    this.transfers = drawn(FaultKind.TRANSFERS);
    this.resigns = drawn(FaultKind.RESIGNATIONS);
    this.wipes = drawn(FaultKind.WIPES);
  }

  private boolean drawn(FaultKind kind) {
    return random.nextInt(3) != 0 && world.faults.contains(kind);
  }

  void start() {
    world.timeline.after(
        random.nextLong(SECOND / 2),
        () -> {
          for (GroupTruth group : world.truth.groups()) {
            act(group);
          }
          start();
        });
  }

  /// Only repairs from now on.
  void calm() {
    isCalm = true;
  }

  private void act(GroupTruth group) {
    for (Machine machine : world.machines) {
      NodeProcess process = machine.process;
      Host host = process == null ? null : process.hosts.get(group.number());
      if (process != null && host != null && host.participant.leads()) {
        process.later(
            0,
            () -> {
              lead(host);
              host.settle();
              process.sync();
            });
      } else if (process != null && host != null && wipes && random.nextInt(8) == 0) {
        if (world.mayStrike()) {
          wipe(group, host);
        }
      }
    }
  }

  private void lead(Host host) {
    Participant leader = host.participant;
    Configuration current = leader.configuration();
    repair(host, current);
    if (isCalm || !world.mayStrike()) {
      return;
    }
    long now = host.process.now();
    switch (random.nextInt(12)) {
      case 0, 1 -> {
        Member to = current.members().get(random.nextInt(current.members().size()));
        if (transfers && to.node() != host.process.identity) {
          leader.transfer(to.node(), now);
        }
      }
      case 2 -> {
        if (resigns) {
          leader.resign(now);
        }
      }
      case 3, 4, 5, 6 -> {
        if (changes) {
          change(host, current);
        }
      }
      default -> {}
    }
  }

  /// Puts a node with a disk in the place of a member whose disk is lost, and a store where there
  /// is only one.
  private void repair(Host host, Configuration current) {
    for (Member member : current.members()) {
      Machine machine = world.machines[Machine.place(member.node())];
      if (machine.identity() != member.node()) {
        if (current.contains(machine.identity())) {
          propose(host, current.without(member.node()));
        } else {
          bring(host, current, machine.identity(), member.node());
        }
        return;
      }
    }
    long stores = current.members().stream().filter(m -> current.isStorage(m.node())).count();
    if (stores < 2) {
      for (Member member : current.members()) {
        if (member.kind() == Member.Kind.LOG) {
          promote(host, current, member.node());
          return;
        }
      }
    }
  }

  private void change(Host host, Configuration current) {
    int size = current.members().size();
    Machine machine = world.machines[random.nextInt(world.machines.length)];
    long node = machine.identity();
    long victim = current.members().get(random.nextInt(size)).node();
    if (!current.contains(node)) {
      bring(host, current, node, size < MEMBERS_MAX && random.nextInt(3) == 0 ? 0 : victim);
    } else if (!current.isStorage(node)) {
      promote(host, current, node);
    } else if (size > 3) {
      propose(host, current.without(victim));
    }
  }

  /// A node comes in, for another or besides. As what it is: with a store, or with a log only.
  private void bring(Host host, Configuration current, long node, long instead) {
    Machine machine = world.machines[Machine.place(node)];
    NodeProcess process = machine.process;
    host.participant.join(node, host.process.now());
    Host joining = process == null ? null : process.hosts.get(host.group);
    long lag = host.participant.lag(node);
    if (joining == null
        || lag < 0
        || lag > LAG_MAX
        || joining.participant.ballot().compareTo(host.participant.ballot()) != 0) {
      return;
    }
    if (random.nextInt(4) == 0) {
      joining.disk.wantsStore = true;
    }
    boolean hasStore = !joining.participant.isRestoring();
    Member member = new Member(node, hasStore ? Member.Kind.STORAGE : Member.Kind.LOG);
    propose(host, instead == 0 ? current.with(member) : current.replacing(instead, member));
  }

  private void promote(Host host, Configuration current, long node) {
    NodeProcess process = world.machines[Machine.place(node)].process;
    Host its = process == null ? null : process.hosts.get(host.group);
    if (its == null) {
      return;
    }
    its.disk.wantsStore = true;
    if (!its.participant.isRestoring()) {
      propose(host, current.with(new Member(node, Member.Kind.STORAGE)));
    }
  }

  /// Never takes out the leader itself, nor the last but one who has a store, nor so many that
  /// those with a disk are no quorum.
  private void propose(Host host, Configuration next) {
    List<Member> stores =
        next.members().stream().filter(m -> m.kind() == Member.Kind.STORAGE).toList();
    boolean stays = next.isStorage(host.process.identity);
    boolean isSound = next.isQuorum(node -> world.machines[Machine.place(node)].identity() == node);
    if (stays && isSound && (stores.size() >= 2 || isCalm)) {
      if (host.participant.reconfigure(next, host.process.now()) > 0) {
        world.coverage.add("world.reconfigured");
      }
    }
  }

  /// A member that was removed empties its disk, and keeps only what it must never forget.
  private void wipe(GroupTruth group, Host host) {
    Participant participant = host.participant;
    NodeDisk.Group disk = host.disk;
    boolean knows =
        participant.configurationSlot() > 0
            && !participant.configuration().contains(host.process.identity);
    boolean isDurable = host.durableCount() == host.appendedCount() && participant.open() == 0;
    if (knows && isDurable && Redundancy.mayWipe(world, group, host.process.identity)) {
      world.coverage.add("world.wiped");
      world.truth.wiped(host);
      host.process.hosts.remove(host.group);
      disk.durable.chosen = Math.max(disk.durable.chosen, participant.chosen());
      disk.durable.release(participant.chosen());
      disk.durable.entries.clear();
      disk.written = disk.durable.copy();
      disk.wantsStore = false;
      disk.store.install(Store.nothing(world.first.get((int) host.group - 1)));
    }
  }
}
