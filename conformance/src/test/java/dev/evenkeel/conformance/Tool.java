package dev.evenkeel.conformance;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

/// Runs a program of this machine in a folder.
public final class Tool {
  private final Path folder;
  private final Map<String, String> variables = new TreeMap<>();

  /// What a program came to. What it printed may contain colours; its errors are apart.
  public record Outcome(int exitCode, String output, String errors) {
    public Outcome orFail() {
      if (exitCode != 0) {
        throw new AssertionError("exit code " + exitCode + "\n" + output + errors);
      }
      return this;
    }
  }

  private Tool(Path folder) {
    this.folder = folder;
  }

  public static Tool in(Path folder) {
    return new Tool(folder);
  }

  public Tool with(String variable, String value) {
    variables.put(variable, value);
    return this;
  }

  /// With the endpoint's region and with credentials, and nothing else that a user of this machine
  /// has set for himself.
  public Tool withCredentials() {
    with("AWS_REGION", Endpoint.region()).with("AWS_DEFAULT_REGION", Endpoint.region());
    if (System.getenv("AWS_ACCESS_KEY_ID") == null) {
      with("AWS_ACCESS_KEY_ID", "any").with("AWS_SECRET_ACCESS_KEY", "any");
      with("AWS_CONFIG_FILE", folder.resolve("none").toString());
      with("AWS_SHARED_CREDENTIALS_FILE", folder.resolve("none").toString());
      with("AWS_EC2_METADATA_DISABLED", "true");
    }
    return this;
  }

  /// Runs to the end.
  ///
  /// @throws IOException when there is no such program
  public Outcome run(Duration limit, List<String> command)
      throws IOException, InterruptedException {
    Path output = Files.createTempFile(folder, "output", ".txt");
    Path errors = Files.createTempFile(folder, "errors", ".txt");
    Process process = launch(command, output, errors);
    try {
      if (!process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS)) {
        throw new AssertionError(command + " does not end within " + limit);
      }
      return new Outcome(process.exitValue(), text(output), text(errors));
    } finally {
      process.descendants().forEach(ProcessHandle::destroyForcibly);
      process.destroyForcibly();
    }
  }

  /// Starts and does not wait.
  Process launch(List<String> command, Path output, Path errors) throws IOException {
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .directory(folder.toFile())
            .redirectOutput(output.toFile())
            .redirectError(errors.toFile());
    // What the build that runs this test was told is not meant for the program.
    builder
        .environment()
        .keySet()
        .removeIf(name -> name.startsWith("EVENKEEL_") || name.startsWith("MAVEN_"));
    builder.environment().putAll(variables);
    return builder.start();
  }

  private static String text(Path file) throws IOException {
    return Files.readString(file, StandardCharsets.UTF_8);
  }

  /// Skips the test, and says why, unless the command succeeds.
  public void require(String what, Duration limit, List<String> command)
      throws IOException, InterruptedException {
    String missing;
    try {
      Outcome outcome = run(limit, command);
      missing = outcome.exitCode() == 0 ? "" : outcome.errors().strip();
    } catch (IOException e) {
      missing = String.valueOf(e.getMessage());
    }
    assumeTrue(missing.isEmpty(), "skipped, because " + what + ": " + missing);
  }
}
