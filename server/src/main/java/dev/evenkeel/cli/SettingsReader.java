package dev.evenkeel.cli;

import java.io.IOException;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.SortedMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Finds the value of each setting: flag, else variable, else file, else default.
final class SettingsReader {
  static final String BIND = "bind";
  static final String PORT = "port";
  static final String DATA_DIR = "data-dir";
  static final String IN_MEMORY = "in-memory";
  static final String REGION = "region";
  static final String ZONES = "zones";

  static final String NODE = "node";
  static final String NODES = "nodes";
  static final String NODE_CERT = "node-cert";
  static final String NODE_KEY = "node-key";
  static final String NODE_CA = "node-ca";

  private static final List<String> NAMES =
      List.of(
          BIND, PORT, DATA_DIR, IN_MEMORY, REGION, ZONES, NODE, NODES, NODE_CERT, NODE_KEY,
          NODE_CA);
  static final String CONFIG = "config";
  private static final Path CONFIG_DEFAULT = Path.of("evenkeel.properties");
  private static final int PORT_MAX = 65_535;
  private static final int NODE_MAX = 65_535;
  private static final Pattern ZONES_FORM = Pattern.compile("[13]");
  private static final Pattern REGION_FORM = Pattern.compile("[a-z0-9][a-z0-9-]{0,62}");

  private static final List<String> TLS = List.of(NODE_CERT, NODE_KEY, NODE_CA);

  private final Map<String, String> flags;
  private final Map<String, String> variables;

  /// @param flags what the command line gives, by name without dashes
  /// @param variables the process's environment
  SettingsReader(Map<String, String> flags, Map<String, String> variables) {
    this.flags = flags;
    this.variables = variables;
  }

  /// @throws Refusal naming the place of the value that cannot be used
  Settings read() throws Refusal {
    Map<String, Found> file = readFile();
    return new Settings(
        find(BIND, "127.0.0.1", file).nonEmpty(),
        find(PORT, "8000", file).integer(PORT_MAX),
        find(DATA_DIR, "evenkeel-data", file).path(),
        find(IN_MEMORY, "false", file).truth(),
        find(REGION, "local", file).matching(REGION_FORM, "a region's name"),
        Integer.parseInt(find(ZONES, "3", file).matching(ZONES_FORM, "1 or 3")),
        member(file));
  }

  private @Nullable RegionMember member(Map<String, Found> file) throws Refusal {
    Found node = find(NODE, "", file);
    Found nodes = find(NODES, "", file);
    if (node.value().isEmpty() && nodes.value().isEmpty()) {
      refuseAny(file, " is for a node among others; name them with --node and --nodes", TLS);
      return null;
    }
    if (node.value().isEmpty() || nodes.value().isEmpty()) {
      throw Refusal.misuse(
          "--node (which node this is) and --nodes (all of them) belong together: "
              + (node.value().isEmpty() ? "--node" : "--nodes")
              + " is missing");
    }
    refuseAny(file, " is for a region in one process, without --node", List.of(ZONES, IN_MEMORY));
    int number = node.integer(NODE_MAX);
    SortedMap<Integer, RegionMember.Peer> all = RegionMember.parse(nodes.value(), nodes.place());
    if (!all.containsKey(number)) {
      throw Refusal.misuse(
          node.place() + ": node " + number + " is not one of --nodes " + all.keySet());
    }
    return new RegionMember(number, all, tls(file));
  }

  private void refuseAny(Map<String, Found> file, String why, List<String> names) throws Refusal {
    for (String name : names) {
      Found found = find(name, "", file);
      if (!found.value().isEmpty() && !found.value().equalsIgnoreCase("false")) {
        throw Refusal.misuse(found.place() + why);
      }
    }
  }

  private RegionMember.@Nullable Tls tls(Map<String, Found> file) throws Refusal {
    List<Found> files = new ArrayList<>();
    for (String name : TLS) {
      files.add(find(name, "", file));
    }
    if (files.stream().allMatch(found -> found.value().isEmpty())) {
      return null;
    }
    if (files.stream().anyMatch(found -> found.value().isEmpty())) {
      throw Refusal.misuse("--node-cert, --node-key and --node-ca belong together: one is missing");
    }
    return new RegionMember.Tls(files.get(0).path(), files.get(1).path(), files.get(2).path());
  }

  private Found find(String name, String otherwise, Map<String, Found> file) {
    String flag = flags.get(name);
    if (flag != null) {
      return new Found("--" + name, flag);
    }
    String variable = variables.get(variable(name));
    if (variable != null) {
      return new Found(variable(name), variable);
    }
    return file.getOrDefault(name, new Found("default of --" + name, otherwise));
  }

  private Map<String, Found> readFile() throws Refusal {
    Found named = find(CONFIG, "", Map.of());
    Path path = named.value().isEmpty() ? CONFIG_DEFAULT : named.path();
    if (named.value().isEmpty() && !Files.exists(path)) {
      return Map.of();
    }
    Properties properties = new Properties();
    try (Reader reader = Files.newBufferedReader(path, StandardCharsets.UTF_8)) {
      properties.load(reader);
    } catch (IOException | IllegalArgumentException e) {
      throw Refusal.misuse("cannot read the settings in " + path + ": " + e.getMessage());
    }
    Map<String, Found> found = new LinkedHashMap<>();
    for (String name : new TreeSet<>(properties.stringPropertyNames())) {
      if (!NAMES.contains(name)) {
        throw Refusal.misuse(
            path + ": no setting is named '" + name + "' (there are " + listed() + ")");
      }
      found.put(name, new Found(name + " in " + path, properties.getProperty(name).strip()));
    }
    return found;
  }

  private static String listed() {
    return String.join(", ", NAMES);
  }

  private static String variable(String name) {
    return "EVENKEEL_" + name.replace('-', '_').toUpperCase(Locale.ROOT);
  }

  /// A value and the place that it came from, for errors.
  private record Found(String place, String value) {
    String nonEmpty() throws Refusal {
      if (value.isEmpty()) {
        throw Refusal.misuse(place + " is empty");
      }
      return value;
    }

    int integer(int max) throws Refusal {
      @Nullable Integer number = value.matches("[0-9]{1,9}") ? Integer.valueOf(value) : null;
      if (number == null || number > max) {
        throw bad("a number from 0 to " + max);
      }
      return number;
    }

    boolean truth() throws Refusal {
      return switch (value.toLowerCase(Locale.ROOT)) {
        case "true" -> true;
        case "false" -> false;
        default -> throw bad("true or false");
      };
    }

    String matching(Pattern form, String what) throws Refusal {
      if (!form.matcher(value).matches()) {
        throw bad(what + " (" + form + ")");
      }
      return value;
    }

    Path path() throws Refusal {
      try {
        return Path.of(nonEmpty());
      } catch (InvalidPathException e) {
        throw bad("a path");
      }
    }

    private Refusal bad(String expected) {
      return Refusal.misuse(place + ": '" + value + "' is not " + expected);
    }
  }
}
