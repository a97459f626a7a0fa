package dev.evenkeel.model;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The streams of a table: the one that is on, and those that ended but can still be read.
///
/// @param current the stream that is on, or null
/// @param ended the oldest first
public record TableStreams(@Nullable StreamSettings current, List<Ended> ended) {
  public static final TableStreams NONE = new TableStreams(null, List.of());

  /// How long a record can be read.
  public static final Duration RETENTION = Duration.ofHours(24);

  private static final DateTimeFormatter LABEL =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS").withZone(ZoneOffset.UTC);

  /// A stream that was turned off.
  ///
  /// @param endedMillis when, wall-clock milliseconds since 1970
  public record Ended(StreamSettings settings, long endedMillis) {}

  public TableStreams {
    ended = List.copyOf(ended);
  }

  /// With a new stream in place of the one that is on, or with none.
  ///
  /// @param view what its records show; null: no stream
  /// @param nowMillis wall-clock milliseconds since 1970
  public TableStreams with(StreamSettings.@Nullable View view, long nowMillis) {
    List<Ended> kept = new ArrayList<>(readable(nowMillis));
    if (current != null) {
      kept.add(new Ended(current, nowMillis));
    }
    long born = nowMillis;
    for (Ended former : kept) {
      born = Math.max(born, birthMillis(former.settings.label()) + 1);
    }
    return new TableStreams(
        view == null ? null : new StreamSettings(LABEL.format(Instant.ofEpochMilli(born)), view),
        kept);
  }

  /// All that can be read at that time, the oldest first.
  public List<StreamSettings> all(long nowMillis) {
    List<StreamSettings> all = new ArrayList<>();
    readable(nowMillis).forEach(former -> all.add(former.settings));
    if (current != null) {
      all.add(current);
    }
    return all;
  }

  /// The newest stream, also when it has ended; null where there was none.
  public @Nullable StreamSettings latest() {
    return current != null || ended.isEmpty() ? current : ended.getLast().settings;
  }

  /// When the stream of that label was turned on, wall-clock milliseconds since 1970.
  public static long birthMillis(String label) {
    return LocalDateTime.parse(label).toInstant(ZoneOffset.UTC).toEpochMilli();
  }

  private List<Ended> readable(long nowMillis) {
    long since = nowMillis - RETENTION.toMillis();
    return ended.stream().filter(former -> former.endedMillis >= since).toList();
  }
}
