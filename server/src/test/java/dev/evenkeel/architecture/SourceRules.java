package dev.evenkeel.architecture;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// What `ArchitectureTest` asks of source text.
///
/// @param folder where `.java` files are looked for
record SourceRules(Path folder) {
  private static final int LINES_MAX = 600;
  private static final Pattern UNFINISHED = Pattern.compile("\\b(TODO|FIXME|XXX)\\b");

  /// Files that grew into something that nobody wants to read.
  List<String> tooLong() {
    return violations((file, lines) -> lines.size() > LINES_MAX ? file + ": " + lines.size() : "");
  }

  /// Files with marks of unfinished work.
  List<String> unfinished() {
    return violations((file, lines) ->
        lines.stream().anyMatch(line -> UNFINISHED.matcher(line).find()) ? file : "");
  }

  private List<String> violations(Rule rule) {
    List<String> found = new ArrayList<>();
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.filter(path -> path.toString().endsWith(".java")).sorted().toList()) {
        String violation = rule.judge(folder.relativize(file).toString(), Files.readAllLines(file));
        if (!violation.isEmpty()) {
          found.add(violation);
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return found;
  }

  private interface Rule {
    /// The violation, or empty.
    String judge(String file, List<String> lines);
  }
}
