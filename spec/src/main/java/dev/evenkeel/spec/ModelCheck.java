package dev.evenkeel.spec;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/// Checks the specification and its mutants, prints a table, and fails if the specification is
/// wrong or a mutant survives.
final class ModelCheck {
  private final PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
  private final List<Outcome> checks = new ArrayList<>();
  private int failures;

  private ModelCheck() {}

  /// @param arguments the directory of the specification, then `--long` and `--jobs N`
  public static void main(String[] arguments) throws Exception {
    List<String> flags = List.of(arguments);
    int jobs = flags.indexOf("--jobs");
    int failures =
        new ModelCheck()
            .run(
                Path.of(arguments[0]),
                flags.contains("--long") ? "long" : "ci",
                jobs < 0 ? 1 : Integer.parseInt(flags.get(jobs + 1)));
    System.exit(failures == 0 ? 0 : 1);
  }

  private int run(Path home, String profile, int jobs)
      throws IOException, InterruptedException, ExecutionException {
    Runs runs = Runs.read(home.resolve("runs.txt"), profile);
    Checker checker = new Checker(home);
    try (ExecutorService executor = Executors.newFixedThreadPool(jobs)) {
      List<Future<Outcome>> checked = start(executor, checker, runs.checks());
      List<Future<Outcome>> mutated = start(executor, checker, runs.mutants());
      row("specification", "search", "generated", "distinct", "depth", "verdict");
      for (Future<Outcome> future : checked) {
        specification(future.get());
      }
      row("mutant", "scenario", "generated", "clean over", "steps", "caught by");
      for (Future<Outcome> future : mutated) {
        mutant(future.get());
      }
    }
    out.printf(
        Locale.ROOT,
        "model: %d runs of the specification, %d mutants, %d failures%n",
        runs.checks().size(),
        runs.mutants().size(),
        failures);
    return failures;
  }

  private static List<Future<Outcome>> start(
      ExecutorService executor, Checker checker, List<Run> runs) {
    return runs.stream().map(run -> executor.submit(() -> checker.check(run))).toList();
  }

  private void specification(Outcome outcome) {
    checks.add(outcome);
    String verdict =
        outcome.isClean()
            ? "holds"
            : outcome.error().isEmpty() ? "VIOLATES " + outcome.violated() : outcome.error();
    failures += outcome.isClean() ? 0 : 1;
    outcome(outcome, outcome.run().search().toString(), number(outcome.distinct()), verdict);
  }

  private void mutant(Outcome outcome) {
    long clean =
        checks.stream()
            .filter(check -> check.isClean() && check.run().covers(outcome.run()))
            .mapToLong(
                check -> check.run().search().isRandom() ? check.generated() : Long.MAX_VALUE)
            .max()
            .orElse(0);
    boolean failed = !outcome.violated().isEmpty();
    boolean caught = failed && outcome.generated() <= clean;
    failures += caught ? 0 : 1;
    String verdict =
        caught
            ? outcome.violated()
            : failed
                ? outcome.violated() + ", BUT CLEAN OVER LESS"
                : outcome.error().isEmpty() ? "SURVIVES" : outcome.error();
    String over = clean == Long.MAX_VALUE ? "all" : number(clean);
    outcome(outcome, outcome.run().scenario(), over, verdict);
  }

  private void outcome(Outcome outcome, String how, String second, String verdict) {
    row(
        outcome.run().name(),
        how,
        number(outcome.generated()),
        second,
        number(outcome.depth()),
        String.format(
            Locale.ROOT, "%s (%.1f CPU-s)", verdict, outcome.processor().toMillis() / 1000.0));
  }

  private static String number(long value) {
    return String.format(Locale.ROOT, "%,d", value);
  }

  private void row(
      String name, String how, String generated, String second, String depth, String verdict) {
    out.printf("%-22s %-20s %12s %12s %6s  %s%n", name, how, generated, second, depth, verdict);
  }
}
