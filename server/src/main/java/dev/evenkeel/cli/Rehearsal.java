package dev.evenkeel.cli;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;

/// The requests that a node answers while the JVM takes notes: each common operation a few times,
/// over one connection.
final class Rehearsal {
  private static final int ROUNDS = 20;
  private static final int TIMEOUT_MILLIS = 10_000;
  private static final String LENGTH = "content-length:";

  private static final String CREATE =
      """
      {"TableName":"rehearsal","BillingMode":"PAY_PER_REQUEST",
       "AttributeDefinitions":[{"AttributeName":"p","AttributeType":"S"},
                               {"AttributeName":"s","AttributeType":"N"}],
       "KeySchema":[{"AttributeName":"p","KeyType":"HASH"},
                    {"AttributeName":"s","KeyType":"RANGE"}]}\
      """;
  private static final String TABLE = "{\"TableName\":\"rehearsal\"}";

  /// Operation and body; `#` stands for the round.
  private static final List<Step> ROUND =
      List.of(
          new Step(
              "PutItem",
              """
              {"TableName":"rehearsal","Item":{"p":{"S":"a"},"s":{"N":"#"},"n":{"N":"1.5"},
               "b":{"BOOL":true},"l":{"L":[{"S":"x"},{"NULL":true}]},"m":{"M":{"k":{"B":"AA=="}}},
               "t":{"SS":["u","v"]}},"ReturnConsumedCapacity":"TOTAL"}\
              """),
          new Step(
              "GetItem",
              """
              {"TableName":"rehearsal","Key":{"p":{"S":"a"},"s":{"N":"#"}},"ConsistentRead":true}\
              """),
          new Step(
              "UpdateItem",
              """
              {"TableName":"rehearsal","Key":{"p":{"S":"a"},"s":{"N":"#"}},
               "UpdateExpression":"SET n = n + :one, #w = if_not_exists(#w, :one) REMOVE b",
               "ConditionExpression":"attribute_exists(p) AND n < :many",
               "ExpressionAttributeNames":{"#w":"w"},"ReturnValues":"ALL_NEW",
               "ExpressionAttributeValues":{":one":{"N":"1"},":many":{"N":"100"}}}\
              """),
          new Step(
              "Query",
              """
              {"TableName":"rehearsal","KeyConditionExpression":"p = :p AND s >= :s",
               "FilterExpression":"contains(t, :t)","ProjectionExpression":"p, s, m.k","Limit":10,
               "ExpressionAttributeValues":{":p":{"S":"a"},":s":{"N":"0"},":t":{"S":"u"}}}\
              """),
          new Step("Scan", "{\"TableName\":\"rehearsal\",\"Limit\":5}"),
          new Step(
              "BatchWriteItem",
              """
              {"RequestItems":{"rehearsal":[
               {"PutRequest":{"Item":{"p":{"S":"b"},"s":{"N":"#"}}}},
               {"DeleteRequest":{"Key":{"p":{"S":"c"},"s":{"N":"#"}}}}]}}\
              """),
          new Step(
              "BatchGetItem",
              """
              {"RequestItems":{"rehearsal":{"Keys":[{"p":{"S":"b"},"s":{"N":"#"}}]}}}\
              """),
          new Step(
              "DeleteItem",
              "{\"TableName\":\"rehearsal\",\"Key\":{\"p\":{\"S\":\"b\"},\"s\":{\"N\":\"#\"}}}"),
          new Step("DescribeTable", TABLE),
          new Step("ListTables", "{}"));

  private final Socket socket;
  private final InputStream in;

  private Rehearsal(Socket socket) throws IOException {
    this.socket = socket;
    this.in = new BufferedInputStream(socket.getInputStream());
  }

  /// @throws IOException when the node does not answer
  static void play(InetSocketAddress node) throws IOException {
    try (Socket socket = new Socket(node.getAddress(), node.getPort())) {
      socket.setTcpNoDelay(true);
      socket.setSoTimeout(TIMEOUT_MILLIS);
      new Rehearsal(socket).play();
    }
  }

  private void play() throws IOException {
    exchange("GET / HTTP/1.1\r\nHost: localhost\r\n\r\n");
    call("CreateTable", CREATE);
    while (!call("DescribeTable", TABLE).contains("\"TableStatus\":\"ACTIVE\"")) {
      Thread.onSpinWait();
    }
    for (int round = 0; round < ROUNDS; round++) {
      for (Step step : ROUND) {
        call(step.operation(), step.body().replace("\"#\"", "\"" + round + "\""));
      }
    }
    call("DeleteTable", TABLE);
    while (!call("DescribeTable", TABLE).contains("ResourceNotFoundException")) {
      Thread.onSpinWait();
    }
  }

  private String call(String operation, String body) throws IOException {
    return exchange(
        String.join(
            "\r\n",
            "POST / HTTP/1.1",
            "Host: localhost",
            "Content-Type: application/x-amz-json-1.0",
            "X-Amz-Target: DynamoDB_20120810." + operation,
            "X-Amz-Date: 20260101T000000Z",
            "Authorization: AWS4-HMAC-SHA256 Credential=any/20260101/local/dynamodb/aws4_request,"
                + " SignedHeaders=host;x-amz-date, Signature=0",
            "Content-Length: " + body.length(),
            "",
            body));
  }

  private String exchange(String request) throws IOException {
    socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
    int length = 0;
    for (String line = line(); !line.isEmpty(); line = line()) {
      if (line.toLowerCase(Locale.ROOT).startsWith(LENGTH)) {
        length = Integer.parseInt(line.substring(LENGTH.length()).strip());
      }
    }
    return new String(in.readNBytes(length), StandardCharsets.UTF_8);
  }

  private String line() throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    for (int next = in.read(); next != '\n'; next = in.read()) {
      if (next < 0) {
        throw new EOFException("the node closed the connection");
      }
      line.write(next);
    }
    return line.toString(StandardCharsets.ISO_8859_1).stripTrailing();
  }

  private record Step(String operation, String body) {}
}
