package dev.evenkeel.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.CRC32;

/// An answer as a client reads it.
///
/// @param headers by lower-case name
/// @param end where the next answer begins
@SuppressWarnings("ArrayRecordComponent")
record Answer(int status, Map<String, String> headers, byte[] body, int end) {
  /// Reads one answer, and checks the headers that every one has to have.
  static Answer parse(byte[] bytes, int from) {
    String text = new String(bytes, StandardCharsets.ISO_8859_1);
    int headEnd = text.indexOf("\r\n\r\n", from);
    assertThat(headEnd).as("end of head in %s", text.substring(from)).isNotNegative();
    String[] lines = text.substring(from, headEnd).split("\r\n", -1);
    int status = Integer.parseInt(lines[0].split(" ", -1)[1]);
    Map<String, String> headers = new TreeMap<>();
    for (int line = 1; line < lines.length; line++) {
      int colon = lines[line].indexOf(": ");
      String name = lines[line].substring(0, colon).toLowerCase(Locale.ROOT);
      assertThat(headers.put(name, lines[line].substring(colon + 2))).as(name).isNull();
    }
    int bodyStart = headEnd + 4;
    if (status == 100) {
      return new Answer(status, headers, new byte[0], bodyStart);
    }
    int length = Integer.parseInt(headers.get("content-length"));
    int end = Math.min(bodyStart + length, bytes.length);
    byte[] body = Arrays.copyOfRange(bytes, bodyStart, end);
    Answer answer = new Answer(status, headers, body, end);
    answer.checkHeaders();
    return answer;
  }

  private void checkHeaders() {
    assertThat(headers.get("x-amzn-requestid")).matches("[0-9A-V]{52}");
    assertThat(headers.get("date")).matches("\\w{3}, \\d+ \\w{3} \\d{4} \\d\\d:\\d\\d:\\d\\d GMT");
    assertThat(headers.get("server")).isEqualTo("Server");
    assertThat(headers.get("connection")).isIn("keep-alive", "close");
    if (body.length > 0) {
      CRC32 crc = new CRC32();
      crc.update(body);
      assertThat(headers.get("x-amz-crc32")).isEqualTo(String.valueOf(crc.getValue()));
    }
  }

  String text() {
    return new String(body, StandardCharsets.UTF_8);
  }

  boolean closes() {
    return "close".equals(headers.get("connection"));
  }

  @Override
  public String toString() {
    return status + " " + headers + " " + text();
  }
}
