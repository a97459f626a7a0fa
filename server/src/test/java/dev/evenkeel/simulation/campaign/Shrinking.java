package dev.evenkeel.simulation.campaign;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;

/// Looks for the least that a failing run needs: first fewer kinds of faults, then the time from
/// which on none of them strikes. Every run follows from its seed, so each repeat is as good as the
/// first; that it fails counts, not how.
public final class Shrinking {
  /// A failing run is repeated so often at most.
  static final int REPEATS_MAX = 40;

  /// Stands for no fault at all.
  public static final String NONE = "none";

  private final Predicate<Strikes> fails;
  private int repeats;

  /// What goes wrong in a run.
  ///
  /// @param faults names of their kinds
  /// @param untilMillis none strikes from this virtual time on
  public record Strikes(Set<String> faults, long untilMillis) {
    public Strikes {
      faults = Set.copyOf(faults);
    }

    /// In the order of the alphabet, with commas between them.
    public String names() {
      return faults.isEmpty() ? NONE : String.join(",", new TreeSet<>(faults));
    }

    /// As `make simulate` takes it.
    public String arguments() {
      return "FAULTS=" + names() + " UNTIL=" + untilMillis;
    }
  }

  private Shrinking(Predicate<Strikes> fails) {
    this.fails = fails;
  }

  /// The least that was found, with which a run fails.
  ///
  /// @param failing with these it has failed
  /// @param fails runs it again, and says whether it fails
  public static Strikes least(Strikes failing, Predicate<Strikes> fails) {
    Shrinking shrinking = new Shrinking(fails);
    return shrinking.shorter(shrinking.fewer(failing));
  }

  private boolean fails(Strikes strikes) {
    return repeats++ < REPEATS_MAX && fails.test(strikes);
  }

  /// Leaves out one kind after the other.
  private Strikes fewer(Strikes failing) {
    Strikes least = failing;
    for (String name : List.copyOf(new TreeSet<>(failing.faults))) {
      Set<String> others = new TreeSet<>(least.faults);
      others.remove(name);
      Strikes fewer = new Strikes(others, least.untilMillis);
      least = fails(fewer) ? fewer : least;
    }
    return least;
  }

  /// Halves the time in which the last strike that it needs must lie.
  private Strikes shorter(Strikes failing) {
    Strikes least = failing;
    long tooShort = 0;
    while (least.untilMillis - tooShort > 1 && repeats < REPEATS_MAX) {
      long half = tooShort + (least.untilMillis - tooShort) / 2;
      Strikes shorter = new Strikes(least.faults, half);
      if (fails(shorter)) {
        least = shorter;
      } else {
        tooShort = shorter.untilMillis;
      }
    }
    return least;
  }
}
