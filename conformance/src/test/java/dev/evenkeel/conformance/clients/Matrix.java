package dev.evenkeel.conformance.clients;

import dev.evenkeel.conformance.clients.Report.Finding;
import dev.evenkeel.conformance.clients.Report.Kind;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// The table of features and clients, and the reasons for what is not `ok` in it.
final class Matrix {
  private static final int FEATURE_WIDTH = 19;
  private static final int CELL_WIDTH = 6;
  private static final String GAP = "  ";

  private final Map<String, Report> reports = new TreeMap<>();
  private final Map<String, String> skipped = new TreeMap<>();
  private final Map<String, String> descriptions = new TreeMap<>();

  /// @param own what the client's [Feature#ITS_OWN] is
  void describe(String client, String description, String own) {
    descriptions.put(client, description + "; its own: " + own);
  }

  void add(Report report) {
    reports.put(report.client(), report);
  }

  void skip(String client, String why) {
    skipped.put(client, why.lines().findFirst().orElse(""));
  }

  List<String> lines() {
    List<String> lines = new ArrayList<>();
    lines.add(row("", reports.keySet().stream().toList()));
    for (Feature feature : Feature.values()) {
      lines.add(
          row(feature.label(), reports.values().stream().map(r -> cell(r, feature)).toList()));
    }
    descriptions.forEach((client, text) -> lines.add(note(lines, "clients", client, text)));
    skipped.forEach((client, why) -> lines.add(note(lines, "not run", client, why)));
    for (Kind kind : List.of(Kind.NOT_OFFERED, Kind.SERVER_LACKS, Kind.FAILED)) {
      addReasons(lines, kind);
    }
    return lines;
  }

  private static String note(List<String> lines, String title, String client, String text) {
    String heading = title + ":";
    if (!lines.contains(heading)) {
      lines.add("");
      lines.add(heading);
    }
    return GAP + client + ": " + text;
  }

  private void addReasons(List<String> lines, Kind kind) {
    for (Report report : reports.values()) {
      Map<String, List<String>> features = new LinkedHashMap<>();
      report
          .findings()
          .forEach((feature, finding) -> {
            if (finding.kind() == kind) {
              features
                  .computeIfAbsent(finding.reason(), _ -> new ArrayList<>())
                  .add(feature.label());
            }
          });
      features.forEach((reason, named) ->
          lines.add(
              note(
                  lines, title(kind), report.client(), String.join(", ", named) + " – " + reason)));
    }
  }

  private static String title(Kind kind) {
    return switch (kind) {
      case WORKS -> "works";
      case NOT_OFFERED -> "-, not offered by the client";
      case SERVER_LACKS -> "later: the server says that it lacks it";
      case FAILED -> "FAILED";
    };
  }

  private static String cell(Report report, Feature feature) {
    Finding finding = report.findings().get(feature);
    return finding == null ? "" : finding.kind().cell();
  }

  /// A line of the table; each column is as wide as its client's name asks for.
  private String row(String first, List<String> cells) {
    StringBuilder line = new StringBuilder(padded(first, FEATURE_WIDTH));
    Iterator<String> clients = reports.keySet().iterator();
    for (String cell : cells) {
      line.append(padded(cell, Math.max(CELL_WIDTH, clients.next().length()))).append(GAP);
    }
    return line.toString().stripTrailing();
  }

  private static String padded(String text, int width) {
    return text + " ".repeat(Math.max(0, width - text.length()));
  }
}
