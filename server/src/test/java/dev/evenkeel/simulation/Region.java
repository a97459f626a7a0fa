package dev.evenkeel.simulation;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.evenkeel.api.Response;
import dev.evenkeel.model.ApiException;
import dev.evenkeel.node.Database;
import dev.evenkeel.replica.StorageOptions;
import dev.evenkeel.telemetry.Probes;
import dev.evenkeel.telemetry.Telemetry;
import dev.evenkeel.wal.CorruptLogException;
import dev.evenkeel.wal.LogOptions;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;

/// A region of one node under simulation: the whole database behind its operations, clients that
/// call them, and what is allowed to go wrong.
///
/// A node that goes down is started again after a while. One that refuses to start must have had a
/// reason.
public final class Region implements Site {
  private static final long MILLI = 1_000_000;
  private static final long ROUND_TRIP_NANOS_MAX = 400_000;
  private static final long DOWN_NANOS_MAX = 20 * MILLI;
  private static final StorageOptions STORAGE = new StorageOptions(Duration.ofMillis(50), 3);

  private final Simulator simulator;
  private final RandomGenerator random;
  private long strikesUntilNanos = Long.MAX_VALUE;
  private final SimulatedNode<Database> node;
  private final Probes probes;
  private final Markers markers = new Markers(1);
  private final OpenCalls calls = new OpenCalls();
  private final Set<Request> inFlight = new LinkedHashSet<>();
  private final List<Consumer<SimulatedNode<Database>>> beforeStart = new ArrayList<>();
  private final List<Runnable> whenOpened = new ArrayList<>();
  private boolean healing;
  private boolean closing;
  private Damage damage = Damage.NONE;
  private boolean over;

  /// A request that waits for its answer.
  private final class Request {
    private final String operation;
    private final Consumer<Answer> reply;

    Request(String operation, Consumer<Answer> reply) {
      this.operation = operation;
      this.reply = reply;
    }

    void respond(Response response) {
      if (!inFlight.remove(this)) {
        throw new AssertionError(operation + " was answered twice");
      }
      String body = new String(response.body(), 0, response.length(), UTF_8);
      Answer.Kind kind = response.status() == 200 ? Answer.Kind.OK : Answer.Kind.ERROR;
      deliver(new Answer(kind, response.error(), body));
    }

    void deliver(Answer answer) {
      simulator.after(
          random.nextLong(ROUND_TRIP_NANOS_MAX),
          operation + " " + answer.kind(),
          () -> reply.accept(answer));
    }
  }

  /// @param telemetry counts what happened, over many runs
  public Region(Simulator simulator, LogOptions log, Telemetry telemetry) {
    this.simulator = simulator;
    this.random = simulator.stream("region");
    this.probes = telemetry.probes();
    this.node =
        new SimulatedNode<>(
            simulator,
            "node",
            (environment, store) -> {
              try {
                return Database.open(
                    environment,
                    store,
                    new Database.Options("local", () -> "localhost", telemetry, log, STORAGE));
              } catch (ApiException e) {
                throw new IOException(e.getMessage(), e);
              }
            });
    node.disk().observe(bytes -> markers.synced(0, bytes));
    node.whenOpened(this::opened);
    node.whenRefused(this::refused);
    node.whenDown(this::down);
  }

  @Override
  public Simulator simulator() {
    return simulator;
  }

  public SimulatedNode<Database> node() {
    return node;
  }

  @Override
  public Markers markers() {
    return markers;
  }

  @Override
  public void hit(String event) {
    probes.hit(event);
  }

  /// Starts the node for the first time.
  public void start() {
    startNode();
  }

  @Override
  public void call(String operation, String body, Consumer<Answer> reply) {
    Consumer<Answer> open = calls.begin(reply);
    Request request = new Request(operation, open);
    Database database = closing ? null : node.service();
    if (database == null) {
      simulator.after(MILLI, "nobody listens", () -> open.accept(Answer.NEVER_SENT));
      return;
    }
    inFlight.add(request);
    node.run(
        random.nextLong(ROUND_TRIP_NANOS_MAX),
        operation,
        () -> database.dispatcher().dispatch(operation, body.getBytes(UTF_8), request::respond));
  }

  /// Whether the node takes requests.
  public boolean serves() {
    return node.service() != null && !closing;
  }

  /// Calls whose answer has not come back.
  public int inFlight() {
    return calls.count();
  }

  @Override
  public SimulatedNode<Database> victim(RandomGenerator chance) {
    return node;
  }

  @Override
  public List<SimulatedNode<Database>> machines() {
    return List.of(node);
  }

  @Override
  public void strike(String name, long meanNanos, Runnable action) {
    simulator.after(
        random.nextLong(2 * meanNanos),
        name,
        () -> {
          if (!healing && simulator.nowNanos() < strikesUntilNanos) {
            action.run();
            strike(name, meanNanos, action);
          }
        });
  }

  /// No fault strikes from that virtual time on; what one has done to last for a while does.
  public void strikesUntil(long nanos) {
    strikesUntilNanos = nanos;
  }

  /// Whether faults are over.
  public boolean isHealing() {
    return healing;
  }

  /// From now on nothing goes wrong any more, and the node comes up if it is down.
  public void heal() {
    healing = true;
    node.disk().faults().heal();
    node.disk().faults().capacityBytes(Long.MAX_VALUE);
    node.store().heal();
    node.slow(false);
  }

  @Override
  public void beforeStart(Consumer<SimulatedNode<Database>> action) {
    beforeStart.add(action);
  }

  /// Run whenever the node begins to serve.
  public void whenOpened(Runnable action) {
    whenOpened.add(action);
  }

  /// What a node that died had not made durable will never happen once it serves again.
  @Override
  public void whenSettled(Runnable action) {
    whenOpened(action);
  }

  @Override
  public void restartInOrder(SimulatedNode<Database> victim) {
    restartInOrder();
  }

  /// Takes no request any more, waits for those in flight, closes the database in order, and starts
  /// it again.
  public void restartInOrder() {
    Database database = node.service();
    if (database == null || closing) {
      return;
    }
    closing = true;
    closeWhenIdle(database, node.lives());
  }

  private void closeWhenIdle(Database database, int life) {
    if (life != node.lives() || !node.isUp()) {
      return;
    }
    if (inFlight.isEmpty()) {
      node.fork("close", () -> close(database));
    } else {
      simulator.after(MILLI, "wait for requests", () -> closeWhenIdle(database, life));
    }
  }

  private void close(Database database) {
    try {
      database.close();
      hit("simulation.closed-in-order");
    } catch (IOException e) {
      simulator.trace("node", "close failed", 0);
    }
    simulator.after(0, "exit", node::kill);
  }

  /// Damage to the log at rest.
  public enum Damage {
    NONE,
    /// In front of the last batch: the next start has to refuse.
    OLD,
    /// In the last batch, which may look as if it was never finished.
    LAST
  }

  /// Says that the log was damaged. The run ends when the node has shown what it makes of it.
  public void damaged(Damage where) {
    damage = where;
  }

  /// Whether there is nothing more to be learned, since the log was damaged and the node has either
  /// refused it or begun to serve.
  public boolean isOver() {
    return over;
  }

  private void startNode() {
    if (!healing) {
      beforeStart.forEach(action -> action.accept(node));
    }
    node.start();
  }

  private void opened() {
    if (damage == Damage.OLD) {
      throw new AssertionError("the node started with a damaged log");
    }
    over = damage == Damage.LAST;
    if (over) {
      return;
    }
    whenOpened.forEach(Runnable::run);
  }

  private void refused(IOException reason) {
    if (reason instanceof CorruptLogException && damage != Damage.NONE) {
      over = true;
      hit("simulation.damaged-log-refused");
      return;
    }
    if (reason instanceof CorruptLogException || !node.hadTrouble()) {
      throw new AssertionError("the node refuses to start: " + reason.getMessage(), reason);
    }
    hit("simulation.start-refused-for-a-fault");
    node.kill();
  }

  private void down() {
    closing = false;
    List<Request> lost = List.copyOf(inFlight);
    inFlight.clear();
    lost.forEach(request -> request.deliver(Answer.LOST));
    simulator.after(random.nextLong(DOWN_NANOS_MAX), "start", this::startNode);
  }
}
