package dev.evenkeel.conformance;

import static dev.evenkeel.conformance.Values.item;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/// What lies under the operations: checksums, retries, compressed bodies.
class TransportTest {
  private static final HttpClient HTTP =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  @Test
  void answerBearsTheChecksumOfItsBody() throws Exception {
    HttpResponse<byte[]> response = call("{}".getBytes(StandardCharsets.UTF_8), false);
    CRC32 crc = new CRC32();
    crc.update(response.body());
    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(response.headers().firstValue("x-amz-crc32"))
        .contains(Long.toString(crc.getValue()));
    assertThat(response.headers().firstValue("content-type"))
        .contains("application/x-amz-json-1.0");
    assertThat(response.headers().firstValue("x-amzn-requestid")).isPresent();
  }

  @Test
  void compressedBodyIsRead() throws Exception {
    HttpResponse<byte[]> response = call(gzip("{\"Limit\":1}"), true);
    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(new String(response.body(), StandardCharsets.UTF_8)).contains("TableNames");
  }

  @Test
  void lostConnectionIsRetriedByTheSdk() throws Exception {
    try (TestTable table = TestTable.simple();
        FlakyProxy proxy = FlakyProxy.open(Endpoint.uri());
        DynamoDbClient ddb = Clients.sync(proxy.uri())) {
      ddb.putItem(r -> r.tableName(table.name()).item(item("p", "a")));
      assertThat(table.get(item("p", "a"))).isEqualTo(item("p", "a"));
      assertThat(proxy.dropped()).isEqualTo(1);
    }
  }

  private static HttpResponse<byte[]> call(byte[] body, boolean compressed)
      throws IOException, InterruptedException {
    URI endpoint = Endpoint.uri();
    HttpRequest.Builder request =
        HttpRequest.newBuilder(endpoint)
            .header("Content-Type", "application/x-amz-json-1.0")
            .header("X-Amz-Target", "DynamoDB_20120810.ListTables")
            .header("X-Amz-Date", "20260101T000000Z")
            .header(
                "Authorization",
                "AWS4-HMAC-SHA256 Credential=any/20260101/local/dynamodb/aws4_request,"
                    + " SignedHeaders=host;x-amz-date, Signature=0")
            .POST(BodyPublishers.ofByteArray(body));
    if (compressed) {
      request.header("Content-Encoding", "gzip");
    }
    return HTTP.send(request.build(), BodyHandlers.ofByteArray());
  }

  private static byte[] gzip(String text) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
      gzip.write(text.getBytes(StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }
}
