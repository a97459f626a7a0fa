package dev.evenkeel.paxos.world;

import dev.evenkeel.paxos.Configuration;
import dev.evenkeel.paxos.Member;
import dev.evenkeel.paxos.Message;
import dev.evenkeel.paxos.Options;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/// Some machines, one or two groups over them, clients, an operator, and whatever goes wrong: in
/// one thread, in virtual time, from one seed.
final class World {
  private static final int MACHINES = 5;
  private static final long SYNC_NANOS = 4_000_000;
  private static final long SYNC_NANOS_MAX = 2_000_000_000;
  private static final Duration FAULTY = Duration.ofSeconds(40);
  private static final Duration CALM = Duration.ofSeconds(40);

  /// The usual times, with bounds so small that everything comes in pieces.
  final Options options =
      new Options(
          Options.DEFAULT.lease(),
          Options.DEFAULT.heartbeat(),
          Options.DEFAULT.retransmit(),
          Options.DEFAULT.stagger(),
          Options.DEFAULT.grayPatience(),
          Options.DEFAULT.stall(),
          100,
          3,
          400,
          2_000);

  final long seed;
  final Set<FaultKind> faults;
  final Timeline timeline = new Timeline();
  final Machine[] machines = new Machine[MACHINES];
  final List<Configuration> first = new ArrayList<>();
  final Truth truth;
  final Wire wire;
  final Nemesis nemesis;
  final boolean truncates;

  /// Rare paths that were taken.
  final Set<String> coverage = new TreeSet<>();

  /// Kinds of faults that have struck.
  final Set<FaultKind> struck = EnumSet.noneOf(FaultKind.class);

  /// Nothing goes wrong any more from this time on; what did so for a while is mended when it is
  /// due.
  private final long strikesUntil;

  private final SplittableRandom syncs;

  /// Is told of each message that is delivered, for whoever wants to know why a seed fails.
  @Nullable Consumer<String> observer;

  /// @param faults kinds that may be drawn; which ones are, the seed decides
  World(long seed, Set<FaultKind> faults) {
    this(seed, faults, Long.MAX_VALUE);
  }

  /// @param strikesUntil nothing goes wrong any more from this time on
  World(long seed, Set<FaultKind> faults, long strikesUntil) {
    this.strikesUntil = strikesUntil;
    this.seed = seed;
    this.faults = faults;
    SplittableRandom random = stream(100);
    this.truth = new Truth(this);
    for (int place = 0; place < MACHINES; place++) {
      machines[place] = new Machine(place, random.nextLong(1L << 40) - (1L << 39), truth);
      machines[place].syncNanos = SYNC_NANOS;
    }
    this.syncs = stream(101);
    this.wire = new Wire(timeline, machines, stream(102));
    this.nemesis = new Nemesis(this);
    this.truncates = faults.contains(FaultKind.TRUNCATIONS) && random.nextInt(4) != 0;
    for (int group = 1; group <= 1 + random.nextInt(2); group++) {
      found(group, random);
    }
    for (Machine machine : machines) {
      start(machine);
    }
  }

  boolean mayStrike() {
    return timeline.now() < strikesUntil;
  }

  /// Chance of its own for each purpose, so that one kind of fault less changes little else.
  SplittableRandom stream(long purpose) {
    return new SplittableRandom(seed * 0x9E3779B97F4A7C15L + purpose);
  }

  void observe(long group, long from, long to, Message message) {
    if (observer != null) {
      observer.accept(
          "%,d us group %d: %x -> %x %s"
              .formatted(timeline.now() / 1000, group, from, to, message));
    }
  }

  private void found(long group, RandomGenerator random) {
    List<Member> members = new ArrayList<>();
    int logs = random.nextInt(3) == 0 ? 1 : 0;
    for (int i = 0; i < 3; i++) {
      Machine machine = machines[(int) (group + i) % MACHINES];
      boolean isLog = i < logs;
      members.add(new Member(machine.identity(), isLog ? Member.Kind.LOG : Member.Kind.STORAGE));
    }
    Configuration configuration = Configuration.first(members);
    first.add(configuration);
    truth.begin(configuration);
    for (Member member : members) {
      Machine machine = machines[Machine.place(member.node())];
      if (member.kind() == Member.Kind.STORAGE) {
        machine.found(group, configuration);
      } else {
        machine.join(group, first);
      }
    }
  }

  void start(Machine machine) {
    if (machine.process == null) {
      NodeProcess process = new NodeProcess(this, machine);
      machine.process = process;
      process.start();
      truth.check(process);
    }
  }

  /// What the process had in memory and the disk not yet, is gone.
  void kill(Machine machine, RandomGenerator random) {
    if (machine.process != null) {
      truth.look();
      machine.process = null;
      machine.disk.crash(random);
      truth.crashes(machine.identity());
    }
  }

  long syncNanos(Machine machine) {
    long nanos = (machine.syncNanos / 4 + syncs.nextLong(machine.syncNanos)) * machine.slowness;
    return Math.min(nanos, SYNC_NANOS_MAX);
  }

  /// Runs the whole story.
  ///
  /// @return hash of everything that happened
  long run() {
    Clients clients = new Clients(this);
    Operator operator = new Operator(this);
    nemesis.start();
    clients.start();
    operator.start();
    timeline.runUntil(FAULTY.toNanos());
    nemesis.stop();
    operator.calm();
    Recovery recovery = new Recovery(this, clients);
    if (seed % 2 == 0) {
      recovery.checkQuiet();
    }
    recovery.check(CALM.toNanos());
    truth.groups().forEach(group -> timeline.note(group.hash(group.last())));
    return timeline.hash();
  }
}
