package dev.evenkeel.paxos.world;

import dev.evenkeel.paxos.Configuration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A machine with a disk, a clock, and at most one process of ours.
final class Machine {
  static final int PLACE_SHIFT = 48;

  final int place;
  final NodeClock clock;
  NodeDisk disk;

  /// How often its disk was lost.
  long incarnation;

  /// How often the process was started on this disk.
  long life;

  /// How many times as long everything takes here.
  int slowness = 1;

  /// How long a sync takes, at most.
  long syncNanos;

  @Nullable NodeProcess process;

  private final Truth truth;

  Machine(int place, long clockOrigin, Truth truth) {
    this.place = place;
    this.truth = truth;
    this.disk = emptyDisk();
    this.clock = new NodeClock(clockOrigin);
  }

  private NodeDisk emptyDisk() {
    return new NodeDisk((group, record) -> truth.hardens(identity(), group, record));
  }

  /// The identity of the node on this disk: never 0.
  long identity() {
    return identity(place, incarnation);
  }

  static long identity(int place, long incarnation) {
    return (long) (place + 1) << PLACE_SHIFT | incarnation;
  }

  static int place(long identity) {
    return (int) (identity >>> PLACE_SHIFT) - 1;
  }

  /// The replica of that group in the process that runs here, if any.
  @Nullable Host host(long group) {
    return process == null ? null : process.hosts.get(group);
  }

  /// A new disk in the place of one that is lost.
  void replaceDisk() {
    disk = emptyDisk();
    incarnation++;
    life = 0;
  }

  /// A replica of a group that begins now.
  void found(long group, Configuration first) {
    disk.groups.put(
        group, new NodeDisk.Group(new LogImage(first), new Store(Store.beginning(first))));
  }

  /// A replica without anything, which is to hear of the log. It knows the group's first
  /// configuration, of which its identity was never a member.
  void join(long group, List<Configuration> first) {
    Configuration known = first.get((int) group - 1);
    disk.groups.put(
        group, new NodeDisk.Group(new LogImage(known), new Store(Store.nothing(known))));
  }
}
