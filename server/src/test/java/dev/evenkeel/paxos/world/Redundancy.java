package dev.evenkeel.paxos.world;

import dev.evenkeel.paxos.Configuration;
import dev.evenkeel.paxos.Member;
import dev.evenkeel.paxos.Value;

/// Whether a group can do without something: no more is promised than that one lost disk of three
/// costs nothing.
final class Redundancy {
  private Redundancy() {}

  /// Whether that node's disk may be lost for good now.
  static boolean mayLose(World world, GroupTruth group, long node) {
    for (Machine machine : world.machines) {
      NodeDisk.Group disk = machine.disk.groups.get(group.number());
      Host host = machine.host(group.number());
      if ((disk != null && hasOpenChange(disk, group)) || (host != null && mayHaveChange(host))) {
        return false;
      }
    }
    NodeDisk.Group lost = world.machines[Machine.place(node)].disk.groups.get(group.number());
    long base = Math.max(group.newestSlot(), lost == null ? 0 : lost.written.truncated);
    Configuration newest = group.newest();
    int others = 0;
    int stores = 0;
    for (Member member : newest.members()) {
      if (member.node() != node) {
        if (!isWhole(world, group, member) || mayBecomeVoid(world, group, member, base)) {
          return false;
        }
        others++;
        stores += member.kind() == Member.Kind.STORAGE ? 1 : 0;
      }
    }
    return others >= newest.quorum() && stores >= 1 && (stores >= 2 || newest.members().size() > 2);
  }

  /// Whether a base may be on its way to a store that is behind it: whoever sent it had better
  /// live.
  private static boolean mayBecomeVoid(World world, GroupTruth group, Member member, long base) {
    Machine machine = world.machines[Machine.place(member.node())];
    NodeDisk.Group disk = machine.disk.group(group.number());
    return member.kind() == Member.Kind.STORAGE && disk.store.durable().applied() < base;
  }

  private static boolean hasOpenChange(NodeDisk.Group disk, GroupTruth group) {
    return disk.written.entries.tailMap(group.last(), false).values().stream()
        .anyMatch(entry -> entry.value() instanceof Value.Reconfigure);
  }

  /// Whether a leader may hold a change back until all below it is chosen: it counts on members
  /// that were there when it was asked for.
  private static boolean mayHaveChange(Host host) {
    return host.participant.leads() && !host.participant.mayPropose();
  }

  /// Whether a member has its disk, knows that it is a member, a storage replica has its state, and
  /// a log replica its log.
  static boolean isWhole(World world, GroupTruth group, Member member) {
    Machine machine = world.machines[Machine.place(member.node())];
    NodeDisk.Group disk = machine.disk.groups.get(group.number());
    if (machine.identity() != member.node() || disk == null) {
      return false;
    }
    boolean knows = disk.durable.chosen >= group.newestSlot();
    long stored = disk.store.durable().applied();
    return knows
        && switch (member.kind()) {
          case STORAGE -> stored >= Math.max(0, disk.written.truncated);
          // Its log would begin behind its store at the next start, and a storage replica that
          // lacks something before that could not lead with it.
          case LOG -> stored <= disk.durable.chosen;
        };
  }

  /// Whether a leader streams the log to that node, to make it a member.
  private static boolean isSpokenTo(World world, long group, long node) {
    for (Machine machine : world.machines) {
      Host host = machine.host(group);
      if (host != null && host.participant.lag(node) >= 0) {
        return true;
      }
    }
    return false;
  }

  /// Whether a removed member's log is needed by nobody: a quorum of those that replaced it has
  /// everything up to its removal.
  static boolean mayWipe(World world, GroupTruth group, long node) {
    Configuration newest = group.newest();
    return !newest.contains(node)
        && !isSpokenTo(world, group.number(), node)
        && newest.isQuorum(each -> {
          Member member = newest.member(each);
          return member != null && isWhole(world, group, member);
        });
  }
}
