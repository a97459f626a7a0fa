package dev.evenkeel.bench;

import io.netty.channel.EventLoop;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.nio.NioIoHandler;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;

/// One run: event loops, drivers and connections up, phases, result, down.
final class BenchRun {
  private static final Duration FOREVER = Duration.ofDays(365);
  private static final Duration TICK = Duration.ofSeconds(1);

  private final BenchOptions options;
  private final PrintStream out;
  private final List<Driver> drivers = new ArrayList<>();

  BenchRun(BenchOptions options, PrintStream out) {
    this.options = options;
    this.out = out;
  }

  /// A signer of requests to `target`.
  static Signer signer(BenchOptions.Target target) {
    URI endpoint = target.endpoint();
    boolean plain = endpoint.getPort() < 0;
    String host = plain ? endpoint.getHost() : endpoint.getHost() + ":" + endpoint.getPort();
    return new Signer(target.credentials(), target.region(), host, InstantSource.system());
  }

  /// Blocks until the run is over.
  BenchResult run() throws BenchFailure {
    EventLoopGroup loops =
        new MultiThreadIoEventLoopGroup(
            options.pace().threads(),
            new DefaultThreadFactory("bench", true),
            Epoll.isAvailable() ? EpollIoHandler.newFactory() : NioIoHandler.newFactory());
    try {
      open(loops);
      return measure();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new BenchFailure("interrupted");
    } finally {
      loops.shutdownGracefully(0, 2, TimeUnit.SECONDS).awaitUninterruptibly();
    }
  }

  private void open(EventLoopGroup loops) throws BenchFailure, InterruptedException {
    Connector connector = new Connector(options.target().endpoint());
    List<EventLoop> each = new ArrayList<>();
    AtomicLong budget = new AtomicLong(budget());
    InsertedKeys keys =
        new InsertedKeys(options.workload() == Workload.LOAD ? 0 : options.data().items());
    SplittableRandom random = new SplittableRandom(options.data().seed());
    for (int i = 0; i < options.pace().threads(); i++) {
      each.add(loops.next());
      drivers.add(driver(each.getLast(), random.split(), keys, budget));
    }
    List<CompletableFuture<Void>> opened = new ArrayList<>();
    int count = options.pace().connections();
    for (int i = 0; i < count; i++) {
      int at = i % drivers.size();
      opened.add(connector.open(each.get(at), drivers.get(at), new ScanCursor(i, count)));
    }
    try {
      CompletableFuture.allOf(opened.toArray(CompletableFuture[]::new)).get();
    } catch (ExecutionException e) {
      Throwable cause = e.getCause();
      throw TableSetup.unreachable(options.target().endpoint(), cause == null ? e : cause);
    }
  }

  private Driver driver(
      EventLoop loop, SplittableRandom random, InsertedKeys keys, AtomicLong budget)
      throws BenchFailure {
    BenchOptions.Data data = options.data();
    ItemShape shape = ItemShape.of(data.itemBytes(), data.fields(), data.collection());
    RequestFactory requests =
        new RequestFactory(signer(options.target()), options, shape, random.split());
    OperationSource source = new OperationSource(options, random, keys, budget);
    return new Driver(loop, source, requests, new Measurements(), options);
  }

  private BenchResult measure() throws InterruptedException {
    Driver.Span span = span(System.nanoTime());
    for (int i = 0; i < drivers.size(); i++) {
      Driver driver = drivers.get(i);
      Schedule schedule =
          options.pace().isOpenLoop()
              ? Schedule.open(span.start(), options.pace().rate(), i, drivers.size())
              : Schedule.closed();
      driver.loop().execute(() -> driver.begin(schedule, span));
    }
    Progress progress =
        new Progress(drivers.stream().map(Driver::measurements).toList(), out, span.start());
    CompletableFuture<Void> done =
        CompletableFuture.allOf(
            drivers.stream().map(Driver::finished).toArray(CompletableFuture[]::new));
    boolean over = await(done, span.measureFrom(), progress, true);
    long cpu = processCpuNanos();
    if (!over) {
      await(done, span.end() + FOREVER.toNanos(), progress, false);
    }
    progress.drain();
    return result(span, progress, Duration.ofNanos(processCpuNanos() - cpu));
  }

  /// Waits for `done`, no longer than to `until`, with a line of progress each second.
  private static boolean await(
      CompletableFuture<Void> done, long until, Progress progress, boolean warming)
      throws InterruptedException {
    while (until - System.nanoTime() > 0) {
      try {
        done.get(Math.min(TICK.toNanos(), until - System.nanoTime()), TimeUnit.NANOSECONDS);
        return true;
      } catch (TimeoutException _) {
        progress.tick(System.nanoTime(), warming);
      } catch (ExecutionException e) {
        throw new IllegalStateException("a driver only ever completes", e);
      }
    }
    return false;
  }

  private BenchResult result(Driver.Span span, Progress progress, Duration cpu) {
    long last = drivers.stream().mapToLong(Driver::lastAnswer).max().orElse(span.measureFrom());
    List<Measurements> measured = drivers.stream().map(Driver::measurements).toList();
    return new BenchResult(
        options,
        Duration.ofNanos(last - span.measureFrom()),
        progress.latencies(),
        progress.errors(),
        measured.stream().mapToLong(Measurements::notFoundCount).sum(),
        measured.stream().mapToLong(Measurements::scannedCount).sum(),
        drivers.stream().mapToLong(Driver::behind).sum(),
        cpu);
  }

  private Driver.Span span(long now) {
    BenchOptions.Pace pace = options.pace();
    Duration warmup = options.workload().isFinite() ? Duration.ZERO : pace.warmup();
    boolean counted = options.workload().isFinite() || pace.operations() > 0;
    long from = now + warmup.toNanos();
    return new Driver.Span(now, from, from + (counted ? FOREVER : pace.duration()).toNanos());
  }

  private long budget() {
    if (options.workload() == Workload.LOAD) {
      return options.data().items();
    }
    return options.pace().operations() > 0 ? options.pace().operations() : Long.MAX_VALUE;
  }

  private static long processCpuNanos() {
    return ManagementFactory.getOperatingSystemMXBean()
            instanceof com.sun.management.OperatingSystemMXBean system
        ? system.getProcessCpuTime()
        : 0;
  }
}
