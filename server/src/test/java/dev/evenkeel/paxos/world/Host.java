package dev.evenkeel.paxos.world;

import dev.evenkeel.paxos.AcceptorRecord;
import dev.evenkeel.paxos.Configuration;
import dev.evenkeel.paxos.Effects;
import dev.evenkeel.paxos.Entry;
import dev.evenkeel.paxos.Message;
import dev.evenkeel.paxos.MessageFormat;
import dev.evenkeel.paxos.Participant;
import dev.evenkeel.paxos.Recovered;
import dev.evenkeel.paxos.Value;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.random.RandomGenerator;

/// What surrounds one participant: its log, its store, its clients' proposals.
final class Host implements Effects {
  private static final int FETCHED_MAX = 4;
  private static final long FETCH_NANOS = 3_000_000;

  final NodeProcess process;
  final long group;
  final NodeDisk.Group disk;
  final Participant participant;

  /// Commands that clients of this life proposed, by slot.
  final Map<Long, Value> proposed = new TreeMap<>();

  private final RandomGenerator random;
  private final Truth truth;

  private long appended;
  private long durable;
  private boolean isFetchingState;

  /// Whether the participant was busy after its last event: only then does it hear that time
  /// passes.
  private boolean isWatched;

  Host(NodeProcess process, long group) {
    this.process = process;
    this.group = group;
    this.disk = process.machine.disk.group(group);
    this.truth = process.world.truth;
    this.random = process.world.stream(Machine.place(process.identity));
    Recovered recovered = recovered();
    truth.recovered(process.identity, group, recovered);
    this.participant =
        new Participant(
            new Participant.Identity(group, process.identity),
            recovered,
            process.world.options,
            process.support,
            new Participant.Outside(this, random, process.world.coverage::add));
  }

  void start() {
    participant.start(process.now());
    settle();
  }

  /// An event is over.
  void settle() {
    isWatched |= participant.isBusy(process.now());
  }

  private Recovered recovered() {
    LogImage log = disk.durable;
    Store.State state = disk.store.state();
    boolean restoring = state.applied() < log.truncated;
    long applied = restoring ? log.truncated : state.applied();
    long slot = restoring ? log.configurationSlot : state.configurationSlot();
    List<Entry> accepted = new ArrayList<>(log.entries.tailMap(applied, false).values());
    Entry newest = log.entries.get(applied);
    boolean isSame = newest != null && newest.ballot().equals(state.ballot());
    if (applied > log.truncated && log.chosen < applied && !isSame) {
      // The store may have been durable before the log: what the log holds need not be what was
      // chosen.
      log.release(applied, slot, state.configuration());
      disk.written = log.copy();
    }
    return new Recovered(
        log.promised,
        applied,
        slot,
        restoring ? log.configuration : state.configuration(),
        Math.max(applied, log.chosen),
        accepted,
        log.truncated,
        restoring || state.applied() < 0);
  }

  // Effects.

  @Override
  public void send(long node, Message message) {
    truth.sends(this, message);
    process.world.nemesis.sees(this, node, message);
    byte[] bytes = MessageFormat.encode(message);
    process.world.wire.send(
        process.machine,
        node,
        Arrays.hashCode(bytes),
        to -> to.receive(group, process.identity, decode(bytes)));
  }

  private static Message decode(byte[] bytes) {
    try {
      return MessageFormat.decode(bytes);
    } catch (IOException e) {
      throw new AssertionError("a message cannot be read", e);
    }
  }

  @Override
  public void append(AcceptorRecord record) {
    appended++;
    process.machine.disk.append(group, record);
    truth.appends(this, record);
  }

  @Override
  public void choose(Entry entry) {
    truth.chooses(this, entry);
    Value mine = proposed.remove(entry.slot());
    if (mine != null && mine.equals(entry.value())) {
      truth.acknowledged(group, entry.slot());
    }
    apply(entry);
  }

  private void apply(Entry entry) {
    if (!isVoid() && entry.slot() == disk.store.state().applied() + 1) {
      disk.store.apply(entry);
      truth.applied(group, disk.store.state());
    }
  }

  @Override
  public void based(long slot, Configuration configuration) {
    truth.based(this, slot, configuration);
  }

  @Override
  public void fetch(Fetch purpose, long from, long to) {
    process.later(
        FETCH_NANOS,
        () -> {
          if (isClosed()) {
            return;
          }
          List<Entry> found = read(from, to);
          participant.fetched(purpose, found.isEmpty() ? null : found, process.now());
          settle();
        });
  }

  /// Whether the replica was removed since; another may have been opened in its place.
  private boolean isClosed() {
    return process.hosts.get(group) != this;
  }

  /// Entries without gaps, a few at a time.
  private List<Entry> read(long from, long to) {
    List<Entry> found = new ArrayList<>();
    for (long slot = from; slot < to && found.size() < FETCHED_MAX; slot++) {
      Entry entry = disk.written.entries.get(slot);
      if (entry == null) {
        break;
      }
      found.add(entry);
    }
    return found;
  }

  @Override
  public void changed() {}

  // The log and the store.

  void synced(int count) {
    durable += count;
    truth.durable(this);
    participant.durable(durable, process.now());
    settle();
  }

  boolean isVoid() {
    return disk.store.state().applied() < disk.written.truncated
        || disk.store.state().applied() < 0;
  }

  /// @param lapsed whether this node's support for the owner of the ballot has lapsed
  void tick(boolean lapsed, long now) {
    if (isWatched || lapsed) {
      isWatched = false;
      participant.tick(now);
      settle();
    }
    if (participant.isRestoring()) {
      if (disk.wantsStore || participant.configuration().isStorage(process.identity)) {
        restore();
      }
    } else if (random.nextInt(10) == 0) {
      flush();
    }
    if (process.world.truncates && random.nextInt(10) == 0) {
      release();
    }
  }

  private void flush() {
    disk.store.flush();
    truth.flushed(this);
    participant.stored(disk.store.durable().applied());
    settle();
  }

  /// The log forgets what the store holds durably, or for a log replica what all stores do.
  private void release() {
    boolean hasStore = participant.configuration().isStorage(process.identity);
    long stored = disk.store.durable().applied();
    long everywhere = participant.storedEverywhere();
    long slot = hasStore ? stored : isVoid() ? everywhere : Math.min(everywhere, stored);
    long until = Math.min(slot, disk.durable.chosen) - random.nextInt(12);
    if (until > disk.durable.truncated && disk.durable.entries.containsKey(until)) {
      disk.durable.release(until);
      disk.written.release(until);
      participant.truncate(until);
      truth.released(this, until);
    }
  }

  /// A copy of another replica's state, and the log behind it.
  private void restore() {
    if (!isVoid()) {
      replay();
    } else if (!isFetchingState && random.nextInt(4) == 0) {
      isFetchingState = true;
      process.later(20_000_000, this::install);
    }
  }

  private void install() {
    isFetchingState = false;
    Machine[] machines = process.world.machines;
    NodeProcess source = machines[random.nextInt(machines.length)].process;
    Host host = source == null || source == process ? null : source.hosts.get(group);
    if (isClosed() || host == null || host.participant.isRestoring() || host.process.isPaused()) {
      return;
    }
    Store.State state = host.disk.store.state();
    if (participant.isRestoring() && state.applied() >= disk.written.truncated) {
      disk.store.install(state);
      truth.applied(group, state);
      truth.flushed(this);
    }
  }

  private void replay() {
    for (Entry entry : disk.written.entries.tailMap(disk.store.state().applied(), false).values()) {
      if (entry.slot() > participant.chosen()) {
        break;
      }
      apply(entry);
    }
    if (disk.store.state().applied() >= participant.chosen()) {
      participant.restored();
      settle();
    }
  }

  long durableCount() {
    return durable;
  }

  long appendedCount() {
    return appended;
  }
}
