package dev.evenkeel.node;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.evenkeel.cli.Launcher;
import dev.evenkeel.cli.Program;
import dev.evenkeel.cli.Settings;
import dev.evenkeel.cli.Surroundings;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Commands that ask a node that runs.
class CommandsOnANodeTest {
  private static final int POLLS_MAX = 10_000;

  @TempDir private Path folder;
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();
  private final HttpClient client = HttpClient.newHttpClient();
  private Launcher.Running node;
  private String endpoint;

  @BeforeEach
  void start() throws Exception {
    Settings settings = new Settings("127.0.0.1", 0, folder, true, "local", 1);
    node = new NodeLauncher().start(settings, _ -> {});
    endpoint = "http://127.0.0.1:" + node.address().getPort();
  }

  @AfterEach
  void stop() {
    client.close();
    node.close();
  }

  private int run(String... command) {
    out.reset();
    err.reset();
    Surroundings surroundings =
        new Surroundings(
            Map.of(), new PrintStream(out, true, UTF_8), new PrintStream(err, true, UTF_8));
    return Program.run(command, new NodeLauncher(), surroundings);
  }

  private String call(String operation, String body) throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(endpoint))
            .header("Content-Type", "application/x-amz-json-1.0")
            .header("X-Amz-Target", "DynamoDB_20120810." + operation)
            .header("X-Amz-Date", "20260101T000000Z")
            .header(
                "Authorization",
                "AWS4-HMAC-SHA256 Credential=any/20260101/local/dynamodb/aws4_request,"
                    + " SignedHeaders=host;x-amz-date, Signature="
                    + "0".repeat(64))
            .POST(HttpRequest.BodyPublishers.ofString(body.replace('\'', '"')))
            .build();
    HttpResponse<String> answer = client.send(request, HttpResponse.BodyHandlers.ofString());
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    return answer.body().replace('"', '\'');
  }

  private void awaitSaid(String operation, String said) throws Exception {
    for (int i = 0; i < POLLS_MAX; i++) {
      if (call(operation, "{'TableName':'tab'}").contains(said)) {
        return;
      }
    }
    throw new AssertionError("never " + said);
  }

  private void createTable() throws Exception {
    call(
        "CreateTable",
        "{'TableName':'tab','BillingMode':'PAY_PER_REQUEST',"
            + "'AttributeDefinitions':[{'AttributeName':'p','AttributeType':'S'}],"
            + "'KeySchema':[{'AttributeName':'p','KeyType':'HASH'}]}");
    awaitSaid("DescribeTable", "'TableStatus':'ACTIVE'");
  }

  @Test
  void statusShowsTheNode() {
    assertThat(run("status", "--endpoint", endpoint)).isZero();
    assertThat(out.toString(UTF_8)).startsWith("{\"region\":\"local\",\"nodes\":[{\"node\":1,");
  }

  @Test
  void afterASweepNothingIsLeftThatHasExpired() throws Exception {
    createTable();
    call(
        "UpdateTimeToLive",
        "{'TableName':'tab','TimeToLiveSpecification':{'AttributeName':'until','Enabled':true}}");
    awaitSaid("DescribeTimeToLive", "'TimeToLiveStatus':'ENABLED'");
    long past = System.currentTimeMillis() / 1000 - 10;
    for (int i = 0; i < 20; i++) {
      call(
          "PutItem",
          "{'TableName':'tab','Item':{'p':{'S':'past-%s'},'until':{'N':'%s'}}}".formatted(i, past));
      call("PutItem", "{'TableName':'tab','Item':{'p':{'S':'stays-%s'}}}".formatted(i));
    }
    assertThat(run("ttl", "sweep", "tab", "--endpoint", endpoint)).isZero();
    assertThat(out.toString(UTF_8)).matches("\\{\"table\":\"tab\",\"deleted\":\\d+}\n");
    assertThat(call("Scan", "{'TableName':'tab','ConsistentRead':true}"))
        .contains("'Count':20")
        .doesNotContain("past-");
  }

  @Test
  void whatCannotBeSweptIsOneLine() throws Exception {
    createTable();
    assertThat(run("ttl", "sweep", "tab", "--endpoint", endpoint)).isEqualTo(1);
    assertThat(err.toString(UTF_8))
        .isEqualTo("evenkeel: time to live is not enabled on table tab\n");
    assertThat(run("ttl", "sweep", "tub", "--endpoint", endpoint)).isEqualTo(1);
    assertThat(err.toString(UTF_8))
        .isEqualTo("evenkeel: Requested resource not found: Table: tub not found\n");
    assertThat(run("ttl", "sweep", "a b", "--endpoint", endpoint)).isEqualTo(2);
    assertThat(err.toString(UTF_8)).isEqualTo("evenkeel: 'a b' is no name of a table\n");
    assertThat(run("ttl", "sweep")).isEqualTo(2);
    assertThat(err.toString(UTF_8)).startsWith("evenkeel: ").hasLineCount(1).contains("TABLE");
    assertThat(run("ttl", "sweep", "tab", "--endpoint", "nonsense")).isEqualTo(2);
    assertThat(err.toString(UTF_8)).contains("'nonsense' is not like http://127.0.0.1:8000");
    assertThat(run("ttl", "sweep", "tab", "--endpoint", "http://127.0.0.1:1")).isEqualTo(1);
    assertThat(err.toString(UTF_8)).isEqualTo("evenkeel: no node answers at http://127.0.0.1:1\n");
  }

  @Test
  void aNodeWithAccessKeysSweepsByItselfOnly() throws Exception {
    assertThat(run("keys", "add", "--data-dir", folder.toString())).isZero();
    for (int i = 0; node.accessKeys() == 0; i++) {
      assertThat(i).as("looks at the keys").isLessThan(POLLS_MAX);
      run("status", "--endpoint", endpoint);
    }
    assertThat(run("ttl", "sweep", "tab", "--endpoint", endpoint)).isEqualTo(1);
    assertThat(err.toString(UTF_8)).contains("access keys");
  }
}
