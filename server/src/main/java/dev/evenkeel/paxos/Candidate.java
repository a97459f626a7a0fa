package dev.evenkeel.paxos;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// Phase 1: collects promises from a quorum of every configuration that it learns of, and with them
/// all that may be chosen.
final class Candidate implements Role {
  private final Participant me;
  private final Ballot ballot;

  /// The ballot that its leader gave up in this candidate's favour, or null.
  private final @Nullable Ballot released;

  private final long since;
  private long asked;

  /// By node; its own is among them once it is durable.
  private final Map<Long, Collected> promises = new TreeMap<>();

  /// Whether a log replica's log no longer reaches back to what is missing here: another candidate
  /// may lack nothing.
  private boolean lags;

  /// Members that are bound to another.
  private final Set<Long> bound = new HashSet<>();

  /// A promise, as far as its pieces have come.
  static final class Collected {
    private final List<Entry> accepted = new ArrayList<>();
    private long next;
    private long chosen;
    private long epoch;
    private boolean complete;

    boolean isComplete() {
      return complete;
    }

    long chosen() {
      return chosen;
    }

    long epoch() {
      return epoch;
    }
  }

  Candidate(Participant me, Ballot ballot, @Nullable Ballot released, long now) {
    this.me = me;
    this.ballot = ballot;
    this.released = released;
    this.since = now;
  }

  /// Asks nobody before its own promise is durable: after a crash the ballot would be used twice.
  void begin() {
    me.acceptor.promise(ballot);
  }

  @Override
  public boolean isBusy(long now) {
    return true;
  }

  @Override
  public void tick(long now) {
    if (now - since >= me.options.lease().toNanos()) {
      if (lags) {
        me.leaveTo(0, now);
      } else {
        me.standDown(now);
      }
    } else if (isAsking() && now - asked >= me.options.retransmit().toNanos()) {
      ask(now);
    }
  }

  private boolean isAsking() {
    return promises.containsKey(me.self);
  }

  @Override
  public void durable(long now) {
    if (!isAsking() && me.acceptor.isPromiseDurable()) {
      Collected own = new Collected();
      own.accepted.addAll(me.log.from(from(), me.log.last(), Integer.MAX_VALUE));
      own.chosen = me.learner.chosen();
      own.complete = true;
      promises.put(me.self, own);
      ask(now);
      decide(now);
    }
  }

  void promised(long node, Message.Promise promise, long now) {
    if (!promise.ballot().equals(ballot) || !isAsking()) {
      return;
    }
    if (promise.truncated() >= from()) {
      // What is missing here is chosen and gone from that log (R4): only a snapshot has it, so
      // whoever has it shall lead. One that cannot lead has given no answer.
      me.hit("paxos.candidate-lags-behind-a-log");
      lags = true;
      if (configurations().stream().anyMatch(each -> each.isStorage(node))) {
        me.leaveTo(node, now);
      }
      return;
    }
    Collected collected = promises.computeIfAbsent(node, _ -> new Collected());
    if (collected.complete) {
      return;
    }
    if (collected.next == 0) {
      collected.next = from();
    }
    if (promise.from() > collected.next) {
      // Says nothing of slots that are still missing here.
      return;
    }
    long before = collected.next;
    for (Entry entry : promise.accepted()) {
      if (entry.slot() == collected.next) {
        collected.accepted.add(entry);
        collected.next++;
      }
    }
    collected.chosen = promise.chosen();
    collected.epoch = promise.epoch();
    boolean whole = promise.accepted().isEmpty() || isTail(promise, collected);
    collected.complete = promise.last() && whole;
    if (collected.complete) {
      decide(now);
    } else if (collected.next > before) {
      me.effects.send(node, new Message.Prepare(ballot, collected.next, released));
    }
  }

  void rejected(long node, Message.Reject reject, long now) {
    if (!reject.ballot().equals(ballot)) {
      return;
    }
    if (!reject.bound()) {
      me.sawRound(reject.promised());
      me.standDown(now);
      return;
    }
    bound.add(node);
    boolean canWin = me.configurations.current().isQuorum(each -> !bound.contains(each));
    if (!canWin) {
      me.standDown(now);
    }
  }

  @Override
  public Set<Long> contacts() {
    Set<Long> contacts = new HashSet<>();
    configurations().forEach(each -> each.members().forEach(member -> contacts.add(member.node())));
    return contacts;
  }

  private static boolean isTail(Message.Promise promise, Collected collected) {
    return promise.accepted().getLast().slot() == collected.next - 1;
  }

  /// The first slot that this candidate does not know as chosen.
  private long from() {
    return me.learner.chosen() + 1;
  }

  private void ask(long now) {
    asked = now;
    for (Configuration configuration : configurations()) {
      for (Member member : configuration.members()) {
        Collected collected = promises.get(member.node());
        if (member.node() != me.self && (collected == null || !collected.complete)) {
          long next = collected == null || collected.next == 0 ? from() : collected.next;
          me.effects.send(member.node(), new Message.Prepare(ballot, next, released));
        }
      }
    }
  }

  /// The configuration that is in force as far as is known, and every one that an entry reported
  /// above may bring.
  private Set<Configuration> configurations() {
    Set<Configuration> all = new java.util.LinkedHashSet<>();
    all.add(me.configurations.current());
    for (Collected collected : promises.values()) {
      for (Entry entry : collected.accepted) {
        if (entry.value() instanceof Value.Reconfigure(var next)) {
          all.add(next);
        }
      }
    }
    return all;
  }

  /// Configurations that a chosen one has followed bind no more: their quorums have been heard by
  /// whoever chose it. The newest chosen one and those that may follow it do.
  private Set<Configuration> binding(long chosen) {
    Set<Configuration> all = configurations();
    Configuration newest = me.configurations.current();
    for (Collected collected : promises.values()) {
      for (Entry entry : collected.accepted) {
        if (entry.slot() <= chosen
            && entry.value() instanceof Value.Reconfigure(var next)
            && collected.chosen >= entry.slot()
            && next.generation() > newest.generation()) {
          newest = next;
        }
      }
    }
    long generation = newest.generation();
    all.removeIf(each -> each.generation() < generation);
    return all;
  }

  private void decide(long now) {
    long chosen = me.learner.chosen();
    for (Collected collected : promises.values()) {
      if (collected.complete) {
        chosen = Math.max(chosen, collected.chosen);
      }
    }
    for (Configuration configuration : binding(chosen)) {
      if (!configuration.isQuorum(this::isComplete)) {
        if (now - asked > 0) {
          ask(now);
        }
        return;
      }
    }
    win(chosen, now);
  }

  private boolean isComplete(long node) {
    Collected collected = promises.get(node);
    return collected != null && collected.complete;
  }

  private void win(long chosen, long now) {
    SortedMap<Long, Entry> highest = new TreeMap<>();
    for (Collected collected : promises.values()) {
      for (Entry entry : collected.accepted) {
        boolean isChosen = entry.slot() <= collected.chosen;
        Entry known = highest.get(entry.slot());
        if (entry.slot() <= chosen ? isChosen : isHigher(entry, known)) {
          highest.put(entry.slot(), entry);
        }
      }
    }
    me.lead(new Leader(me, ballot, promises, now), chosen, highest, now);
  }

  private static boolean isHigher(Entry entry, @Nullable Entry known) {
    return known == null || entry.ballot().isAbove(known.ballot());
  }
}
