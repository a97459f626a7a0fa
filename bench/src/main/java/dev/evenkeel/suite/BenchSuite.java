package dev.evenkeel.suite;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.evenkeel.bench.BenchFailure;
import dev.evenkeel.bench.Workload;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/// Measures every figure that the project promises and reports it next to its target.
public final class BenchSuite {
  private static final String ONLY = "--only=";

  private final Plan plan;
  private final Set<String> chosen;
  private final List<Figure> figures = new ArrayList<>();

  /// Each part by its name, in their order.
  private final Map<String, Part> parts = new LinkedHashMap<>();

  /// Measures with a server that runs one zone and has the few items.
  private interface Part {
    List<Figure> measure(Server few) throws IOException, BenchFailure;
  }

  private BenchSuite(Plan plan, Set<String> chosen) {
    this.plan = plan;
    this.chosen = chosen;
    parts.put("start", _ -> StartUp.measure(plan));
    parts.put("items", this::items);
    parts.put("zones", this::zones);
    parts.put("growth", this::growth);
    parts.put("scan", few -> ScanRate.measure(plan, few));
    parts.put("query", few -> List.of(QueryPage.measure(plan, few)));
    parts.put("many", few -> ManyItems.measure(plan, few));
    parts.put("indexes", few -> Indexes.measure(plan, few));
  }

  /// Runs the suite and prints the report.
  ///
  /// @param arguments the repository's root, then `--quick` for a quick look and `--only=PART,PART`
  ///   for some parts of it
  public static void main(String[] arguments) throws IOException {
    Path root = Path.of(arguments[0]).toAbsolutePath().normalize();
    Path work = root.resolve("bench/target/suite");
    boolean isQuick = false;
    Set<String> chosen = new TreeSet<>();
    List<String> wrong = new ArrayList<>();
    for (String flag : Arrays.asList(arguments).subList(1, arguments.length)) {
      if (flag.equals("--quick")) {
        isQuick = true;
      } else if (flag.startsWith(ONLY)) {
        chosen.addAll(List.of(flag.substring(ONLY.length()).split(",", -1)));
      } else {
        wrong.add(flag);
      }
    }
    BenchSuite suite =
        new BenchSuite(isQuick ? Plan.quick(root, work) : Plan.full(root, work), chosen);
    chosen.stream().filter(name -> !suite.parts.containsKey(name)).forEach(wrong::add);
    if (!wrong.isEmpty()) {
      System.err.println(
          Text.of(
              "bench: options are --quick and --only=PART,PART of %s; not %s",
              String.join(", ", suite.parts.keySet()), String.join(" ", wrong)));
      System.exit(2);
    }
    try {
      suite.run();
      System.exit(0);
    } catch (BenchFailure e) {
      System.err.println("bench: " + e.getMessage());
      System.exit(1);
    }
  }

  private void run() throws IOException, BenchFailure {
    Path data = plan.work().resolve("data");
    delete(data);
    Files.createDirectories(data);
    String loadBefore = Report.loadAverage();
    try (Server few = Server.start(plan, "few")) {
      Load.of(few.process(), few.port(), Workload.LOAD, "few", plan.fewItems()).prepare();
      for (Map.Entry<String, Part> part : parts.entrySet()) {
        if (chosen.isEmpty() || chosen.contains(part.getKey())) {
          System.err.println("bench: " + part.getKey());
          figures.addAll(part.getValue().measure(few));
        }
      }
    }
    delete(data);
    String report = Report.of(plan, loadBefore, figures);
    Files.writeString(plan.work().resolve("report.md"), report, UTF_8);
    System.out.println(report);
  }

  private List<Figure> items(Server few) throws IOException, BenchFailure {
    Load.of(few.process(), few.port(), Workload.LOAD, "answers", 1).prepare();
    return SingleItem.measure(plan, few);
  }

  private List<Figure> growth(Server few) throws IOException, BenchFailure {
    try (Server many = Server.start(plan, "many")) {
      Load.of(many.process(), many.port(), Workload.LOAD, "many", plan.manyItems()).prepare();
      return Growth.measure(plan, few, many);
    }
  }

  private List<Figure> zones(Server one) throws IOException, BenchFailure {
    try (Server three = Server.start(plan, "three", 3)) {
      Load.of(three.process(), three.port(), Workload.LOAD, "few", plan.fewItems()).prepare();
      return ThreeZones.measure(plan, one, three);
    }
  }

  private static void delete(Path directory) throws IOException {
    if (!Files.exists(directory)) {
      return;
    }
    try (Stream<Path> files = Files.walk(directory)) {
      files
          .sorted(Comparator.reverseOrder())
          .forEach(file -> {
            try {
              Files.delete(file);
            } catch (IOException e) {
              throw new UncheckedIOException(e);
            }
          });
    }
  }
}
