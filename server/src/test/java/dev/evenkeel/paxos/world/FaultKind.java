package dev.evenkeel.paxos.world;

/// What may go wrong or change. A failing seed is run again without one kind after the other, to
/// see which ones it needs.
enum FaultKind {
  LOSS,
  DELAYS,
  DUPLICATES,
  ONE_WAY_CUTS,
  PARTITIONS,
  CRASHES,
  REBOOTS,
  DISK_LOSSES,
  PAUSES,
  DRIFT,
  SLOW_NODES,
  SLOW_DISKS,
  RECONFIGURATIONS,
  TRANSFERS,
  RESIGNATIONS,
  TRUNCATIONS,
  WIPES,
  DISTANCE,
  AMBUSHES
}
