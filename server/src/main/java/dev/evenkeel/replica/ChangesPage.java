package dev.evenkeel.replica;

import java.util.List;

/// Change records that were read, and what is needed to judge them.
///
/// @param records in the order of the log
/// @param applied the slot that had been applied before they were read: no record up to it, behind
///   the position asked for, is missing unless there are more than were asked for
/// @param forgotten the position up to which records may have been forgotten by then
/// @param streams those that the partition knows
public record ChangesPage(
    List<ChangeRecord> records, long applied, ChangePosition forgotten, List<StreamSpan> streams) {
  public ChangesPage {
    records = List.copyOf(records);
    streams = List.copyOf(streams);
  }
}
