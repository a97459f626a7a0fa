package dev.evenkeel.telemetry;

/// A value attached to a log line under its own name: a parameter of a call to `System.Logger`.
///
/// ```
/// log.log(Level.INFO, "segment sealed", Field.of("segment", 7), Field.of("bytes", size));
/// ```
///
/// @param value a number or a boolean is written as such, anything else as its text
public record Field(String name, Object value) {
  public static Field of(String name, Object value) {
    return new Field(name, value);
  }

  @Override
  public String toString() {
    return name + "=" + value;
  }
}
