package dev.evenkeel.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// One small application, with a few thousand real records, in four clients. Each prints its
/// [Story]; nothing is set for them but the endpoint, credentials and a region.
class ApplicationTest {
  private static final Path APPLICATIONS = Path.of("src", "test", "applications").toAbsolutePath();
  private static final Path NODE_FOLDER = Path.of("target", "javascript").toAbsolutePath();

  // These end what hangs; a busy machine must not meet them.
  private static final Duration LOOK = Duration.ofMinutes(5);
  private static final Duration FETCH = Duration.ofMinutes(5);
  private static final Duration RUN = Duration.ofMinutes(20);
  private static final int BATCH = 25;

  /// The AWS CLI starts anew for every batch of 25, in a second at best; so it imports only these,
  /// and all of ASCII.
  private static final Set<String> SMALL_LETTERS = Set.of("LATIN_EXTENDED_A", "GREEK", "CYRILLIC");

  private final List<UnicodeName> names = UnicodeName.all();
  private final String table = TestTable.freshName();

  @TempDir private Path folder;

  @Test
  void java() {
    assertThat(names).hasSizeGreaterThan(4_000);
    JavaApplication application = new JavaApplication(table);
    application.run(names);
    assertThat(application.printed()).containsExactlyElementsOf(Story.of(names));
  }

  @Test
  void javaScript() throws Exception {
    Tool tool = tool();
    tool.require(
        "there is no Node.js 20 or later",
        LOOK,
        List.of("node", "-e", "if (parseInt(process.versions.node) < 20) throw process.version"));
    Path application = installed(tool);
    assertPrints(names, tool, "node", application.toString(), uri(), table, records().toString());
  }

  @Test
  void python() throws Exception {
    Tool tool = tool();
    tool.require("there is no boto3", LOOK, List.of("python3", "-c", "import boto3"));
    String application = APPLICATIONS.resolve("names.py").toString();
    assertPrints(names, tool, "python3", application, uri(), table, records().toString());
  }

  @Test
  void awsCli() throws Exception {
    Tool tool = tool();
    tool.require("there is no AWS CLI", LOOK, List.of("aws", "--version"));
    List<UnicodeName> fewer = names.stream().filter(ApplicationTest::isForCli).toList();
    String application = APPLICATIONS.resolve("names.sh").toString();
    assertPrints(fewer, tool, "bash", application, uri(), table, requests(fewer).toString());
  }

  private static boolean isForCli(UnicodeName name) {
    return name.block().equals("BASIC_LATIN")
        || (SMALL_LETTERS.contains(name.block()) && name.name().contains("SMALL LETTER"));
  }

  private static void assertPrints(List<UnicodeName> names, Tool tool, String... command)
      throws IOException, InterruptedException {
    Tool.Outcome outcome = tool.run(RUN, List.of(command)).orFail();
    assertThat(outcome.output().lines())
        .as(outcome.errors())
        .containsExactlyElementsOf(Story.of(names));
  }

  private static String uri() {
    return Endpoint.uri().toString();
  }

  private Tool tool() {
    return Tool.in(folder).withCredentials();
  }

  /// The application in JavaScript beside its packages, which are fetched the first time.
  private static Path installed(Tool tool) throws IOException, InterruptedException {
    Files.createDirectories(NODE_FOLDER);
    for (String file : List.of("package.json", "package-lock.json", "names.mjs")) {
      Path source = APPLICATIONS.resolve(file);
      Files.copy(source, NODE_FOLDER.resolve(file), StandardCopyOption.REPLACE_EXISTING);
    }
    List<String> npm = new ArrayList<>(List.of("npm", "--prefix", NODE_FOLDER.toString()));
    boolean complete = false;
    if (Files.exists(NODE_FOLDER.resolve("node_modules"))) {
      List<String> look = new ArrayList<>(npm);
      look.addAll(List.of("ls", "--all"));
      complete = tool.run(LOOK, look).exitCode() == 0;
    }
    if (!complete) {
      npm.addAll(List.of("ci", "--no-audit", "--no-fund"));
      tool.require("npm cannot fetch AWS's SDK", FETCH, npm);
    }
    return NODE_FOLDER.resolve("names.mjs");
  }

  /// A file with one record a line.
  private Path records() throws IOException {
    return Files.write(
        folder.resolve("records.json"),
        names.stream()
            .map(name ->
                "{\"block\":\"%s\",\"code\":%d,\"name\":\"%s\"}"
                    .formatted(name.block(), name.code(), name.name()))
            .toList(),
        StandardCharsets.UTF_8);
  }

  /// A folder with requests as the AWS CLI reads them.
  private Path requests(List<UnicodeName> records) throws IOException {
    Path requests = Files.createDirectory(folder.resolve("requests"));
    for (int from = 0; from < records.size(); from += BATCH) {
      List<UnicodeName> batch = records.subList(from, Math.min(from + BATCH, records.size()));
      String puts = batch.stream().map(ApplicationTest::put).collect(Collectors.joining(","));
      Files.writeString(
          requests.resolve("%05d.json".formatted(from)), "{\"%s\":[%s]}".formatted(table, puts));
    }
    return requests;
  }

  private static String put(UnicodeName name) {
    return """
    {"PutRequest":{"Item":{"block":{"S":"%s"},"code":{"N":"%d"},"name":{"S":"%s"},"words":{"SS":["%s"]}}}}\
    """
        .formatted(name.block(), name.code(), name.name(), String.join("\",\"", name.words()));
  }
}
