package dev.evenkeel.http;

import dev.evenkeel.telemetry.OperationMeter;
import io.netty.util.concurrent.EventExecutor;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/// What the connections of one event loop share. Belongs to that loop, but for [#push].
final class Loop {
  /// How often deadlines are looked at.
  static final Duration TICK = Duration.ofMillis(250);

  private static final System.Logger LOG = System.getLogger(Loop.class.getName());

  private final EventExecutor executor;
  private final Service service;
  private final AnswerWriter writer;
  private final Routes routes;
  private final Set<Connection> connections = new HashSet<>();
  private final Map<String, OperationMeter> meters = new HashMap<>();

  /// Exchanges replied to by other threads, newest first, linked by [Exchange#next].
  private final AtomicReference<@Nullable Exchange> replied = new AtomicReference<>();

  /// Connections that have written since replies are being drained.
  private final List<Connection> unflushed = new ArrayList<>();

  private final Runnable drainReplies = this::drainReplies;

  /// Monotonic time of the last tick; exact enough for deadlines.
  private long tickNanos;

  Loop(EventExecutor executor, Service service, SplittableRandom random) {
    this.executor = executor;
    this.service = service;
    this.writer = new AnswerWriter(new RequestIds(random));
    this.routes = new Routes(this);
    tick();
  }

  /// Begins on the loop's own thread: takes turns, looks at deadlines.
  void start() {
    service.backend().turns().accept(executor);
    executor
        .scheduleAtFixedRate(this::tick, TICK.toNanos(), TICK.toNanos(), TimeUnit.NANOSECONDS)
        .addListener(ended -> {
          if (!ended.isCancelled()) {
            LOG.log(System.Logger.Level.ERROR, "deadlines are not kept", ended.cause());
          }
        });
  }

  Service service() {
    return service;
  }

  Routes routes() {
    return routes;
  }

  AnswerWriter writer() {
    return writer;
  }

  long tickNanos() {
    return tickNanos;
  }

  long nanos() {
    return service.backend().clock().monotonicNanos();
  }

  boolean isCurrent() {
    return executor.inEventLoop();
  }

  void execute(Runnable task) {
    executor.execute(task);
  }

  OperationMeter meter(String operation) {
    OperationMeter meter = meters.get(operation);
    if (meter == null) {
      meter = service.backend().telemetry().operation(operation);
      meters.put(operation, meter);
    }
    return meter;
  }

  void add(Connection connection) {
    connections.add(connection);
  }

  void remove(Connection connection) {
    connections.remove(connection);
  }

  /// Every connection, as of now.
  List<Connection> connections() {
    return new ArrayList<>(connections);
  }

  /// Hands over an exchange that has its answer, from any thread.
  void push(Exchange exchange) {
    Exchange top;
    do {
      top = replied.get();
      exchange.setNext(top);
    } while (!replied.compareAndSet(top, exchange));
    if (top == null && !executor.isShutdown()) {
      executor.execute(drainReplies);
    }
  }

  private void drainReplies() {
    Exchange exchange = replied.getAndSet(null);
    while (exchange != null) {
      Exchange next = exchange.next();
      exchange.setNext(null);
      Connection connection = exchange.connection();
      if (connection.answered(exchange) && !connection.isFlushPending()) {
        connection.setFlushPending(true);
        unflushed.add(connection);
      }
      exchange = next;
    }
    for (Connection connection : unflushed) {
      connection.flush();
    }
    unflushed.clear();
  }

  /// Looks at the deadlines of all connections, and at the clock for the `Date` header.
  void tick() {
    tickNanos = nanos();
    Instant now = Instant.ofEpochMilli(service.backend().clock().wallMillis());
    writer.setDate(DateTimeFormatter.RFC_1123_DATE_TIME.format(now.atOffset(ZoneOffset.UTC)));
    for (Connection connection : connections()) {
      connection.checkDeadlines(tickNanos);
    }
  }
}
