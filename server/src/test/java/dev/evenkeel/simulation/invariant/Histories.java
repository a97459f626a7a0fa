package dev.evenkeel.simulation.invariant;

import dev.evenkeel.simulation.Service;
import java.util.ArrayList;
import java.util.List;

/// All histories of a run. One that is full is checked as soon as its last outcome is known.
public final class Histories {
  private final Service region;
  private final List<History> open = new ArrayList<>();
  private long checked;

  public Histories(Service region) {
    this.region = region;
    region.whenSettled(this::settle);
  }

  /// A key that had no operation before.
  ///
  /// @param initial its state
  public History open(String key, String initial) {
    History history = new History(key, initial);
    open.add(history);
    return history;
  }

  /// A number for this moment.
  public long now() {
    return region.simulator().steps();
  }

  /// What has not happened by now never will.
  private void settle() {
    open.forEach(history -> history.settle(now()));
    checkFull();
  }

  private void checkFull() {
    open.removeIf(history -> {
      boolean ready = history.isFull() && history.isSettled();
      if (ready) {
        history.check();
        checked++;
      }
      return ready;
    });
  }

  /// Checks what is left, at the end of a run.
  public void checkAll() {
    open.forEach(History::check);
    checked += open.size();
    open.clear();
  }

  /// Histories that were checked.
  public long checked() {
    return checked;
  }
}
