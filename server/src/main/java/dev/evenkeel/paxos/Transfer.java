package dev.evenkeel.paxos;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A graceful hand-over: the leader takes no proposals any more, waits until all is chosen and the
/// successor has it, gives its ballot up and names the successor.
final class Transfer {
  private final Participant me;

  /// 0 while none is under way.
  private long successor;

  private long since;

  Transfer(Participant me) {
    this.me = me;
  }

  boolean isUnderWay() {
    return successor != 0;
  }

  /// @param to the successor's progress; null where it is unknown
  /// @return whether the hand-over has begun
  boolean begin(@Nullable Progress to, long now) {
    if (to == null || !to.heard || !me.configurations.current().isStorage(to.node)) {
      return false;
    }
    successor = to.node;
    since = now;
    return true;
  }

  void step(Map<Long, Progress> others, long now) {
    if (successor == 0) {
      return;
    }
    Progress to = others.get(successor);
    if (to == null || now - since >= me.options.lease().toNanos()) {
      successor = 0;
      return;
    }
    boolean settled = me.learner.chosen() == me.log.last();
    if (settled && to.match == me.log.last() && to.chosenSent == me.learner.chosen()) {
      me.hit("paxos.leadership-transferred");
      me.resign(successor, now);
    }
  }
}
