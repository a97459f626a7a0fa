package dev.evenkeel.replica;

import dev.evenkeel.paxos.Member;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Gives away the groups that a node leads, before a planned stop. The groups go at the same time;
/// each is given to one member after the other until one is heard to lead.
final class HandOver {
  /// A node that stops waits no longer than this for others to lead.
  static final Duration AT_MOST = Duration.ofMillis(1_500);

  /// Then the next member is tried.
  private static final Duration ONE_TRY = Duration.ofMillis(500);

  private static final Duration LOOK = Duration.ofMillis(5);

  private final StorageNode node;
  private final NodeParts parts;

  /// By group, how far it has come.
  private final Map<Long, Try> tries = new HashMap<>();

  /// @param number of tries before it
  /// @param until when it counts as failed
  private record Try(int number, long until) {}

  HandOver(StorageNode node, NodeParts parts) {
    this.node = node;
    this.parts = parts;
  }

  /// Returns when no group that somebody else may lead is led here, or time is up. Blocks.
  void run() throws InterruptedException {
    long until = now() + AT_MOST.toNanos();
    node.replicas().forEach(replica -> replica.retire(0));
    int open = look();
    while (open > 0 && now() - until < 0) {
      parts.environment().tasks().pause(LOOK);
      open = look();
    }
    // What has been handed over since is not taken back.
    node.replicas().forEach(replica -> replica.retire(0));
    parts.probes().hit(open == 0 ? "replica.handed-over" : "replica.hand-over-given-up");
  }

  private int look() {
    int open = 0;
    for (StorageReplica replica : node.replicas()) {
      open += isOpen(replica) ? 1 : 0;
    }
    return open;
  }

  /// Whether the group still waits for another leader; takes it a step further.
  private boolean isOpen(StorageReplica replica) {
    boolean leads = replica.leader() == node.self();
    if (!leads) {
      Routes.@Nullable Route route = node.routes().find(replica.group());
      return route != null && route.leader() == node.self();
    }
    List<Long> successors = successors(replica);
    if (successors.isEmpty()) {
      return false;
    }
    Try last = tries.get(replica.group());
    if (last == null || now() - last.until >= 0) {
      int number = last == null ? 0 : last.number + 1;
      tries.put(replica.group(), new Try(number, now() + ONE_TRY.toNanos()));
      replica.retire(successors.get(Math.floorMod(replica.group() + number, successors.size())));
    }
    return true;
  }

  /// Members that could lead: they have a store, and are heard and hear this node.
  private List<Long> successors(StorageReplica replica) {
    List<Long> all = new ArrayList<>();
    for (Member member : replica.configuration().members()) {
      boolean isThere =
          member.node() != node.self()
              && parts.messenger().connected().contains(member.node())
              && parts.support().isHeld(member.node(), now())
              && parts.support().disks().takeWrites(member.node(), now())
              && node.hears(member.node());
      if (isThere && member.kind() == Member.Kind.STORAGE) {
        all.add(member.node());
      }
    }
    return all;
  }

  private long now() {
    return parts.environment().clock().monotonicNanos();
  }
}
