package dev.evenkeel.conformance.clients;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.opentest4j.TestAbortedException;

/// Each client's program, and the table of what they can do. Those that take more than seconds, as
/// they are fetched or built first, run by `make clients` only.
class ClientsTest {
  private static final Path TABLE = Path.of("target", "clients.txt");
  private static final Matrix MATRIX = new Matrix();

  private final String prefix =
      "clients-" + ProcessHandle.current().pid() + "-" + Long.toString(System.nanoTime(), 36);

  @TempDir private Path scratch;

  @AfterAll
  static void writeTable() throws IOException {
    Files.createDirectories(TABLE.toAbsolutePath().getParent());
    Files.write(TABLE, MATRIX.lines());
  }

  @Test
  void javaSdk2() throws Exception {
    MATRIX.describe("java-2", "AWS SDK for Java 2, sync", "values of all types");
    inThisProcess("java-2", report -> new SyncProgram(prefix).run(report));
  }

  @Test
  void javaSdk2Async() throws Exception {
    MATRIX.describe("async", "AWS SDK for Java 2, async", "100 updates of an item at once");
    inThisProcess("async", report -> new AsyncProgram(prefix).run(report));
  }

  @Test
  void javaSdk2Enhanced() throws Exception {
    MATRIX.describe("beans", "AWS SDK for Java 2, enhanced client", "versions keep writers apart");
    inThisProcess("beans", report -> new EnhancedProgram(prefix).run(report));
  }

  @Test
  void javaSdk1Mapper() throws Exception {
    MATRIX.describe("java-1", "AWS SDK for Java 1 and its mapper", "versions keep writers apart");
    inThisProcess("java-1", report -> new MapperProgram(prefix).run(report));
  }

  @Test
  void lockClient() throws Exception {
    MATRIX.describe("lock", "DynamoDB Lock Client", "a lock of a dead owner is taken over");
    inThisProcess("lock", report -> new LockProgram(prefix).run(report));
  }

  @Test
  void databaseEncryptionSdk() throws Exception {
    MATRIX.describe("encrypt", "AWS Database Encryption SDK", "tampering is noticed");
    inThisProcess("encrypt", report -> new EncryptionProgram(prefix).run(report));
  }

  @Test
  void python() throws Exception {
    MATRIX.describe("python", "AWS SDK for Python (boto3)", "Python's types, exact numbers");
    run("python", () -> new ExternalProgram("python", scratch).python(prefix));
  }

  @Test
  @Tag("clients")
  void awsCli() throws Exception {
    MATRIX.describe("cli", "AWS CLI", "shorthand, files, tables");
    run("cli", () -> new ExternalProgram("cli", scratch).cli(prefix));
  }

  @Test
  @Tag("clients")
  void goSdk() throws Exception {
    MATRIX.describe("go", "AWS SDK for Go 2, Debian's", "Go's types");
    run("go", () -> new ExternalProgram("go", scratch).go(prefix));
  }

  @Test
  @Tag("clients")
  void kinesisClientLibrary() throws Exception {
    MATRIX.describe(
        "kcl",
        "Kinesis Client Library 3 with the adapter for DynamoDB's streams",
        "workers go on at each other's checkpoints, to the end of a shard");
    run("kcl", () -> new ExternalProgram("kcl", scratch).java(prefix));
  }

  @Test
  @Tag("clients")
  void javaScriptSdk() throws Exception {
    MATRIX.describe("javascript", "AWS SDK for JavaScript 3", "JavaScript's types");
    node("javascript");
  }

  @Test
  @Tag("clients")
  void dynamodbToolbox() throws Exception {
    MATRIX.describe("toolbox", "dynamodb-toolbox", "schemas of several shapes, whole partitions");
    node("toolbox");
  }

  @Test
  @Tag("clients")
  void electroDb() throws Exception {
    MATRIX.describe("electrodb", "ElectroDB", "collections of several entities");
    node("electrodb");
  }

  @Test
  @Tag("clients")
  void dynamoose() throws Exception {
    MATRIX.describe("dynamoose", "Dynamoose", "documents checked against a schema");
    node("dynamoose");
  }

  @Test
  @Tag("clients")
  void oneTable() throws Exception {
    MATRIX.describe("onetable", "dynamodb-onetable", "unique attributes, kept by transactions");
    node("onetable");
  }

  @Test
  @Tag("clients")
  void dynamodbAdmin() throws Exception {
    MATRIX.describe("admin", "dynamodb-admin, by its web pages", "pages of tables");
    node("admin");
  }

  private void node(String client) throws Exception {
    run(client, () -> new ExternalProgram(client, scratch).node(prefix));
  }

  /// A program in Java.
  @FunctionalInterface
  private interface Program {
    void run(Report report) throws Exception;
  }

  private static void inThisProcess(String client, Program program) throws Exception {
    run(
        client,
        () -> {
          Report report = new Report(client);
          program.run(report);
          report.complete("the program ended before");
          return report;
        });
  }

  private static void run(String client, Callable<Report> program) throws Exception {
    Report report;
    try {
      report = program.call();
    } catch (TestAbortedException e) {
      MATRIX.skip(client, String.valueOf(e.getMessage()));
      throw e;
    } catch (Exception e) {
      MATRIX.skip(client, "its program broke: " + e);
      throw e;
    }
    MATRIX.add(report);
    assertThat(report.failures()).as(client).isEmpty();
  }
}
