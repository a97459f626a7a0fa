package dev.evenkeel.bench;

import io.netty.util.concurrent.EventExecutor;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Keeps the connections of one event loop busy: gives each free one the next operation that is
/// due, and measures. Every method but the constructor runs on that loop.
@SuppressWarnings("FutureReturnValueIgnored") // of timers that cannot fail
final class Driver {
  private static final Pattern TYPE =
      Pattern.compile("\"__type\"\\s*:\\s*\"(?:[^\"#]*#)?([^\"]*)\"");
  private static final long SWEEP_MILLIS = 250;

  /// The phases of a run, on the monotonic clock.
  ///
  /// @param measureFrom operations due before it are warm-up
  /// @param end no operation due at or after it starts
  record Span(long start, long measureFrom, long end) {}

  private final EventExecutor loop;
  private final OperationSource source;
  private final RequestFactory requests;
  private final Measurements measurements;
  private final int pipeline;
  private final long timeoutNanos;
  private final CompletableFuture<Void> finished = new CompletableFuture<>();

  private final List<Connection> connections = new ArrayList<>();

  /// Connections that can take a request, once for each request that they can take.
  private final ArrayDeque<Connection> free = new ArrayDeque<>();

  private final ArrayDeque<Connection> dirty = new ArrayDeque<>();
  private final ArrayDeque<Call> spare = new ArrayDeque<>();
  private Schedule schedule = Schedule.closed();
  private Span span = new Span(0, 0, 0);
  private boolean running;
  private boolean timerSet;
  private int outstanding;
  private int scansLeft;

  /// When a sweep last saw a connection.
  private long connectedAt;

  private volatile long lastAnswer;
  private volatile long behind;

  Driver(
      EventExecutor loop,
      OperationSource source,
      RequestFactory requests,
      Measurements measurements,
      BenchOptions options) {
    this.loop = loop;
    this.source = source;
    this.requests = requests;
    this.measurements = measurements;
    this.pipeline = options.workload() == Workload.SCAN ? 1 : options.pace().pipeline();
    this.timeoutNanos = options.target().timeout().toNanos();
  }

  /// The loop that everything here runs on.
  EventExecutor loop() {
    return loop;
  }

  /// Done when nothing is left to do and nothing in flight.
  CompletableFuture<Void> finished() {
    return finished;
  }

  /// What this driver counts.
  Measurements measurements() {
    return measurements;
  }

  /// When the newest measured operation was answered.
  long lastAnswer() {
    return lastAnswer;
  }

  /// Operations that were due before the end and never started.
  long behind() {
    return behind;
  }

  /// Takes over a new connection.
  void connected(Connection connection) {
    connections.add(connection);
    if (!running) {
      return;
    }
    release(connection, pipeline);
    pump();
  }

  /// Starts the run.
  void begin(Schedule due, Span phases) {
    schedule = due;
    span = phases;
    running = true;
    lastAnswer = phases.measureFrom();
    connectedAt = System.nanoTime();
    scansLeft = connections.size();
    connections.forEach(connection -> release(connection, pipeline));
    sweep();
    pump();
  }

  /// Starts every operation that is due and has a connection to go to.
  void pump() {
    long now = System.nanoTime();
    while (running && hasFreeConnection()) {
      long due = schedule.due(now);
      if (due - span.end() >= 0) {
        stop();
      } else if (due - now > 0) {
        wakeAt(due, now);
        break;
      } else if (due - span.measureFrom() >= 0 && !source.takeFromBudget()) {
        stop();
      } else {
        start(due, now);
      }
    }
    for (Connection sent = dirty.poll(); sent != null; sent = dirty.poll()) {
      sent.flush();
    }
  }

  /// A reply to `call` arrived.
  void completed(Connection connection, Call call, ResponseReader reply) {
    long now = System.nanoTime();
    boolean good = reply.status() == 200;
    if (good && call.operation == Operation.READ_MODIFY_WRITE && !call.second) {
      call.second = true;
      send(connection, call, now);
      return;
    }
    if (good) {
      succeeded(connection, call, reply, now);
    } else {
      count(call, errorType(reply));
      if (call.operation == Operation.SCAN_PAGE) {
        connection.cursor().abandon();
      }
    }
    settle(call);
    release(connection, 1);
  }

  /// `call` will get no reply.
  void failed(Call call, String reason) {
    count(call, reason);
    settle(call);
  }

  /// A connection is gone. The [Connector] opens another while the run lasts.
  void lost(Connection connection) {
    connections.remove(connection);
    free.removeIf(connection::equals);
  }

  /// Whether a lost connection is worth another.
  boolean isRunning() {
    return running;
  }

  /// Lets what is in flight end and starts nothing more.
  void stop() {
    if (running) {
      running = false;
      behind = schedule.behind(Math.min(span.end(), System.nanoTime()));
      finishIfIdle();
    }
  }

  private boolean hasFreeConnection() {
    while (!free.isEmpty() && !free.element().isOpen()) {
      free.remove();
    }
    return !free.isEmpty();
  }

  private void start(long due, long now) {
    Call call = spare.isEmpty() ? new Call() : spare.remove();
    source.next(call);
    call.dueAt = due;
    schedule.advance();
    outstanding++;
    send(free.remove(), call, now);
  }

  private void send(Connection connection, Call call, long now) {
    call.sentAt = now;
    connection.write(call, request(connection, call));
    dirty.add(connection);
  }

  private byte[] request(Connection connection, Call call) {
    return switch (call.operation) {
      case READ -> requests.read(call.key);
      case UPDATE -> requests.update(call.key);
      case INSERT, WRITE -> requests.put(call.key);
      case SHORT_SCAN -> requests.shortScan(call.key);
      case READ_MODIFY_WRITE -> call.second ? requests.update(call.key) : requests.read(call.key);
      case QUERY -> requests.query(call.key);
      case BATCH_WRITE -> requests.batch(call.key);
      case TRANSACT_WRITE -> requests.transaction(call.key);
      case SPREAD_WRITE -> requests.spread(call.key);
      case SCAN_PAGE -> connection.cursor().request(requests);
    };
  }

  private void succeeded(Connection connection, Call call, ResponseReader reply, long now) {
    boolean measured = isMeasured(call);
    if (measured) {
      measurements.success(call.operation, now - call.dueAt);
      lastAnswer = now;
      if (call.operation == Operation.READ && reply.bodyLength() <= 2) {
        measurements.notFound();
      }
    }
    if (call.operation == Operation.SCAN_PAGE) {
      measurements.scanned(connection.cursor().advance(reply.body()));
    }
  }

  private void count(Call call, String error) {
    if (isMeasured(call)) {
      measurements.error(error);
      lastAnswer = System.nanoTime();
    }
  }

  private boolean isMeasured(Call call) {
    return call.dueAt - span.measureFrom() >= 0;
  }

  private void settle(Call call) {
    measurements.answered();
    source.answered(call);
    spare.add(call);
    outstanding--;
    finishIfIdle();
  }

  private void release(Connection connection, int slots) {
    if (connection.cursor().isDone()) {
      scansLeft--;
      if (scansLeft == 0) {
        stop();
      }
      return;
    }
    for (int slot = 0; slot < slots && running; slot++) {
      free.add(connection);
    }
  }

  private void finishIfIdle() {
    if (!running && outstanding == 0) {
      finished.complete(null);
    }
  }

  private void wakeAt(long due, long now) {
    if (!timerSet) {
      timerSet = true;
      loop.schedule(this::wake, due - now, TimeUnit.NANOSECONDS);
    }
  }

  private void wake() {
    timerSet = false;
    pump();
  }

  /// Looks for time-outs, and for the end where every connection is busy or lost.
  private void sweep() {
    if (finished.isDone()) {
      return;
    }
    long now = System.nanoTime();
    List.copyOf(connections)
        .forEach(connection -> connection.closeIfWaitingSince(now - timeoutNanos));
    if (!connections.isEmpty()) {
      connectedAt = now;
    }
    if (now - connectedAt > timeoutNanos) {
      measurements.error("EndpointLost");
      stop();
    }
    if (now - span.end() >= 0) {
      stop();
    }
    loop.schedule(this::sweep, SWEEP_MILLIS, TimeUnit.MILLISECONDS);
  }

  private static String errorType(ResponseReader reply) {
    Matcher type = TYPE.matcher(reply.body());
    return type.find() ? type.group(1) : "HTTP " + reply.status();
  }
}
