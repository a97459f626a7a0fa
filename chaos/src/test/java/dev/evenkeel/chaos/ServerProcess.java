package dev.evenkeel.chaos;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/// A server in a process of its own.
final class ServerProcess implements AutoCloseable {
  private static final Duration START_LIMIT = Duration.ofSeconds(60);
  private static final Duration KILL_LIMIT = Duration.ofSeconds(30);
  static final String MAIN = "dev.evenkeel.node.Main";

  private final Process process;
  private final Place place;
  private final int port;

  /// Working directory, where no settings file is found, and place for its temporary files, which a
  /// killed process leaves behind.
  private final Path folder;

  private final Path errors;

  private ServerProcess(Process process, Place place, int port, Path folder, Path errors) {
    this.process = process;
    this.place = place;
    this.port = port;
    this.folder = folder;
    this.errors = errors;
  }

  /// Starts a server and waits until it answers.
  static ServerProcess start(Path dataDirectory, int port) throws Exception {
    return launch(dataDirectory, port).started();
  }

  /// The same on a disk that forgets, of a region in this one process.
  static ServerProcess start(VolatileDisk disk, int port, int zones) throws Exception {
    return launch(disk, port, zones).started();
  }

  /// Once it answers; closed where it does not.
  ServerProcess started() throws Exception {
    try {
      awaitAnswer();
      return this;
    } catch (Exception | AssertionError e) {
      close();
      throw e;
    }
  }

  /// Waits until it answers.
  void awaitAnswer() throws Exception {
    try {
      Await.until(START_LIMIT, "an answer of the server", this::answersOrEnded);
    } catch (AssertionError e) {
      throw new AssertionError(e.getMessage() + "; it says: " + errors(), e);
    }
    if (!process.isAlive()) {
      throw new AssertionError("the server ended instead of starting: " + errors());
    }
  }

  /// Starts a server and does not wait.
  static ServerProcess launch(Path dataDirectory, int port) throws IOException {
    return launch(Place.HERE, dataDirectory, port, List.of(), Map.of());
  }

  static ServerProcess launch(VolatileDisk disk, int port, int zones) throws IOException {
    List<String> more = List.of("--zones", Integer.toString(zones));
    return launch(Place.HERE, disk.root().resolve("data"), port, more, disk.environment());
  }

  /// The same somewhere, with more arguments and variables.
  static ServerProcess launch(
      Place place, Path dataDirectory, int port, List<String> more, Map<String, String> environment)
      throws IOException {
    Path folder = Files.createTempDirectory("evenkeel-chaos");
    Path errors = folder.resolve("errors");
    List<String> command = new ArrayList<>(place.prefix());
    command.addAll(command(folder, dataDirectory, port, more));
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .directory(folder.toFile())
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .redirectError(errors.toFile());
    builder.environment().keySet().removeIf(name -> name.startsWith("EVENKEEL_"));
    builder.environment().putAll(environment);
    return new ServerProcess(builder.start(), place, port, folder, errors);
  }

  private static List<String> command(
      Path folder, Path dataDirectory, int port, List<String> more) {
    List<String> command = new ArrayList<>();
    command.add(java());
    command.addAll(
        List.of(
            "-Xmx512m",
            "-XX:+UseCompactObjectHeaders",
            "--enable-native-access=ALL-UNNAMED",
            "--sun-misc-unsafe-memory-access=allow",
            "-Djava.io.tmpdir=" + folder,
            "-cp",
            classPath(),
            MAIN));
    command.addAll(
        List.of("start", "--port", Integer.toString(port), "--data-dir", dataDirectory.toString()));
    command.addAll(more);
    return command;
  }

  static String java() {
    return Path.of(System.getProperty("java.home"), "bin", "java").toString();
  }

  /// The test runner hides the real class path behind one jar, and tells it here.
  static String classPath() {
    return System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
  }

  /// A port that nobody listens on at this moment.
  static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  private boolean answersOrEnded() {
    if (!process.isAlive()) {
      return true;
    }
    try (Connection connection = connect()) {
      return connection.call("ListTables", "{}").isDone();
    } catch (IOException notYet) {
      return false;
    }
  }

  /// What it says of itself at that path; waits no longer than `patience`.
  Answer get(String path, Duration patience) throws IOException {
    try (Connection connection = Connection.open(place, port, patience)) {
      return connection.get(path);
    }
  }

  Connection connect() throws IOException {
    return Connection.open(place, port);
  }

  /// SIGKILL: no code of the server runs after it.
  void kill() {
    process.destroyForcibly().onExit().orTimeout(KILL_LIMIT.toSeconds(), TimeUnit.SECONDS).join();
  }

  /// The same, and does not wait.
  void strike() {
    process.destroyForcibly();
  }

  /// SIGTERM; does not wait.
  void terminate() {
    process.destroy();
  }

  /// SIGSTOP, or with false SIGCONT: the process lives and does nothing.
  void pause(boolean paused) throws IOException, InterruptedException {
    String pid = Long.toString(process.pid());
    int code = new ProcessBuilder("kill", paused ? "-STOP" : "-CONT", pid).start().waitFor();
    if (code != 0) {
      throw new IOException("kill ended with " + code);
    }
  }

  boolean endsWithin(Duration limit) throws InterruptedException {
    return process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS);
  }

  int exitCode() {
    return process.exitValue();
  }

  /// What it wrote to standard error so far.
  String errors() throws IOException {
    return Files.readString(errors);
  }

  @Override
  public void close() throws IOException {
    kill();
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.toList()) {
        Files.delete(file);
      }
    }
    Files.delete(folder);
  }
}
