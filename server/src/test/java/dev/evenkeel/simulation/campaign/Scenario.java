package dev.evenkeel.simulation.campaign;

import dev.evenkeel.simulation.Region;
import dev.evenkeel.simulation.Simulator;
import dev.evenkeel.simulation.invariant.AppliedStateStays;
import dev.evenkeel.simulation.invariant.BoundedGrowth;
import dev.evenkeel.simulation.invariant.Histories;
import dev.evenkeel.simulation.invariant.TotalsMatchItems;
import dev.evenkeel.simulation.workload.Counters;
import dev.evenkeel.simulation.workload.Lists;
import dev.evenkeel.simulation.workload.Registers;
import dev.evenkeel.simulation.workload.Scans;
import dev.evenkeel.simulation.workload.Session;
import dev.evenkeel.simulation.workload.Tables;
import dev.evenkeel.simulation.workload.Workload;
import dev.evenkeel.telemetry.Telemetry;
import dev.evenkeel.wal.LogOptions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.random.RandomGenerator;

/// One run: what its seed draws, from the first start of the node to the last check.
final class Scenario {
  private static final long MILLI = 1_000_000;
  private static final long SECOND = 1_000 * MILLI;

  /// Every so many seeds nothing goes wrong, and then nothing may fail.
  private static final int QUIET_ONE_IN = 10;

  private static final int REQUESTS_MAX = 64;

  /// The ids of the system table and of the first table created.
  private static final long[] GROUPS = {1, 2};

  private final Simulator simulator;
  private final RandomGenerator random;
  private final RegionFaults faults;
  private final boolean quiet;
  private final Region region;
  private final Histories histories;
  private final TotalsMatchItems totals;
  private final Session session;

  /// Names of the faults that strike.
  private Set<String> begun = Set.of();

  /// What a run came to.
  ///
  /// @param traceHash of everything that happened
  /// @param lives of the node
  /// @param answers to clients
  /// @param histories checked
  /// @param virtualNanos how long it took in the simulation
  record Result(
      long traceHash, long steps, int lives, long answers, long histories, long virtualNanos) {}

  private Scenario(long seed, RegionFaults faults, Telemetry telemetry) {
    this.faults = faults;
    this.simulator = new Simulator(seed);
    this.random = simulator.stream("scenario");
    this.quiet = faults.areDrawn() && Math.floorMod(seed, QUIET_ONE_IN) == 0;
    int padding = random.nextInt(3) == 0 ? 60_000 : 1_000;
    this.region = new Region(simulator, logOptions(), telemetry);
    this.histories = new Histories(region);
    this.totals = new TotalsMatchItems(region, GROUPS[1]);
    this.session = new Session(region, histories, padding, quiet);
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
    Scenario scenario = new Scenario(seed, faults, telemetry);
    try {
      return scenario.run();
    } catch (AssertionError e) {
      throw new FailedRun(
          "seed %d, after %d steps: %s%nrepeat with: make simulate SEED=%d%s%nbefore:%n%s"
              .formatted(
                  seed,
                  scenario.simulator.steps(),
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

  private static LogOptions logOptions() {
    return new LogOptions(
        "log", 1 << 20, 512 << 10, 256 << 10, 1 << 20, 1 << 20, 2, Duration.ofMillis(100));
  }

  private Result run() {
    region.start();
    createTable();
    AppliedStateStays applied = new AppliedStateStays(region, GROUPS);
    BoundedGrowth growth = new BoundedGrowth(region, REQUESTS_MAX);
    simulator.afterEachStep(applied::check);
    simulator.afterEachStep(growth::check);
    simulator.afterEachStep(totals::check);
    List<Workload> workloads = workloads();
    workloads.forEach(Workload::start);
    if (!quiet) {
      begun = faults.begin(region, random);
    }
    long end = simulator.nowNanos() + SECOND / 2 + random.nextLong(2 * SECOND);
    simulator.runUntil(() -> region.isOver() || simulator.nowNanos() >= end, 10 * SECOND);
    if (!region.isOver()) {
      heal(workloads);
    }
    return new Result(
        simulator.traceHash(),
        simulator.steps(),
        region.node().lives(),
        session.answers(),
        histories.checked(),
        simulator.nowNanos());
  }

  private void createTable() {
    simulator.runUntil(() -> region.node().service() != null, 10 * SECOND);
    boolean[] active = new boolean[1];
    region.call("CreateTable", Session.creation(Session.TABLE), answer -> awaitActive(active));
    simulator.runUntil(() -> active[0], 10 * SECOND);
  }

  private void awaitActive(boolean[] active) {
    region.call(
        "DescribeTable",
        "{\"TableName\":\"" + Session.TABLE + "\"}",
        answer -> {
          active[0] = answer.body().contains("\"TableStatus\":\"ACTIVE\"");
          if (!active[0]) {
            awaitActive(active);
          }
        });
  }

  private List<Workload> workloads() {
    List<Workload> drawn = new ArrayList<>();
    int clients = 1 + random.nextInt(4);
    List<Workload> all =
        List.of(
            new Counters(session, clients),
            new Registers(session, clients),
            new Lists(session, clients),
            new Scans(session, 30),
            new Tables(session, 1 + random.nextInt(30)));
    for (Workload workload : all) {
      if (random.nextInt(3) > 0) {
        drawn.add(workload);
      }
    }
    return drawn.isEmpty() ? all : drawn;
  }

  /// When nothing goes wrong any more everything comes to its end, and what is there then is there
  /// after a restart too.
  private void heal(List<Workload> workloads) {
    region.heal();
    simulator.runUntil(() -> region.isOver() || region.node().service() != null, 60 * SECOND);
    if (region.isOver()) {
      // The log's last batch was damaged, and only now has the node shown what it makes of that.
      return;
    }
    long answered = session.answers() + 100;
    simulator.runUntil(() -> session.answers() >= answered, 60 * SECOND);
    session.stop();
    simulator.runUntil(() -> region.inFlight() == 0 && region.serves(), 60 * SECOND);
    workloads.forEach(Workload::finish);
    totals.checkNow();
    int life = region.node().lives();
    region.restartInOrder();
    simulator.runUntil(
        () -> region.node().lives() > life && region.node().service() != null, 60 * SECOND);
    totals.checkNow();
    histories.checkAll();
  }
}
