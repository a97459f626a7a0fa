package dev.evenkeel.replica;

import dev.evenkeel.codec.BinaryItem;
import dev.evenkeel.environment.Environment;
import dev.evenkeel.model.ApiException;
import dev.evenkeel.model.PartitionSchema;
import dev.evenkeel.paxos.AcceptorRecord;
import dev.evenkeel.paxos.Ballot;
import dev.evenkeel.paxos.Configuration;
import dev.evenkeel.paxos.Effects;
import dev.evenkeel.paxos.Entry;
import dev.evenkeel.paxos.Lease;
import dev.evenkeel.paxos.Message;
import dev.evenkeel.paxos.Participant;
import dev.evenkeel.paxos.Recovered;
import dev.evenkeel.rpc.NodeIdentity;
import dev.evenkeel.storage.ItemStore;
import dev.evenkeel.storage.Lookup;
import dev.evenkeel.wal.LogGroup;
import dev.evenkeel.wal.LogListener;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// One replica of a partition on this node: its part in the group's protocol, its applied state,
/// and, while it leads, the group's writes and consistent reads. See the package for how a write
/// goes and what holds.
public final class StorageReplica implements LogListener {
  /// A proposal of a leader that is none any more is given up after this, its outcome unknown.
  private static final Duration ORPHAN_LIFE = Duration.ofSeconds(3);

  private final long group;
  private final NodeParts node;
  private final Environment environment;
  private final ItemStore store;
  private final LogGroup log;
  private final AcceptorLog records;
  private final Executor serial;
  private final NewestState newest;
  private final Applier applier;
  private final Participant participant;
  private final Writes writes;
  private final GroupReads groupReads;

  /// Read by any thread.
  private volatile @Nullable String failed;

  // All below: serial executor only.

  /// Events that came before the start; null from then on.
  private @Nullable List<Event> early = new ArrayList<>(0);

  /// The newest slot that was told to be chosen.
  private long delivered;

  private boolean ledBefore;

  /// Whether log and store take writes, as of the last tick.
  private boolean able = true;

  /// Whether the node is about to stop.
  private boolean retires;

  /// Appends that came before the first of the protocol.
  private long foreignAppends;

  private final Applying applying;
  private final Restore restore;
  private volatile Configuration configuration;

  private final StoreProgress progress;

  /// @param recovered what the log says; null for a replica that begins now
  StorageReplica(long group, NodeParts node, ReplicaState state, @Nullable Recovered recovered)
      throws IOException {
    this.group = group;
    this.node = node;
    this.environment = node.environment();
    this.store = node.store();
    this.serial = environment.tasks().serial("replica-" + group);
    this.newest = new NewestState(store);
    this.applier = new Applier(group, store, newest, state);
    this.applier.load();
    this.log = node.log().group(group, this);
    this.records = new AcceptorLog(log, environment, serial);
    Recovered known = recovered == null ? recovered(state) : recovered;
    this.delivered = known.applied();
    this.participant =
        new Participant(
            new Participant.Identity(group, node.self()),
            known,
            node.protocol(),
            node.support(),
            new Participant.Outside(
                new Work(), environment.entropy().stream("replica-" + group), node.probes()::hit));
    this.configuration = participant.configuration();
    this.applying = new Applying(this, node, applier, serial);
    this.restore = new Restore(this, node);
    this.progress = new StoreProgress(this, node, records);
    this.writes = new Writes(this, node, newest, records);
    this.groupReads = new GroupReads(this, node);
  }

  /// What the wall clocks of its node and of others show.
  public WallClocks clocks() {
    return node.clocks();
  }

  private static Recovered recovered(ReplicaState state) {
    ReplicaState.Membership membership = state.membership();
    return new Recovered(
        state.promised(),
        membership.base(),
        membership.slot(),
        membership.configuration(),
        membership.base(),
        List.of(),
        membership.base(),
        !state.isServing());
  }

  /// Takes up its part in the group; what has come for it by then comes after that.
  void start() {
    serial.execute(() -> {
      List<Event> came = early;
      early = null;
      run(now -> {
        participant.start(now);
        if (!state().isServing()) {
          restore.wake();
        }
      });
      if (came != null) {
        came.forEach(this::run);
      }
    });
  }

  /// Puts the beginning of a new replica into the log, in front of all that it will append. The
  /// store has it already.
  void begin() {
    ReplicaState.Membership membership = state().membership();
    records.append(new AcceptorRecord.Based(membership.base(), membership.configuration()), 0);
    foreignAppends = 1;
  }

  /// The replication group's number.
  public long group() {
    return group;
  }

  /// Applied slot and counters, as of now.
  public ReplicaState state() {
    return applier.state();
  }

  /// Who leads the group, as far as this replica knows; 0 for nobody.
  public long leader() {
    return participant.leaderNode();
  }

  /// The newest chosen configuration that this replica knows. Any thread.
  public Configuration configuration() {
    return configuration;
  }

  /// What every node is told when this replica leads. Any thread.
  NodeMessage.Leads announcement() {
    Lease lease = participant.lease();
    long generation = lease == null ? 0 : lease.ballot().round();
    return new NodeMessage.Leads(group, node.self(), generation, configuration);
  }

  /// Ends this replica's part in the group, in order.
  ///
  /// @return completes when it answers nothing any more, with the newest ballot that it promised
  CompletableFuture<Ballot> end() {
    return CompletableFuture.supplyAsync(
        () -> {
          participant.resign(now());
          fail("the replica is closed");
          return participant.ballot();
        },
        serial);
  }

  /// The node is about to stop: from now on this replica is no candidate, and if it leads, it hands
  /// that over to the given member while it goes on to serve.
  void retire(long successor) {
    step(now -> {
      retires = true;
      participant.transfer(successor, now);
      participant.able(mayLead(), log.hasRoom(), now);
    });
  }

  /// Whether it does no harm that this replica leads: one that retires leads until it has handed
  /// over.
  private boolean mayLead() {
    return able && (!retires || participant.leads());
  }

  /// Hands leadership over to that member, if this replica leads and the member has everything
  /// within a lease; else nothing changes.
  public void transfer(long to) {
    step(now -> participant.transfer(to, now));
  }

  /// Whether this replica answers for its group at this moment.
  public boolean serves() {
    return lease() != null;
  }

  Participant participant() {
    return participant;
  }

  LogGroup log() {
    return log;
  }

  long delivered() {
    return delivered;
  }

  // Requests.

  /// Evaluates the write on the newest state, has it agreed on, applies it, answers.
  ///
  /// @param until when it is answered at the latest, its outcome unknown; on the node's monotonic
  ///   clock, kept to about [Ticker#TICK]
  /// @param done called exactly once, on any thread
  public void write(ItemWrite write, long until, Consumer<WriteOutcome> done) {
    serial.execute(() -> writes.evaluate(write, new Writes.Waiting(done, until), false));
  }

  /// The same of any change.
  public void change(Request.Change change, long until, Consumer<WriteOutcome> done) {
    serial.execute(() -> writes.change(change, new Writes.Waiting(done, until)));
  }

  /// Looks at several items at one moment; this replica has to lead.
  ///
  /// @param done called exactly once, on any thread
  public void read(Request.Together request, Consumer<TogetherOutcome> done) {
    serial.execute(() -> groupReads.answer(request, done));
  }

  /// What transactions have left here up to that time, µs since 1970, as far as it is applied.
  ///
  /// @param done called exactly once, on any thread
  public void unsettled(long micros, Consumer<List<Unsettled>> done) {
    Executor executor = applier.hasUnsettled() ? serial : Runnable::run;
    executor.execute(() -> done.accept(applier.unsettled(micros)));
  }

  /// Refuses writes of items while what follows this partition lags too far behind; null ends it.
  /// Any thread.
  public void overload(@Nullable ApiException refusal) {
    writes.overload(refusal);
  }

  /// What this partition does with changes, as far as this replica has applied. Any thread.
  public PartitionSchema schema() {
    return applier.schema();
  }

  /// The applied change records behind a position; see [ChangeRecords]. Blocks on the disk.
  public List<ChangeRecord> changes(ChangePosition after, int recordsMax, long bytesMax)
      throws IOException {
    return ChangeRecords.after(store, group, after, recordsMax, bytesMax);
  }

  /// Deletes all that the partition holds, as an entry like any other.
  ///
  /// @param until as above
  public void empty(long until, Consumer<WriteOutcome> done) {
    serial.execute(() -> writes.empty(new Writes.Waiting(done, until)));
  }

  /// Reads an item's applied state.
  ///
  /// @param key the stored key
  /// @param consistent whether no acknowledged write may be missing: then this replica has to lead
  /// @param done called exactly once, on the calling thread when the item is in memory
  public void read(byte[] key, boolean consistent, Consumer<ReadOutcome> done) {
    Lease lease = consistent ? lease() : null;
    if (consistent ? lease == null : !state().isServing()) {
      done.accept(new ReadOutcome.NotLeader(hint()));
      return;
    }
    switch (store.lookup(key)) {
      case Lookup.Found found ->
          done.accept(checked(new ReadOutcome.Item(BinaryItem.wrap(found.value())), lease));
      case Lookup.Absent _ -> done.accept(checked(new ReadOutcome.Item(null), lease));
      case Lookup.OnDisk _ ->
          environment.tasks().reads().execute(() -> done.accept(checked(get(key), lease)));
    }
  }

  /// Reads a page that is in memory and not a large one. Never blocks.
  ///
  /// @return null when it is not, or this replica may not answer: the other way to read a page
  ///   tells
  public @Nullable Page readMemory(PageRead read, boolean consistent) {
    Lease lease = consistent ? lease() : null;
    if (consistent ? lease == null : !state().isServing()) {
      return null;
    }
    try {
      Page page = PageReader.readMemory(store, read);
      return holds(lease) ? page : null;
    } catch (IOException e) {
      // Not swallowed: the other way meets it again and reports it.
      return null;
    }
  }

  /// Reads a page; blocks on the disk.
  public PageOutcome read(PageRead read, boolean consistent) {
    Lease lease = consistent ? lease() : null;
    if (consistent ? lease == null : !state().isServing()) {
      return new PageOutcome.NotLeader(hint());
    }
    try {
      PageOutcome page = new PageOutcome.Read(PageReader.read(store, read));
      return holds(lease) ? page : new PageOutcome.NotLeader(hint());
    } catch (IOException e) {
      return new PageOutcome.Failed(String.valueOf(e.getMessage()));
    }
  }

  /// The lease has to hold before a read and after it: in between this process may have slept.
  private ReadOutcome checked(ReadOutcome outcome, @Nullable Lease lease) {
    return holds(lease) ? outcome : new ReadOutcome.NotLeader(hint());
  }

  boolean holds(@Nullable Lease lease) {
    return lease == null || lease.holds(environment.clock().monotonicNanos());
  }

  /// The right to answer alone, if this replica has it now.
  @Nullable Lease lease() {
    Lease lease = participant.lease();
    return lease != null
            && state().appliedSlot() >= lease.readySlot()
            && lease.holds(environment.clock().monotonicNanos())
        ? lease
        : null;
  }

  long hint() {
    long leader = participant.leaderNode();
    return leader == node.self() ? 0 : leader;
  }

  ReadOutcome get(byte[] key) {
    try {
      byte[] value = store.get(key);
      return new ReadOutcome.Item(value == null ? null : BinaryItem.wrap(value));
    } catch (IOException e) {
      return new ReadOutcome.Failed(String.valueOf(e.getMessage()));
    }
  }

  // Events of the protocol.

  /// What happens at a time.
  interface Event {
    void at(long now);
  }

  /// Runs an event in the serial executor, then does what follows from it.
  void step(Event event) {
    serial.execute(() -> {
      if (early == null) {
        run(event);
      } else {
        early.add(event);
      }
    });
  }

  private void run(Event event) {
    if (failed == null) {
      long now = now();
      event.at(now);
      settle(now);
    }
  }

  private long now() {
    return environment.clock().monotonicNanos();
  }

  void receive(long from, Message message) {
    step(now -> {
      participant.receive(from, message, now);
      if (message instanceof Message.Prepare || message instanceof Message.Hears) {
        tellStranger(from);
      }
    });
  }

  /// A node that is no member any more may not have heard of it. It will forget what it has: so it
  /// is told only when the members do without it.
  private void tellStranger(long from) {
    Configuration configuration = participant.configuration();
    if (!configuration.contains(from) && participant.isSettled()) {
      node.messenger().send(from, new NodeMessage.NotMember(group, configuration));
    }
  }

  @Override
  public void durable(long sequence) {
    step(now -> {
      if (sequence > foreignAppends) {
        participant.durable(sequence - foreignAppends, now);
      }
    });
  }

  @Override
  public void failed(IOException reason) {
    serial.execute(() -> fail("the log failed: " + reason.getMessage()));
  }

  /// Ends this replica's part: it neither votes nor answers any more.
  void fail(String reason) {
    if (failed == null) {
      // The only member of a group goes on to serve reads: nobody else can.
      if (configuration.members().size() > 1) {
        participant.resign(now());
      }
      failed = reason;
      applying.end();
      applier.end(reason);
    }
  }

  /// Applies what was chosen, and is looked at again while there is more to do.
  void settle(long now) {
    applying.apply();
    if (isBusy(now)) {
      node.watch(this);
    }
  }

  private boolean isBusy(long now) {
    return participant.isBusy(now) || restore.isUnderWay() || !able || applier.hasAwaitedOrphans();
  }

  /// Time has passed.
  void tick() {
    step(now -> {
      able = log.hasRoom() && applying.problem() == null;
      participant.able(mayLead(), log.hasRoom(), now);
      participant.tick(now);
      applier.expire(now);
    });
  }

  /// Bytes that have come, in this life, to rebuild what the replica holds.
  public long restoredBytes() {
    return restore.fetchedBytes();
  }

  Restore restore() {
    return restore;
  }

  boolean hasFailed() {
    return failed != null;
  }

  /// Why nothing is written here for now, or for good; null when nothing stands in the way.
  @Nullable String problem() {
    return failed != null ? failed : applying.problem();
  }

  /// For people who look for what is wrong.
  @Override
  public String toString() {
    ReplicaState state = state();
    Ballot promised = participant.ballot();
    return "group "
        + group
        + " on node "
        + NodeIdentity.text(node.self())
        + ": "
        + state.phase()
        + ", applied "
        + state.appliedSlot()
        + ", delivered "
        + delivered
        + ", leader "
        + NodeIdentity.text(leader())
        + ", promised "
        + promised.round()
        + " of "
        + NodeIdentity.text(promised.node())
        + ", "
        + configuration
        + (restore.isAwaited() ? ", waits for room in the store" : "")
        + (problem() == null ? "" : ", " + problem());
  }

  /// How far the store has come, for checkpoints.
  StoreProgress progress() {
    return progress;
  }

  Executor serial() {
    return serial;
  }

  ItemStore store() {
    return store;
  }

  Applier applier() {
    return applier;
  }

  /// What the protocol wants done.
  private final class Work implements Effects {
    @Override
    public void send(long to, Message message) {
      node.messenger().send(to, new NodeMessage.Protocol(group, message));
    }

    @Override
    public void append(AcceptorRecord record) {
      progress.appended();
      records.append(record, delivered + 1);
    }

    @Override
    public void choose(Entry entry) {
      delivered = entry.slot();
      configuration = participant.configuration();
      if (restore.isAwaited()) {
        return;
      }
      if (state().isServing()) {
        applier.choose(entry);
      } else {
        restore.wake();
      }
    }

    @Override
    public void based(long slot, Configuration configuration) {
      delivered = slot;
      applier.abandon("the replica fell behind");
      applier.takeChosen();
      restore.begin(slot, configuration, participant.ballot());
    }

    @Override
    public void fetch(Fetch purpose, long from, long to) {
      LogFetch.start(StorageReplica.this, node, purpose, from, to);
    }

    @Override
    public void changed() {
      configuration = participant.configuration();
      if (ledBefore && !participant.leads()) {
        applier.orphan();
        List<Proposal> orphans = applier.orphans();
        environment
            .tasks()
            .after(
                ORPHAN_LIFE,
                () ->
                    serial.execute(
                        () -> applier.abandon(orphans, "leadership moved before it was decided")));
      }
      boolean leads = participant.leads();
      if (leads && participant.lease() != null) {
        node.announce(StorageReplica.this);
      }
      ledBefore = leads;
      node.watch().changed(StorageReplica.this);
    }
  }
}
