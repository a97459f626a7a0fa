package dev.evenkeel.suite;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;

/// The figures as a Markdown table, under the date, the machine and the commit.
final class Report {
  private Report() {}

  /// The whole report.
  static String of(Plan plan, String loadBefore, List<Figure> figures) throws IOException {
    StringBuilder text = new StringBuilder();
    text.append("Measured ")
        .append(
            ZonedDateTime.now(ZoneOffset.UTC)
                .format(DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm 'UTC'", Locale.ROOT)))
        .append(", commit ")
        .append(commit(plan.root()))
        .append(".  \n")
        .append(machine())
        .append(", load average before the run ")
        .append(loadBefore)
        .append(".  \n")
        .append(Text.of("%d rounds of %d s", plan.rounds(), plan.round().toSeconds()))
        .append(Text.of(", %d s of warm-up each.\n\n", plan.warmup().toSeconds()))
        .append("| What | Measured | Target | | How it came about |\n|---|---|---|---|---|\n");
    for (Figure figure : figures) {
      text.append(
          Text.of(
              "| %s | %s | %s | %s | %s |\n",
              figure.name(), figure.value(), figure.target(), figure.verdict(), figure.detail()));
    }
    return text.toString();
  }

  /// The machine's load average of one minute.
  static String loadAverage() throws IOException {
    return Files.readString(Path.of("/proc/loadavg"), UTF_8).split(" ", -1)[0];
  }

  private static String machine() throws IOException {
    String cpu = "unknown processor";
    for (String line : Files.readAllLines(Path.of("/proc/cpuinfo"), UTF_8)) {
      if (line.startsWith("model name")) {
        cpu = line.substring(line.indexOf(':') + 2);
        break;
      }
    }
    return Text.of(
        "%d × %s, Linux %s, Java %s",
        Runtime.getRuntime().availableProcessors(),
        cpu,
        System.getProperty("os.version"),
        System.getProperty("java.runtime.version"));
  }

  private static String commit(Path root) throws IOException {
    Process git =
        new ProcessBuilder("git", "-C", root.toString(), "describe", "--always", "--dirty")
            .redirectErrorStream(true)
            .start();
    String name = new String(git.getInputStream().readAllBytes(), UTF_8).strip();
    return name.contains(" ") ? "unknown" : name;
  }
}
