package dev.evenkeel.simulation.fault;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import dev.evenkeel.simulation.CrashLoss;
import dev.evenkeel.simulation.Region;
import dev.evenkeel.simulation.SimulatedDisk;
import dev.evenkeel.simulation.Site;
import java.io.FileNotFoundException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/// A bit of the log flips while the node is down, in a record that was acknowledged. Strikes once:
/// the run ends with it.
public final class DamagedLog implements Fault {
  private static final int MARKER_LENGTH = 12;

  private final Region region;
  private boolean struck;

  /// @param region of one node: it alone cannot do without its log
  public DamagedLog(Region region) {
    this.region = region;
  }

  private record Place(String file, int offset) {}

  @Override
  public void begin(Site site, long meanNanos) {
    RandomGenerator random = region.simulator().stream("damaged log");
    region.strike(
        "log damaged",
        3 * meanNanos,
        () -> {
          if (!struck && region.node().service() != null) {
            damage(random);
          }
        });
  }

  private void damage(RandomGenerator random) {
    boolean old = random.nextInt(4) > 0;
    List<String> candidates =
        old ? region.markers().syncedAgo(2, 4) : region.markers().syncedAgo(0, 0);
    if (candidates.isEmpty()) {
      return;
    }
    String marker = candidates.get(random.nextInt(candidates.size()));
    Place place = onlyPlace(region.node().disk(), marker);
    if (place == null) {
      return;
    }
    struck = true;
    region.damaged(old ? Region.Damage.OLD : Region.Damage.LAST);
    region.hit(old ? "simulation.old-record-damaged" : "simulation.last-record-damaged");
    region.node().loss(random.nextBoolean() ? CrashLoss.EVERYTHING : CrashLoss.NOTHING);
    region.node().crash();
    try {
      region
          .node()
          .disk()
          .flip(place.file, place.offset + random.nextInt(MARKER_LENGTH), random.nextInt(8));
    } catch (FileNotFoundException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// Where the marker lies in the log; null unless it does so exactly once, in a file in use.
  private static @Nullable Place onlyPlace(SimulatedDisk disk, String marker) {
    List<Place> places = new ArrayList<>();
    for (String file : disk.files()) {
      String text;
      try {
        text = new String(disk.contents(file), ISO_8859_1);
      } catch (FileNotFoundException e) {
        throw new UncheckedIOException(e);
      }
      for (int at = text.indexOf(marker); at >= 0; at = text.indexOf(marker, at + 1)) {
        places.add(new Place(file, at));
      }
    }
    boolean one = places.stream().map(Place::file).distinct().count() == 1;
    return one && !places.getFirst().file.contains("spare") ? places.getFirst() : null;
  }
}
