package dev.evenkeel.telemetry;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.logging.Formatter;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import org.jspecify.annotations.Nullable;

/// One log record as one line of JSON.
///
/// ```
/// {"time":"2026-11-23T10:15:30.123Z","level":"warn","logger":"dev.evenkeel.wal","message":"torn tail truncated",
///  "segment":7,"error":"java.io.IOException: …\n\tat …"}
/// ```
///
/// Members in that order; the record's [Field]s stand between `message` and `error`. Levels are
/// `error`, `warn`, `info`, `debug` and `trace`.
public final class JsonLines extends Formatter {
  private static final int LINE_CHARS = 256;

  @Override
  public String format(LogRecord record) {
    StringBuilder line = new StringBuilder(LINE_CHARS);
    line.append("{\"time\":");
    text(line, time(record.getInstant()));
    member(line, "level", level(record.getLevel()));
    member(line, "logger", record.getLoggerName());
    member(line, "message", formatMessage(record));
    fields(line, record.getParameters());
    Throwable error = record.getThrown();
    if (error != null) {
      member(line, "error", stackTrace(error));
    }
    return line.append("}\n").toString();
  }

  private static String time(Instant instant) {
    return instant.truncatedTo(ChronoUnit.MILLIS).toString();
  }

  private static String level(Level level) {
    int value = level.intValue();
    if (value >= Level.SEVERE.intValue()) {
      return "error";
    }
    if (value >= Level.WARNING.intValue()) {
      return "warn";
    }
    if (value >= Level.CONFIG.intValue()) {
      return "info";
    }
    return value >= Level.FINE.intValue() ? "debug" : "trace";
  }

  private static void fields(StringBuilder line, Object @Nullable [] parameters) {
    if (parameters == null) {
      return;
    }
    for (Object parameter : parameters) {
      if (parameter instanceof Field field) {
        member(line, field.name(), field.value());
      }
    }
  }

  private static void member(StringBuilder line, String name, @Nullable Object value) {
    line.append(',');
    text(line, name);
    line.append(':');
    if (value instanceof Integer || value instanceof Long || value instanceof Boolean) {
      line.append(value);
    } else if (value instanceof Double number && Double.isFinite(number)) {
      line.append(number.doubleValue());
    } else {
      text(line, String.valueOf(value));
    }
  }

  private static void text(StringBuilder line, String text) {
    line.append('"');
    for (int at = 0; at < text.length(); at++) {
      character(line, text.charAt(at));
    }
    line.append('"');
  }

  private static void character(StringBuilder line, char character) {
    switch (character) {
      case '"' -> line.append("\\\"");
      case '\\' -> line.append("\\\\");
      case '\n' -> line.append("\\n");
      case '\r' -> line.append("\\r");
      case '\t' -> line.append("\\t");
      default -> {
        if (character < ' ' || Character.isSurrogate(character)) {
          line.append("\\u");
          for (int shift = 12; shift >= 0; shift -= 4) {
            line.append(Character.forDigit((character >> shift) & 0xF, 16));
          }
        } else {
          line.append(character);
        }
      }
    }
  }

  private static String stackTrace(Throwable error) {
    StringWriter text = new StringWriter();
    error.printStackTrace(new PrintWriter(text, true));
    return text.toString().stripTrailing();
  }
}
