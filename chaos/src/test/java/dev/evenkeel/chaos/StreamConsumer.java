package dev.evenkeel.chaos;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;

/// A worker of the Kinesis Client Library in a process of its own, as its users run it: the program
/// `Follow` of the conformance tests' applications.
final class StreamConsumer implements AutoCloseable {
  /// The library's adapter knows no regions but AWS's.
  static final String REGION = "us-east-1";

  private static final Path PROGRAMS =
      Path.of("..", "conformance", "src", "test", "applications", "kcl").toAbsolutePath();
  private static final Path BUILT = Path.of("target", "kcl").toAbsolutePath();
  private static final String APPLICATION = "consumer";
  private static final int ERRORS_SHOWN_MAX = 4_000;
  private static final Duration FETCH = Duration.ofMinutes(10);
  private static final Duration STOP_LIMIT = Duration.ofMinutes(3);

  private final Process process;
  private final Path output;
  private final Path errors;

  /// A record as it came.
  record Line(String sequenceNumber, String key, String value) {}

  private StreamConsumer(Process process, Path output, Path errors) {
    this.process = process;
    this.output = output;
    this.errors = errors;
  }

  /// Fetches what the program needs; skips the test where that cannot be.
  static void fetch(Path folder) throws IOException, InterruptedException {
    Path errors = Files.createTempFile(folder, "fetch", ".txt");
    Process fetch = builder(List.of()).redirectError(errors.toFile()).start();
    boolean done = fetch.waitFor(FETCH.toSeconds(), TimeUnit.SECONDS);
    fetch.destroyForcibly();
    Assumptions.assumeTrue(
        done && fetch.exitValue() == 0,
        () -> "skipped, because Maven cannot fetch the client: " + text(errors));
  }

  /// @param folder for what it prints
  static StreamConsumer start(Path folder, int port, String streamArn, String name)
      throws IOException {
    Path output = Files.createTempFile(folder, name, ".out");
    Path errors = Files.createTempFile(folder, name, ".err");
    String endpoint = "http://127.0.0.1:" + port;
    Process process =
        builder(List.of("Follow", endpoint, APPLICATION, streamArn, name))
            .redirectOutput(output.toFile())
            .redirectError(errors.toFile())
            .start();
    return new StreamConsumer(process, output, errors);
  }

  private static ProcessBuilder builder(List<String> arguments) {
    List<String> command = new ArrayList<>();
    command.add("bash");
    command.add(PROGRAMS.resolve("run.sh").toString());
    command.addAll(arguments);
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().keySet().removeIf(name -> name.startsWith("MAVEN_"));
    builder
        .environment()
        .putAll(
            Map.of(
                "AWS_REGION",
                REGION,
                "AWS_ACCESS_KEY_ID",
                "any",
                "AWS_SECRET_ACCESS_KEY",
                "any",
                "AWS_EC2_METADATA_DISABLED",
                "true",
                "BUILT",
                BUILT.toString()));
    return builder;
  }

  /// What has come so far; a line that is not whole yet does not count.
  List<Line> lines() {
    String text = text(output);
    return text.substring(0, text.lastIndexOf('\n') + 1)
        .lines()
        .map(line -> line.split("\t", -1))
        .map(columns -> new Line(columns[0], columns[1], columns[2]))
        .toList();
  }

  /// The end of what it wrote to standard error.
  String errors() {
    String text = text(errors);
    return text.substring(Math.max(0, text.length() - ERRORS_SHOWN_MAX));
  }

  boolean isAlive() {
    return process.isAlive();
  }

  /// In order: it checkpoints and lets go of its lease.
  void stop() throws IOException, InterruptedException {
    process.getOutputStream().close();
    if (!process.waitFor(STOP_LIMIT.toSeconds(), TimeUnit.SECONDS) || process.exitValue() != 0) {
      throw new AssertionError("the consumer does not stop in order: " + errors());
    }
  }

  /// SIGKILL.
  @Override
  public void close() {
    process.destroyForcibly().onExit().orTimeout(STOP_LIMIT.toSeconds(), TimeUnit.SECONDS).join();
  }

  private static String text(Path file) {
    try {
      return Files.readString(file, StandardCharsets.UTF_8);
    } catch (IOException e) {
      return "no text: " + e;
    }
  }
}
