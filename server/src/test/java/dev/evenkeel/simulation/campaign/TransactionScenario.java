package dev.evenkeel.simulation.campaign;

import dev.evenkeel.simulation.Simulator;
import dev.evenkeel.simulation.ZonedNode;
import dev.evenkeel.simulation.ZonedRegion;
import dev.evenkeel.simulation.invariant.Histories;
import dev.evenkeel.simulation.invariant.TransactionsEnd;
import dev.evenkeel.simulation.workload.Bank;
import dev.evenkeel.simulation.workload.Counters;
import dev.evenkeel.simulation.workload.Session;
import dev.evenkeel.simulation.workload.TransactedLists;
import dev.evenkeel.simulation.workload.Workload;
import dev.evenkeel.telemetry.Telemetry;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.random.RandomGenerator;

/// One run of a region of three nodes whose clients move money and append to lists by transactions,
/// while coordinators and leaders die.
final class TransactionScenario {
  private static final long MILLI = 1_000_000;
  private static final long SECOND = 1_000 * MILLI;
  private static final int QUIET_ONE_IN = 10;
  private static final long PATIENCE_NANOS = 40 * SECOND;

  private final Simulator simulator;
  private final RandomGenerator random;
  private final RegionFaults faults;
  private final boolean quiet;
  private final ZonedRegion region;
  private final Session session;
  private final Histories histories;
  private final Bank bank;
  private final TransactedLists lists;
  private String stage = "start";

  /// Names of the faults that strike.
  private Set<String> begun = Set.of();

  /// @param answers to clients
  /// @param totals of the bank that were read
  record Result(long traceHash, long answers, int totals) {}

  private TransactionScenario(long seed, RegionFaults faults, Telemetry telemetry) {
    this.faults = faults;
    this.simulator = new Simulator(seed);
    this.random = simulator.stream("scenario");
    this.quiet = faults.areDrawn() && Math.floorMod(seed, QUIET_ONE_IN) == 0;
    this.region = new ZonedRegion(simulator, 3, ZonedRegion.LOG, telemetry);
    this.histories = new Histories(region);
    this.session = new Session(region, histories, 1_000, quiet);
    this.bank = new Bank(session, 2 + random.nextInt(2));
    this.lists = new TransactedLists(session, 2 + random.nextInt(2));
  }

  /// Runs the scenario of that seed, with the faults that it draws.
  ///
  /// @throws FailedRun when something does not hold; its message says how to repeat it
  static Result run(long seed, Telemetry telemetry) {
    return run(seed, RegionFaults.DRAWN, telemetry);
  }

  /// The same with certain faults.
  static Result run(long seed, RegionFaults faults, Telemetry telemetry) {
    TransactionScenario scenario = new TransactionScenario(seed, faults, telemetry);
    try {
      return scenario.run();
    } catch (AssertionError e) {
      throw new FailedRun(
          "transactions of seed %d, after %d steps, at %s: %s%nrepeat with: make simulate TRANSACTION_SEED=%d%s%nbefore:%n%s"
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
    await("all nodes serve", region::serves);
    List<String> tables = new ArrayList<>(List.of(Session.TABLE));
    for (int i = 0; i < Bank.TABLES; i++) {
      tables.add(Bank.table(i));
    }
    tables.forEach(this::create);
    bank.openAccounts();
    await("the accounts are open", bank::isOpen);
    List<Workload> workloads = List.of(bank, lists, new Counters(session, 1));
    workloads.forEach(Workload::start);
    stage = "faults";
    if (!quiet) {
      begun = faults.begin(region, random);
    }
    long until = simulator.nowNanos() + 2 * SECOND + random.nextLong(4 * SECOND);
    simulator.runUntil(() -> simulator.nowNanos() >= until, 20 * SECOND);
    region.heal();
    await("all nodes serve again", region::serves);
    session.stop();
    await("requests end", () -> region.inFlight() == 0);
    TransactionsEnd end = new TransactionsEnd(region);
    await("no transaction is left unfinished", end::isSettled);
    bank.audit();
    lists.audit();
    await("the bank is audited", bank::isAudited);
    await("the lists are audited", lists::isAudited);
    stage = "order";
    workloads.forEach(Workload::finish);
    histories.checkAll();
    return new Result(simulator.traceHash(), session.answers(), bank.totals());
  }

  private void create(String table) {
    boolean[] created = new boolean[1];
    ZonedNode first = region.nodes().iterator().next();
    region.call(first, "CreateTable", Session.creation(table), _ -> created[0] = true);
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
            simulator.after(MILLI, "look again", () -> awaitActive(node, table, active));
          }
        });
  }

  private void await(String what, BooleanSupplier condition) {
    stage = what;
    simulator.runUntil(condition, PATIENCE_NANOS);
  }
}
