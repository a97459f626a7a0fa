package dev.evenkeel.conformance.clients;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.evenkeel.conformance.Endpoint;
import dev.evenkeel.conformance.Tool;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// A program in another language, in the folder of applications that has the client's name. What it
/// needs is fetched by the package manager of its language, in the versions that the folder pins.
final class ExternalProgram {
  private static final Path SOURCES = Path.of("src", "test", "applications").toAbsolutePath();
  private static final Path BUILT = Path.of("target", "clients").toAbsolutePath();

  // These end what hangs; a busy machine must not meet them.
  private static final Duration LOOK = Duration.ofMinutes(5);
  private static final Duration FETCH = Duration.ofMinutes(10);
  private static final Duration RUN = Duration.ofMinutes(20);

  /// Where Debian's packages put the sources of Go's.
  private static final String GO_PATH = "/usr/share/gocode";

  private static final String REGION_OF_AWS = "us-east-1";

  private final String client;
  private final Tool tool;
  private final Path folder;

  /// @param scratch for what the programs print
  ExternalProgram(String client, Path scratch) throws IOException {
    this.client = client;
    this.folder = BUILT.resolve(client);
    this.tool = Tool.in(scratch).withCredentials();
    Files.createDirectories(folder);
    copy(SOURCES, BUILT);
    copy(SOURCES.resolve(client), folder);
  }

  /// @param prefix of the names of the tables that it makes
  Report node(String prefix) throws IOException, InterruptedException {
    tool.require(
        "there is no Node.js 20 or later",
        LOOK,
        List.of("node", "-e", "if (parseInt(process.versions.node) < 20) throw process.version"));
    List<String> npm = List.of("npm", "--prefix", folder.toString());
    if (!Files.exists(folder.resolve("node_modules"))
        || tool.run(LOOK, with(npm, "ls", "--all")).exitCode() != 0) {
      tool.require("npm cannot fetch it", FETCH, with(npm, "ci", "--no-audit", "--no-fund"));
    }
    return run(prefix, "node", "program.mjs");
  }

  Report python(String prefix) throws IOException, InterruptedException {
    tool.require("there is no boto3", LOOK, List.of("python3", "-c", "import boto3"));
    tool.with("PYTHONPATH", BUILT.toString());
    return run(prefix, "python3", "program.py");
  }

  Report cli(String prefix) throws IOException, InterruptedException {
    tool.require("there is no AWS CLI", LOOK, List.of("aws", "--version"));
    return run(prefix, "bash", "program.sh");
  }

  Report go(String prefix) throws IOException, InterruptedException {
    tool.require("there is no Go", LOOK, List.of("go", "version"));
    tool.with("GO111MODULE", "off").with("GOPATH", GO_PATH);
    tool.require(
        "there is no AWS SDK for Go in " + GO_PATH,
        LOOK,
        List.of("go", "list", "github.com/aws/aws-sdk-go-v2/service/dynamodb"));
    Path built = folder.resolve("program");
    tool.run(
            FETCH,
            List.of("go", "build", "-o", built.toString(), folder.resolve("program.go").toString()))
        .orFail();
    return report(prefix, List.of(built.toString()));
  }

  /// A program in Java whose dependencies are not those of the house. It is told that it is in a
  /// region of AWS's: its client knows no others.
  Report java(String prefix) throws IOException, InterruptedException {
    Optional<URI> endpoint = Endpoint.of(REGION_OF_AWS);
    assumeTrue(
        endpoint.isPresent(),
        "skipped, because the client wants a region of AWS's: -Dconformance.region="
            + REGION_OF_AWS);
    tool.with("AWS_REGION", REGION_OF_AWS).with("BUILT", folder.toString());
    List<String> run = List.of("bash", folder.resolve("run.sh").toString());
    tool.require("Maven cannot fetch it", FETCH, run);
    return report(endpoint.orElseThrow(), prefix, with(run, "Program"));
  }

  private Report run(String prefix, String interpreter, String program)
      throws IOException, InterruptedException {
    return report(prefix, List.of(interpreter, folder.resolve(program).toString()));
  }

  private Report report(String prefix, List<String> command)
      throws IOException, InterruptedException {
    return report(Endpoint.uri(), prefix, command);
  }

  private Report report(URI endpoint, String prefix, List<String> command)
      throws IOException, InterruptedException {
    Tool.Outcome outcome = tool.run(RUN, with(command, endpoint.toString(), prefix));
    Report report = new Report(client);
    report.read(outcome.output().lines().toList());
    report.complete("exit code " + outcome.exitCode() + " " + outcome.errors().strip());
    return report;
  }

  private static List<String> with(List<String> command, String... more) {
    List<String> whole = new ArrayList<>(command);
    whole.addAll(List.of(more));
    return whole;
  }

  private static void copy(Path from, Path to) throws IOException {
    try (Stream<Path> files = Files.list(from)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        Files.copy(file, to.resolve(file.getFileName()), StandardCopyOption.REPLACE_EXISTING);
      }
    }
  }
}
