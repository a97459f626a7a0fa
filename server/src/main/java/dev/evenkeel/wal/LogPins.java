package dev.evenkeel.wal;

import java.util.List;

/// Which groups keep old segments from being used again; see [Log#pins].
///
/// @param segment all segments before this one are old
/// @param groups those that have records in an old one which are not released, ascending
public record LogPins(long segment, List<Long> groups) {}
