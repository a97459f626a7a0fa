package dev.evenkeel.simulation;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.evenkeel.api.Response;
import dev.evenkeel.environment.Environment;
import dev.evenkeel.model.ApiException;
import dev.evenkeel.node.Database;
import dev.evenkeel.replica.NodeFile;
import dev.evenkeel.replica.NodeMessage;
import dev.evenkeel.replica.StorageNode;
import dev.evenkeel.rpc.Hello;
import dev.evenkeel.rpc.NetworkMessenger;
import dev.evenkeel.rpc.RpcLimits;
import dev.evenkeel.storage.ItemStore;
import java.io.IOException;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// One node of a region of several: its machine, its process, and the requests that clients have
/// with it.
public final class ZonedNode {
  private static final long MILLI = 1_000_000;
  private static final long ROUND_TRIP_NANOS_MAX = 400_000;

  private final ZonedRegion region;
  private final int number;
  private final SimulatedNode<Database> machine;
  private final Set<Request> inFlight = new LinkedHashSet<>();
  private @Nullable StorageNode storage;
  private boolean closing;

  /// Whether the present life is told to stop.
  private boolean stopping;

  private boolean stopped;

  /// Until when there is no power.
  private long offUntilNanos;

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
      region
          .simulator()
          .after(
              region.random().nextLong(ROUND_TRIP_NANOS_MAX),
              operation + " " + answer.kind(),
              () -> reply.accept(answer));
    }
  }

  ZonedNode(ZonedRegion region, SimulatedNetwork network, int number) {
    this.region = region;
    this.number = number;
    this.machine =
        new SimulatedNode<>(region.simulator(), network, number, "node-" + number, this::open);
    machine.disk().observe(bytes -> region.markers().synced(number, bytes));
    machine.whenRefused(this::refused);
    machine.whenDown(this::down);
  }

  public int number() {
    return number;
  }

  /// Disk, store, clock and power.
  public SimulatedNode<Database> machine() {
    return machine;
  }

  /// What the present life has of the region's groups; null until its log is read.
  public @Nullable StorageNode storage() {
    return storage;
  }

  /// Whether the node takes requests.
  public boolean serves() {
    return machine.service() != null && !closing;
  }

  private Database open(Environment environment, ItemStore store) throws IOException {
    NodeFile file = NodeFile.open(environment, ZonedRegion.NAME, number, false);
    Hello hello =
        Hello.of(
            ZonedRegion.NAME,
            file.identity(),
            file.life(),
            environment.entropy().stream("process").nextLong());
    NetworkMessenger<NodeMessage> messenger =
        new NetworkMessenger<>(
            environment,
            region.telemetry(),
            new ReceivedMessages(region),
            RpcLimits.DEFAULT,
            hello);
    StorageNode opened =
        StorageNode.open(
            new StorageNode.Setup(
                environment,
                region.telemetry(),
                store,
                messenger,
                file,
                region.zones(),
                region.log(),
                region.storage()));
    storage = opened;
    region.zones().zones().keySet().stream()
        .filter(other -> other != number)
        .forEach(messenger::connect);
    try {
      return Database.over(
          environment,
          List.of(opened),
          region.zones(),
          new Database.Options(
              ZonedRegion.NAME,
              () -> "localhost",
              region.telemetry(),
              region.log(),
              region.storage()));
    } catch (ApiException e) {
      throw new IOException(e.getMessage(), e);
    }
  }

  void call(String operation, String body, Consumer<Answer> reply) {
    Request request = new Request(operation, reply);
    Database database = closing ? null : machine.service();
    if (database == null) {
      region.simulator().after(MILLI, "nobody listens", () -> reply.accept(Answer.NEVER_SENT));
      return;
    }
    inFlight.add(request);
    machine.run(
        region.random().nextLong(ROUND_TRIP_NANOS_MAX),
        operation,
        () -> database.dispatcher().dispatch(operation, body.getBytes(UTF_8), request::respond));
  }

  /// Hands leadership over, takes no request any more, waits for those in flight, closes the
  /// database in order, and starts it again.
  public void restartInOrder() {
    Database database = machine.service();
    if (database == null || stopping) {
      return;
    }
    stopping = true;
    int life = machine.lives();
    machine.fork("hand over", () -> handOver(database, life));
  }

  private void handOver(Database database, int life) {
    try {
      database.handOver();
    } catch (InterruptedException _) {
      // The life ends here.
      return;
    }
    region
        .simulator()
        .after(
            0,
            "handed over",
            () -> {
              closing = life == machine.lives();
              closeWhenIdle(database, life);
            });
  }

  private void closeWhenIdle(Database database, int life) {
    if (life != machine.lives() || !machine.isUp()) {
      return;
    }
    if (inFlight.isEmpty()) {
      machine.fork("close", () -> close(database));
    } else {
      region.simulator().after(MILLI, "wait for requests", () -> closeWhenIdle(database, life));
    }
  }

  private void close(Database database) {
    try {
      database.close();
      region.hit("simulation.closed-in-order");
    } catch (IOException e) {
      region.simulator().trace("node-" + number, "close failed", 0);
    }
    region.simulator().after(0, "exit", machine::kill);
  }

  /// The machine loses power and is off for at least so long.
  public void losePower(CrashLoss loss, long offNanos) {
    long now = region.simulator().nowNanos();
    offUntilNanos = Math.max(offUntilNanos, now + offNanos);
    if (machine.isUp()) {
      machine.loss(loss);
      machine.crash();
    }
  }

  /// The machine loses power and gets an empty disk.
  public void loseDisk() {
    stopped = true;
    if (machine.isUp()) {
      machine.crash();
    }
    machine.wipe();
    stopped = false;
    region.restart(this);
  }

  private void refused(IOException reason) {
    if (!machine.hadTrouble()) {
      throw new AssertionError(
          "node %d refuses to start: %s".formatted(number, reason.getMessage()), reason);
    }
    region.hit("simulation.start-refused-for-a-fault");
    machine.kill();
  }

  private void down() {
    storage = null;
    closing = false;
    stopping = false;
    List<Request> lost = List.copyOf(inFlight);
    inFlight.clear();
    lost.forEach(request -> request.deliver(Answer.LOST));
    if (!stopped) {
      region.restart(this);
    }
  }

  void start() {
    long off = offUntilNanos - region.simulator().nowNanos();
    if (off > 0) {
      region.simulator().after(off, "power is back", this::start);
    } else if (!machine.isUp()) {
      region.starting(machine);
      machine.start();
    }
  }
}
