package dev.evenkeel.simulation.campaign;

/// A bug that somebody could write, as a change of one file's text. It lives in a copy of the class
/// that only this test loads.
///
/// @param file below `dev/evenkeel`
/// @param right what the file says
/// @param wrong what it says with the bug
public record PlantedBug(String name, String file, String right, String wrong) {
  /// The file's text with the bug.
  ///
  /// @throws IllegalArgumentException when the file does not say what is right exactly once
  public String plant(String source) {
    int at = source.indexOf(right);
    if (at < 0 || source.indexOf(right, at + 1) >= 0) {
      throw new IllegalArgumentException(
          "'" + name + "' has to be planted anew: " + file + " does not say once: " + right);
    }
    return source.replace(right, wrong);
  }

  String className() {
    return "dev.evenkeel." + file.substring(0, file.length() - ".java".length()).replace('/', '.');
  }

  @Override
  public String toString() {
    return name;
  }
}
