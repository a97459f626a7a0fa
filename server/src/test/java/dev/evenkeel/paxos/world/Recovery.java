package dev.evenkeel.paxos.world;

import static dev.evenkeel.paxos.world.Truth.require;

import dev.evenkeel.paxos.Member;

/// What must come about once nothing goes wrong any more.
final class Recovery {
  private static final long SECOND = 1_000_000_000L;

  private final World world;
  private final Clients clients;

  Recovery(World world, Clients clients) {
    this.world = world;
    this.clients = clients;
  }

  /// How long the group is left alone for its members to become equal.
  private static final long QUIET_NANOS = 20 * SECOND;

  /// Although nobody proposes anything, members that lag catch up: those that have a disk and a
  /// process.
  void checkQuiet() {
    clients.rest();
    world.timeline.runUntil(world.timeline.now() + QUIET_NANOS);
    for (GroupTruth group : world.truth.groups()) {
      for (Member member : group.newest().members()) {
        Machine machine = world.machines[Machine.place(member.node())];
        Host host = machine.host(group.number());
        if (host != null && machine.identity() == member.node()) {
          knowsAll(group, member, host);
        }
      }
    }
    clients.resume();
  }

  /// Within so long proposals are acknowledged, reads answered, and in the end all members equal.
  void check(long nanos) {
    long end = world.timeline.now() + nanos;
    world.timeline.runUntil(end - 14 * SECOND);
    long[] before = world.truth.groups().stream().mapToLong(GroupTruth::acknowledged).toArray();
    long reads = clients.reads;
    world.timeline.runUntil(end - 10 * SECOND);
    for (GroupTruth group : world.truth.groups()) {
      require(
          group.acknowledged() > before[(int) group.number() - 1],
          () -> "group " + group.number() + " takes no proposals though all is well: " + state());
    }
    require(clients.reads > reads, () -> "no consistent reads though all is well: " + state());
    clients.rest();
    world.timeline.runUntil(end);
    world.truth.groups().forEach(this::areEqual);
  }

  private void areEqual(GroupTruth group) {
    for (Member member : group.newest().members()) {
      Machine machine = world.machines[Machine.place(member.node())];
      NodeProcess process = machine.process;
      Host host = process == null ? null : process.hosts.get(group.number());
      require(
          host != null && machine.identity() == member.node(), () -> "gone: " + member + state());
      if (host != null) {
        knowsAll(group, member, host);
        require(
            member.kind() == Member.Kind.LOG || host.disk.store.state().applied() == group.last(),
            () -> "group " + group.number() + ": " + member + " has not applied all: " + state());
      }
    }
  }

  private void knowsAll(GroupTruth group, Member member, Host host) {
    require(
        host.participant.chosen() == group.last(),
        () ->
            "group "
                + group.number()
                + ": "
                + member
                + " does not know all that is chosen, "
                + group.last()
                + ": "
                + state());
  }

  String state() {
    StringBuilder text = new StringBuilder();
    for (Machine machine : world.machines) {
      NodeProcess process = machine.process;
      if (process == null) {
        continue;
      }
      process.hosts.forEach((group, host) ->
          text.append("\n  ")
              .append(Long.toHexString(process.identity))
              .append(" group ")
              .append(group)
              .append(" leads ")
              .append(host.participant.leads())
              .append(" leader ")
              .append(Long.toHexString(host.participant.leaderNode()))
              .append(" ballot ")
              .append(host.participant.ballot())
              .append(" chosen ")
              .append(host.participant.chosen())
              .append(" last ")
              .append(host.participant.last())
              .append(" restoring ")
              .append(host.participant.isRestoring())
              .append(" applied ")
              .append(host.disk.store.state().applied())
              .append(" truncated ")
              .append(host.disk.written.truncated)
              .append(" lease ")
              .append(
                  host.participant.lease() != null && host.participant.lease().holds(process.now()))
              .append(' ')
              .append(host.participant.configuration()));
    }
    return text.toString();
  }
}
