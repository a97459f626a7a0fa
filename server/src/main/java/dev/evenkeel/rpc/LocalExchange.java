package dev.evenkeel.rpc;

import java.util.List;
import java.util.TreeMap;
import java.util.concurrent.locks.ReentrantLock;

/// Where the nodes of one process find each other.
///
/// @param <M> the messages
public final class LocalExchange<M> {
  private final ReentrantLock lock = new ReentrantLock();

  /// By identity; guarded by `lock`.
  private final TreeMap<Long, LocalMessenger<M>> members = new TreeMap<>();

  public LocalExchange() {}

  /// @return the others that are there
  List<LocalMessenger<M>> join(LocalMessenger<M> member) {
    lock.lock();
    try {
      if (members.putIfAbsent(member.self(), member) != null) {
        throw new IllegalStateException(
            NodeIdentity.text(member.self()) + " is open in this process already");
      }
      return members.values().stream().filter(other -> !other.equals(member)).toList();
    } finally {
      lock.unlock();
    }
  }

  /// @return the others that are there
  List<LocalMessenger<M>> leave(LocalMessenger<M> member) {
    lock.lock();
    try {
      members.remove(member.self(), member);
      return List.copyOf(members.values());
    } finally {
      lock.unlock();
    }
  }
}
