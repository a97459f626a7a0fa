package dev.evenkeel.paxos;

import java.util.HashSet;
import java.util.Set;

/// Follows a leader, or looks for one.
///
/// ```
/// calm ──support for the leader lapsed──▶ waiting ──▶ asking ──nobody hears it──▶ campaign
///                                            ▲            │
///                                            └─ somebody hears it (gray failure) ─┘
/// ```
final class Follower implements Role {
  private final Participant me;

  /// Identity of the leader that has spoken; 0 while none is known.
  private final long leader;

  /// When the next step is due; meaningful while `isWaiting` or `isAsking`.
  private long due;

  private boolean isWaiting;
  private boolean isAsking;

  /// When it was first found that there is no leader to be heard.
  private long lostAt;

  /// Members that say that they hear the leader.
  private final Set<Long> hearing = new HashSet<>(0);

  Follower(Participant me, long leader) {
    this.me = me;
    this.leader = leader;
  }

  long leader() {
    return leader;
  }

  @Override
  public boolean isBusy(long now) {
    return me.isEligible() && !hasLeader(now);
  }

  @Override
  public void tick(long now) {
    if (!isBusy(now)) {
      isWaiting = false;
      isAsking = false;
    } else if (!isWaiting && !isAsking) {
      lostAt = now;
      wait(now, me.staggerNanos());
    } else if (now - due >= 0) {
      if (me.acceptor.isBound(me.self, null, now)) {
        // Another may count on this member in a lease, though it has not spoken; or its word that
        // it does no more was lost.
        me.effects.send(me.acceptor.promised().node(), new Message.Hears(me.acceptor.promised()));
        wait(now, me.options.retransmit().toNanos());
      } else if (isWaiting) {
        ask(now);
      } else {
        decide(now);
      }
    }
  }

  /// Holds back with a candidacy of its own for that long.
  void wait(long now, long nanos) {
    isWaiting = true;
    isAsking = false;
    if (lostAt == 0) {
      lostAt = now;
    }
    due = now + nanos;
  }

  void heard(long from, Message.Heard heard) {
    if (heard.hears() && heard.ballot().equals(me.acceptor.promised())) {
      hearing.add(from);
    }
  }

  private boolean hasLeader(long now) {
    return leader != 0 && me.acceptor.hearsOwner(now);
  }

  private void ask(long now) {
    Ballot ballot = me.acceptor.promised();
    hearing.clear();
    if (ballot.node() == 0 || me.acceptor.isReleased() || ballot.node() == me.self) {
      me.campaign(now);
      return;
    }
    isWaiting = false;
    isAsking = true;
    due = now + me.options.retransmit().toNanos() / 2;
    for (Member member : me.configurations.current().members()) {
      if (member.node() != me.self && member.node() != ballot.node()) {
        me.effects.send(member.node(), new Message.Hears(ballot));
      }
    }
  }

  /// One credible yes cancels the candidacy: always where those who do not hear the leader make no
  /// quorum, else for so long as patience lasts.
  private void decide(long now) {
    hearing.retainAll(nodes());
    long leading = me.acceptor.promised().node();
    boolean canWin =
        me.configurations
            .current()
            .isQuorum(node -> !hearing.contains(node) && (node != leading || hearing.isEmpty()));
    boolean patient = now - lostAt < me.options.grayPatience().toNanos();
    if (!hearing.isEmpty() && (patient || !canWin)) {
      me.hit("paxos.candidacy-cancelled-by-hearsay");
      // Its support may lapse a heartbeat later than this member's: not much time is lost on that.
      wait(now, me.options.heartbeat().toNanos() + me.staggerNanos());
    } else {
      me.campaign(now);
    }
  }

  private Set<Long> nodes() {
    Set<Long> nodes = new HashSet<>();
    me.configurations.current().members().forEach(member -> nodes.add(member.node()));
    return nodes;
  }
}
