package dev.evenkeel.model;

/// A table's stream.
///
/// @param label unique in the table: the stream's birth, as the API writes it
/// @param view what a record shows
public record StreamSettings(String label, View view) {
  /// What a stream's record shows of the item besides its keys; `name()` is the wire's word.
  public enum View {
    KEYS_ONLY,
    NEW_IMAGE,
    OLD_IMAGE,
    NEW_AND_OLD_IMAGES
  }
}
