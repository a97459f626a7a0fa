package dev.evenkeel.paxos;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The acceptor: promises and accepts, and tells of either only when it is durable.
///
/// It accepts a leader's entries in slot order, from the first slot that it does not know as
/// chosen; so one number says how far it has come.
final class Acceptor {
  private final Participant me;
  private final AcceptedLog log;
  private final Learner learner;

  /// Invariant: never falls; durable before anybody hears of it.
  private Ballot promised;

  /// Whether the owner of the promised ballot has given it up.
  private boolean released;

  private static final long TOLD_NOTHING = -1;

  /// The epoch that the owner of the promised ballot was told of last. Of a promise that is older
  /// than this object that is not known: it is taken to be the present one, for a replica may have
  /// been removed and come again in one life of its node. Another life begins other epochs.
  private long boundEpoch;

  /// Every slot up to this is known as chosen, or accepted in the promised ballot.
  private long contiguous;

  private long contiguousDurable;

  /// How many records were appended in this life, and how many of them are durable.
  private long appended;

  private long durable;

  /// Accepted slots that are not durable: the number of the record, and the slot.
  private final Deque<Pending> pending = new ArrayDeque<>(0);

  /// Candidates that wait for a promise to be durable.
  private final Deque<Asked> asked = new ArrayDeque<>(0);

  /// The record that made the promised ballot so.
  private long promiseRecord;

  /// Whether the leader is to hear how far this acceptor has come, as soon as that is durable.
  private boolean owesAnswer;

  private boolean sawGap;

  private record Pending(long record, long slot) {}

  private record Asked(long record, long from, Message.Prepare prepare) {}

  Acceptor(Participant me, AcceptedLog log, Learner learner, Ballot promised) {
    this.me = me;
    this.log = log;
    this.learner = learner;
    this.promised = promised;
    boolean isAnothers = promised.node() != 0 && promised.node() != me.self;
    this.boundEpoch = isAnothers ? me.support.epochFor(promised.node()) : TOLD_NOTHING;
    this.contiguous = learner.chosen();
    this.contiguousDurable = contiguous;
  }

  /// What was chosen before the restart is passed on; what was accepted above it in the ballot that
  /// is still the promised one counts as before.
  void started() {
    contiguous = learner.chosen();
    while (contiguous < log.last() && log.get(contiguous + 1).ballot().equals(promised)) {
      contiguous++;
    }
    contiguousDurable = contiguous;
  }

  Ballot promised() {
    return promised;
  }

  boolean isReleased() {
    return released;
  }

  /// Every slot up to this is known as chosen, or accepted in the promised ballot.
  long contiguous() {
    return contiguous;
  }

  long contiguousDurable() {
    return contiguousDurable;
  }

  boolean isPromiseDurable() {
    return durable >= promiseRecord;
  }

  /// Whether this member holds to the owner of the ballot that it promised.
  boolean hearsOwner(long now) {
    long owner = promised.node();
    if (owner == 0 || released) {
      return false;
    }
    return owner == me.self ? me.holdsLease(now) : me.support.stands(owner, boundEpoch, now);
  }

  void prepare(long from, Message.Prepare prepare, long now) {
    if (prepare.ballot().isBelow(promised)) {
      me.effects.send(from, new Message.Reject(prepare.ballot(), promised, false));
      return;
    }
    if (prepare.ballot().isAbove(promised)) {
      if (isBound(prepare.ballot().node(), prepare.released(), now)) {
        refuse(from, prepare.ballot());
        return;
      }
      promise(prepare.ballot());
      me.follow(0, now);
    }
    if (isPromiseDurable()) {
      sendPromise(from, prepare);
    } else {
      asked.add(new Asked(promiseRecord, from, prepare));
    }
  }

  /// Promises a ballot: this node's own, or one that is above all promised before.
  void promise(Ballot ballot) {
    if (!ballot.isAbove(promised)) {
      throw new AssertionError(ballot + " is not above " + promised);
    }
    promised = ballot;
    released = false;
    boundEpoch = -1;
    contiguous = learner.chosen();
    contiguousDurable = contiguous;
    pending.clear();
    asked.clear();
    owesAnswer = false;
    sawGap = false;
    append(new AcceptorRecord.Promised(ballot));
    promiseRecord = appended;
  }

  void accept(long from, Message.Accept accept, long now) {
    if (!join(from, accept.ballot(), now)) {
      return;
    }
    me.storedEverywhere(accept.stored());
    if (accept.first() > contiguous + 1) {
      sawGap = true;
    } else {
      sawGap = false;
      long slot = accept.first();
      for (Value value : accept.values()) {
        if (slot > contiguous) {
          put(new Entry(slot, promised, value));
        }
        slot++;
      }
      learn(Math.min(accept.chosen(), contiguous), now);
    }
    if (accept.answer() || sawGap) {
      owesAnswer = true;
      if (sawGap || contiguousDurable == contiguous) {
        answer();
      }
    }
  }

  /// The leader says that its log no longer reaches back to what is missing here.
  void base(long from, Message.Base base, long now) {
    if (!join(from, base.ballot(), now)) {
      return;
    }
    if (base.slot() > learner.chosen()) {
      log.base(base.slot());
      learner.based(base.slot());
      me.configurations.based(base.slot(), base.configuration());
      contiguous = base.slot();
      contiguousDurable = contiguous;
      pending.clear();
      append(new AcceptorRecord.Based(base.slot(), base.configuration()));
      promiseRecord = appended;
      me.based(base.slot(), base.configuration());
    }
    owesAnswer = true;
    answer();
  }

  /// Takes the ballot of a leader that speaks, where nothing stands in its way.
  private boolean join(long from, Ballot ballot, long now) {
    if (ballot.isBelow(promised)) {
      me.effects.send(from, new Message.Reject(ballot, promised, false));
      return false;
    }
    if (ballot.isAbove(promised)) {
      if (isBound(ballot.node(), null, now)) {
        refuse(from, ballot);
        return false;
      }
      promise(ballot);
    }
    me.follow(ballot.node(), now);
    return true;
  }

  /// The leader's own vote. In slot order, from the first slot on that it does not know as chosen.
  void acceptOwn(long slot, Value value) {
    if (slot != contiguous + 1) {
      throw new AssertionError("slot " + slot + " does not follow " + contiguous);
    }
    put(new Entry(slot, promised, value));
  }

  /// The owner of that ballot has given it up.
  void release(Ballot ballot) {
    if (ballot.equals(promised)) {
      released = true;
    }
  }

  /// This many of the records of this life are durable.
  void durable(long records) {
    long before = contiguousDurable;
    boolean wasPromiseDurable = isPromiseDurable();
    durable = records;
    for (Pending next = pending.peek(); next != null && next.record <= records; ) {
      contiguousDurable = next.slot;
      pending.remove();
      next = pending.peek();
    }
    for (Asked next = asked.peek(); next != null && next.record <= records; next = asked.peek()) {
      asked.remove();
      sendPromise(next.from, next.prepare);
    }
    if (contiguousDurable > before || !wasPromiseDurable) {
      answer();
    }
  }

  /// Tells the leader how far this acceptor is, unasked.
  void report() {
    owesAnswer = true;
    answer();
  }

  /// Entries for a promise were read from the disk; null: they are gone.
  void fetched(Effects.Fetch purpose, @Nullable List<Entry> entries) {
    if (!purpose.ballot().equals(promised) || !isPromiseDurable()) {
      return;
    }
    if (entries == null || entries.isEmpty()) {
      log.truncate(Math.max(log.truncated(), log.first() - 1));
      return;
    }
    long last = entries.getLast().slot();
    sendPromise(purpose.node(), entries.getFirst().slot(), entries, last >= log.last());
  }

  /// Whether its support for the owner of the promised ballot forbids a ballot of that node, its
  /// own ones included: the owner may hold a lease that counts this member (R1).
  ///
  /// @param givenUp a ballot whose owner said that it has given it up, or null
  boolean isBound(long candidate, @Nullable Ballot givenUp, long now) {
    long owner = promised.node();
    if (owner == 0 || owner == candidate || released || promised.equals(givenUp)) {
      return false;
    }
    return !me.support.mayPromise(now) || hearsOwner(now);
  }

  /// Says no, and asks the owner whether it still holds to its ballot: should it have given it up,
  /// its word was lost.
  private void refuse(long from, Ballot ballot) {
    me.effects.send(from, new Message.Reject(ballot, promised, true));
    if (promised.node() != me.self) {
      me.effects.send(promised.node(), new Message.Hears(promised));
    }
  }

  private void put(Entry entry) {
    log.put(entry);
    append(new AcceptorRecord.Accepted(entry, learner.chosen()));
    contiguous = entry.slot();
    pending.add(new Pending(appended, entry.slot()));
  }

  private void append(AcceptorRecord record) {
    appended++;
    me.effects.append(record);
  }

  /// Slots up to `upTo`, accepted in the ballot in which they are chosen, are chosen.
  private void learn(long upTo, long now) {
    if (learner.advance(upTo)) {
      me.reconfigured(now);
    }
    me.evict();
  }

  private void answer() {
    if (!owesAnswer || !isPromiseDurable() || me.leaderNode() == me.self) {
      return;
    }
    owesAnswer = contiguousDurable < contiguous;
    boundEpoch = me.support.epochFor(promised.node());
    me.effects.send(
        promised.node(),
        new Message.Accepted(
            promised,
            contiguousDurable,
            contiguous + 1,
            sawGap,
            learner.chosen(),
            me.stored(),
            boundEpoch));
  }

  private void sendPromise(long from, Message.Prepare prepare) {
    if (!prepare.ballot().equals(promised)) {
      return;
    }
    long slot = Math.max(prepare.from(), log.truncated() + 1);
    if (slot < log.first() && log.first() > log.truncated() + 1) {
      Effects.Fetch purpose = new Effects.Fetch(Effects.Fetch.Kind.PROMISE, from, prepare.ballot());
      me.effects.fetch(purpose, slot, log.first());
      return;
    }
    List<Entry> part = log.from(Math.max(slot, log.first()), log.last(), me.options.messageBytes());
    long end = part.isEmpty() ? log.last() : part.getLast().slot();
    sendPromise(from, prepare.from(), part, end >= log.last());
  }

  private void sendPromise(long to, long from, List<Entry> part, boolean last) {
    boundEpoch = me.support.epochFor(to);
    me.effects.send(
        to,
        new Message.Promise(
            promised, from, learner.chosen(), log.truncated(), part, last, boundEpoch));
  }
}
