package dev.evenkeel.paxos.world;

import static dev.evenkeel.paxos.world.Truth.require;

import dev.evenkeel.paxos.AcceptorRecord;
import dev.evenkeel.paxos.Ballot;
import dev.evenkeel.paxos.Configuration;
import dev.evenkeel.paxos.Entry;
import dev.evenkeel.paxos.Member;
import dev.evenkeel.paxos.Message;
import dev.evenkeel.paxos.Participant;
import dev.evenkeel.paxos.Recovered;
import dev.evenkeel.paxos.Value;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;

/// One group's history, and what it forbids.
final class GroupTruth {
  private final World world;
  private final long number;

  /// The same story, held against the specification.
  final GroupTrace trace;

  /// What was chosen, from slot 1 on, and the hash of the state behind each slot.
  private final List<Value> chosen = new ArrayList<>();

  private final List<Long> hashes = new ArrayList<>(List.of(0L));
  private final TreeMap<Long, Configuration> configurations = new TreeMap<>();
  private final Set<Value> commands = new HashSet<>();
  private long acknowledged;

  /// The highest ballot that a node has told somebody of, as promised or accepted.
  private final Map<Long, Ballot> told = new HashMap<>();

  /// What a node acknowledged last.
  private final Map<Long, Acknowledged> acknowledgements = new HashMap<>();

  private record Acknowledged(Ballot ballot, long upTo) {
    static final Acknowledged NOTHING = new Acknowledged(Ballot.NONE, 0);
  }

  GroupTruth(World world, long number, Configuration first) {
    this.world = world;
    this.number = number;
    this.trace = new GroupTrace(world, this, first);
    configurations.put(0L, first);
  }

  long number() {
    return number;
  }

  long last() {
    return chosen.size();
  }

  /// The newest slot whose proposer was told that it is chosen: a read that begins now must see it.
  long acknowledged() {
    return acknowledged;
  }

  Value chosen(long slot) {
    return chosen.get((int) slot - 1);
  }

  long hash(long slot) {
    return hashes.get((int) slot);
  }

  Configuration newest() {
    return configurations.lastEntry().getValue();
  }

  long newestSlot() {
    return configurations.lastKey();
  }

  /// The configuration in force at a slot.
  private Configuration at(long slot) {
    return configurations.lowerEntry(slot).getValue();
  }

  private String where(Host host) {
    return "group "
        + number
        + ", node "
        + Long.toHexString(host.process.identity)
        + " in ballot "
        + host.participant.ballot();
  }

  // What is told.

  void promises(Host host, Message.Promise promise) {
    tells(host, promise.ballot());
    long last = promise.accepted().isEmpty() ? 0 : promise.accepted().getLast().slot();
    LogImage log = host.disk.durable;
    require(
        !promise.last()
            || log.entries.isEmpty()
            || log.entries.lastKey() <= Math.max(last, promise.from() - 1)
            || log.entries.lastKey() <= promise.truncated(),
        () -> where(host) + " keeps what it accepted to itself: " + promise);
  }

  void accepts(Host host, Message.Accepted accepted) {
    tells(host, accepted.ballot());
    LogImage log = host.disk.durable;
    require(
        accepted.stored() <= Math.max(0, host.disk.store.durable().applied()),
        () -> where(host) + " claims to have stored up to slot " + accepted.stored());
    // What it acknowledged before in this ballot is durable, and no record of the ballot changes
    // it.
    Acknowledged before =
        acknowledgements.getOrDefault(host.process.identity, Acknowledged.NOTHING);
    long checked = before.ballot.equals(accepted.ballot()) ? before.upTo : 0;
    acknowledgements.put(
        host.process.identity,
        new Acknowledged(accepted.ballot(), Math.max(checked, accepted.upTo())));
    for (long slot = Math.max(log.truncated, checked) + 1; slot <= accepted.upTo(); slot++) {
      Entry entry = log.entries.get(slot);
      long at = slot;
      boolean isStored = slot <= host.disk.store.durable().applied();
      require(
          isStored || entry != null,
          () -> where(host) + " acknowledges slot " + at + ", which is not durable");
      require(
          entry == null || entry.ballot().equals(accepted.ballot()) || isChosen(at, entry.value()),
          () -> where(host) + " acknowledges " + entry + ", accepted in another ballot");
    }
  }

  private boolean isChosen(long slot, Value value) {
    return slot <= last() && chosen.get((int) slot - 1).equals(value);
  }

  private void tells(Host host, Ballot ballot) {
    Ballot before = told.getOrDefault(host.process.identity, Ballot.NONE);
    require(
        ballot.compareTo(before) >= 0,
        () -> where(host) + " tells of " + ballot + " after " + before);
    require(
        host.disk.durable.promised.compareTo(ballot) >= 0,
        () -> where(host) + " tells of " + ballot + ", which is not durable");
    told.put(host.process.identity, ballot);
  }

  void recovered(long identity, Recovered recovered) {
    Ballot before = told.getOrDefault(identity, Ballot.NONE);
    require(
        recovered.promised().compareTo(before) >= 0, () -> "the world lost a promise of " + before);
  }

  void appends(Host host, AcceptorRecord record) {
    if (record instanceof AcceptorRecord.Accepted(var entry, var known)) {
      require(known < entry.slot(), () -> where(host) + " accepts what is chosen: " + entry);
      Entry former = host.disk.durable.entries.get(entry.slot());
      require(
          former == null
              || !former.ballot().equals(entry.ballot())
              || former.value().equals(entry.value()),
          () -> where(host) + " accepts two values in a slot: " + former + ", " + entry);
      require(
          entry.slot() > last()
              || entry.ballot().compareTo(ballotOfChoice(entry.slot())) < 0
              || isChosen(entry.slot(), entry.value()),
          () ->
              where(host)
                  + " accepts "
                  + entry
                  + " where "
                  + chosen.get((int) entry.slot() - 1)
                  + " was chosen");
    }
  }

  private final List<Ballot> ballots = new ArrayList<>();

  private Ballot ballotOfChoice(long slot) {
    return ballots.get((int) slot - 1);
  }

  void durable(Host host) {
    require(
        host.durableCount() <= host.appendedCount(),
        () -> where(host) + ": more durable than appended");
  }

  // What is chosen.

  void chooses(Host host, Entry entry) {
    if (entry.slot() <= last()) {
      require(
          isChosen(entry.slot(), entry.value()),
          () ->
              where(host)
                  + " takes "
                  + entry
                  + " as chosen, where it was "
                  + chosen.get((int) entry.slot() - 1));
      return;
    }
    require(entry.slot() == last() + 1, () -> where(host) + " leaves slots out before " + entry);
    Configuration inForce = newest();
    require(
        inForce.isQuorum(node -> holds(node, entry)),
        () ->
            where(host)
                + " takes "
                + entry
                + " as chosen, which no quorum of "
                + inForce
                + " has on its disks");
    chosen.add(entry.value());
    ballots.add(entry.ballot());
    hashes.add(Store.hash(hashes.getLast(), entry));
    if (entry.value() instanceof Value.Command) {
      require(commands.add(entry.value()), () -> "chosen twice: " + entry);
    }
    if (entry.value() instanceof Value.Reconfigure(var next)) {
      require(isNext(inForce, next), () -> next + " does not follow " + inForce);
      configurations.put(entry.slot(), next);
    }
  }

  private static boolean isNext(Configuration before, Configuration next) {
    long gone = before.members().stream().filter(m -> !next.contains(m.node())).count();
    long come = next.members().stream().filter(m -> !before.contains(m.node())).count();
    return next.generation() == before.generation() + 1 && gone <= 1 && come <= 1;
  }

  /// Whether that node has the entry durably, or had it on a disk that was lost since.
  private boolean holds(long node, Entry entry) {
    Machine machine = world.machines[Machine.place(node)];
    if (machine.identity() != node) {
      return true;
    }
    NodeDisk.Group disk = machine.disk.groups.get(number);
    if (disk == null) {
      return false;
    }
    Entry its = disk.durable.entries.get(entry.slot());
    return its == null
        ? entry.slot() <= Math.max(disk.durable.truncated, disk.store.durable().applied())
        : its.value().equals(entry.value());
  }

  void acknowledged(long slot) {
    require(slot <= last(), () -> "acknowledged before it is chosen: " + slot);
    acknowledged = Math.max(acknowledged, slot);
  }

  void applied(Store.State state) {
    require(
        state.applied() <= last() && state.hash() == hash(state.applied()),
        () ->
            "group "
                + number
                + ": applied state at slot "
                + state.applied()
                + " is not the chosen prefix");
  }

  void based(long slot, Configuration configuration) {
    require(
        slot <= last() && Objects.equals(at(slot + 1), configuration),
        () -> "group " + number + ": a base at slot " + slot + " with " + configuration);
  }

  /// What a log replica forgets is in every store; what a storage replica forgets is in its own.
  void released(Host host, long slot) {
    Configuration known = host.participant.configuration();
    if (known.isStorage(host.process.identity)) {
      require(
          host.disk.store.durable().applied() >= slot,
          () -> where(host) + " forgets what is not in its store: " + slot);
      return;
    }
    if (known.contains(host.process.identity) && newest().equals(known)) {
      for (Member member : known.members()) {
        Machine machine = world.machines[Machine.place(member.node())];
        boolean isLost = machine.identity() != member.node();
        if (member.kind() == Member.Kind.STORAGE && !isLost) {
          NodeDisk.Group disk = machine.disk.group(number);
          long stored = disk.store.durable().applied();
          require(
              stored >= slot || hasLog(disk.durable, stored + 1, slot),
              () ->
                  where(host)
                      + ", a log replica, forgets up to slot "
                      + slot
                      + ", which "
                      + member
                      + " has stored to "
                      + stored
                      + " only");
        }
      }
    }
  }

  private static boolean hasLog(LogImage log, long from, long to) {
    return log.entries.subMap(from, to + 1).size() == to + 1 - from;
  }

  // After each step.

  void check(Host host) {
    Participant participant = host.participant;
    require(participant.chosen() <= last(), () -> where(host) + " knows too much as chosen");
    long slot = participant.configurationSlot();
    require(
        participant.configuration().equals(configurations.get(slot))
            || participant.configuration().equals(at(slot + 1)),
        () -> where(host) + " is wrong about the configuration at slot " + slot);
    require(
        configurations.floorKey(participant.chosen()) <= slot || !participant.leads(),
        () -> where(host) + " missed a configuration");
    if (participant.leads()) {
      require(
          participant.configuration().isStorage(host.process.identity)
              && !participant.isRestoring(),
          () -> where(host) + " leads and has no store");
    }
    require(
        host.isVoid()
            || host.disk.store.state().applied() >= participant.chosen()
            || participant.isRestoring(),
        () -> where(host) + " has not applied what it delivered");
  }
}
