package dev.evenkeel.paxos;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/// What other nodes say of their disks, with each heartbeat. No law rests on it: it tells a leader
/// whether others could do better. Any thread.
public final class Disks {
  private final Support support;
  private final Map<Long, State> others = new ConcurrentHashMap<>();

  /// Whether anybody's log was full when it was heard last.
  private volatile boolean anyFull;

  /// How a node's disks are.
  ///
  /// @param full the log has no room, so that the node promises and accepts nothing
  /// @param stalled the store refuses writes, so that the node cannot lead
  public record State(boolean full, boolean stalled) {
    public static final State FINE = new State(false, false);
  }

  Disks(Support support) {
    this.support = support;
  }

  /// That node says how its disks are.
  public void heard(long node, State state) {
    others.put(node, state);
    anyFull = others.values().stream().anyMatch(State::full);
  }

  boolean isAnyFull() {
    return anyFull;
  }

  /// Whether that node is heard and could lead a group.
  public boolean takeWrites(long node, long now) {
    return hasRoom(node, now) && !state(node).stalled;
  }

  /// Whether that node is heard and has room in its log.
  boolean hasRoom(long node, long now) {
    return !state(node).full && support.isGiven(node, now);
  }

  /// Whether that node is heard and has none.
  boolean isFull(long node, long now) {
    return state(node).full && support.isGiven(node, now);
  }

  private State state(long node) {
    return others.getOrDefault(node, State.FINE);
  }
}
