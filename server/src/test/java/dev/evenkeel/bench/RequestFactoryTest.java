package dev.evenkeel.bench;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.SplittableRandom;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class RequestFactoryTest {
  private static final Pattern MEMBER = Pattern.compile("\"(field\\d+|pk)\":\\{\"S\":\"(\\w*)\"}");

  @Test
  void getItemNamesTheKeyAndAsksForConsistency() throws BenchFailure {
    assertThat(body(factory(false).read(42)))
        .isEqualTo(
            "{\"TableName\":\"t_1\",\"Key\":{\"pk\":{\"S\":\"user000000000042\"}},"
                + "\"ConsistentRead\":true}");
    assertThat(body(factory(true).read(42))).doesNotContain("ConsistentRead");
  }

  @Test
  void putItemHasExactlyTheItemSizeAskedFor() throws BenchFailure {
    RequestFactory factory = factory(false);
    String first = body(factory.put(7));
    Matcher member = MEMBER.matcher(first);
    int size = 0;
    int members = 0;
    while (member.find()) {
      size += member.group(1).length() + member.group(2).length();
      members++;
    }
    assertThat(size).isEqualTo(1_024);
    assertThat(members).isEqualTo(11);
    assertThat(body(factory.put(7))).as("values are fresh").isNotEqualTo(first);
  }

  @Test
  void updateItemSetsOneField() throws BenchFailure {
    assertThat(body(factory(false).update(9)))
        .matches(
            "\\{\"TableName\":\"t_1\",\"Key\":\\{\"pk\":\\{\"S\":\"user000000000009\"}},"
                + "\"UpdateExpression\":\"SET field\\d = :v\","
                + "\"ExpressionAttributeValues\":\\{\":v\":\\{\"S\":\"\\w{94,95}\"}}}");
  }

  @Test
  void shortScanStartsAtTheKeyWithALimit() throws BenchFailure {
    RequestFactory factory = factory(false);
    for (int i = 0; i < 300; i++) {
      Matcher limit = Pattern.compile("\"Limit\": *(\\d+),").matcher(body(factory.shortScan(1)));
      assertThat(limit.find()).isTrue();
      assertThat(Integer.parseInt(limit.group(1))).isBetween(1, 100);
    }
  }

  @Test
  void batchHasTwentyFiveItemsOfDistinctKeys() throws BenchFailure {
    String body = body(factory(false).batch(99));
    assertThat(keys(body)).hasSize(25).doesNotHaveDuplicates().startsWith("user000000000099");
    assertThat(keys(body)).allMatch(key -> key.compareTo("user000000000100") < 0);
    assertThat(body).startsWith("{\"RequestItems\":{\"t_1\":[{\"PutRequest\":").doesNotContain("~");
    assertThat(body.split("PutRequest", -1)).hasSize(26);
  }

  @Test
  void transactionPutsFourItemsIntoOneTableOrEachIntoItsOwn() throws BenchFailure {
    String one = body(factory(false).transaction(3));
    assertThat(keys(one)).hasSize(4).doesNotHaveDuplicates();
    assertThat(one.split("\"TableName\":\"t_1\"", -1)).hasSize(5);
    assertThat(body(factory(false).spread(3)))
        .contains("\"t_1\"", "\"t_1-2\"", "\"t_1-3\"", "\"t_1-4\"")
        .doesNotContain("~");
  }

  @Test
  void itemOfACollectionHasASortKey() throws BenchFailure {
    RequestFactory factory = collections();
    assertThat(body(factory.read(73)))
        .contains("{\"pk\":{\"S\":\"user000000000001\"},\"sk\":{\"S\":\"000023\"}}");
    assertThat(body(factory.query(73)))
        .contains("\"pk = :p\"", "{\":p\":{\"S\":\"user000000000001\"}}");
    assertThat(body(factory.batch(73))).contains("\"000023\"").doesNotContain("@");
  }

  private static List<String> keys(String body) {
    return MEMBER
        .matcher(body)
        .results()
        .filter(member -> member.group(1).equals("pk"))
        .map(member -> member.group(2))
        .toList();
  }

  @Test
  void contentLengthIsTheBodysLength() throws BenchFailure {
    RequestFactory factory = factory(false);
    for (byte[] request : new byte[][] {factory.read(1), factory.scanPage(1, 4, "{\"pk\":1}")}) {
      String text = new String(request, ISO_8859_1);
      assertThat(text).contains("\r\nContent-Length: " + body(request).length() + "\r\n");
    }
  }

  @Test
  void itemTooSmallForItsFieldsIsRefused() {
    assertThatThrownBy(() -> ItemShape.of(50, 10, 1))
        .isInstanceOf(BenchFailure.class)
        .hasMessage("an item with 10 fields needs at least 88 bytes (--item-bytes 50)");
  }

  @Test
  void signatureIsRenewedWithTheClock() throws BenchFailure {
    Instant[] now = {Instant.parse("2026-01-31T23:59:59Z")};
    InstantSource clock = () -> now[0];
    RequestFactory factory = factory(new Credentials("AKIDEXAMPLE", "secret", null), clock, false);
    String before = new String(factory.read(1), ISO_8859_1);
    now[0] = Instant.parse("2026-02-01T00:00:00Z");
    String after = new String(factory.read(1), ISO_8859_1);
    assertThat(before).contains("X-Amz-Date: 20260131T235959Z").contains("/20260131/local/dyn");
    assertThat(after).contains("X-Amz-Date: 20260201T000000Z").contains("/20260201/local/dyn");
    assertThat(signature(after)).isNotEqualTo(signature(before)).matches("[0-9a-f]{64}");
  }

  private static String signature(String request) {
    int at = request.indexOf("Signature=") + 10;
    return request.substring(at, at + 64);
  }

  private static String body(byte[] request) {
    String text = new String(request, ISO_8859_1);
    return text.substring(text.indexOf("\r\n\r\n") + 4);
  }

  private static RequestFactory factory(boolean eventual) throws BenchFailure {
    return factory(null, InstantSource.fixed(Instant.EPOCH), eventual);
  }

  private static RequestFactory factory(
      @Nullable Credentials credentials, InstantSource clock, boolean eventual)
      throws BenchFailure {
    return new RequestFactory(
        new Signer(credentials, "local", "localhost:8000", clock),
        options(1, eventual),
        ItemShape.of(1_024, 10, 1),
        new SplittableRandom(1));
  }

  /// Of a table whose items lie in collections of 50.
  private static RequestFactory collections() throws BenchFailure {
    return new RequestFactory(
        new Signer(null, "local", "localhost:8000", InstantSource.fixed(Instant.EPOCH)),
        options(50, false),
        ItemShape.of(1_024, 10, 50),
        new SplittableRandom(1));
  }

  private static BenchOptions options(int collection, boolean eventual) {
    return new BenchOptions(
        new BenchOptions.Target(
            URI.create("http://localhost:8000"), "local", null, "t_1", Duration.ofSeconds(1)),
        Workload.GET,
        new BenchOptions.Data(100, 1_024, 10, collection, null, eventual, 1),
        new BenchOptions.Pace(1, 1, 1, 0, Duration.ZERO, Duration.ZERO, 0),
        false);
  }
}
