package dev.evenkeel.suite;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Single requests, each on a connection of its own.
final class Probe {
  private static final Pattern LENGTH = Pattern.compile("(?i)\r\ncontent-length: *(\\d+)\r\n");
  private static final int TIMEOUT_MILLIS = 2_000;

  private Probe() {}

  /// A port that nobody listens on.
  static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  /// Whether the endpoint answers a request with success.
  static boolean answers(int port) {
    try {
      return new String(exchange(port, "ListTables", "{}"), ISO_8859_1).startsWith("HTTP/1.1 200");
    } catch (IOException _) {
      return false;
    }
  }

  /// One call; the whole response as it was on the wire.
  static byte[] exchange(int port, String operation, String body) throws IOException {
    try (Socket socket = new Socket()) {
      socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), TIMEOUT_MILLIS);
      socket.setSoTimeout(TIMEOUT_MILLIS);
      socket.setTcpNoDelay(true);
      socket.getOutputStream().write(request(port, operation, body).getBytes(ISO_8859_1));
      return response(socket.getInputStream());
    }
  }

  private static String request(int port, String operation, String body) {
    return "POST / HTTP/1.1\r\nHost: 127.0.0.1:"
        + port
        + "\r\nContent-Type: application/x-amz-json-1.0\r\nX-Amz-Target: DynamoDB_20120810."
        + operation
        + "\r\nX-Amz-Date: 20260101T000000Z\r\nAuthorization: AWS4-HMAC-SHA256 "
        + "Credential=evenkeelbench/20260101/local/dynamodb/aws4_request, "
        + "SignedHeaders=content-type;host;x-amz-date;x-amz-target, Signature="
        + "0".repeat(64)
        + "\r\nContent-Length: "
        + body.length()
        + "\r\n\r\n"
        + body;
  }

  private static byte[] response(InputStream in) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    int size = Integer.MAX_VALUE;
    while (bytes.size() < size) {
      byte[] piece = new byte[8_192];
      int count = in.read(piece);
      if (count < 0) {
        throw new IOException("connection closed within a response");
      }
      bytes.write(piece, 0, count);
      size = size(bytes.toString(ISO_8859_1));
    }
    return bytes.toByteArray();
  }

  private static int size(String start) {
    int end = start.indexOf("\r\n\r\n");
    Matcher length = LENGTH.matcher(start);
    return end >= 0 && length.find()
        ? end + 4 + Integer.parseInt(length.group(1))
        : Integer.MAX_VALUE;
  }
}
