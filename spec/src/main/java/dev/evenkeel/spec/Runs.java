package dev.evenkeel.spec;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// What `runs.txt` asks for.
///
/// @param checks runs of the specification as it is
/// @param mutants runs of the specification with one planted bug each
record Runs(List<Run> checks, List<Run> mutants) {
  /// @param profile `ci` or `long`; the long one does what the other does, too
  static Runs read(Path file, String profile) throws IOException {
    Map<String, Scenario> scenarios = new TreeMap<>();
    List<Run> checks = new ArrayList<>();
    List<Run> mutants = new ArrayList<>();
    for (String line : Files.readAllLines(file)) {
      List<String> words = List.of(line.strip().split("\\s+"));
      switch (words.getFirst()) {
        case "", "#" -> {}
        case "scenario" -> scenarios.put(words.get(1), scenario(words));
        case "check" -> {
          if (isOf(profile, words)) {
            checks.add(run(scenarios, words.subList(2, words.size()), ""));
          }
        }
        case "mutant" -> {
          if (isOf(profile, words)) {
            mutants.add(run(scenarios, words.subList(3, words.size()), words.get(2)));
          }
        }
        default -> throw new IllegalArgumentException(file + ": " + line);
      }
    }
    return new Runs(List.copyOf(checks), List.copyOf(mutants));
  }

  private static boolean isOf(String profile, List<String> words) {
    return words.get(1).equals("ci") || words.get(1).equals(profile);
  }

  /// @param words the name of the scenario, then how it is searched
  private static Run run(Map<String, Scenario> scenarios, List<String> words, String mutant) {
    String name = words.getFirst();
    Scenario scenario = scenarios.get(name);
    if (scenario == null) {
      throw new IllegalArgumentException("no scenario " + name);
    }
    Search search = Search.parse(words.subList(1, words.size()));
    return new Run(name, scenario.specification, scenario.constants, mutant, search);
  }

  private record Scenario(String specification, Map<String, String> constants) {}

  private static Scenario scenario(List<String> words) {
    return new Scenario(words.get(2), constants(words.subList(3, words.size())));
  }

  private static Map<String, String> constants(List<String> words) {
    Map<String, String> constants = new TreeMap<>();
    for (String word : words) {
      int equals = word.indexOf('=');
      constants.put(word.substring(0, equals), word.substring(equals + 1));
    }
    return constants;
  }
}
