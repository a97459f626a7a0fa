package dev.evenkeel.paxos;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// Phase 2: re-proposes what its phase 1 reported, puts a barrier above, then proposes.
final class Leader implements Role {
  private final Participant me;
  private final Ballot ballot;

  /// Every other member, and nodes that are about to become one; by node.
  private final Map<Long, Progress> others = new TreeMap<>();

  /// What phase 1 reported and is not proposed again yet, by slot.
  private NavigableMap<Long, Value> reported = new TreeMap<>();

  /// The highest slot that phase 1 reported, or that was chosen before.
  private long reportedUpTo;

  /// Slot of the barrier; 0 until it is proposed.
  private long barrier;

  /// Slot of a configuration entry that is not chosen; 0 for none.
  private long openConfiguration;

  /// What it brings; null for none.
  private @Nullable Configuration change;

  /// Whether it is not proposed yet, since slots below it are not chosen.
  private boolean isWaiting;

  /// When the oldest open proposal became the oldest.
  private long stalledSince;

  private final Transfer transfer;

  Leader(Participant me, Ballot ballot, Map<Long, Candidate.Collected> promises, long now) {
    this.me = me;
    this.ballot = ballot;
    this.transfer = new Transfer(me);
    this.stalledSince = now;
    promises.forEach((node, collected) -> {
      // Of one that has said only a part, or nothing, it is not known where it stands: it is asked.
      if (node != me.self && collected.isComplete()) {
        Progress progress = add(node, now);
        progress.heard = true;
        progress.match = collected.chosen();
        progress.next = collected.chosen() + 1;
        progress.epoch = collected.epoch();
      }
    });
  }

  /// Takes office: nothing is proposed where what was chosen before takes this node out.
  ///
  /// @param chosen every slot up to this is chosen
  /// @param found what phase 1 reported above this node's own chosen slots, by slot
  void begin(long chosen, SortedMap<Long, Entry> found, long now) {
    found
        .headMap(chosen + 1)
        .values()
        .forEach(entry -> {
          if (entry.slot() > me.learner.chosen()) {
            me.acceptor.acceptOwn(entry.slot(), entry.value());
          }
        });
    me.learner.advance(chosen);
    reportedUpTo = found.isEmpty() ? chosen : Math.max(chosen, found.lastKey());
    for (long slot = chosen + 1; slot <= reportedUpTo; slot++) {
      Entry entry = found.get(slot);
      reported.put(slot, entry == null ? new Value.Noop() : entry.value());
    }
    members(now);
    if (me.isEligible()) {
      recover();
    }
  }

  private Progress add(long node, long now) {
    return others.computeIfAbsent(
        node, _ -> new Progress(node, me.options.window(), me.log.last() + 1, now));
  }

  /// Whoever is a member now is spoken to, and asked at once.
  private void members(long now) {
    for (Member member : me.configurations.current().members()) {
      if (member.node() != me.self && !others.containsKey(member.node())) {
        ask(add(member.node(), now), now);
      }
    }
  }

  /// A node that is to become a member begins to hear of the log.
  void join(long node, long now) {
    if (node != me.self) {
      ask(add(node, now), now);
    }
  }

  @Override
  public Set<Long> contacts() {
    return others.keySet();
  }

  @Nullable Progress progress(long node) {
    return others.get(node);
  }

  boolean mayPropose() {
    return barrier != 0 && openConfiguration == 0 && !transfer.isUnderWay();
  }

  /// Whether what is open leaves room for another proposal. What was proposed again after the
  /// election counts too, since it is held in memory like the rest; a barrier, a configuration and
  /// what phase 1 reported are proposed in any case.
  boolean hasRoom() {
    return me.log.openBytes() < me.options.openBytes();
  }

  boolean mayReconfigure() {
    return mayPropose() && me.learner.chosen() >= barrier;
  }

  /// Proposes a command for the next slot.
  long propose(Value.Command command, long now) {
    return put(command, now);
  }

  private long put(Value value, long now) {
    long slot = me.log.last() + 1;
    if (slot == me.learner.chosen() + 1) {
      stalledSince = now;
    }
    me.acceptor.acceptOwn(slot, value);
    return slot;
  }

  /// Proposes the next configuration for the next slot, as soon as everything below it is chosen:
  /// whoever proposes it again puts it on the configuration that it was made for (R7). Until it is
  /// chosen nothing else is proposed (R6).
  ///
  /// @return its slot; 0 where one that joins has not taken this ballot yet (R8), or where a member
  ///   that is to have a store has not said that it holds what the other stores do (a log replica
  ///   might have forgotten what it lacks)
  long reconfigure(Configuration wanted, long now) {
    for (Member member : wanted.members()) {
      boolean isReady =
          member.kind() == Member.Kind.STORAGE
              ? holdsState(member.node())
              : hasTaken(member.node());
      if (!isReady) {
        join(member.node(), now);
        return 0;
      }
    }
    openConfiguration = me.log.last() + 1;
    change = wanted;
    isWaiting = true;
    proposeWaiting(now);
    return openConfiguration;
  }

  /// Whether that member has promised this ballot, durably.
  private boolean hasTaken(long node) {
    Progress progress = others.get(node);
    return me.configurations.current().contains(node) || (progress != null && progress.heard);
  }

  private boolean holdsState(long node) {
    Progress progress = others.get(node);
    return me.configurations.current().isStorage(node)
        || (progress != null
            && progress.heard
            && progress.stored > 0
            && progress.stored >= forgottenAtMost());
  }

  /// No log replica has forgotten more: each one keeps what any of the stores lacks. A member that
  /// was not heard in this ballot, or waits for a snapshot, says nothing about that.
  private long forgottenAtMost() {
    long least = me.stored();
    for (Progress progress : others.values()) {
      if (progress.stored > 0 && me.configurations.current().isStorage(progress.node)) {
        least = Math.min(least, progress.stored);
      }
    }
    return least;
  }

  private void proposeWaiting(long now) {
    if (isWaiting && change != null && me.learner.chosen() == me.log.last()) {
      isWaiting = false;
      put(new Value.Reconfigure(change), now);
    }
  }

  /// Goes on proposing what phase 1 reported: up to a configuration entry, beyond which nothing is
  /// proposed until it is chosen (R6); at the end the barrier, above every reported slot (R2).
  private void recover() {
    while (openConfiguration == 0 && !reported.isEmpty()) {
      Map.Entry<Long, Value> next = reported.firstEntry();
      long slot = next.getKey();
      Value value = next.getValue();
      reported = reported.tailMap(slot, false);
      me.acceptor.acceptOwn(slot, value);
      if (value instanceof Value.Reconfigure(var wanted)) {
        openConfiguration = slot;
        change = wanted;
      }
    }
    if (openConfiguration == 0 && barrier == 0) {
      // Entries of a lower ballot may lie above in this log only if they were reported.
      barrier = reportedUpTo + 1;
      me.acceptor.acceptOwn(barrier, new Value.Noop());
    }
  }

  void accepted(long node, Message.Accepted accepted, long now) {
    Progress progress = others.get(node);
    if (!accepted.ballot().equals(ballot) || progress == null) {
      return;
    }
    if (!progress.heard) {
      progress.heard = true;
      progress.next = accepted.next();
    }
    progress.accepted(accepted.upTo(), now);
    progress.stored = accepted.stored();
    progress.chosen = Math.max(progress.chosen, accepted.chosen());
    if (accepted.gap()) {
      progress.missing(accepted.next(), now);
    }
    if (accepted.epoch() > progress.epoch) {
      progress.epoch = accepted.epoch();
      lease();
    }
    choose(now);
  }

  void rejected(Message.Reject reject, long now) {
    if (reject.ballot().equals(ballot) && !reject.bound()) {
      me.sawRound(reject.promised());
      me.standDown(now);
    }
  }

  @Override
  public void durable(long now) {
    choose(now);
  }

  boolean isSettled() {
    Configuration current = me.configurations.current();
    long slot = me.configurations.slot();
    return current.isQuorum(node -> {
      Progress progress = others.get(node);
      boolean hasStore = node == me.self || (progress != null && progress.stored > 0);
      return hasStore && current.isStorage(node) && match(node) >= slot;
    });
  }

  /// A slot is chosen when a quorum of the configuration in force at it has durably accepted it in
  /// this ballot; nobody else counts.
  private void choose(long now) {
    List<Member> members = me.configurations.current().members();
    long[] matches = new long[members.size()];
    for (int i = 0; i < matches.length; i++) {
      matches[i] = match(members.get(i).node());
    }
    Arrays.sort(matches);
    long quorum = matches[matches.length - me.configurations.current().quorum()];
    long upTo = Math.min(quorum, me.acceptor.contiguous());
    if (upTo <= me.learner.chosen()) {
      return;
    }
    stalledSince = now;
    boolean reconfigured = me.learner.advance(upTo);
    if (reconfigured) {
      openConfiguration = 0;
      change = null;
      reconfigured(now);
    }
    if (me.role() == this) {
      recover();
      proposeWaiting(now);
      if (reconfigured || me.lease() == null) {
        lease();
      }
    }
    me.evict();
  }

  private long match(long node) {
    if (node == me.self) {
      return me.acceptor.contiguousDurable();
    }
    Progress progress = others.get(node);
    return progress == null ? 0 : progress.match;
  }

  /// A configuration is in force: members that are no more are told and let go, new ones are spoken
  /// to, and a leader that is no storage replica in it steps down.
  private void reconfigured(long now) {
    Configuration current = me.configurations.current();
    members(now);
    others
        .values()
        .removeIf(progress -> {
          boolean gone = !current.contains(progress.node);
          if (gone) {
            notice(progress, false, now);
          }
          return gone;
        });
    me.effects.changed();
    if (!current.isStorage(me.self)) {
      others.values().forEach(progress -> notice(progress, false, now));
      me.resign(0, now);
    }
  }

  /// The lease as it is to be judged from now on.
  private void lease() {
    if (barrier == 0 || me.learner.chosen() < barrier) {
      return;
    }
    Configuration current = me.configurations.current();
    List<Progress> peers =
        others.values().stream().filter(each -> current.contains(each.node)).toList();
    me.lease(
        new Lease(
            ballot,
            barrier,
            current.quorum(),
            current.contains(me.self) ? 1 : 0,
            peers.stream().map(each -> me.support.peer(each.node)).toArray(Support.Peer[]::new),
            peers.stream().mapToLong(each -> each.epoch).toArray()));
  }

  @Override
  public void flush(long now) {
    others.values().forEach(progress -> pump(progress, now));
    transfer.step(others, now);
  }

  private void pump(Progress progress, long now) {
    boolean sent = false;
    // What lies above in this log was accepted in lower ballots, and is not proposed in this one.
    long proposed = me.acceptor.contiguous();
    while (progress.hasRoom() && progress.next <= proposed) {
      if (progress.next < me.log.first()) {
        reachBack(progress, now);
        return;
      }
      List<Entry> part = me.log.from(progress.next, proposed, me.options.messageBytes());
      send(progress, part, now);
      sent = true;
    }
    boolean knowsLess = progress.chosenSent < Math.min(me.learner.chosen(), progress.match);
    if (!sent && knowsLess && progress.isIdle()) {
      notice(progress, false, now);
    }
  }

  private void send(Progress progress, List<Entry> part, long now) {
    List<Value> values = part.stream().map(Entry::value).toList();
    long first = progress.next;
    progress.sent(part.getLast().slot(), now);
    progress.chosenSent = me.learner.chosen();
    me.effects.send(
        progress.node,
        new Message.Accept(ballot, first, values, me.learner.chosen(), storedByAll(), true));
  }

  /// What a member needs lies on the disk, or is gone from there as well.
  private void reachBack(Progress progress, long now) {
    if (progress.next > me.log.truncated()) {
      progress.fetching = true;
      progress.asked = now;
      me.effects.fetch(
          new Effects.Fetch(Effects.Fetch.Kind.STREAM, progress.node, ballot),
          progress.next,
          me.log.first());
      return;
    }
    long slot = Math.max(me.log.truncated(), me.configurations.slot());
    progress.sent(slot, now);
    me.effects.send(progress.node, new Message.Base(ballot, slot, me.configurations.current()));
  }

  /// Entries for a member that lags were read; null: they are gone.
  void fetched(long node, @Nullable List<Entry> entries, long now) {
    Progress progress = others.get(node);
    if (progress == null || !progress.fetching) {
      return;
    }
    progress.fetching = false;
    if (entries == null || entries.isEmpty()) {
      me.log.truncate(Math.min(progress.next, me.log.first() - 1));
    } else if (entries.getFirst().slot() == progress.next) {
      send(progress, entries, now);
    }
  }

  private void notice(Progress progress, boolean answer, long now) {
    if (answer) {
      progress.asked = now;
    }
    progress.chosenSent = Math.max(progress.chosenSent, me.learner.chosen());
    me.effects.send(
        progress.node,
        new Message.Accept(
            ballot, progress.next, List.of(), me.learner.chosen(), storedByAll(), answer));
  }

  private void ask(Progress progress, long now) {
    notice(progress, true, now);
  }

  /// Another epoch of support began there: does the member still hold to this ballot?
  void supportChanged(long node, long now) {
    Progress progress = others.get(node);
    if (progress != null) {
      ask(progress, now);
    }
  }

  long storedByAll() {
    long least = storedBy(me.configurations.current());
    return change == null ? least : Math.min(least, storedBy(change));
  }

  private long storedBy(Configuration configuration) {
    long least = me.stored();
    for (Member member : configuration.members()) {
      if (member.kind() == Member.Kind.STORAGE && member.node() != me.self) {
        Progress progress = others.get(member.node());
        least = Math.min(least, progress == null ? 0 : progress.stored);
      }
    }
    return least;
  }

  /// The slot up to which every member that is reachable has everything.
  long matchedByAll() {
    long least = me.log.last();
    for (Progress progress : others.values()) {
      if (progress.heard) {
        least = Math.min(least, progress.match);
      }
    }
    return least;
  }

  boolean transferTo(long node, long now) {
    return transfer.begin(others.get(node), now);
  }

  @Override
  public boolean isBusy(long now) {
    if (me.learner.chosen() < me.log.last() || transfer.isUnderWay()) {
      return true;
    }
    for (Progress progress : others.values()) {
      if (isUnsettled(progress) && me.support.isHeld(progress.node, now)) {
        return true;
      }
    }
    return false;
  }

  private boolean isUnsettled(Progress progress) {
    return !progress.heard
        || progress.match < me.log.last()
        || progress.chosen < me.learner.chosen()
        || progress.epoch != me.support.peer(progress.node).held().epoch();
  }

  @Override
  public void tick(long now) {
    long retransmit = me.options.retransmit().toNanos();
    for (Progress progress : others.values()) {
      if (!progress.isIdle() && now - progress.progressed >= retransmit) {
        progress.resume(progress.match + 1, now);
      }
      if (isUnsettled(progress) && now - progress.asked >= retransmit) {
        progress.fetching = false;
        ask(progress, now);
      }
    }
    boolean open = me.learner.chosen() < me.log.last();
    boolean stalled = open && now - stalledSince >= me.options.stall().toNanos();
    if (stalled && !me.isBlocked(now)) {
      me.hit("paxos.stalled-leader-resigned");
      me.resign(0, now);
    }
  }
}
