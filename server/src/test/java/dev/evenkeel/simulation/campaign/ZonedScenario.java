package dev.evenkeel.simulation.campaign;

import dev.evenkeel.simulation.Simulator;
import dev.evenkeel.simulation.ZonedNode;
import dev.evenkeel.simulation.ZonedRegion;
import dev.evenkeel.simulation.invariant.Histories;
import dev.evenkeel.simulation.invariant.IndexesMatch;
import dev.evenkeel.simulation.invariant.OneLeaseHolder;
import dev.evenkeel.simulation.invariant.ReplicasAgree;
import dev.evenkeel.simulation.invariant.ReplicasGoForward;
import dev.evenkeel.simulation.workload.Counters;
import dev.evenkeel.simulation.workload.EventualReads;
import dev.evenkeel.simulation.workload.Expiring;
import dev.evenkeel.simulation.workload.IndexedItems;
import dev.evenkeel.simulation.workload.Lists;
import dev.evenkeel.simulation.workload.Registers;
import dev.evenkeel.simulation.workload.Scans;
import dev.evenkeel.simulation.workload.Session;
import dev.evenkeel.simulation.workload.StreamFollower;
import dev.evenkeel.simulation.workload.Workload;
import dev.evenkeel.telemetry.Telemetry;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// One run of a region of several nodes: what its seed draws, from the first start to the last
/// check.
final class ZonedScenario {
  private static final long MILLI = 1_000_000;
  private static final long SECOND = 1_000 * MILLI;

  /// Every so many seeds nothing goes wrong, and then nothing may fail.
  private static final int QUIET_ONE_IN = 10;

  /// One seed in so many has a table with global indexes, and less of everything else: what follows
  /// such a table costs a run as much as several clients.
  private static final int INDEXED_ONE_IN = 5;

  private static final int INDEXED_FROM = 3;

  /// How long the region may take to be well again once faults are over.
  private static final long RECOVERY_NANOS_MAX = 30 * SECOND;

  /// How long an index may take to have what its table has once nobody writes.
  private static final long INDEXES_NANOS_MAX = 10 * SECOND;

  /// How long an item that has expired may stay when nothing goes wrong.
  private static final long EXPIRY_NANOS_MAX = 3 * SECOND;

  private static final String EXPIRY =
      "{\"TableName\":\"%s\",\"TimeToLiveSpecification\":{\"Enabled\":true,\"AttributeName\":\"%s\"}}"
          .formatted(Session.TABLE, Expiring.ATTRIBUTE);
  private static final Pattern LAST_KEY = Pattern.compile("\"LastEvaluatedKey\":(\\{.*?\\}\\})");

  private final Simulator simulator;
  private final RandomGenerator random;
  private final RegionFaults faults;
  private final boolean quiet;
  private final boolean indexed;
  private final ZonedRegion region;
  private final Histories histories;
  private final Session session;
  private final StreamFollower follower;
  private String stage = "start";

  /// Names of the faults that strike.
  private Set<String> begun = Set.of();

  /// What a run came to.
  ///
  /// @param traceHash of everything that happened
  /// @param lives of all nodes
  /// @param answers to clients
  /// @param histories checked
  /// @param virtualNanos how long it took in the simulation
  record Result(
      long traceHash, long steps, int lives, long answers, long histories, long virtualNanos) {}

  private ZonedScenario(long seed, RegionFaults faults, Telemetry telemetry) {
    this.simulator = new Simulator(seed);
    this.random = simulator.stream("scenario");
    this.faults = faults;
    this.quiet = faults.areDrawn() && Math.floorMod(seed, QUIET_ONE_IN) == 0;
    this.indexed = Math.floorMod(seed, INDEXED_ONE_IN) == INDEXED_FROM;
    int padding = random.nextInt(3) == 0 ? 60_000 : 1_000;
    int nodes = random.nextInt(3) == 0 ? 4 + random.nextInt(2) : 3;
    this.region = new ZonedRegion(simulator, nodes, ZonedRegion.LOG, telemetry);
    this.histories = new Histories(region);
    this.session = new Session(region, histories, padding, quiet);
    this.follower = new StreamFollower(session);
  }

  /// The seed of the nth run that has global indexes; the first is 1.
  static long indexed(long number) {
    return INDEXED_FROM + (number - 1) * INDEXED_ONE_IN;
  }

  /// Runs the scenario of that seed, with the faults that it draws.
  ///
  /// @param telemetry counts what happened, over many runs
  /// @throws FailedRun when something does not hold; its message says how to repeat it
  static Result run(long seed, Telemetry telemetry) {
    return run(seed, RegionFaults.DRAWN, telemetry);
  }

  /// The same with certain faults.
  static Result run(long seed, RegionFaults faults, Telemetry telemetry) {
    ZonedScenario scenario = new ZonedScenario(seed, faults, telemetry);
    try {
      return scenario.run();
    } catch (AssertionError e) {
      throw new FailedRun(
          "region of seed %d, after %d steps, at %s: %s%nrepeat with: make simulate REGION_SEED=%d%s%nbefore:%n%s"
              .formatted(
                  seed,
                  scenario.simulator.steps(),
                  scenario.stage,
                  e.getMessage(),
                  seed,
                  faults.arguments(),
                  scenario.simulator.tail()),
          scenario.strikes(),
          e);
    }
  }

  /// What has gone wrong so far.
  private Shrinking.Strikes strikes() {
    return new Shrinking.Strikes(
        begun, Math.min(simulator.nowNanos() / MILLI + 1, faults.untilMillis()));
  }

  private Result run() {
    region.start();
    createTables();
    OneLeaseHolder holder = new OneLeaseHolder(region);
    simulator.afterEachStep(holder::check);
    simulator.afterEachStep(new ReplicasGoForward(region)::check);
    List<Workload> workloads = workloads();
    workloads.forEach(Workload::start);
    follower.start();
    stage = "faults";
    if (!quiet) {
      begun = faults.begin(region, random);
    }
    long end = simulator.nowNanos() + 2 * SECOND + random.nextLong(6 * SECOND);
    simulator.runUntil(() -> simulator.nowNanos() >= end, 20 * SECOND);
    heal(workloads);
    return new Result(
        simulator.traceHash(),
        simulator.steps(),
        region.lives(),
        session.answers(),
        histories.checked(),
        simulator.nowNanos());
  }

  private void createTables() {
    await("all nodes serve", region::serves);
    create(Session.TABLE, Session.followedCreation(Session.TABLE));
    boolean[] expires = new boolean[1];
    region.call(first(), "UpdateTimeToLive", EXPIRY, answer -> expires[0] = answer.isOk());
    await("the table's items expire", () -> expires[0]);
    if (indexed) {
      create(IndexedItems.TABLE, IndexedItems.creation());
    }
  }

  private ZonedNode first() {
    return region.nodes().iterator().next();
  }

  private void create(String table, String body) {
    boolean[] created = new boolean[1];
    region.call(first(), "CreateTable", body, _ -> created[0] = true);
    await("table " + table + " is created", () -> created[0]);
    for (ZonedNode node : region.nodes()) {
      boolean[] active = new boolean[1];
      awaitActive(node, table, active);
      await("table " + table + " is active at node " + node.number(), () -> active[0]);
    }
  }

  private void awaitActive(ZonedNode node, String table, boolean[] active) {
    region.call(
        node,
        "DescribeTable",
        "{\"TableName\":\"" + table + "\"}",
        answer -> {
          active[0] = answer.body().contains("\"TableStatus\":\"ACTIVE\"");
          if (!active[0]) {
            awaitActive(node, table, active);
          }
        });
  }

  private List<Workload> workloads() {
    int clients = 1 + random.nextInt(3);
    if (indexed) {
      return List.of(new IndexedItems(session, clients), new Counters(session, 1));
    }
    List<Workload> drawn = new ArrayList<>();
    List<Workload> all =
        List.of(
            new Counters(session, clients),
            new Registers(session, clients),
            new Lists(session, clients),
            new Scans(session, 30),
            new EventualReads(session, region, clients),
            new Expiring(session));
    for (Workload workload : all) {
      if (random.nextInt(3) > 0) {
        drawn.add(workload);
      }
    }
    return drawn.isEmpty() ? all : drawn;
  }

  /// When nothing goes wrong any more the region is whole again, everything comes to its end, and
  /// what is there then is there after a restart of all nodes at once.
  private void heal(List<Workload> workloads) {
    region.heal();
    await("all nodes serve", region::serves);
    long answered = session.answers() + 100;
    await("clients are answered", () -> session.answers() >= answered);
    session.stop();
    await("requests end", () -> region.inFlight() == 0);
    workloads.forEach(Workload::finish);
    ReplicasAgree agreement = new ReplicasAgree(region);
    rest(agreement);
    matchIndexes();
    rest(agreement);
    agreement.check();
    region.nodes().forEach(node -> node.machine().kill());
    await("all nodes serve again", region::serves);
    rest(agreement);
    matchIndexes();
    agreement.check();
    checkStream();
    histories.checkAll();
  }

  /// The last that expire go, then the stream is followed to its end.
  private void checkStream() {
    long expired = simulator.nowNanos() + EXPIRY_NANOS_MAX;
    await("what has expired goes", () -> simulator.nowNanos() >= expired);
    boolean[] drained = new boolean[1];
    follower.drain(() -> drained[0] = true);
    await("the stream is followed to its end", () -> drained[0]);
    Set<String> items = new HashSet<>();
    boolean[] scanned = new boolean[1];
    scan("", items, () -> scanned[0] = true);
    await("the table is scanned", () -> scanned[0]);
    stage = "comparing the stream with the table";
    follower.check(items);
  }

  private void scan(String from, Set<String> items, Runnable done) {
    String body = "{\"TableName\":\"%s\",\"ConsistentRead\":true%s}".formatted(Session.TABLE, from);
    region.call(
        "Scan",
        body,
        answer -> {
          if (!answer.isOk()) {
            scan(from, items, done);
            return;
          }
          items.addAll(StreamFollower.objects(answer.body()));
          Matcher next = LAST_KEY.matcher(answer.body());
          if (next.find()) {
            scan(",\"ExclusiveStartKey\":" + next.group(1), items, done);
          } else {
            done.run();
          }
        });
  }

  private void rest(ReplicasAgree agreement) {
    await("rest", agreement::problem, RECOVERY_NANOS_MAX);
  }

  private void matchIndexes() {
    if (indexed) {
      IndexesMatch indexes = new IndexesMatch(region);
      await("indexes", indexes::problem, INDEXES_NANOS_MAX);
      region.hit("simulation.indexes-compared");
    }
  }

  /// Looks every now and then whether there is no problem any more.
  private void await(String what, Supplier<String> problem, long nanosMax) {
    stage = what;
    long[] next = new long[1];
    try {
      simulator.runUntil(
          () -> {
            if (simulator.nowNanos() < next[0]) {
              return false;
            }
            next[0] = simulator.nowNanos() + 10 * MILLI;
            return problem.get().isEmpty();
          },
          nanosMax);
    } catch (AssertionError e) {
      throw new AssertionError(e.getMessage() + ": " + problem.get(), e);
    }
  }

  private void await(String what, BooleanSupplier condition) {
    stage = what;
    simulator.runUntil(condition, RECOVERY_NANOS_MAX);
  }
}
