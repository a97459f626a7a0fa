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
import java.util.List;
import java.util.stream.Stream;

/// Measures every figure that the project promises and reports it next to its target.
public final class BenchSuite {
  private final Plan plan;
  private final List<Figure> figures = new ArrayList<>();

  private BenchSuite(Plan plan) {
    this.plan = plan;
  }

  /// Runs the suite and prints the report.
  ///
  /// @param arguments the repository's root, then `--quick` for a quick look
  public static void main(String[] arguments) throws IOException {
    Path root = Path.of(arguments[0]).toAbsolutePath().normalize();
    Path work = root.resolve("bench/target/suite");
    List<String> flags = Arrays.asList(arguments).subList(1, arguments.length);
    if (flags.stream().anyMatch(flag -> !flag.equals("--quick"))) {
      System.err.println("bench: the only option is --quick, not " + String.join(" ", flags));
      System.exit(2);
    }
    Plan plan = flags.isEmpty() ? Plan.full(root, work) : Plan.quick(root, work);
    try {
      new BenchSuite(plan).run();
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
    say("start-up");
    figures.addAll(StartUp.measure(plan));
    try (Server few = Server.start(plan, "few")) {
      say("GetItem and PutItem against the ceiling");
      Load.of(few.process(), few.port(), Workload.LOAD, "answers", 1).prepare();
      Load.of(few.process(), few.port(), Workload.LOAD, "few", plan.fewItems()).prepare();
      figures.addAll(SingleItem.measure(plan, few));
      zones(few);
      growth(few);
      say("Scan");
      figures.addAll(ScanRate.measure(plan, few));
      say("Query against the ceiling");
      figures.add(QueryPage.measure(plan, few));
      say("batches and transactions against single items");
      figures.addAll(ManyItems.measure(plan, few));
      say("global secondary indexes");
      figures.addAll(Indexes.measure(plan, few));
    }
    delete(data);
    String report = Report.of(plan, loadBefore, figures);
    Files.writeString(plan.work().resolve("report.md"), report, UTF_8);
    System.out.println(report);
  }

  private void growth(Server few) throws IOException, BenchFailure {
    say("loading " + plan.manyItems() + " items");
    try (Server many = Server.start(plan, "many")) {
      Load.of(many.process(), many.port(), Workload.LOAD, "many", plan.manyItems()).prepare();
      say("few items against many");
      figures.addAll(Growth.measure(plan, few, many));
    }
  }

  private void zones(Server one) throws IOException, BenchFailure {
    say("three zones against one");
    try (Server three = Server.start(plan, "three", 3)) {
      Load.of(three.process(), three.port(), Workload.LOAD, "few", plan.fewItems()).prepare();
      figures.addAll(ThreeZones.measure(plan, one, three));
    }
  }

  private static void say(String what) {
    System.err.println("bench: " + what);
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
