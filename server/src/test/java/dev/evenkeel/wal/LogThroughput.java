package dev.evenkeel.wal;

import com.sun.management.OperatingSystemMXBean;
import dev.evenkeel.runtime.RealEnvironment;
import dev.evenkeel.telemetry.Telemetry;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/// Measures the log on this machine: so many groups, each of which appends its next records as soon
/// as its last ones are durable. A program, not a test.
///
/// Arguments: directory (or `memory`), groups, records in flight per group, payload bytes, seconds.
final class LogThroughput {
  private static final int CHECKPOINT_SLOTS = 1_000;

  private LogThroughput() {}

  public static void main(String[] arguments) throws IOException, InterruptedException {
    int groups = Integer.parseInt(arguments[1]);
    int inFlight = Integer.parseInt(arguments[2]);
    byte[] payload = new byte[Integer.parseInt(arguments[3])];
    int seconds = Integer.parseInt(arguments[4]);
    try (RealEnvironment environment = environment(arguments[0])) {
      Telemetry telemetry = new Telemetry();
      Log log =
          Log.open(
              environment,
              telemetry,
              LogOptions.DEFAULT,
              Expected.NOTHING,
              (group, kind, ballot, slot, bytes) -> {});
      List<Appender> appenders = new ArrayList<>();
      for (long group = 1; group <= groups; group++) {
        appenders.add(new Appender(log, group, payload));
      }
      for (Appender appender : appenders) {
        appender.begin(inFlight);
      }
      Thread.sleep(2_000);
      measure(telemetry, appenders, seconds);
      appenders.forEach(Appender::stop);
      log.close();
    }
  }

  private static RealEnvironment environment(String directory) throws IOException {
    return directory.equals("memory")
        ? RealEnvironment.inMemory(1L << 30, LogThroughput::fatal)
        : RealEnvironment.open(Path.of(directory), LogThroughput::fatal);
  }

  private static void measure(Telemetry telemetry, List<Appender> appenders, int seconds)
      throws InterruptedException {
    long records = durable(appenders);
    long batches = batches(telemetry);
    long cpu = cpuNanos();
    long nanos = System.nanoTime();
    Thread.sleep(seconds * 1_000L);
    records = durable(appenders) - records;
    batches = batches(telemetry) - batches;
    cpu = cpuNanos() - cpu;
    nanos = System.nanoTime() - nanos;
    System.out.printf(
        "%,d records/s, %.1f records a batch, %,d batches/s, %.2f us CPU a record%n",
        records * 1_000_000_000 / nanos,
        (double) records / batches,
        batches * 1_000_000_000 / nanos,
        cpu / 1e3 / records);
  }

  private static long durable(List<Appender> appenders) {
    return appenders.stream().mapToLong(appender -> appender.durable.get()).sum();
  }

  private static long batches(Telemetry telemetry) {
    return telemetry.latency("wal.sync", "").count();
  }

  private static long cpuNanos() {
    return ((OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean())
        .getProcessCpuTime();
  }

  private static void fatal(Throwable bug) {
    throw new AssertionError(bug);
  }

  private static final class Appender implements LogListener {
    private final LogGroup group;
    private final byte[] payload;
    private final AtomicLong durable = new AtomicLong();
    private long appended;
    private volatile boolean stopped;

    Appender(Log log, long number, byte[] payload) {
      this.group = log.group(number, this);
      this.payload = payload;
    }

    void begin(int inFlight) {
      append(inFlight);
    }

    void stop() {
      stopped = true;
    }

    @Override
    public void durable(long sequence) {
      long before = durable.getAndSet(sequence);
      if (sequence / CHECKPOINT_SLOTS > before / CHECKPOINT_SLOTS) {
        group.release(sequence);
      }
      if (!stopped) {
        append(sequence - before);
      }
    }

    @Override
    public void failed(IOException cause) {
      throw new AssertionError(cause);
    }

    private void append(long records) {
      for (long i = 0; i < records; i++) {
        appended++;
        group.append((byte) 1, 1, appended, payload);
      }
    }
  }
}
