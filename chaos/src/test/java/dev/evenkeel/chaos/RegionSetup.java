package dev.evenkeel.chaos;

import java.util.Collections;
import java.util.List;

/// What a region of three processes is made of.
///
/// @param tables that tests will make, without indexes
/// @param places of its nodes
/// @param arguments of each node, besides those that every region needs
/// @param forgets whether each node is on a [VolatileDisk]
record RegionSetup(
    int tables, List<? extends Place> places, List<List<String>> arguments, boolean forgets) {
  static RegionSetup plain() {
    int nodes = RegionProcesses.NODES;
    return new RegionSetup(
        1, Collections.nCopies(nodes, Place.HERE), Collections.nCopies(nodes, List.of()), false);
  }

  RegionSetup withTables(int number) {
    return new RegionSetup(number, places, arguments, forgets);
  }

  RegionSetup withEach(List<String> more) {
    return with(Collections.nCopies(RegionProcesses.NODES, more));
  }

  RegionSetup in(List<? extends Place> others) {
    return new RegionSetup(tables, others, arguments, forgets);
  }

  RegionSetup with(List<List<String>> more) {
    return new RegionSetup(tables, places, more, forgets);
  }

  RegionSetup onVolatileDisks() {
    return new RegionSetup(tables, places, arguments, true);
  }

  /// As many as each node has replicas: of the catalogue, the ledger of transactions, the tables.
  int groups() {
    return 2 + tables;
  }
}
