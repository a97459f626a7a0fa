package dev.evenkeel.bench;

import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Sees to it that the table is there before the first measured request. Blocking, one request at a
/// time.
final class TableSetup {
  private static final Pattern STATUS = Pattern.compile("\"TableStatus\"\\s*:\\s*\"([A-Z_]+)\"");
  private static final Pattern MESSAGE =
      Pattern.compile("\"[mM]essage\"\\s*:\\s*\"((?:[^\"\\\\]|\\\\.)*)\"");
  private static final Duration WAIT_MAX = Duration.ofMinutes(2);
  private static final Duration POLL = Duration.ofMillis(200);

  private final BenchOptions.Target target;
  private final Signer signer;
  private final boolean isSorted;

  TableSetup(BenchOptions options, Signer signer) {
    this.target = options.target();
    this.signer = signer;
    this.isSorted = options.data().collection() > 1;
  }

  /// Creates a table where it is missing and waits until it can be used.
  ///
  /// @return whether it was created
  boolean ensure(String table) throws BenchFailure {
    try (HttpClient client =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(target.timeout())
            .build()) {
      HttpResponse<String> described = call(client, "DescribeTable", named(table));
      boolean missing = described.body().contains("ResourceNotFoundException");
      if (missing) {
        require(call(client, "CreateTable", createTable(table)), "CreateTable");
        described = call(client, "DescribeTable", named(table));
      }
      awaitActive(client, table, described);
      return missing;
    }
  }

  private void awaitActive(HttpClient client, String table, HttpResponse<String> first)
      throws BenchFailure {
    HttpResponse<String> described = first;
    long deadline = System.nanoTime() + WAIT_MAX.toNanos();
    while (true) {
      require(described, "DescribeTable");
      Matcher status = STATUS.matcher(described.body());
      if (status.find() && status.group(1).equals("ACTIVE")) {
        return;
      }
      if (System.nanoTime() - deadline > 0) {
        throw new BenchFailure("table %s does not become ACTIVE", table);
      }
      pause();
      described = call(client, "DescribeTable", named(table));
    }
  }

  private static void pause() throws BenchFailure {
    try {
      boolean never = new CountDownLatch(1).await(POLL.toMillis(), TimeUnit.MILLISECONDS);
      if (never) {
        throw new IllegalStateException("no one counts this latch down");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new BenchFailure("interrupted");
    }
  }

  private static String named(String table) {
    return "{\"TableName\":\"" + table + "\"}";
  }

  private String createTable(String table) {
    String definition = ",{\"AttributeName\":\"sk\",\"AttributeType\":\"S\"}";
    String element = ",{\"AttributeName\":\"sk\",\"KeyType\":\"RANGE\"}";
    return "{\"TableName\":\""
        + table
        + "\",\"BillingMode\":\"PAY_PER_REQUEST\","
        + "\"AttributeDefinitions\":[{\"AttributeName\":\"pk\",\"AttributeType\":\"S\"}"
        + (isSorted ? definition : "")
        + "],\"KeySchema\":[{\"AttributeName\":\"pk\",\"KeyType\":\"HASH\"}"
        + (isSorted ? element : "")
        + "]}";
  }

  private void require(HttpResponse<String> reply, String operation) throws BenchFailure {
    if (reply.statusCode() != 200) {
      Matcher message = MESSAGE.matcher(reply.body());
      throw new BenchFailure(
          "%s answers %s to %s%s",
          target.endpoint(),
          reply.statusCode(),
          operation,
          message.find() ? ": " + message.group(1) : "");
    }
  }

  private HttpResponse<String> call(HttpClient client, String operation, String body)
      throws BenchFailure {
    String name = "DynamoDB_20120810." + operation;
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    String token = signer.sessionToken();
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(target.endpoint() + "/"))
            .timeout(target.timeout())
            .header("Content-Type", Signer.CONTENT_TYPE)
            .header("X-Amz-Target", name)
            .header("X-Amz-Date", signer.stamp())
            .header("Authorization", signer.authorization() + signer.signature(name, bytes, 0))
            .POST(HttpRequest.BodyPublishers.ofByteArray(bytes));
    if (token != null) {
      request.header("X-Amz-Security-Token", token);
    }
    try {
      return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
    } catch (IOException e) {
      throw unreachable(target.endpoint(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new BenchFailure("interrupted");
    }
  }

  /// The failure to reach `endpoint`, in a line.
  static BenchFailure unreachable(URI endpoint, Throwable cause) {
    String why = cause.getMessage();
    if (why == null) {
      boolean refused = cause instanceof ConnectException;
      why = refused ? "connection refused" : cause.getClass().getSimpleName();
    }
    return new BenchFailure("cannot reach %s (%s)", endpoint, why);
  }
}
