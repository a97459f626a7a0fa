package dev.evenkeel.suite;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// A process of ours, and what the kernel knows of it.
final class ChildProcess implements AutoCloseable {
  /// The kernel counts processor time in hundredths of a second (`USER_HZ`), on every architecture.
  private static final long NANOS_PER_TICK = 10_000_000;

  /// In `/proc/<pid>/stat`, counted from the field after the command's name.
  private static final int USER_TIME = 11;

  private static final int SYSTEM_TIME = 12;
  private static final long END_SECONDS_MAX = 10;

  private final Process process;
  private final Path log;

  private ChildProcess(Process process, Path log) {
    this.process = process;
    this.log = log;
  }

  /// Starts `command`, its output going to `log`.
  static ChildProcess start(List<String> command, Path log) throws IOException {
    Files.createDirectories(log.toAbsolutePath().getParent());
    Process process =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile()).start();
    Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly));
    return new ChildProcess(process, log);
  }

  /// Whether it has not ended.
  boolean isAlive() {
    return process.isAlive();
  }

  /// What it said so far.
  String output() throws IOException {
    return Files.readString(log, UTF_8);
  }

  /// Processor time so far, of all threads, user and system.
  long cpuNanos() throws IOException {
    String stat = Files.readString(proc("stat"), UTF_8);
    String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
    long ticks = Long.parseLong(fields[USER_TIME]) + Long.parseLong(fields[SYSTEM_TIME]);
    return ticks * NANOS_PER_TICK;
  }

  /// Resident memory, file-backed pages included.
  long residentBytes() throws IOException {
    for (String line : Files.readAllLines(proc("status"), UTF_8)) {
      if (line.startsWith("VmRSS:")) {
        return Long.parseLong(line.replaceAll("\\D", "")) * 1_024;
      }
    }
    throw new IOException("no VmRSS in " + proc("status"));
  }

  /// The options of the JVM that it runs, without those that only fit its own class path.
  List<String> jvmOptions() throws IOException {
    String[] words = Files.readString(proc("cmdline"), UTF_8).split("\0", -1);
    return Arrays.stream(words)
        .skip(1)
        .takeWhile(word -> word.startsWith("-") && !word.equals("-jar"))
        .filter(word -> !word.startsWith("-XX:AOT"))
        .toList();
  }

  /// Asks it to end, and makes it end where it does not.
  @Override
  public void close() {
    process.destroy();
    try {
      if (!process.waitFor(END_SECONDS_MAX, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }

  private Path proc(String name) {
    return Path.of("/proc", Long.toString(process.pid()), name);
  }
}
