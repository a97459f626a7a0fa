package dev.evenkeel.paxos;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeSet;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/// One member of a replication group: the protocol without threads, clocks, files or sockets. An
/// event comes in with the time at which it came, effects go out to [Effects].
///
/// One thread at a time; [#lease] and [#leaderNode] may be read by any.
public final class Participant {
  final long self;
  final Options options;
  final Support support;
  final Effects effects;
  final AcceptedLog log;
  final Configurations configurations;
  final Learner learner;
  final Acceptor acceptor;
  private final long group;
  private final RandomGenerator random;
  private final Probe probe;
  private final Recovered recovered;

  private Role role;
  private volatile @Nullable Lease lease;
  private volatile long leaderNode;

  /// The highest round that was heard of.
  private long round;

  /// Everything up to this is durable in this node's store; 0 also where it has no state that is.
  private long stored;

  private long storedEverywhere;

  /// Whether the store is void, or waits for a snapshot.
  private boolean restoring;

  private boolean able = true;

  private boolean started;

  /// Whether the log takes what is accepted.
  private boolean hasRoom = true;

  /// Since when it is not able; meaningful while it is not.
  private long unableSince;

  /// Told of rare paths, by the names that campaigns expect to see.
  @FunctionalInterface
  public interface Probe {
    void hit(String event);
  }

  /// Who a participant is.
  ///
  /// @param node identity of the node
  public record Identity(long group, long node) {}

  public Participant(
      Identity identity, Recovered recovered, Options options, Support support, Outside outside) {
    this.self = identity.node();
    this.group = identity.group();
    this.options = options;
    this.support = support;
    this.effects = outside.effects();
    this.random = outside.random();
    this.probe = outside.probe();
    this.recovered = recovered;
    this.restoring = recovered.restoring();
    this.stored = restoring ? 0 : recovered.applied();
    this.log = new AcceptedLog(recovered.truncated(), recovered.applied());
    recovered.accepted().forEach(log::put);
    this.configurations =
        new Configurations(recovered.configurationSlot(), recovered.configuration());
    this.learner = new Learner(log, configurations, effects, recovered.applied());
    this.acceptor = new Acceptor(this, log, learner, recovered.promised());
    this.round = recovered.promised().round();
    this.role = new Follower(this, 0);
  }

  /// What a participant works on.
  public record Outside(Effects effects, RandomGenerator random, Probe probe) {}

  /// Passes on what was chosen before the restart and is not applied. Nothing else may come before
  /// it: what the log held counts as durable from here on, and what is accepted later does not.
  public void start(long now) {
    started = true;
    learner.advance(recovered.chosen());
    acceptor.started();
    if (recovered.promised().equals(Ballot.NONE) && rank() == 0 && isEligible()) {
      campaign(now);
    }
    flush(now);
  }

  // Events.

  public void receive(long from, Message message, long now) {
    if (!started) {
      throw new AssertionError("a message before the start: " + message);
    }
    switch (message) {
      case Message.Prepare prepare -> acceptor.prepare(from, prepare, now);
      case Message.Accept accept -> acceptor.accept(from, accept, now);
      case Message.Base base -> acceptor.base(from, base, now);
      case Message.Promise promise -> {
        if (role instanceof Candidate candidate) {
          candidate.promised(from, promise, now);
        }
      }
      case Message.Accepted accepted -> {
        if (role instanceof Leader leader) {
          leader.accepted(from, accepted, now);
        }
      }
      case Message.Reject reject -> rejected(from, reject, now);
      case Message.Resign resign -> resigned(from, resign, now);
      case Message.Hears hears -> hears(from, hears, now);
      case Message.Heard heard -> {
        if (role instanceof Follower follower) {
          follower.heard(from, heard);
        }
      }
    }
    flush(now);
  }

  /// This many of the records of this life are durable.
  public void durable(long records, long now) {
    acceptor.durable(records);
    role.durable(now);
    flush(now);
  }

  /// What [Effects#fetch] asked for.
  ///
  /// @param entries from the first slot on, without gaps, as many as are well sent in one message;
  ///   null when the log does not reach back so far
  public void fetched(Effects.Fetch purpose, @Nullable List<Entry> entries, long now) {
    switch (purpose.kind()) {
      case PROMISE -> acceptor.fetched(purpose, entries);
      case STREAM -> {
        if (role instanceof Leader leader && purpose.ballot().equals(acceptor.promised())) {
          leader.fetched(purpose.node(), entries, now);
        }
      }
    }
    flush(now);
  }

  /// Time has passed. Needed while [#isBusy], and once after this node's support for a leader
  /// lapsed.
  public void tick(long now) {
    role.tick(now);
    flush(now);
  }

  public boolean isBusy(long now) {
    return role.isBusy(now);
  }

  /// The support that this node has from another began a new epoch, or is back: see
  /// [Support#received].
  public void supportChanged(long node, long now) {
    if (role instanceof Leader leader) {
      leader.supportChanged(node, now);
      flush(now);
    }
  }

  /// Proposes a command. Whoever begins a request asks first whether the node [#isCrowded]: one
  /// that has begun is proposed as a whole.
  ///
  /// @return its slot; 0 when this node may not propose now
  public long propose(byte[] command, long now) {
    return role instanceof Leader leader && leader.mayPropose()
        ? leader.propose(new Value.Command(command), now)
        : 0;
  }

  /// Sends what was proposed since the last event.
  public void flush(long now) {
    role.flush(now);
  }

  /// Proposes the next configuration, in which this node stays a storage replica: hand leadership
  /// over first to take it out. Until it is chosen no proposal is taken.
  ///
  /// @return the slot of its entry; 0 when this node may not propose it now
  public long reconfigure(Configuration next, long now) {
    if (!(role instanceof Leader leader)
        || !leader.mayReconfigure()
        || !next.isStorage(self)
        || !configurations.current().mayBecome(next)) {
      return 0;
    }
    long slot = leader.reconfigure(next, now);
    flush(now);
    return slot;
  }

  /// Lets a node hear of the log before it becomes a member.
  public void join(long node, long now) {
    if (role instanceof Leader leader) {
      leader.join(node, now);
    }
  }

  /// How many slots a node that hears of the log still lacks; −1 when it has not answered.
  public long lag(long node) {
    Progress progress = role instanceof Leader leader ? leader.progress(node) : null;
    return progress == null || !progress.heard ? -1 : log.last() - progress.match;
  }

  /// Hands leadership over, once that member has everything; within a lease, or not at all.
  ///
  /// @return whether that has begun
  public boolean transfer(long node, long now) {
    boolean begun = role instanceof Leader leader && leader.transferTo(node, now);
    flush(now);
    return begun;
  }

  /// Gives leadership up, for instance since this node's disk takes no writes.
  public void resign(long now) {
    if (role instanceof Leader) {
      resign(0, now);
    }
  }

  /// Everything up to this slot is durable in this node's store.
  public void stored(long slot) {
    stored = Math.max(stored, slot);
  }

  /// The same, and the leader is told.
  public void stored(long slot, long now) {
    stored(slot);
    report(now);
  }

  /// How this node's disks are. Where they let it lead no more a leader resigns if others can lead;
  /// else it stays, for its reads. It waits a lease for what they say: they may share its disk, and
  /// find out later.
  ///
  /// @param mayLead whether it could lead, as far as this node knows: not without room, for one
  public void able(boolean mayLead, boolean room, long now) {
    if (able && !mayLead) {
      unableSince = now;
    }
    able = mayLead;
    hasRoom = room;
    boolean waited = now - unableSince >= options.lease().toNanos();
    if (!able && waited && role instanceof Leader && canOthersLead(now)) {
      hit("paxos.unable-leader-resigned");
      resign(0, now);
      flush(now);
    }
  }

  /// Whether another member could lead, and be elected without this one.
  private boolean canOthersLead(long now) {
    Configuration current = configurations.current();
    Disks disks = support.disks();
    return current.isQuorum(node -> node != self && disks.hasRoom(node, now))
        && current.members().stream()
            .filter(each -> each.kind() == Member.Kind.STORAGE && each.node() != self)
            .anyMatch(each -> disks.takeWrites(each.node(), now));
  }

  /// Whether disks are so full that nothing more can be chosen, whoever leads: members that are
  /// silent do not help.
  public boolean isBlocked(long now) {
    Disks disks = support.disks();
    if (hasRoom && !disks.isAnyFull()) {
      return false;
    }
    Configuration current = configurations.current();
    boolean isFull =
        !hasRoom || current.members().stream().anyMatch(each -> disks.isFull(each.node(), now));
    return isFull && !current.isQuorum(node -> node == self ? hasRoom : disks.hasRoom(node, now));
  }

  /// The log on disk forgets what is up to this slot.
  public void truncate(long slot) {
    log.truncate(Math.min(slot, learner.chosen()));
  }

  /// A snapshot of the newest base or a later slot is installed, and the log applied behind it.
  public void restored() {
    restoring = false;
    effects.changed();
  }

  /// The same, and the leader is told.
  public void restored(long now) {
    restored();
    report(now);
  }

  /// Tells the leader how far this member is, unasked.
  private void report(long now) {
    if (role instanceof Follower follower && follower.leader() != 0) {
      acceptor.report();
    }
    flush(now);
  }

  // What is known.

  /// Where the log of a node that joins may begin; the configuration in force there is the current
  /// one.
  public long joinBase() {
    return Math.max(log.truncated(), configurations.slot());
  }

  /// Whether a quorum of the current configuration holds, in log and store, all up to the entry
  /// that brought it: only then may a member that it took out forget what it has.
  public boolean isSettled() {
    return role instanceof Leader leader && leader.isSettled();
  }

  /// What a member says is durable in its store; 0 while it has none, or has not answered.
  public long storedBy(long node) {
    Progress progress = role instanceof Leader leader ? leader.progress(node) : null;
    return progress == null ? 0 : progress.stored;
  }

  /// The right to answer alone; null while this node has none. Check what it says each time.
  public @Nullable Lease lease() {
    return lease;
  }

  /// Who leads, as far as is known: itself included; 0 for nobody.
  public long leaderNode() {
    return leaderNode;
  }

  public boolean leads() {
    return role instanceof Leader;
  }

  /// Whether a proposal would be taken.
  public boolean mayPropose() {
    return role instanceof Leader leader && leader.mayPropose();
  }

  /// Whether this node leads, and no request is to be begun before some of what is open is chosen:
  /// [Options#openBytes].
  public boolean isCrowded() {
    return role instanceof Leader leader && !leader.hasRoom();
  }

  /// The newest ballot that this member promised.
  public Ballot ballot() {
    return acceptor.promised();
  }

  public long chosen() {
    return learner.chosen();
  }

  public long last() {
    return log.last();
  }

  public Configuration configuration() {
    return configurations.current();
  }

  public long configurationSlot() {
    return configurations.slot();
  }

  public boolean isRestoring() {
    return restoring;
  }

  /// What every storage replica holds durably in its store: a log replica may forget it.
  public long storedEverywhere() {
    return role instanceof Leader leader ? leader.storedByAll() : storedEverywhere;
  }

  /// Slots that are accepted and not known as chosen, for whoever looks at the protocol.
  public long open() {
    return log.last() - learner.chosen();
  }

  // For the parts.

  Role role() {
    return role;
  }

  long stored() {
    return stored;
  }

  void storedEverywhere(long slot) {
    storedEverywhere = Math.max(storedEverywhere, slot);
  }

  void hit(String event) {
    probe.hit(event);
  }

  void sawRound(Ballot ballot) {
    round = Math.max(round, ballot.round());
  }

  boolean isEligible() {
    return able && !restoring && configurations.current().isStorage(self);
  }

  boolean holdsLease(long now) {
    Lease current = lease;
    return current != null && current.holds(now);
  }

  void lease(Lease next) {
    endLease();
    lease = next;
    effects.changed();
  }

  /// A spread-out pause before a candidacy: members take turns, by group, so that leaders spread.
  long staggerNanos() {
    long stagger = options.stagger().toNanos();
    return 3 * rank() * stagger + random.nextLong(stagger);
  }

  /// Its turn among the members; whoever owns the promised ballot is the one that is lost.
  private long rank() {
    long lost = acceptor.promised().node();
    List<Long> turns = new ArrayList<>();
    for (Member member : configurations.current().members()) {
      if (member.node() == self || member.node() != lost) {
        turns.add(member.node());
      }
    }
    int place = turns.indexOf(self);
    return place < 0 ? turns.size() : Math.floorMod(place - group, turns.size());
  }

  /// A leader has spoken, or (0) somebody else is to become it.
  void follow(long leader, long now) {
    if (role instanceof Follower follower && follower.leader() == leader) {
      return;
    }
    Follower next = new Follower(this, leader);
    if (leader == 0) {
      next.wait(now, options.lease().toNanos() / 4 + staggerNanos());
    }
    become(next, leader);
  }

  void campaign(long now) {
    campaign(null, now);
  }

  private void campaign(@Nullable Ballot released, long now) {
    if (acceptor.isBound(self, released, now)) {
      throw new AssertionError("a campaign of " + self + " against its support for the leader");
    }
    Ballot ballot = new Ballot(Math.max(round, acceptor.promised().round()) + 1, self);
    round = ballot.round();
    Candidate candidate = new Candidate(this, ballot, released, now);
    become(candidate, 0);
    candidate.begin();
  }

  void lead(Leader leader, long chosen, SortedMap<Long, Entry> found, long now) {
    become(leader, self);
    leader.begin(chosen, found, now);
    if (!isEligible()) {
      resign(0, now);
    }
  }

  /// A candidate or leader of no use gives its ballot up, and waits a while.
  void standDown(long now) {
    resign(0, now);
  }

  /// Gives up this node's own ballot, for good: from here on no lease of it counts.
  void resign(long successor, long now) {
    long pause = options.lease().toNanos() / 4 + random.nextLong(options.lease().toNanos() / 2);
    resign(successor, pause, now);
  }

  private void resign(long successor, long pause, long now) {
    Ballot ballot = acceptor.promised();
    Set<Long> hearers = new TreeSet<>(role.contacts());
    configurations.current().members().forEach(member -> hearers.add(member.node()));
    hearers.remove(self);
    Follower next = new Follower(this, 0);
    next.wait(now, pause);
    become(next, successor);
    if (ballot.node() == self) {
      acceptor.release(ballot);
    }
    // A ballot that is not durable was told to nobody, and may be used once more after a crash:
    // that it was given up before must not be heard then.
    if (ballot.node() == self && acceptor.isPromiseDurable()) {
      hearers.forEach(node -> effects.send(node, new Message.Resign(ballot, successor)));
    }
  }

  /// A candidate without a chance leaves it to one that has what it lacks.
  void leaveTo(long to, long now) {
    resign(to, options.lease().toNanos() + staggerNanos(), now);
  }

  /// A configuration came into force at a member that does not lead.
  void reconfigured(long now) {
    if (role instanceof Candidate && !isEligible()) {
      standDown(now);
    }
    effects.changed();
  }

  void based(long slot, Configuration configuration) {
    // Whatever this member is now, it may become a storage replica later. What its store held is
    // void, and what a snapshot brings is durable only once it is flushed.
    restoring = true;
    stored = 0;
    effects.based(slot, configuration);
  }

  /// Forgets in memory what is chosen and needed by no member that keeps up.
  void evict() {
    long chosen = learner.chosen();
    log.evict(role instanceof Leader leader ? Math.min(chosen, leader.matchedByAll()) : chosen, 0);
    log.evict(chosen, options.memoryBytes());
  }

  private void endLease() {
    Lease ended = lease;
    if (ended != null) {
      lease = null;
      ended.end();
    }
  }

  private void become(Role next, long leader) {
    role = next;
    endLease();
    leaderNode = leader;
    effects.changed();
  }

  private void rejected(long from, Message.Reject reject, long now) {
    switch (role) {
      case Candidate candidate -> candidate.rejected(from, reject, now);
      case Leader leader -> leader.rejected(reject, now);
      case Follower _ -> sawRound(reject.promised());
    }
  }

  private void resigned(long from, Message.Resign resign, long now) {
    if (from != resign.ballot().node()) {
      return;
    }
    acceptor.release(resign.ballot());
    if (!resign.ballot().equals(acceptor.promised())) {
      return;
    }
    if (resign.successor() == self && isEligible()) {
      campaign(resign.ballot(), now);
    } else if (role instanceof Follower) {
      follow(0, now);
      leaderNode = resign.successor() == self ? 0 : resign.successor();
    }
  }

  private void hears(long from, Message.Hears hears, long now) {
    Ballot ballot = hears.ballot();
    boolean mine = ballot.node() == self;
    boolean holds = mine && ballot.equals(acceptor.promised()) && !(role instanceof Follower);
    if (mine && !holds) {
      effects.send(from, new Message.Resign(ballot, 0));
      return;
    }
    boolean hearsOwner = ballot.equals(acceptor.promised()) && acceptor.hearsOwner(now);
    effects.send(from, new Message.Heard(ballot, hearsOwner));
  }
}
