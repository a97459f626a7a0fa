package dev.evenkeel.chaos;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Locale;
import java.util.Set;

/// One connection that is kept alive, with one request at a time. Plain on purpose: a client that
/// repeats a request by itself would hide what the test is after.
final class Connection implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final Set<String> STREAM_OPERATIONS =
      Set.of("ListStreams", "DescribeStream", "GetShardIterator", "GetRecords");
  private static final String AUTHORIZATION =
      "AWS4-HMAC-SHA256 Credential=chaos/20260101/local/dynamodb/aws4_request,"
          + " SignedHeaders=host;x-amz-date, Signature="
          + "0".repeat(64);

  private final Socket socket;
  private final InputStream in;
  private boolean closing;

  private Connection(Socket socket) throws IOException {
    this.socket = socket;
    this.in = new BufferedInputStream(socket.getInputStream());
  }

  static Connection open(int port) throws IOException {
    return open(Place.HERE, port, PATIENCE);
  }

  /// @param patience how long to wait for the connection, and for each answer
  static Connection open(Place place, int port, Duration patience) throws IOException {
    Socket socket = place.socket();
    try {
      socket.setTcpNoDelay(true);
      socket.setSoTimeout((int) patience.toMillis());
      socket.connect(
          new InetSocketAddress(InetAddress.getLoopbackAddress(), port), (int) patience.toMillis());
      return new Connection(socket);
    } catch (IOException e) {
      socket.close();
      throw e;
    }
  }

  static Connection open(Place place, int port) throws IOException {
    return open(place, port, PATIENCE);
  }

  /// Asks for a page.
  Answer get(String path) throws IOException {
    String head = String.join("\r\n", "GET " + path + " HTTP/1.1", "Host: localhost", "", "");
    socket.getOutputStream().write(head.getBytes(StandardCharsets.US_ASCII));
    return receive();
  }

  /// Sends a request and waits for its answer.
  ///
  /// @throws CutAnswerException when the answer began and did not end
  /// @throws IOException when there was no answer
  Answer call(String operation, String body) throws IOException {
    send(operation, body);
    return receive();
  }

  void send(String operation, String body) throws IOException {
    byte[] payload = body.getBytes(StandardCharsets.UTF_8);
    String head =
        String.join(
            "\r\n",
            "POST / HTTP/1.1",
            "Host: localhost",
            "Content-Type: application/x-amz-json-1.0",
            "X-Amz-Target: " + service(operation) + "." + operation,
            "X-Amz-Date: 20260101T000000Z",
            "Authorization: " + AUTHORIZATION,
            "Content-Length: " + payload.length,
            "",
            "");
    byte[] request = new byte[head.length() + payload.length];
    System.arraycopy(head.getBytes(StandardCharsets.US_ASCII), 0, request, 0, head.length());
    System.arraycopy(payload, 0, request, head.length(), payload.length);
    socket.getOutputStream().write(request);
  }

  private static String service(String operation) {
    return STREAM_OPERATIONS.contains(operation) ? "DynamoDBStreams_20120810" : "DynamoDB_20120810";
  }

  Answer receive() throws IOException {
    in.mark(1);
    if (in.read() < 0) {
      throw new EOFException("the connection was closed without an answer");
    }
    in.reset();
    try {
      int status = Integer.parseInt(line().split(" ", 3)[1]);
      int length = contentLength();
      byte[] body = in.readNBytes(length);
      if (body.length < length) {
        throw new EOFException("the answer ended within its body");
      }
      return new Answer(status, new String(body, StandardCharsets.UTF_8));
    } catch (IOException | NumberFormatException e) {
      throw new CutAnswerException(e);
    }
  }

  /// Whether the server has said that its last answer was the last.
  boolean isClosing() {
    return closing;
  }

  private int contentLength() throws IOException {
    int length = 0;
    for (String line = line(); !line.isEmpty(); line = line()) {
      String header = line.toLowerCase(Locale.ROOT);
      if (header.startsWith("content-length:")) {
        length = Integer.parseInt(header.substring(header.indexOf(':') + 1).strip());
      }
      closing |= header.startsWith("connection:") && header.endsWith("close");
    }
    return length;
  }

  private String line() throws IOException {
    StringBuilder line = new StringBuilder();
    for (int c = in.read(); c != '\n'; c = in.read()) {
      if (c < 0) {
        throw new EOFException("the answer ended within its head");
      }
      if (c != '\r') {
        line.append((char) c);
      }
    }
    return line.toString();
  }

  @Override
  public void close() {
    try {
      socket.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// An answer that began and did not end.
  static final class CutAnswerException extends IOException {
    private static final long serialVersionUID = 1;

    CutAnswerException(Exception cause) {
      super("the answer was cut", cause);
    }
  }
}
