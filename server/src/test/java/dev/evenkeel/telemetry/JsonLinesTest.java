package dev.evenkeel.telemetry;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import org.junit.jupiter.api.Test;

class JsonLinesTest {
  private final JsonLines format = new JsonLines();

  @Test
  void recordBecomesOneLineWithItsFields() {
    LogRecord record = record(Level.INFO, "segment sealed");
    record.setParameters(
        new Object[] {Field.of("segment", 7), Field.of("name", "a"), Field.of("last", true)});
    assertThat(format.format(record))
        .isEqualTo(
            "{\"time\":\"2026-11-23T10:15:30.123Z\",\"level\":\"info\",\"logger\":\"dev.evenkeel.wal\","
                + "\"message\":\"segment sealed\",\"segment\":7,\"name\":\"a\",\"last\":true}\n");
  }

  @Test
  void controlCharactersQuotesAndLoneSurrogatesAreEscaped() {
    String line = format.format(record(Level.WARNING, "a\"b\\c\n\t\u0001\uD800é"));
    assertThat(line).contains("\"message\":\"a\\\"b\\\\c\\n\\t\\u0001\\ud800é\"").endsWith("}\n");
    assertThat(line.lines()).hasSize(1);
  }

  @Test
  void errorCarriesItsStackTraceInTheSameLine() {
    LogRecord record = record(Level.SEVERE, "failed");
    record.setThrown(new IllegalStateException("broken"));
    String line = format.format(record);
    assertThat(line)
        .contains("\"level\":\"error\"", "java.lang.IllegalStateException: broken\\n\\tat ");
    assertThat(line.lines()).hasSize(1);
  }

  @Test
  void messageTakesItsNumberedParameters() {
    LogRecord record = record(Level.FINE, "{0} of {1}");
    record.setParameters(new Object[] {3, 4});
    assertThat(format.format(record)).contains("\"level\":\"debug\"", "\"message\":\"3 of 4\"");
  }

  private static LogRecord record(Level level, String message) {
    LogRecord record = new LogRecord(level, message);
    record.setLoggerName("dev.evenkeel.wal");
    record.setInstant(Instant.parse("2026-11-23T10:15:30.123456Z"));
    return record;
  }
}
