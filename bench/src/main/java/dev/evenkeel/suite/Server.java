package dev.evenkeel.suite;

import dev.evenkeel.bench.BenchFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

/// The server as users start it: a child process of `./evenkeel start`.
///
/// @param firstAnswer time from before `exec` to the first successful request
record Server(ChildProcess process, int port, Duration firstAnswer) implements AutoCloseable {
  private static final Duration START_MAX = Duration.ofSeconds(60);
  private static final long POLL_NANOS = 5_000_000;

  /// Starts a region of one zone on `data` and waits for its first answer.
  static Server start(Plan plan, String data) throws IOException, BenchFailure {
    return start(plan, data, 1);
  }

  /// The same with that many zones.
  static Server start(Plan plan, String data, int zones) throws IOException, BenchFailure {
    int port = Probe.freePort();
    Path launcher = plan.root().resolve("evenkeel");
    long from = System.nanoTime();
    ChildProcess process =
        ChildProcess.start(
            List.of(
                launcher.toString(),
                "start",
                "--port",
                Integer.toString(port),
                "--zones",
                Integer.toString(zones),
                "--data-dir",
                plan.work().resolve("data").resolve(data).toString()),
            plan.work().resolve(data + ".log"));
    await(process, port);
    return new Server(process, port, Duration.ofNanos(System.nanoTime() - from));
  }

  /// Starts the bare server with the server's answers and the server's JVM options.
  ///
  /// @param answers file for each of `ports`
  static ChildProcess startCeiling(Plan plan, Server like, List<String> portsAndAnswers)
      throws IOException, BenchFailure {
    List<String> command = new java.util.ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(like.process().jvmOptions());
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    command.add("dev.evenkeel.ceiling.Ceiling");
    command.addAll(portsAndAnswers);
    ChildProcess process = ChildProcess.start(command, plan.work().resolve("ceiling.log"));
    await(process, Integer.parseInt(portsAndAnswers.getFirst()));
    return process;
  }

  /// What the server answers to a request, saved for the ceiling.
  Path answer(Plan plan, String operation, String body) throws IOException {
    Path file = plan.work().resolve(operation + ".http");
    Files.write(file, Probe.exchange(port, operation, body));
    return file;
  }

  private static void await(ChildProcess process, int port) throws IOException, BenchFailure {
    long deadline = System.nanoTime() + START_MAX.toNanos();
    while (!Probe.answers(port)) {
      if (!process.isAlive() || System.nanoTime() - deadline > 0) {
        String output = process.output();
        process.close();
        throw new BenchFailure("%s", "a server does not start: " + output.strip());
      }
      LockSupport.parkNanos(POLL_NANOS);
    }
  }

  @Override
  public void close() {
    process.close();
  }
}
